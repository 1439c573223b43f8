"""Programmes of a full school and all that hangs on them; `word` marks each text. Pairs: `full_groups.py`."""

import datetime as dt

from django.utils import timezone

from people.models import Membership, Person
from programs.models import (
    Assignment,
    AttestationNote,
    Award,
    ChangeAnswer,
    Contest,
    ContestEntry,
    Difficulty,
    DutyRelease,
    Helper,
    HelpRequest,
    ItemComment,
    Material,
    Meeting,
    MentoringGroup,
    MentorReport,
    MentorSchool,
    Milestone,
    PlanItem,
    Practice,
    PracticeAuthor,
    PrivateNote,
    Program,
    ProgramChange,
    ProgramPattern,
    Proposal,
    Referral,
    SchoolListener,
    SchoolSession,
    Training,
)
from programs.services.programs import freeze

TODAY = timezone.localdate()
NOW = timezone.now()
YESTERDAY, NEXT_YEAR = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=300)


def fill_programs(members: dict[str, Membership], word: str) -> None:
    """The psychologist mentors the teacher: one programme runs, one is agreed, one a draft."""
    curator, mentor, mentee = (members[name] for name in ("curator", "psychologist", "teacher"))
    school = curator.organization
    group = MentoringGroup.objects.of(school).get(state="active")
    running = make(group, word, state="running", running_since=YESTERDAY, approved_on=YESTERDAY, approved_by=curator)  # fmt: skip
    freeze(running, on=TODAY, by=curator)
    fill_running(running, members, word)
    make(group, word, state="agreed", submitted_on=TODAY)
    draft = make(group, word, state="draft")
    PlanItem.objects.create(organization=school, program=draft, title=f"Правка {word}", due_on=TODAY)  # fmt: skip
    changed = make(group, word, state="running", running_since=YESTERDAY, approved_on=YESTERDAY, approved_by=curator)  # fmt: skip
    ProgramChange.objects.create(organization=school, program=changed, kind="content", text=f"Что {word}", reason=word, person=mentor.person, proposed_on=TODAY, state="agreed")  # fmt: skip
    make(group, word, state="running", running_since=YESTERDAY, approved_on=YESTERDAY, approved_by=curator, unlocked=True)  # fmt: skip
    fill_recognition(members, mentee.person, word)


def make(group: MentoringGroup, word: str, **over) -> Program:
    return Program.objects.create(
        organization=group.organization, group=group, title=f"Программа {word}", goal=f"Цель {word}",
        starts_on=YESTERDAY, ends_on=NEXT_YEAR, **over,
    )  # fmt: skip


def fill_running(program: Program, members: dict[str, Membership], word: str) -> None:
    mentor, mentee = members["psychologist"].person, members["teacher"].person
    own = {"organization": program.organization, "program": program}
    item = PlanItem.objects.create(title=f"Пункт {word}", due_on=TODAY, **own)
    ItemComment.objects.create(item=item, person=mentee, text=f"Замечание {word}", made_on=TODAY, **own)  # fmt: skip
    Milestone.objects.create(title=f"Рубеж {word}", due_on=TODAY, **own)
    Difficulty.objects.create(person=mentee, title=f"Трудность {word}", **own)
    Meeting.objects.create(starts_at=NOW - dt.timedelta(hours=2), topic=f"Тема {word}", **own)
    PrivateNote.objects.create(person=mentor, text=f"Личное {word}", **own)
    Assignment.objects.create(person=mentee, title=f"Задание {word}", given_on=TODAY, **own)
    HelpRequest.objects.create(person=mentee, text=f"Вопрос {word}", **own)
    Helper.objects.create(person=members["head"].person, topic=f"Помощь {word}", invited_on=TODAY, **own)  # fmt: skip
    Referral.objects.create(author=mentor, service="psychologist", text=f"Служба {word}", sent_on=TODAY, **own)  # fmt: skip
    substitute = Person.objects.of(program.organization).get(last_name="Зимина")
    DutyRelease.objects.create(person=mentor, substitute=substitute, starts_on=TODAY, ends_on=TODAY, reason=f"Почему {word}", **own)  # fmt: skip
    change = ProgramChange.objects.create(kind="form", new_forms=["teacher_teacher"], reason=f"Форма {word}", person=mentor, proposed_on=TODAY, **own)  # fmt: skip
    ChangeAnswer.objects.create(organization=program.organization, change=change, person=mentee)
    MentorReport.objects.create(results=f"Итоги {word}", state="sent", sent_on=TODAY, **own)


def fill_recognition(members: dict[str, Membership], person: Person, word: str) -> None:
    curator = members["curator"]
    own = {"organization": curator.organization}
    ProgramPattern.objects.create(title=f"Образец {word}", goal=f"Цель {word}", **own)
    Training.objects.create(person=person, kind="course", title=f"Курсы {word}", starts_on=TODAY, ends_on=TODAY, **own)  # fmt: skip
    school = MentorSchool.objects.create(title=f"Школа наставников {word}", leader=curator.person, state="open", **own)  # fmt: skip
    SchoolSession.objects.create(school=school, held_on=TODAY, topic=f"Занятие {word}", **own)
    SchoolListener.objects.create(school=school, person=person, **own)
    MentorSchool.objects.create(title=f"Новая Школа {word}", leader=curator.person, **own)
    Material.objects.create(title=f"Материал {word}", added_on=TODAY, **own)
    shared = {"person": person, "proposed_on": TODAY, "proposed_by": curator, **own}
    Award.objects.create(kind="commendation", merit=f"за {word}", **shared)
    Award.objects.create(kind="state_award", name=f"Медаль {word}", merit=f"за {word}", **shared)
    Award.objects.create(kind="certificate", merit=f"за {word}", state="given", decided_on=TODAY, **shared)  # fmt: skip
    contest = Contest.objects.create(title=f"Конкурс {word}", **own)
    ContestEntry.objects.create(contest=contest, person=person, recommended_by=curator.person, **own)  # fmt: skip
    AttestationNote.objects.create(person=members["psychologist"].person, text=f"Дополнение {word}", **own)  # fmt: skip
    practice = Practice.objects.create(title=f"Практика {word}", task=f"Задача {word}", method=word, outcome=word, made_on=TODAY, **own)  # fmt: skip
    PracticeAuthor.objects.create(practice=practice, person=person, **own)
    Proposal.objects.create(author=members["psychologist"].person, about=person, kind="encourage", text=f"Предлагаю {word}", made_on=TODAY, **own)  # fmt: skip
