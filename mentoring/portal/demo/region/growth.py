"""What comes of the work: training, awards, practices, contests."""

import datetime as dt
from collections.abc import Iterable

from mentoring.portal.demo.region import words
from mentoring.portal.demo.region.schools import School
from people.models import Person
from programs.models import Award, Contest, ContestEntry, Practice, PracticeAuthor, Training

KINDS = ("course", "internship", "mentor_school", "seminar")


def build_growth(school: School) -> None:
    for year in school.years:
        groups = [group for group, _ in school.groups[year.start] if group.starts_on]
        for group in groups:
            learnt = year.day(9, 25) + dt.timedelta(days=school.chance.randrange(60))
            if learnt <= school.day and school.often(0.55):
                school.add(Training, person=group.mentor, kind=school.chance.choice(KINDS), title="Сопровождение молодого педагога", provider="Институт развития образования", hours=36, starts_on=learnt - dt.timedelta(days=5), ends_on=learnt)  # fmt: skip
            decided = year.day(5, 28)
            if school.often(0.25):
                reward(school, group, min(decided, school.day), given=decided <= school.day)
        compete(school, year.day(3, 1), {group.mentor: None for group in groups})
    collect_practices(school)


def compete(school: School, applied: dt.date, mentors: Iterable[Person]) -> None:
    """A contest of the municipality for whoever dares."""
    going = [person for person in mentors if applied <= school.day and school.often(0.12)]
    if not going:
        return
    contest = school.add(Contest, title="Лучший наставник года", level="municipal", apply_by=applied)  # fmt: skip
    for person in going:
        school.add(ContestEntry, contest=contest, person=person, recommended_by=school.head, state="applied", applied_on=applied)  # fmt: skip


def reward(school: School, group, day: dt.date, *, given: bool) -> None:
    over = {"state": "given", "decided_on": day} if given else {}
    school.add(
        Award, person=group.mentor, kind=school.chance.choice(("commendation", "certificate")), merit="за успешное наставничество",
        proposed_on=max(group.starts_on, day - dt.timedelta(days=20)), proposed_by=school.curator, **over,
    )  # fmt: skip


def collect_practices(school: School) -> None:
    done = [program for program in school.programs if program.state == "completed"]
    for program in done:
        if not school.often(0.2):
            continue
        made = min(program.completed_on + dt.timedelta(days=4), school.day)
        state = school.chance.choice(("draft", "collected", "best"))
        row = school.add(
            Practice, title=school.chance.choice(words.PRACTICES), program=program, state=state, made_on=made,
            published=state != "draft" and school.often(0.5), directions=program.directions,
            task="Помочь коллеге уверенно начать.", method="Короткие встречи с разбором одного занятия.", outcome="Занятия проводятся самостоятельно.",
        )  # fmt: skip
        school.add(PracticeAuthor, practice=row, person=program.group.mentor)
