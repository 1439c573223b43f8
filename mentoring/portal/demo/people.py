"""A demo school and its staff from fixtures/demo/<school>.json."""

import datetime as dt
import json

from django.conf import settings
from django.contrib.auth import get_user_model

from mentoring.portal.demo import PASSWORD
from people.models import Membership, Person
from people.models.accounts import Role
from people.pages import with_current_roles
from people.services.accounts import grant_role
from people.services.founding import found_organization
from people.services.persons import create_person

NOT_ON_CARD = {"key", "roles", "login"}
START = dt.date(2015, 9, 1)


class DemoSchool:
    """What the demo needs at hand: the organization and its people by key."""

    def __init__(self, slug: str, day: dt.date):
        self.facts = json.loads(
            (settings.BASE_DIR / f"fixtures/demo/{slug}.json").read_text(encoding="utf-8")
        )
        self.day = day
        self.people: dict[str, Person] = {}
        self.build()

    def build(self) -> None:
        requisites = {name: value for name, value in self.facts.items() if name != "people"}
        curator = self.card("curator")
        keeper = found_organization(
            requisites=requisites, keeper=curator, role=Role.CURATOR, on=START
        )
        self.organization = keeper.organization
        self.people["curator"] = keeper.person
        for row in self.facts["people"]:
            if row["key"] not in self.people:
                self.people[row["key"]] = create_person(by=keeper, **self.card(row["key"]))
            self.open_account(self.people[row["key"]], row)

    def card(self, key: str) -> dict:
        row = next(row for row in self.facts["people"] if row["key"] == key)
        card = {name: value for name, value in row.items() if name not in NOT_ON_CARD}
        return {**card, "email": row.get("login", "")}

    def open_account(self, person: Person, row: dict) -> None:
        start = dt.date.fromisoformat(row["employed_from"]) if row["employed_from"] else START
        roles = dict.fromkeys([*row["roles"], *([Role.STAFF] if row["kind"] == "employed" else [])])
        for role in roles:
            grant_role(person, role, on=max(start, START), by=None, basis="штатное расписание")
        if login := row.get("login"):
            user = get_user_model().objects.create_user(
                username=login, email=login, password=PASSWORD
            )
            Membership.objects.filter(person=person).update(user=user)

    def member(self, key: str) -> Membership:
        """Membership with the roles of the demo's day; read anew, as a page would."""
        found = Membership.objects.select_related("organization", "person", "user").get(
            person=self.people[key]
        )
        return with_current_roles(found, self.day)
