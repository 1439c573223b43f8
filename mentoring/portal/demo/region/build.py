"""Building the region, a transaction a municipality; memory holds the rows of one municipality at a time."""

import datetime as dt
import random
from collections.abc import Callable, Iterator

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Q

from mentoring.portal.demo import PASSWORD
from mentoring.portal.demo.region import schools as places
from mentoring.portal.demo.region.batch import Batch
from mentoring.portal.demo.region.growth import build_growth
from mentoring.portal.demo.region.pairs import build_pairs
from mentoring.portal.demo.region.plans import build_plans
from mentoring.portal.demo.region.programs import build_programs
from mentoring.portal.demo.region.schools import School
from mentoring.portal.demo.region.staff import add_person, build_staff, experienced, give_roles
from mentoring.portal.demo.region.surveys import build_surveys
from mentoring.portal.demo.region.words import DOMAIN, PREFIX, towns
from people.models import Membership, Organization, Subordination
from people.models.accounts import Role

MOST_MUNICIPALITIES, SCHOOLS_EACH = 30, 3  # of a small region: three schools a municipality
OWN = Q(slug__startswith=PREFIX, site=DOMAIN)  # no real site ends in .example
BUILDERS = (build_pairs, build_programs, build_growth, build_surveys, build_plans)
# Who of an authority signs in: role, post.
OFFICE = (
    (Role.HEAD, "начальник управления"), (Role.CURATOR, "главный специалист"), (Role.OBSERVER, "специалист"),
)  # fmt: skip


def build_region(*, schools: int, people: int, day: dt.date, seed: int, report: Callable = print) -> Organization:  # fmt: skip
    """Write the region; the same day and seed give the same rows. Returns the regional authority."""
    chance = random.Random(f"{seed}-sizes")
    sizes = places.sizes(schools, people, chance)
    with transaction.atomic():
        region = found(places.region(), None, day, seed, signs_in=True)
    for number, (town, part) in enumerate(shared(sizes), start=1):
        with transaction.atomic():
            above = found(places.municipality(number, town), region, day, seed, signs_in=number == 1)  # fmt: skip
            rows = build_municipality(above, part, day, seed)
        report(f"{above.short_name}: организаций {len(part)}, записей {rows}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # else the first pages are planned as if the tables were empty
    return region


def shared(sizes: list[int]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Towns, each with (number, people) of its schools."""
    numbered = list(enumerate(sizes, start=1))
    parts = min(MOST_MUNICIPALITIES, max(1, len(sizes) // SCHOOLS_EACH))
    for place, town in enumerate(towns()[:parts]):
        yield town, numbered[place::parts]


def build_municipality(above: Organization, part: list[tuple[int, int]], day: dt.date, seed: int) -> int:  # fmt: skip
    """People of all its schools, then what they do: sets of people need their keys. Returns the number of rows."""
    batch, made = Batch(), []
    for number, size in part:
        chance = random.Random(f"{seed}-{number}")
        organization = batch.add(places.school(number, above, chance))
        belongs(batch, organization, above, day)
        made.append(School(organization, size, day, chance, batch))
    for school in made:
        build_staff(school)
    rows = batch.write()
    for school in made:
        for build in BUILDERS:
            build(school)
    rows += batch.write()
    if above.slug.endswith("-01"):
        open_account(made[0].curator, f"curator@{made[0].organization.slug}.example")
    return rows


def found(authority: Organization, above: Organization | None, day: dt.date, seed: int, *, signs_in: bool) -> Organization:  # fmt: skip
    """An authority with its three people; those of the region and of the first municipality sign in."""
    batch = Batch()
    office = School(batch.add(authority), len(OFFICE), day, random.Random(f"{seed}-{authority.slug}"), batch)  # fmt: skip
    if above is not None:
        belongs(batch, authority, above, day)
    members = {role: give_roles(office, add_person(office, experienced(office), post=post), role, Role.STAFF) for role, post in OFFICE}  # fmt: skip
    batch.write()
    for role, member in members.items():
        if signs_in:
            open_account(member, f"{role}@{authority.slug}.example")
    return authority


def belongs(batch: Batch, organization: Organization, above: Organization, day: dt.date) -> None:
    batch.add(Subordination(organization=organization, authority=above, starts_on=day.replace(month=1, day=1, year=day.year - 3)))  # fmt: skip


def open_account(member: Membership, login: str) -> None:
    member.user = get_user_model().objects.create_user(username=login, email=login, password=PASSWORD)  # fmt: skip
    member.save(update_fields=["user"])


def logins() -> list[str]:
    """«organization: login, login» of everybody who signs in; empty without a region."""
    rows = Membership.objects.filter(user__isnull=False, organization__in=Organization.objects.filter(OWN))  # fmt: skip
    found: dict[str, list[str]] = {}
    for name, login in rows.order_by("organization__slug", "pk").values_list("organization__short_name", "user__username"):  # fmt: skip
        found.setdefault(name, []).append(login)
    return [f"  {name}: {', '.join(names)}" for name, names in found.items()]
