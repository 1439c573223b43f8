"""The desk: what to do today, by role, from live rows (R-218)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from people.models.accounts import Role
from people.services import journal
from programs.models import Program
from roadmap.models import Document, RoadmapActivity
from roadmap.services.plan_templates import create_roadmap
from tests.factories import make_member
from tests.people.makers_banks import make_mentee
from tests.programs.makers import mentee_of, mentor_of, working_pair

pytestmark = pytest.mark.usefixtures("quick_papers")
TODAY = timezone.localdate()


def home(client_for, member):
    answer = client_for(member).get(reverse("home", args=[member.organization.slug]))
    assert answer.status_code == 200
    return answer


@pytest.mark.req("R-218")
def test_four_numbers_of_the_bank(school, curator, head, teacher, client_for):
    mentor, mentee = mentor_of(school, last_name="Журавлёва"), mentee_of(school, last_name="Зимина")
    group = working_pair(mentor, [mentee], curator, head)
    mentee_of(school, last_name="Лисова")
    Program.objects.create(organization=school, group=group, title="Прошлая", starts_on=TODAY, ends_on=TODAY, state="completed", completed_on=TODAY, completion_reason="plan_fulfilled")  # fmt: skip
    for member in (curator, head):
        told = [(one["number"], one["words"]) for one in home(client_for, member).context["numbers"]]  # fmt: skip
        assert told == [(2, "в банке"), (1, "ждут пары"), (1, "работают"), (1, "завершили")]  # fmt: skip
    assert home(client_for, teacher).context["numbers"] == []


@pytest.mark.req("R-218")
def test_stuck_programmes_and_review_are_on_the_curators_desk(school, curator, head, client_for):
    mentor, mentee = mentor_of(school, last_name="Журавлёва"), mentee_of(school, last_name="Зимина")
    group = working_pair(mentor, [mentee], curator, head)
    long_ago = TODAY - dt.timedelta(days=60)
    common = {"organization": school, "group": group, "starts_on": long_ago, "ends_on": TODAY}
    Program.objects.create(title="Стоит", state="running", running_since=long_ago, **common)
    Program.objects.create(title="Ждёт", state="agreed", **common)
    text = home(client_for, curator).content.decode()
    assert "Стоят без встреч месяц: 1 программа" in text
    assert "Утвердить: 1 программа" in text


def test_head_sees_the_year_on_one_page(curator, head, client_for):
    roadmap = create_roadmap(template="recommended", year_start=TODAY.year - 1, by=curator)
    answer = home(client_for, head)
    plan = answer.context["plan"]
    assert [stage.total for stage in plan.stages] == [stage.activities.count() for stage in roadmap.stages.all()]  # fmt: skip
    assert plan.late > 0
    assert "Просрочено:" in answer.content.decode()


def test_desk_reads_facts_before_they_are_written_down(curator, client_for):
    roadmap = create_roadmap(template="recommended", year_start=TODAY.year if TODAY.month > 6 else TODAY.year - 1, by=curator)  # fmt: skip
    before = home(client_for, curator).context["plan"].done
    line = RoadmapActivity.objects.filter(stage__roadmap=roadmap, code="curator_order").get()
    order = Document.objects.create(organization=curator.organization, kind="curator_order", title="О кураторе", state="in_force", register="personnel", check_code="x", dated_on=TODAY, signatory=curator.person, created_by=curator)  # fmt: skip
    journal.record(curator, "document.in_force", order)  # as every change does
    assert home(client_for, curator).context["plan"].done == before + 1
    line.refresh_from_db()
    assert line.progress == "planned"


@pytest.mark.parametrize("role", ["curator", "head", "teacher", "psychologist", "admin"])
def test_desk_costs_the_same_with_60_and_with_600_staff(role, school, curator, head, teacher, client_for, django_assert_max_num_queries):  # fmt: skip
    create_roadmap(template="licey-45", year_start=2026, by=curator)
    members = {"curator": curator, "head": head, "teacher": teacher}
    member = members.get(role) or make_member(school, {"psychologist": Role.PSYCHOLOGIST, "admin": Role.ADMIN}[role], last_name="Орлова")  # fmt: skip
    client, url = client_for(member), reverse("home", args=[school.slug])
    for number in (60, 540):
        Person.objects.bulk_create(Person(organization=school, last_name=f"Ветров{number}", first_name="Иван", sex="m", employed_from=TODAY) for _ in range(number))  # fmt: skip
        for person in Person.objects.of(school).filter(last_name=f"Ветров{number}")[: number // 10]:
            make_mentee(person)
        with django_assert_max_num_queries(15):
            client.get(url)
