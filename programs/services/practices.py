"""The collection of practices: drafted, collected, chosen as the best, published (R-215, R-709, R-712, R-907)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import files, journal
from programs.models import MentorReport, Practice, PracticeAuthor, PracticeFile, Program
from programs.program_permissions import (
    can_edit_practice,
    can_keep_programs,
    can_propose,
    is_pair,
)
from roadmap.services.public_text import refuse_names

State = Practice.State
FIELDS = ("title", "task", "method", "outcome", "advice", "directions")


@transaction.atomic
def draft(*, title: str, on: dt.date, by: Membership, authors: Iterable[Person] = (), program: Program | None = None, **fields) -> Practice:  # fmt: skip
    """Anybody of the school writes down own experience; the curator that of others (R-215)."""
    can_propose(by).require()
    authors = list(authors) or [by.person]
    if by.person not in authors:
        can_keep_programs(by).require()
    if program and not is_pair(by, program):
        can_keep_programs(by).require()
    practice = Practice(organization=by.organization, title=title.strip(), program=program, made_on=on, **fields)  # fmt: skip
    practice.full_clean()
    practice.save()
    set_authors(practice, authors)
    journal.record(by, "practice.drafted", practice)
    return practice


def set_authors(practice: Practice, authors: list[Person]) -> None:
    practice.author_rows.exclude(person__in=authors).delete()
    for person in authors:
        PracticeAuthor.objects.get_or_create(practice=practice, person=person, defaults={"organization": practice.organization})  # fmt: skip


@transaction.atomic
def draft_from_report(program: Program, *, on: dt.date, by: Membership) -> Practice:
    """Description of a successful experience from the accepted report (R-215)."""
    can_keep_programs(by).require()
    report = MentorReport.objects.filter(program=program, state=MentorReport.State.ACCEPTED).first()
    if report is None:
        raise RuleError("Отчёт наставника ещё не принят: описать опыт пока не из чего.")
    return draft(
        title=f"Опыт: {program.title}"[:300], on=on, by=by, authors=[program.group.mentor, *program.group.mentees],
        program=program, task=program.goal, method=program.content or program.tasks, outcome=report.results,
        advice=report.practice, directions=program.directions,
    )  # fmt: skip


@transaction.atomic
def change(practice: Practice, *, by: Membership, authors: Iterable[Person] = (), **fields) -> Practice:  # fmt: skip
    can_edit_practice(by, practice).require()
    for name, value in fields.items():
        setattr(practice, name, value)
    refuse_published_names(practice)
    practice.full_clean()
    practice.save(update_fields=list(fields))
    if authors:
        set_authors(practice, list(authors))
    journal.record(by, "practice.changed", practice)
    return practice


@transaction.atomic
def attach(practice: Practice, *, file, by: Membership, title: str = "") -> PracticeFile:
    can_edit_practice(by, practice).require()
    stored = files.store_attachment(file, by=by, purpose="practice", owner_id=practice.pk)
    return PracticeFile.objects.create(organization=practice.organization, practice=practice, stored=stored, title=title.strip())  # fmt: skip


def refuse_published_names(practice: Practice) -> None:
    """Authors are shown by their consents; the text itself names nobody (152-ФЗ)."""
    if practice.published:
        refuse_names(practice.organization, practice.title, practice.task, practice.method, practice.outcome, practice.advice)  # fmt: skip


@transaction.atomic
def set_state(practice: Practice, *, by: Membership, state: str = "", nominated: bool | None = None, published: bool | None = None) -> Practice:  # fmt: skip
    """Collect, nominate, choose as the best, publish: the curator; the model keeps R-907."""
    can_keep_programs(by).require()
    if state and state != State.DRAFT and not (practice.method.strip() and practice.outcome.strip()):  # fmt: skip
        raise RuleError("Опишите, что делали и что получилось: без этого практику не повторить.")
    practice.state = state or practice.state
    practice.nominated = practice.nominated if nominated is None else nominated
    practice.published = practice.published if published is None else published
    if practice.published and practice.state == State.DRAFT:
        raise RuleError("Сначала примите практику в копилку.")
    refuse_published_names(practice)
    practice.full_clean()
    practice.save(update_fields=["state", "nominated", "published"])
    journal.record(by, "practice.state", practice)
    return practice
