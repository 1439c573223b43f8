"""The world of `make leaks`: our school, its sister under the same authority, a stranger, the authority."""

import datetime as dt

from django.utils import timezone

from people.models import (
    Membership,
    Organization,
    Person,
    Questionnaire,
    StoredFile,
    Subordination,
    SurveyParticipant,
)
from people.models.accounts import Role
from people.services import persons, pupils
from programs.models import MaterialFolder, MentoringGroup, Program, ReportRequest
from programs.services import report_requests
from roadmap.models import Document, Event, Partner, Roadmap, RoadmapActivity, RoadmapStage
from tests.factories import make_curator, make_member
from tests.full_groups import working
from tests.full_programs import fill_running, make
from tests.full_schools import fill_school, mark_texts
from tests.leaks import secrets
from tests.leaks.world import World, session_key
from tests.programs.makers_reports import END, START, make_observer

TODAY = timezone.localdate()
OWN, SISTER, STRANGER = "Ласточка", "Сорока", "Чайка"
OUTSIDERS = ("stranger", "stranger_head", "sister_curator", "observer", "authority_curator", "left")
INSIDERS = ("teacher", "mentee", "psychologist", "mentor", "council", "head", "curator", "portal_admin")  # fmt: skip
ROLES = ("anonymous", *OUTSIDERS, *INSIDERS)


def make_world() -> World:
    """Three schools with every kind of row; `members` by role, of whichever school they are."""
    school, members = fill_school("lastochka", OWN)
    sister, sisters = fill_school("soroka", SISTER)
    stranger, strangers = fill_school("chaika", STRANGER)
    members |= more_members(members, OWN)
    secrets.plant(members)
    members |= {"stranger": strangers["curator"], "stranger_head": strangers["head"]}
    members |= {"sister_curator": sisters["curator"]}
    authority = Subordination.objects.get(organization=school).authority
    Subordination.objects.filter(organization=sister).update(authority=authority)
    members |= {"observer": make_observer(authority), "authority_curator": make_curator(authority)}
    report_requests.ask(by=members["authority_curator"], title="Запрос обоим", start=START, end=END, on=END, due_on=TODAY, on_day=TODAY)  # fmt: skip
    links = {"representative": parents_link(members["curator"])}
    for one, word in ((sister, SISTER), (stranger, STRANGER)):
        mark_texts(one, word)
        one.refresh_from_db()
    keys = {role: session_key(member) for role, member in members.items()}
    return World(
        school, sister, members, keys, own_mark=OWN, marks=(SISTER, STRANGER), closed=secrets.closed_to,
        links=links, strange=stranger, foreign_ids=ids_of(sister),
    )  # fmt: skip


def ids_of(other: Organization) -> dict[str, int]:
    """Rows of the neighbour, and a request of its authority, by the names that addresses give them."""
    models = {
        "person": Person, "form": Questionnaire, "event": Event, "roadmap": Roadmap, "stage": RoadmapStage, "program": Program,
        "activity": RoadmapActivity, "group": MentoringGroup, "partner": Partner, "document": Document, "membership": Membership,
        "survey_participant": SurveyParticipant, "folder": MaterialFolder, "stored": StoredFile,
    }  # fmt: skip
    found = {name: first(model.objects.of(other)) for name, model in models.items()}
    requests = ReportRequest.objects.filter(submissions__organization=other)
    own = {"request": first(requests)}
    schools = dict.fromkeys(("school", "organization", "organization__id__exact"), other.pk)
    people = dict.fromkeys(("people", "mentor", "mentee", "theme"), found["person"])
    return {**found, **own, **schools, **people}


def first(rows) -> int:
    return rows.order_by("pk").values_list("pk", flat=True).first() or 0


def more_members(members: dict[str, Membership], word: str) -> dict[str, Membership]:
    """A pair that is nothing else, a councillor, one who left yesterday."""
    school = members["curator"].organization
    names = {"mentor": "Дятлова", "mentee": "Галкина", "left": "Вороная"}
    found = {
        role: make_member(school, Role.STAFF, last_name=name, job_title=f"учитель {word}")
        for role, name in names.items()
    }
    found["council"] = make_member(school, Role.COUNCIL, Role.STAFF, last_name="Синицына")
    pair = {**members, "psychologist": found["mentor"], "teacher": found["mentee"]}
    group = working(found["mentor"].person, found["mentee"].person, word)
    program = make(group, word, state="running", running_since=TODAY, approved_on=TODAY, approved_by=members["curator"])  # fmt: skip
    fill_running(program, pair, word)
    yesterday = TODAY - dt.timedelta(days=1)
    persons.person_left(found["left"].person, on=yesterday, by=members["curator"])
    return found


def parents_link(curator: Membership) -> str:
    pupil = Person.objects.of(curator.organization).filter(kind=Person.Kind.PUPIL).first()
    return pupils.issue_link(pupil.representatives.first(), by=curator, on=TODAY)
