"""Changes of a working pair: notice, request, decision, replacement, pause and return, leaving."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Notice
from people.services.persons import person_left
from programs.models import GroupRequest, MentoringGroup
from programs.services import groups, reminding, requests
from roadmap.services import drafts
from tests.people.prints import text_of_pdf
from tests.programs.makers import DAY, accept_all, mentee_of, mentor_of, propose, working_pair
from tests.roadmap.makers import approve, send

FRIDAY = DAY  # 20.11.2026


@pytest.fixture
def mentor(school):
    return mentor_of(school)


@pytest.fixture
def mentee(school):
    return mentee_of(school)


@pytest.fixture
def pair(mentor, mentee, curator, head):
    return working_pair(mentor, [mentee], curator, head)


def ask(pair, by, kind, **over) -> GroupRequest:
    return requests.make_request(pair, kind=kind, on=FRIDAY, by=by, **over)


@pytest.mark.req("R-225")
def test_a_notice_cannot_be_refused_and_ends_the_pair_after_three_working_days(
    pair, mentor, curator, head
):
    row = ask(pair, mentor, "mentor_notice", text="много часов")
    # 23, 24, 25 November are the three working days.
    assert row.earliest_on == dt.date(2026, 11, 26)
    with pytest.raises(RuleError, match="Отказать наставнику нельзя"):
        requests.decide(row, granted=False, on=FRIDAY, by=curator, decision="нет")
    row = requests.decide(row, granted=True, on=FRIDAY, by=curator)
    assert row.document.kind == "release_order"
    assert row.document.values["on"] == "2026-11-26"
    approve(send(row.document, curator), head, dated_on=FRIDAY)
    pair.refresh_from_db()
    assert (pair.state, pair.end_reason, pair.ends_on) == ("ended", "mentor_notice", dt.date(2026, 11, 25))  # fmt: skip
    active = MentoringGroup.objects.active_on
    assert [active(dt.date(2026, 11, day)).exists() for day in (25, 26)] == [True, False]


@pytest.mark.req("R-236")
def test_a_request_for_another_mentor_is_hidden_from_the_mentor(
    school, pair, mentor, mentee, curator, client_for
):
    ask(pair, mentee, "mentee_request", text="Тайная просьба")
    told = Notice.objects.filter(event="group.request").values_list("person", flat=True)
    assert mentor.person_id not in told
    page = reverse("my_group", args=[school.slug, pair.pk])
    assert "Тайная просьба" not in client_for(mentor).get(page).content.decode()
    assert "ждёт решения" in client_for(mentee).get(page).content.decode()
    whole = reverse("group", args=[school.slug, pair.pk])
    assert client_for(mentor).get(whole).status_code == 403
    assert "Тайная просьба" in client_for(curator).get(whole).content.decode()


def test_a_declined_request_says_why(pair, mentee, curator):
    row = ask(pair, mentee, "mentee_request")
    with pytest.raises(RuleError, match="Напишите, почему"):
        requests.decide(row, granted=False, on=FRIDAY, by=curator)
    row = requests.decide(row, granted=False, on=FRIDAY, by=curator, decision="Попробуем поговорить втроём.")  # fmt: skip
    assert Notice.objects.get(person=mentee.person, event="group.request").text == row.decision
    with pytest.raises(RuleError, match="уже решено"):
        requests.decide(row, granted=True, on=FRIDAY, by=curator)


def test_only_members_ask_each_in_the_own_role(pair, mentor, mentee, school):
    stranger = mentee_of(school, last_name="Чужая")
    with pytest.raises(RuleError, match="может наставник этой пары"):
        ask(pair, mentee, "mentor_notice")
    with pytest.raises(RuleError, match="может наставляемый этой пары"):
        ask(pair, stranger, "mentee_request")
    with pytest.raises(PermissionDenied):
        ask(pair, mentor, "curator")


def test_a_request_before_the_order_is_told_to_refuse_instead(mentor, mentee, curator):
    group = propose(mentor, [mentee], curator)
    with pytest.raises(RuleError, match="До приказа достаточно отказаться"):
        ask(group, mentor, "mentor_notice")


@pytest.mark.req("R-513")
def test_a_replacement_ends_one_period_and_begins_another(school, pair, mentee, curator, head):
    fresh = mentor_of(school, last_name="Быкова")
    new = groups.propose(fresh.person, [mentee.person], on=DAY, by=curator, origin="replacement", follows=pair)  # fmt: skip
    accept_all(new, curator)
    pair.refresh_from_db()
    assert pair.state == "active"
    values = {"group": new.pk, "starts_on": "2026-11-27", "reason": "в связи с отпуском наставника"}
    order = drafts.create_draft(kind="replacement_order", day=DAY, by=curator, values=values)
    approve(send(order, curator), head, dated_on=DAY)
    pair.refresh_from_db()
    new.refresh_from_db()
    assert (pair.state, pair.end_reason, pair.ends_on) == ("ended", "replaced", dt.date(2026, 11, 26))  # fmt: skip
    assert (new.state, new.starts_on, new.follows) == ("active", dt.date(2026, 11, 27), pair)
    assert {pair.mentor_id, fresh.person_id} <= set(order.acknowledgements.values_list("person", flat=True))  # fmt: skip


def release(pair, action: str, curator, head, on: dt.date):
    values = {"group": pair.pk, "action": action, "reason": "curator", "on": on.isoformat()}
    order = drafts.create_draft(kind="release_order", day=on, by=curator, values=values)
    approve(send(order, curator), head, dated_on=on)
    pair.refresh_from_db()


def test_a_pause_and_a_return_come_by_order(pair, curator, head):
    tomorrow = DAY + dt.timedelta(days=1)
    release(pair, "pause", curator, head, DAY)
    assert (pair.state, MentoringGroup.objects.active_on(DAY).exists()) == ("paused", False)
    release(pair, "resume", curator, head, tomorrow)
    assert (pair.state, MentoringGroup.objects.active_on(tomorrow).exists()) == ("active", True)
    assert pair.pauses.get().ends_on == tomorrow


def test_who_leaves_ends_the_pair_that_day(pair, mentor, curator):
    person_left(mentor.person, on=DAY, by=curator)
    pair.refresh_from_db()
    assert (pair.state, pair.end_reason, pair.ends_on) == ("ended", "left", DAY)


@pytest.mark.req("R-511", "R-512")
def test_who_has_no_mentor_waits_and_the_curator_is_reminded_monthly(
    school, curator, pair, client_for
):
    mentee_of(school, last_name="Ждущая")
    page = client_for(curator).get(reverse("waiting", args=[school.slug])).content.decode()
    assert "Ждущая" in page
    assert "Зимина" not in page
    assert "Поручить психологу" in page
    messages = list(reminding.without_pair(school, DAY))
    assert [(one.person, one.key) for one in messages] == [(curator.person, "search-2026-11")]


@pytest.mark.req("R-225", "R-236")
def test_both_statements_are_printed_to_sign_by_hand(
    school, pair, mentor, mentee, head, client_for
):
    page = reverse("my_group_statement", args=[school.slug, pair.pk])
    notice = " ".join(text_of_pdf(client_for(mentor).get(page).content).split())
    request = " ".join(text_of_pdf(client_for(mentee).get(page).content).split())
    assert "наставничество над Зиминой Ольгой Ильиничной" in notice
    assert "351.8" in notice
    assert "сейчас это Орлова Анна Ильинична, учитель математики" in request
    assert client_for(head).get(page).status_code == 404
