"""A programme from its draft to the day it runs."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Notice
from programs.models import Program, ProgramBounds, ProgramPattern
from programs.program_rules import add_months, bounds, missing_parts
from programs.services import patterns, plan_items, program_drafts, programs
from tests.factories import make_member
from tests.programs.makers import DAY, accept_all, mentee_of, mentor_of, order_for, propose
from tests.programs.makers_programs import ENDS, agree_all, begin, fresh, with_plan
from tests.roadmap.makers import approve, send


@pytest.mark.req("R-602", "R-129", "R-607")
def test_a_draft_is_filled_from_the_mentees_needs_and_carries_several_forms_and_kinds(pair, curator):  # fmt: skip
    program = begin(pair.group, pair.mentor, forms=["teacher_teacher", "head_teacher"], kinds=["traditional", "reverse"], delivery_mode="mixed")  # fmt: skip
    assert program.problem.startswith("По анкете и беседе нужна помощь: ")
    assert program.directions == [need.direction for need in pair.mentee.person.mentee_profile.needs.all()]  # fmt: skip
    assert [row.person for row in program.difficulties.all()] == [pair.mentee.person]
    assert (program.forms, program.kinds, program.delivery_mode) == (["teacher_teacher", "head_teacher"], ["traditional", "reverse"], "mixed")  # fmt: skip


@pytest.mark.req("R-130", "R-604", "R-606")
def test_the_bank_gives_a_programme_to_begin_with(school, pair, curator):
    patterns.install(school)
    rows = ProgramPattern.objects.of(school)
    assert rows.count() >= 8
    chosen = rows.get(code="first_year")
    program = program_drafts.begin(
        pair.group, starts_on=DAY, on=DAY, by=pair.mentor, pattern=chosen
    )
    assert program.goal == chosen.goal
    assert program.ends_on == add_months(DAY, 9) - dt.timedelta(days=1)
    days = list(program.items.values_list("due_on", flat=True))
    assert len(days) == len(chosen.plan)
    assert days == sorted(days)
    assert days[0] > DAY and days[-1] <= program.ends_on  # noqa: PT018
    assert not missing_parts(fresh(program))
    patterns.install(school)
    assert rows.count() == len(patterns.starter_set())


@pytest.mark.req("R-130")
def test_a_programme_of_the_school_goes_into_the_bank_without_the_person(program, curator):
    pattern = patterns.keep(program, title="Наш первый год", by=curator)
    assert pattern.problem == ""
    assert [row["title"] for row in pattern.plan] == ["Шаг 1", "Шаг 2"]
    assert all(0 <= row["share"] <= 1 for row in pattern.plan)


@pytest.mark.req("R-603")
@pytest.mark.parametrize(
    ("ends", "sentence"),
    [(DAY + dt.timedelta(days=60), "короче 3 месяцев"), (DAY + dt.timedelta(days=400), "дольше 12 месяцев")],
)  # fmt: skip
def test_a_programme_out_of_bounds_is_not_agreed(pair, curator, ends, sentence):
    program = begin(pair.group, curator, ends_on=ends)
    plan_items.add_item(program, by=curator, title="Шаг", due_on=DAY, category="learning")
    with pytest.raises(RuleError, match=sentence):
        agree_all(fresh(program), curator)


@pytest.mark.req("R-603")
def test_bounds_are_own_for_a_category_of_mentees(school, pair, program):
    assert bounds(program) == (3, 12)
    category = pair.mentee.person.mentee_profile.category
    ProgramBounds.objects.create(organization=school, category=category, min_months=1, max_months=24)  # fmt: skip
    assert bounds(program) == (1, 24)


@pytest.mark.req("R-619")
def test_speed_mentoring_is_a_programme_of_one_meeting(pair, curator):
    program = begin(pair.group, curator, one_meeting=True, starts_on=DAY, ends_on=DAY)
    assert not missing_parts(fresh(program))
    program = agree_all(fresh(program), curator)
    assert program.state == "agreed"


@pytest.mark.req("R-610")
def test_both_agree_and_a_changed_draft_asks_everybody_anew(pair, curator):
    program = with_plan(begin(pair.group, pair.mentor), pair.mentor)
    programs.agree(program, on=DAY, by=pair.mentor)
    program_drafts.write(fresh(program), by=pair.mentee, goal="Другая цель")
    assert not program.consents.exists()
    programs.agree(fresh(program), on=DAY, by=pair.mentor)
    agreed = programs.agree(fresh(program), on=DAY, by=pair.mentee)
    assert agreed.state == "agreed"
    assert Notice.objects.filter(person=curator.person, event="program.agreed").exists()


@pytest.mark.req("R-610")
def test_the_second_route_needs_a_witness_of_the_council_or_the_curator(school, pair, curator):
    program = with_plan(begin(pair.group, pair.mentor, route="read"), pair.mentor)
    with pytest.raises(PermissionDenied):
        program_drafts.write(fresh(program), by=pair.mentee, goal="Моя цель")
    programs.agree(fresh(program), on=DAY, by=pair.mentor)
    for witness in (None, pair.mentor.person, make_member(school, "staff").person):
        with pytest.raises(RuleError, match="при кураторе или члене совета"):
            programs.agree(fresh(program), on=DAY, by=pair.mentee, witness=witness)
    council = make_member(school, "mentor_council", last_name="Лужина")
    agreed = programs.agree(fresh(program), on=DAY, by=pair.mentee, witness=council.person)
    assert agreed.state == "agreed"
    row = agreed.consents.get(person=pair.mentee.person)
    assert (row.kind, row.witness) == ("read", council.person)


def test_the_curator_approves_or_the_head_if_the_school_says_so(school, pair, curator, head):
    program = agree_all(with_plan(begin(pair.group, curator), curator), curator)
    with pytest.raises(PermissionDenied):
        programs.approve(program, on=DAY, by=head)
    school.head_approves_programs = True
    school.save()
    with pytest.raises(PermissionDenied):
        programs.approve(fresh(program), on=DAY, by=curator)
    assert programs.approve(fresh(program), on=DAY, by=head).state == "running"


def test_a_returned_programme_says_why_and_asks_again(pair, curator):
    program = agree_all(with_plan(begin(pair.group, curator), curator), curator)
    with pytest.raises(RuleError, match="что исправить"):
        programs.give_back(program, reason=" ", by=curator)
    programs.give_back(program, reason="Уточните цель", by=curator)
    program = fresh(program)
    assert (program.state, program.returned_because) == ("draft", "Уточните цель")
    assert not program.consents.exists()


def test_it_runs_from_the_later_of_its_start_and_the_order(school, curator, head):
    mentor, mentee = mentor_of(school), mentee_of(school)
    group = accept_all(propose(mentor, [mentee], curator), curator)
    program = agree_all(with_plan(begin(group, curator), curator), curator)
    programs.approve(program, on=DAY, by=curator)
    assert fresh(program).state == "approved"
    later = DAY + dt.timedelta(days=5)
    approve(send(order_for([group], curator, starts_on=later), curator), head, dated_on=DAY)
    program = fresh(program)
    assert (program.state, program.running_since) == ("running", later)


def test_a_programme_of_the_future_waits_for_its_day(pair, curator):
    start = DAY + dt.timedelta(days=10)
    program = begin(pair.group, curator, starts_on=start)
    plan_items.add_item(program, by=curator, title="Шаг", due_on=ENDS, category="learning")
    programs.approve(agree_all(fresh(program), curator), on=DAY, by=curator)
    assert programs.start_due(program.organization, on=start - dt.timedelta(days=1)) == 0
    assert programs.start_due(program.organization, on=start) == 1
    assert programs.start_due(program.organization, on=start) == 0
    assert fresh(program).running_since == start


@pytest.mark.req("R-601")
def test_the_schools_template_says_which_sections_are_needed(school, pair, curator, head):
    from roadmap.services import drafts

    paper = drafts.create_draft(kind="program_template", day=DAY, by=curator, values={"sections": ["goal", "conditions"]})  # fmt: skip
    approve(send(paper, curator), head, dated_on=DAY)
    program = with_plan(begin(pair.group, curator), curator)
    assert program.template == paper
    assert missing_parts(program) == ["Не заполнено: условия."]


def test_a_programme_that_runs_on_paper_is_entered_without_asking_anybody(pair, curator):
    shared = {"title": "На бумаге", "ends_on": ENDS, "on": DAY, "by": curator, "approved_on": DAY}
    with pytest.raises(RuleError, match="план текстом или приложите файл"):
        programs.enter_running(pair.group, starts_on=DAY, **shared)
    with pytest.raises(RuleError, match="ещё не началась"):
        programs.enter_running(pair.group, starts_on=DAY + dt.timedelta(days=1), paper_plan="План", **shared)  # fmt: skip
    program = programs.enter_running(pair.group, starts_on=DAY, paper_plan="1. Встреча", **shared)
    assert (program.state, program.from_paper, program.versions.count()) == ("running", True, 1)


@pytest.mark.req("R-233")
def test_the_second_of_two_writers_is_shown_what_the_first_wrote(school, pair, client_for):
    program = begin(pair.group, pair.mentor)
    address = reverse("program_edit", args=[school.slug, program.pk])
    posted = {
        "title": "Первый год", "starts_on": "2026-11-20", "ends_on": "2027-05-31", "delivery_mode": "in_person",
        "route": "joint", "revision": "0", "goal": "Цель наставляемого",
    }  # fmt: skip
    assert client_for(pair.mentee).post(address, posted).status_code == 302
    answer = client_for(pair.mentor).post(address, {**posted, "goal": "Цель наставника"})
    text = answer.content.decode()
    assert "Цель наставляемого" in text
    assert "Цель наставника" in text
    assert fresh(program).goal == "Цель наставляемого"
    again = {**posted, "goal": "Цель наставника", "revision": "1"}
    assert client_for(pair.mentor).post(address, again).status_code == 302
    assert fresh(program).goal == "Цель наставника"


def test_text_saves_itself_field_by_field(school, pair, client_for):
    program = begin(pair.group, pair.mentor)
    address = reverse("program_edit", args=[school.slug, program.pk])
    posted = {"title": "", "goal": "Сохранилось само", "revision": "0", "starts_on": "2026-11-20", "ends_on": "2027-05-31", "delivery_mode": "in_person", "route": "joint"}  # fmt: skip
    answer = client_for(pair.mentor).post(address, posted, headers={"hx-request": "true"})
    assert "Сохранено в" in answer.content.decode()
    assert 'value="1"' in answer.content.decode()
    assert (fresh(program).goal, fresh(program).title) == ("Сохранилось само", "Первый год")


def test_a_period_that_ends_before_it_begins_is_told_in_russian(pair, curator):
    with pytest.raises(ValidationError, match="раньше, чем начинается"):
        begin(pair.group, curator, ends_on=DAY - dt.timedelta(days=1))


def test_two_approvals_at_once_make_one(pair, curator):
    program = agree_all(with_plan(begin(pair.group, curator), curator), curator)
    programs.approve(program, on=DAY, by=curator)
    with pytest.raises(PermissionDenied, match="согласованную"):
        programs.approve(program, on=DAY, by=curator)
    assert Program.objects.get().versions.count() == 1


@pytest.mark.req("R-513")
def test_a_replaced_mentor_hands_the_programme_on(school, pair, program, curator, head):
    other = mentor_of(school, last_name="Быкова")
    from programs.services import groups
    from roadmap.services import drafts

    new = groups.propose(other.person, [pair.mentee.person], on=DAY, by=curator, origin="replacement", follows=pair.group)  # fmt: skip
    accept_all(new, curator)
    day = DAY + dt.timedelta(days=3)
    values = {"group": new.pk, "starts_on": day.isoformat()}
    order = drafts.create_draft(kind="replacement_order", day=DAY, by=curator, values=values)
    approve(send(order, curator), head, dated_on=DAY)
    program = fresh(program)
    assert (program.group, program.state) == (new, "running")
    assert program.versions.last().reason == "замена наставника: Быкова А. И."


@pytest.mark.req("R-218")
def test_the_curators_queue_holds_all_that_waits_for_a_decision(school, pair, curator, client_for):
    waiting = agree_all(with_plan(begin(pair.group, curator, title="Ждёт"), curator), curator)
    begin(pair.group, curator, title="Черновик")
    page = client_for(curator).get(reverse("programs", args=[school.slug]), {"review": "on"})
    assert [one.pk for one in page.context["programs"]] == [waiting.pk]
    home = client_for(curator).get(reverse("home", args=[school.slug])).content.decode()
    assert "Утвердить: 1 программа" in home
