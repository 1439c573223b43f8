"""Counts of the statistical return: a school counted by hand, a naive recount on random schools, the paper (R-222)."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.core.errors import RuleError
from mentoring.core.missing import missing_in
from mentoring.core.paper_checks import check_docx, check_pdf
from people.models import Organization, Person
from programs.models import GroupMember, Meeting, MentoringGroup, Program, ReportFigures, Training
from programs.monitoring.scope import Period
from programs.services import participation
from programs.services.indicators import definitions_of
from roadmap.services import renditions
from roadmap.services.digests import of_kind
from tests.factories import make_organization, make_person
from tests.programs.makers_participation import a_return, ended, meeting, program, taking_part
from tests.programs.test_indicators import END, START, YEAR, pair
from tests.roadmap.test_regulation_rules import SCHOOLS, demo_school
from tests.roadmap.test_wording import draft, lines


def shown(school: Organization, period: Period = YEAR) -> dict[str, float]:
    return {code: one.value for code, one in participation.of_school(school, period).items()}


@pytest.fixture
def counted(school):
    return taking_part(school)


@pytest.mark.req("R-222")
def test_people_pairs_and_groups_by_hand(counted, school):
    found = shown(school)
    assert [found[f"P-01{part}"] for part in ("", ".1", ".2", ".3")] == [3, 1, 1, 1]
    assert [found[f"P-02{part}"] for part in ("", ".1", ".2", ".3")] == [4, 3, 0, 1]
    assert [found[f"P-03{part}"] for part in ("", ".1", ".2")] == [3, 2, 1]
    assert [shown(school, YEAR.earlier)[code] for code in ("P-01", "P-02", "P-03")] == [1, 1, 1]


@pytest.mark.req("R-222")
def test_programmes_training_and_meetings_by_hand(counted, school):
    first, day = counted["first"], dt.date(2026, 10, 5)
    running = program(first, day, forms=["teacher_teacher"], kinds=["virtual", "reverse"])
    program(counted["group"], START - dt.timedelta(days=1), forms=["teacher_teacher", "teacher_teacher"])  # fmt: skip
    ended(counted["pupils"], day, dt.date(2027, 3, 1), "participant_initiative")
    ended(first, day, END, "plan_fulfilled")
    ended(counted["old"], dt.date(2025, 10, 1), dt.date(2026, 5, 1), "curator_initiative")
    program(first, day, state="draft", running_since=None)
    meeting(running, day, 45)
    meeting(running, day, 50)
    meeting(running, day, 60, "missed")
    meeting(running, START - dt.timedelta(days=1), 60)
    for mentor, kind in zip(counted["mentors"], ("course", "seminar", "mentor_school"), strict=True):  # fmt: skip
        Training.objects.create(organization=school, person=mentor, kind=kind, title="Курсы", starts_on=day, ends_on=day)  # fmt: skip
    found = shown(school)
    codes = ("P-04", "P-05", "P-06", "P-07", "P-07.1", "P-07.2", "P-08", "P-09", "P-10")
    assert [found[code] for code in codes] == [4, 3, 1, 1, 1, 0, 2, 2, 1.6]
    parts = {code: number for code, number in found.items() if code[:4] in ("P-11", "P-12")}
    assert parts == {"P-11.-": 2, "P-11.teacher_teacher": 2, "P-12.-": 3, "P-12.reverse": 1, "P-12.virtual": 1}  # fmt: skip


def test_counting_costs_the_same_with_few_and_many_rows(counted, school, django_assert_num_queries):
    rules = definitions_of(school)
    for _ in range(2):
        with django_assert_num_queries(3):
            participation.of_school(school, YEAR, rules)
        for letter in "аб":
            mentor, mentee = (make_person(school, last_name=f"{name}{letter}") for name in ("Лисов", "Котов"))  # fmt: skip
            meeting(program(pair(mentor, mentee), dt.date(2026, 10, 1)), dt.date(2026, 10, 2), 30)


# ---- a naive recount ----------------------------------------------------------------------------------------
DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2027, 12, 31))
PROGRAMS = st.lists(st.tuples(
    DAYS, st.integers(0, 300), st.sampled_from(["draft", "agreed", "approved", "running", "plan_fulfilled", "participant_initiative", "curator_initiative"]),
    st.lists(st.sampled_from(["teacher_teacher", "head_teacher"]), max_size=2), st.lists(st.sampled_from(["virtual", "speed"]), max_size=2),
    st.lists(st.tuples(DAYS, st.integers(10, 180), st.sampled_from(["planned", "held", "missed"])), max_size=3),
), max_size=3)  # fmt: skip
GROUPS = st.lists(st.tuples(
    st.integers(0, 5), st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 200)), min_size=1, max_size=3), DAYS, st.none() | st.integers(0, 300),
    st.sampled_from(["proposed", "accepted", "active", "paused"]), PROGRAMS,
), max_size=4)  # fmt: skip


def build(people: list[Person], groups: list) -> None:
    """Groups as drawn; members who leave earlier leave before the end of the group."""
    own = {"organization": people[0].organization}
    for mentor, members, start, days, state, programs in groups:
        ends = None if days is None else start + dt.timedelta(days=days)
        over = {"state": "ended", "end_reason": "completed", "ends_on": ends} if ends else {"state": state}  # fmt: skip
        group = MentoringGroup.objects.create(mentor=people[mentor], proposed_on=start, starts_on=start, **over, **own)  # fmt: skip
        for place, stays in dict(members).items():
            leaves = ends if stays is None else min(ends or dt.date.max, start + dt.timedelta(days=stays))  # fmt: skip
            GroupMember.objects.create(group=group, person=people[place], starts_on=start, ends_on=leaves, **own)  # fmt: skip
        for begins, length, how, forms, kinds, meetings in programs:
            last = begins + dt.timedelta(days=length)
            is_over = how.endswith(("fulfilled", "initiative"))
            made = ended(group, begins, last, how, ends_on=last, forms=forms, kinds=kinds) if is_over else program(
                group, begins, state=how, running_since=begins if how == "running" else None, ends_on=last, forms=forms, kinds=kinds
            )  # fmt: skip
            for day, minutes, held in meetings:
                meeting(made, day, minutes, held)


def recount(school: Organization, period: Period) -> dict[str, float]:
    """The same by loops over rows."""
    start, end = period.days
    meets = [row for row in MentoringGroup.objects.of(school) if row.state in ("active", "paused", "ended") and row.starts_on <= end and (row.ends_on or end) >= start]  # fmt: skip
    inside = {row: {one.person for one in row.members.all() if one.starts_on <= end and (one.ends_on or end) >= start} for row in meets}  # fmt: skip
    mentors, mentees = {row.mentor for row in meets}, set().union(*inside.values())
    rows = list(Program.objects.of(school))
    begun = [row for row in rows if row.state not in ("draft", "agreed")]
    ran = [row for row in begun if row.starts_on <= end and (row.completed_on or end) >= start]
    over = Counter(row.completion_reason for row in rows if row.state == "completed" and start <= row.completed_on <= end)  # fmt: skip
    held = [row for row in Meeting.objects.of(school) if row.state == "held" and start <= timezone.localdate(row.starts_at) <= end]  # fmt: skip
    found = {
        "P-01": len(mentors), "P-02": len(mentees), "P-03": len(meets), "P-03.2": sum(len(people) > 1 for people in inside.values()),
        "P-04": len(ran), "P-05": sum(start <= row.running_since <= end for row in begun if row.running_since), "P-06": over["plan_fulfilled"],
        "P-07": over["participant_initiative"] + over["curator_initiative"], "P-07.1": over["participant_initiative"], "P-07.2": over["curator_initiative"],
        "P-09": len(held),
    }  # fmt: skip
    found["P-03.1"] = found["P-03"] - found["P-03.2"]
    for part, kind in (("1", "employed"), ("2", "external"), ("3", "pupil")):
        found |= {f"P-01.{part}": sum(one.kind == kind for one in mentors), f"P-02.{part}": sum(one.kind == kind for one in mentees)}  # fmt: skip
    for prefix, field in (("P-11", "forms"), ("P-12", "kinds")):
        found |= {f"{prefix}.{code}": sum(code in (getattr(row, field) or ["-"]) for row in ran) for row in ran for code in getattr(row, field) or ["-"]}  # fmt: skip
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(groups=GROUPS)
def test_counts_agree_with_a_naive_recount(db, groups):
    school = make_organization(works_with_pupils=True)
    kinds = ("employed", "employed", "employed", "external", "pupil", "pupil")
    people = [make_person(school, last_name=f"Ветров{letter}", kind=kind, institution="колледж" if kind == "external" else "") for letter, kind in zip("абвгде", kinds, strict=True)]  # fmt: skip
    build(people, groups)
    for period in (YEAR, YEAR.earlier, Period(dt.date(2026, 10, 20), dt.date(2027, 2, 27), dt.date(2027, 2, 27))):  # fmt: skip
        found = shown(school, period)
        minutes = sum(row.minutes for row in Meeting.objects.of(school).filter(state="held") if period.start <= timezone.localdate(row.starts_at) <= period.end)  # fmt: skip
        assert abs(found.pop("P-10") - minutes / 60) <= 0.0501
        assert found.pop("P-08") == 0
        assert found == recount(school, period)


# ---- the paper ----------------------------------------------------------------------------------------------
@pytest.mark.req("R-222")
def test_paper_prints_the_counts_and_freezes_them(counted, curator, head):
    program(counted["first"], dt.date(2026, 10, 5), forms=["teacher_teacher"])
    paper = a_return(curator, note="Две группы объединили")
    rows = [re.findall(r"<t[dh]>(.*?)</t[dh]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", paper.body, re.S)]  # fmt: skip
    assert ["Наставники", "человек", "3"] in rows
    assert ["Форма: педагог – педагог", "единица", "1"] in rows
    assert "Две группы объединили." in paper.body
    assert missing_in(paper.body) == []
    assert ReportFigures.objects.get(document=paper).values["P-01"] == [3, None, 3.0]
    assert of_kind(paper, {}) == "Числа за 2026/2027 учебный год: участники, пары и группы, программы, встречи."  # fmt: skip


@pytest.mark.parametrize("slug", SCHOOLS)
def test_wording_is_clean_for_every_demo_school_and_names_its_gaps(slug, counted, curator, head):
    program(counted["first"], dt.date(2026, 10, 5), forms=["teacher_teacher"])
    found = participation.read(a_return(curator), "2026", "figures")
    school = demo_school(slug)
    heading, body = draft("statistical_return", school, figures=found, author=curator.person)
    assert missing_in(body) == []
    for line in filter(None, [heading, *lines(body)]):
        assert not re.search(r" {2}|\s[,.;:)]|\(\s|\.\.|\(а\)\w|г\. \.|None|[A-Za-z]", line), line
    _, empty = draft("statistical_return", school)
    assert missing_in(empty) == ["период", "исполнитель"]


def test_paper_names_pupils_only_where_they_take_part(curator, head):
    for takes_part in (True, False):
        curator.organization.works_with_pupils = takes_part
        paper = a_return(curator)
        assert ("обучающиеся" in paper.body) is takes_part


def test_paper_without_programmes_says_so_and_own_dates_are_both_needed(curator, head):
    assert a_return(curator, figures="y2026").body.count("Программ в этом периоде не было.") == 2
    with pytest.raises(RuleError, match="обе даты"):
        a_return(curator, figures="free", start="2026-09-01")


@pytest.mark.papers
@pytest.mark.usefixtures("real_papers")
def test_pdf_and_word_pass_the_checks(counted, curator, head):
    program(counted["first"], dt.date(2026, 10, 5), forms=["teacher_teacher"], kinds=["virtual"])
    paper = a_return(curator)
    pdf, word = renditions.current_pdf(paper), renditions.current_docx(paper)
    assert check_pdf(pdf) == []
    assert check_docx(word, pdf) == []
