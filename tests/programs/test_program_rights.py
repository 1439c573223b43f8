"""Each field of programme, notes, requests, reports and papers is seen exactly by those whom the design names."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from people.models import Membership
from programs.models import Award, PlanItem, Proposal
from programs.services import (
    completion,
    meetings,
    patterns,
    plan_items,
    reports,
    service_notes,
    tasks_and_help,
)
from tests.factories import make_curator, make_member
from tests.people.prints import text_of_pdf
from tests.programs.makers import DAY, mentee_of, mentor_of, working_pair
from tests.programs.makers_programs import fresh, hold, moment, running

PARTS = ("overview", "plan", "meetings", "work", "case")
EVERYBODY = {"mentor", "mentee", "curator", "head", "psychologist", "admin", "staff", "stranger", "neighbour"}  # fmt: skip
PAIR, MANAGERS = {"mentor", "mentee"}, {"curator", "head"}
# mark → who may read it on any page of the programme, in its papers or in a list
MARKS = {
    "ЦЕЛЬ-МЕТКА": PAIR | MANAGERS, "ПУНКТ-МЕТКА": PAIR | MANAGERS, "ЗАМЕЧАНИЕ-МЕТКА": PAIR | MANAGERS,
    "ВСТРЕЧА-МЕТКА": PAIR | MANAGERS, "ЛИЧНОЕ-МЕТКА": PAIR, "ЗАДАНИЕ-МЕТКА": PAIR | MANAGERS,
    "ВОПРОС-МЕТКА": PAIR | MANAGERS, "СЛУЖБА-МЕТКА": {"mentor", "curator", "psychologist"},
    "ПРЕДЛОЖЕНИЕ-МЕТКА": {"mentor"} | MANAGERS, "ОТЧЁТ-МЕТКА": {"mentor"} | MANAGERS,
    "ПРИЧИНА-МЕТКА": PAIR | MANAGERS, "РЕЗЕРВ-МЕТКА": MANAGERS,
}  # fmt: skip


@pytest.fixture
def people(school, other_school, pair, curator, head) -> dict[str, Membership]:
    """`stranger` belongs to another pair of the school, `neighbour` keeps another school."""
    other = working_pair(mentor_of(school, last_name="Быкова"), [mentee_of(school, last_name="Лугова")], curator, head)  # fmt: skip
    running(other, curator)
    return {
        "mentor": pair.mentor, "mentee": pair.mentee, "curator": curator, "head": head,
        "psychologist": make_member(school, "psychologist"), "admin": make_member(school, "portal_admin"),
        "staff": make_member(school, "staff"), "stranger": other.mentor.membership, "neighbour": make_curator(other_school),
    }  # fmt: skip


@pytest.fixture
def filled(pair, program, curator):
    """A programme with a mark in every text that somebody may read."""
    mentor, mentee = pair.mentor, pair.mentee
    program.goal = "ЦЕЛЬ-МЕТКА"
    program.save()
    program.items.update(title="ПУНКТ-МЕТКА")
    program.versions.all().delete()
    plan_items.comment(program, text="ЗАМЕЧАНИЕ-МЕТКА", kind="comment", on=DAY, by=mentee, item=program.items.first())  # fmt: skip
    hold(program, mentor).presence.all()
    program.meetings.update(note="ВСТРЕЧА-МЕТКА")
    meetings.write_private_note(program, text="ЛИЧНОЕ-МЕТКА", by=mentor)
    tasks_and_help.give(program, people=[mentee.person], title="ЗАДАНИЕ-МЕТКА", on=DAY, by=mentor)
    tasks_and_help.ask(program, text="ВОПРОС-МЕТКА", now=moment(DAY), by=mentee)
    service_notes.refer(program, service="psychologist", text="СЛУЖБА-МЕТКА", on=DAY, by=mentor)
    service_notes.propose_to_head(about=mentee.person, kind="encourage", text="ПРЕДЛОЖЕНИЕ-МЕТКА", on=DAY, by=mentor)  # fmt: skip
    report = reports.own_report(fresh(program), by=mentor)
    reports.write_report(report, by=mentor, results="ОТЧЁТ-МЕТКА")
    substitute = make_member(program.organization, "staff", last_name="Ветрова").person
    release = service_notes.ask_release(program, person=mentor.person, substitute=substitute, starts_on=DAY, ends_on=DAY, reason="урок", on=DAY, by=mentor)  # fmt: skip
    service_notes.decline_release(release, decision="ПРИЧИНА-МЕТКА", by=curator)
    Award.objects.create(organization=program.organization, person=mentee.person, kind="talent_pool", merit="РЕЗЕРВ-МЕТКА", proposed_on=DAY, proposed_by=curator)  # fmt: skip
    return fresh(program)


def addresses(school, program) -> list[str]:
    """Every page, export and paper on which the programme or its rows stand."""
    pages = [f"{program.get_absolute_url()}?part={name}" for name in PARTS]
    lists = ["programs", "my_programs", "referrals", "proposals", "awards", "practices", "trainings", "me", "home"]  # fmt: skip
    pages += [reverse(name, args=[school.slug]) for name in lists]
    pages += [reverse(name, args=[school.slug]) + "?export=xlsx" for name in ("programs", "awards")]
    pages += [reverse("program_paper", args=[school.slug, program.pk, code]) for code in ("program", "meeting_log", "meeting_schedule")]  # fmt: skip
    rows = [*program.meetings.all(), *program.assignments.all(), *program.referrals.all()]
    pages += [row.get_absolute_url() for row in rows]
    pages += [reverse("mentor_report", args=[school.slug, program.pk]), reverse("report_paper", args=[school.slug, program.pk])]  # fmt: skip
    pages += [reverse("proposal", args=[school.slug, pk]) for pk in proposals(school)]
    pages += [row.get_absolute_url() for row in Award.objects.of(school)]
    mentee = program.group.mentees[0]
    return [*pages, reverse("development_plan", args=[school.slug, program.pk, mentee.pk])]


def proposals(school) -> list[int]:
    return list(Proposal.objects.of(school).values_list("pk", flat=True))


def read(client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code != 200:
        return ""
    kind = answer["Content-Type"]
    if kind.startswith("application/pdf"):
        return text_of_pdf(answer.content)
    if "spreadsheet" in kind:
        return shared_strings(b"".join(answer.streaming_content) if answer.streaming else answer.content)  # fmt: skip
    return answer.content.decode()


def shared_strings(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))  # fmt: skip


def test_each_mark_is_read_by_exactly_those_the_design_names(school, people, filled, client_for):
    assert set(people) == EVERYBODY
    seen = {mark: set() for mark in MARKS}
    for role, member in people.items():
        client = client_for(member)
        text = " ".join(read(client, address) for address in addresses(school, filled))
        for mark, readers in seen.items():
            if mark in text:
                readers.add(role)
    assert seen == MARKS


def test_named_answers_of_the_middle_are_read_by_managers_alone(school, people, program, curator, client_for):  # fmt: skip
    first, _ = completion.ask([program], stage="midterm", on=DAY, by=curator)
    address = reverse("survey", args=[school.slug, first.pk])
    codes = {role: client_for(member).get(address).status_code for role, member in people.items()}
    assert {role for role, code in codes.items() if code == 200} == MANAGERS


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("number", [2, 40])
def test_a_page_costs_at_most_twelve_queries_whatever_the_plan(school, pair, program, curator, client_for, part, number, django_assert_max_num_queries):  # fmt: skip
    shared = {"organization": school, "program": program}
    PlanItem.objects.bulk_create(PlanItem(title=f"Шаг {place}", due_on=DAY, **shared) for place in range(number))  # fmt: skip
    for place in range(number // 2):
        hold(program, pair.mentor, day=DAY + dt.timedelta(days=place))
    plan_items.comment(program, text="Замечание", kind="comment", on=DAY, by=pair.mentee, item=program.items.first())  # fmt: skip
    address = f"{program.get_absolute_url()}?part={part}"
    for member in (pair.mentor, pair.mentee, curator):
        client = client_for(member)
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 5])
def test_lists_cost_the_same(school, pair, program, curator, client_for, number, django_assert_max_num_queries):  # fmt: skip
    for _ in range(number):
        running(pair.group, curator)
    patterns.install(school)
    client = client_for(curator)
    for name, most in {"programs": 12, "patterns": 13, "my_programs": 13, "awards": 7}.items():
        address = reverse(name, args=[school.slug])
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
