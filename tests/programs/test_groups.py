"""A pair from the proposal to the order in force: rules, answers, effects."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.core.errors import RuleError
from people import bank_load
from people.models import Consent, MentorProfile, Notice
from people.services import consents
from programs.models import Agreement, ForbiddenPair, MentoringGroup
from programs.services import agreements, existing, groups
from tests.factories import make_person
from tests.people.makers_banks import make_mentee, make_mentor
from tests.programs.makers import (
    DAY,
    accept_all,
    mentee_of,
    mentor_of,
    order_for,
    propose,
    working_pair,
)
from tests.roadmap.makers import approve, send

WEEK = dt.timedelta(days=7)


@pytest.fixture
def mentor(school):
    return mentor_of(school)


@pytest.fixture
def mentee(school):
    return mentee_of(school)


@pytest.mark.req("R-507", "R-516")
def test_a_pair_is_agreed_when_both_said_yes_each_for_himself(curator, mentor, mentee):
    group = propose(mentor, [mentee], curator, answer_by=DAY + WEEK)
    first, second = group.agreements.order_by("side")
    agreements.answer(first, accepted=True, on=DAY, by=mentee, method="portal")
    group.refresh_from_db()
    assert (first.side, group.state) == ("mentee", "proposed")
    agreements.answer(second, accepted=True, on=DAY, by=mentor, method="portal")
    group.refresh_from_db()
    assert group.state == "accepted"
    assert set(Notice.objects.filter(event="group.proposed").values_list("person", flat=True)) == {
        mentor.person_id,
        mentee.person_id,
    }


@pytest.mark.req("R-507")
def test_a_refusal_needs_no_reason_and_is_remembered(curator, mentor, mentee):
    group = propose(mentor, [mentee], curator)
    row = group.agreements.get(side="mentee")
    agreements.answer(row, accepted=False, on=DAY, by=mentee, method="portal")
    group.refresh_from_db()
    assert (group.state, group.end_reason) == ("ended", "declined")
    assert ForbiddenPair.objects.get().reason == "refused"
    with pytest.raises(RuleError, match="пара запрещена, один из них уже отказался"):
        propose(mentor, [mentee], curator)


def test_nobody_answers_for_another(school, curator, mentor, mentee):
    row = propose(mentor, [mentee], curator).agreements.get(side="mentor")
    with pytest.raises(PermissionDenied):
        agreements.answer(row, accepted=True, on=DAY, by=mentee, method="portal")


@pytest.mark.req("R-508")
def test_a_group_is_one_mentor_and_two_or_more_mentees(school, curator, mentor, mentee):
    other = mentee_of(school, last_name="Лугова")
    group = propose(mentor, [mentee, other], curator)
    assert [person.last_name for person in group.mentees] == ["Зимина", "Лугова"]
    assert group.word == "Группа"
    with pytest.raises(RuleError, match="свободно только 1 место из 1"):
        propose(mentor_of(school, last_name="Быкова", capacity=1), [mentee_of(school, last_name="А"), mentee_of(school, last_name="Б")], curator)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("same", "не может быть в паре и наставником, и наставляемым"),
        ("empty", "Выберите хотя бы одного"),
        ("busy", "уже есть пара, наставник Орлова А."),
        ("no_card", "нет утверждённой карточки в банке наставников"),
        ("no_consent", "согласие ещё не запрошено"),
        ("past_answer", "Срок ответа уже прошёл"),
        ("until", "не может закончиться раньше"),
    ],
)
def test_what_cannot_be_a_pair_is_refused_in_russian(
    school, curator, mentor, mentee, case, sentence
):
    people, leader, over = [mentee.person], mentor.person, {}
    if case == "same":
        people = [mentor.person]
    elif case == "empty":
        people = []
    elif case == "busy":
        propose(mentor, [mentee], curator)
        leader = mentor_of(school, last_name="Быкова").person
    elif case == "no_card":
        leader = make_person(school)
    elif case == "no_consent":
        person = make_person(school)
        make_mentee(person, consent=False, state="approved")
        people = [person]
    elif case == "past_answer":
        over = {"answer_by": DAY - WEEK}
    elif case == "until":
        over = {"planned_until": DAY}
    number = MentoringGroup.objects.count()
    with pytest.raises(RuleError, match=sentence):
        groups.propose(leader, people, on=DAY, by=curator, **over)
    assert MentoringGroup.objects.count() == number


@pytest.mark.req("R-515")
def test_one_may_be_mentor_in_one_pair_and_mentee_in_another(school, curator, head, mentor, mentee):
    make_mentor(mentee.person, state="approved", consent=False)
    young = mentee_of(school, last_name="Лугова")
    first = working_pair(mentor, [mentee], curator, head)
    second = working_pair(mentee, [young], curator, head)
    assert {first.state, second.state} == {"active"}


def test_the_last_place_goes_to_who_agrees_first(school, curator):
    mentor = mentor_of(school, capacity=1)
    rivals = [
        propose(mentor, [mentee_of(school, last_name=name)], curator)
        for name in ("Лугова", "Ясная")
    ]
    accept_all(rivals[0], curator)
    row = rivals[1].agreements.get(side="mentee")
    with pytest.raises(RuleError, match="нет свободных мест из 1"):
        agreements.answer(row, accepted=True, on=DAY, by=curator, method="paper")
    assert bank_load.taken([mentor.person_id], DAY) == {mentor.person_id: 1}


@pytest.mark.req("R-204", "R-509")
def test_the_order_of_the_head_makes_pairs_work_from_its_day(school, curator, head, mentor, mentee):
    group = accept_all(propose(mentor, [mentee], curator), curator)
    order = send(order_for([group], curator, starts_on=DAY + WEEK, until=DAY + 30 * WEEK), curator)
    assert order.title == "О закреплении наставнической пары"
    group.refresh_from_db()
    assert group.state == "accepted"
    approve(order, head, dated_on=DAY)
    group.refresh_from_db()
    assert (group.state, group.starts_on, group.planned_until) == ("active", DAY + WEEK, DAY + 30 * WEEK)  # fmt: skip
    assert group.document == order
    assert MentorProfile.objects.get(person=mentor.person).state == "active"
    assert set(order.acknowledgements.values_list("person", flat=True)) == {mentor.person_id, mentee.person_id}  # fmt: skip
    active = MentoringGroup.objects.active_on
    assert [active(DAY).count(), active(DAY + WEEK).count()] == [0, 1]


@pytest.mark.req("R-510")
def test_later_orders_add_pairs_in_the_same_year(school, curator, head, mentor, mentee):
    working_pair(mentor, [mentee], curator, head)
    second = working_pair(mentor, [mentee_of(school, last_name="Лугова")], curator, head)
    papers = MentoringGroup.objects.of(school).values_list("document", flat=True)
    assert len(set(papers)) == 2
    assert second.state == "active"


def test_an_order_without_pairs_is_refused(curator):
    with pytest.raises(RuleError, match="Выберите пары, в которых согласны все"):
        order_for([], curator)


@pytest.mark.req("R-509")
def test_a_consent_withdrawn_before_the_order_blocks_it_by_name(curator, head, mentor, mentee):
    group = accept_all(propose(mentor, [mentee], curator), curator)
    order = send(order_for([group], curator), curator)
    given = Consent.objects.get(person=mentee.person, kind="duty")
    consents.withdraw(given, on=DAY, by=curator, method="paper")
    with pytest.raises(RuleError, match="дополнительные обязанности: согласие отозвано"):
        approve(order, head, dated_on=DAY)
    group.refresh_from_db()
    assert group.state == "accepted"


def test_a_lost_consent_pauses_a_working_pair_that_day_and_nothing_in_force_changes(
    curator, head, mentor, mentee
):
    group = working_pair(mentor, [mentee], curator, head)
    given = Consent.objects.get(person=mentee.person, kind="data")
    consents.withdraw(given, on=DAY, by=mentee, method="portal")
    group.refresh_from_db()
    assert (group.state, group.pauses.get().reason) == ("paused", "consent")
    assert group.document.state == "in_force"
    assert not MentoringGroup.objects.active_on(DAY).exists()
    told = Notice.objects.filter(event="group.consent").values_list("person", flat=True)
    assert set(told) == {curator.person_id, head.person_id}


def test_a_pair_whose_consent_ran_out_is_not_active_that_day(curator, head, mentor, mentee):
    working_pair(mentor, [mentee], curator, head)
    Consent.objects.filter(person=mentor.person, kind="data").update(valid_until=DAY)
    active = MentoringGroup.objects.active_on
    assert [active(DAY).count(), active(DAY + dt.timedelta(days=1)).count()] == [1, 0]


def test_an_unanswered_proposal_ends_after_its_term(school, curator, mentor, mentee):
    group = propose(mentor, [mentee], curator, answer_by=DAY + WEEK)
    assert agreements.expire_unanswered(school, on=DAY + WEEK) == 0
    assert agreements.expire_unanswered(school, on=DAY + WEEK + dt.timedelta(days=1)) == 1
    group.refresh_from_db()
    assert (group.state, group.end_reason) == ("ended", "no_answer")


@pytest.mark.req("R-510")
def test_pairs_that_already_work_are_entered_by_their_paper_order(school, curator, mentor, mentee):
    group = existing.enter_existing(
        mentor.person, [mentee.person], starts_on=dt.date(2026, 9, 1), paper_number="80/8",
        paper_date=dt.date(2026, 8, 31), on=DAY, by=curator,
    )  # fmt: skip
    assert (group.state, group.document) == ("active", None)
    assert set(group.agreements.values_list("state", "method")) == {("accepted", "paper")}
    assert MentoringGroup.objects.active_on(DAY).get() == group


def test_a_working_pair_without_consents_is_not_entered(school, curator, mentor):
    without = mentee_of(school, duty=False)
    with pytest.raises(RuleError, match="Отметьте согласия на странице «Бланки и отметки»"):
        existing.enter_existing(
            mentor.person, [without.person], starts_on=DAY, paper_number="1", paper_date=DAY, on=DAY, by=curator,
        )  # fmt: skip
    assert not MentoringGroup.objects.exists()


@pytest.mark.req("R-517")
def test_an_external_mentor_needs_no_duty_consent_and_is_named_with_the_own_school(
    school, curator, head, mentee
):
    outside = make_person(
        school,
        kind="external",
        last_name="Дальняя",
        institution="МБОУ «Школа № 9»",
        job_title="методист",
    )
    make_mentor(outside, state="approved", basis="соглашение от 01.09.2026")
    group = groups.propose(outside, [mentee.person], on=DAY, by=curator)
    accept_all(group, curator)
    order = order_for([group], curator)
    assert "(МБОУ «Школа № 9», по согласованию)" in order.body
    approve(send(order, curator), head, dated_on=DAY)
    group.refresh_from_db()
    assert group.state == "active"


@pytest.mark.req("R-514")
def test_the_other_direction_is_added_to_a_pair_by_topic(curator, head, mentor, mentee):
    group = working_pair(mentor, [mentee], curator, head)
    groups.change_details(group, by=curator, reverse_theme="электронный журнал")
    group.refresh_from_db()
    assert group.reverse_theme == "электронный журнал"


@pytest.mark.req("R-506")
def test_both_criteria_are_kept_in_a_mark_and_a_word(curator, mentor, mentee):
    group = propose(
        mentor, [mentee], curator, profile_mark=5, profile_word="тот же предмет", interest_mark=4, interest_word="выбрали друг друга",
    )  # fmt: skip
    group.refresh_from_db()
    assert (group.profile_mark, group.profile_word) == (5, "тот же предмет")
    assert (group.interest_mark, group.interest_word) == (4, "выбрали друг друга")


def test_answers_after_the_end_are_told_calmly(curator, mentor, mentee):
    group = propose(mentor, [mentee], curator)
    groups.withdraw(group, on=DAY, by=curator)
    row = Agreement.objects.filter(group=group).first()
    with pytest.raises(RuleError, match="Предложение уже закрыто"):
        agreements.answer(row, accepted=True, on=DAY, by=curator, method="paper")


def test_a_refusal_offers_the_next_candidate_and_a_pair_its_agreement(
    school, curator, mentor, mentee, client_for
):
    group = propose(mentor, [mentee], curator)
    client, address = client_for(curator), f"/s/{school.slug}/groups/{group.pk}/"
    assert f"?kind=contract_addendum&group={group.pk}" in client.get(address).content.decode()
    agreements.answer(group.agreements.get(side="mentor"), accepted=False, on=DAY, by=mentor, method="portal")  # fmt: skip
    page = client.get(address).content.decode()
    assert f"groups/new/?mentee={mentee.person_id}" in page
    assert "contract_addendum" not in page
