"""Queries that loading and saving a run of 1 000 pairs costs on PostgreSQL (goal 5 each)."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from people.models import Membership, Organization, Person, RoleGrant
from people.models.accounts import Role
from people.pages import with_current_roles
from programs.models import MatchingChoice, MatchingRun
from programs.services import runs
from tests.bench.timing import Result

PAIRS, MENTORS, GOAL = 1000, 500, 5
DAY = "2026-09-01"


def make_curator() -> Membership:
    school = Organization.objects.create(slug="bench-runs", full_name="Школа", short_name="Школа", institution_type="school")  # fmt: skip
    person = Person.objects.create(organization=school, last_name="Ким", first_name="Алла", sex="f")
    member = Membership.objects.create(organization=school, person=person)
    RoleGrant.objects.create(organization=school, membership=member, role=Role.CURATOR, starts_on=DAY)  # fmt: skip
    return with_current_roles(member)


def make_run(by: Membership) -> tuple[MatchingRun, list[MatchingChoice]]:
    school = by.organization
    people = Person.objects.bulk_create(
        Person(organization=school, last_name=f"Педагог{number}", first_name="Анна", sex="f")
        for number in range(PAIRS + MENTORS)
    )
    mentors, mentees = people[:MENTORS], people[MENTORS:]
    task = {
        "mentees": [one.pk for one in mentees], "must": [False] * PAIRS, "mentors": [one.pk for one in mentors],
        "capacity": [2] * MENTORS, "scores": [[50] * MENTORS] * PAIRS, "fixed": [],
    }  # fmt: skip
    run = MatchingRun(organization=school, on=DAY, weights=runs.USUAL_WEIGHTS, task=task, created_by=by)  # fmt: skip
    choices = [
        MatchingChoice(organization=school, run=run, mentee=mentee, mentor=mentors[place // 2], best=mentors[place // 2], score=50)
        for place, mentee in enumerate(mentees)
    ]  # fmt: skip
    return run, choices


def run() -> list[Result]:
    if connection.vendor != "postgresql":
        return []
    with transaction.atomic():
        by = make_curator()
        made, choices = make_run(by)
        with CaptureQueriesContext(connection) as saving:
            runs.save(made, choices, by=by)
        with CaptureQueriesContext(connection) as loading:
            fresh = MatchingRun.objects.select_related("organization").get(pk=made.pk)
            rows = runs.choices_of(fresh)
        assert len({row.mentor.last_name for row in rows}) == MENTORS
        transaction.set_rollback(True)
    return [
        Result("matching_rows_save: запросов к базе", len(saving), GOAL),
        Result("matching_rows_load: запросов к базе", len(loading), GOAL),
    ]
