"""Learning: School of Mentors by order, courses elsewhere, materials «изучено» (R-217, R-403…R-409)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, MentorProfile, Person
from people.services import files, journal
from people.services.notices import Message, tell
from programs.models import (
    Material,
    MaterialFolder,
    MaterialReading,
    MentorSchool,
    SchoolListener,
    SchoolSession,
    Training,
)
from programs.program_permissions import can_keep_learning, can_read_library
from roadmap.models import Document
from roadmap.services.wording import resolved_values

State = MentorSchool.State


@transaction.atomic
def add_training(*, person: Person, on: dt.date, by: Membership, scan=None, **fields) -> Training:
    """A course or internship with its document; mentors' cards show that they are trained (I-12)."""
    if person.pk != by.person_id:
        can_keep_learning(by).require()
    if fields["ends_on"] > on:
        raise RuleError("Обучение ещё не закончилось. Внесите его, когда получите документ.", "ends_on")  # fmt: skip
    row = Training(organization=by.organization, person=person, **fields)
    row.full_clean()
    row.save()
    if scan:
        row.scan = files.store_scan(scan, by=by, purpose="training", owner_id=person.pk)
        row.save(update_fields=["scan"])
    mark_trained(row)
    journal.record(by, "training.added", row)
    return row


def mark_trained(row: Training) -> None:
    for card in MentorProfile.objects.filter(person=row.person):
        if card.trained_on is None or card.trained_on < row.ends_on:
            card.trained_on, card.training = row.ends_on, row.title[:300]
            card.save(update_fields=["trained_on", "training"])


@transaction.atomic
def make_school(*, title: str, leader: Person, by: Membership, purpose: str = "", pass_share: int = 70) -> MentorSchool:  # fmt: skip
    can_keep_learning(by).require()
    school = MentorSchool(organization=by.organization, title=title.strip(), leader=leader, purpose=purpose, pass_share=pass_share)  # fmt: skip
    school.full_clean()
    school.save()
    journal.record(by, "mentor_school.made", school)
    return school


@transaction.atomic
def add_session(school: MentorSchool, *, by: Membership, **fields) -> SchoolSession:
    can_keep_learning(by).require()
    if school.state != State.DRAFT:
        raise RuleError("Расписание утверждено приказом. Внесите изменение новым приказом.")
    row = SchoolSession(organization=school.organization, school=school, **fields)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def set_listeners(school: MentorSchool, people: Iterable[Person], *, by: Membership) -> None:
    can_keep_learning(by).require()
    if school.state == State.CLOSED:
        raise RuleError("Школа уже завершена.")
    people = list(people)
    school.listeners.exclude(person__in=people).delete()
    known = set(school.listeners.values_list("person", flat=True))
    SchoolListener.objects.bulk_create(
        SchoolListener(organization=school.organization, school=school, person=one)
        for one in people
        if one.pk not in known
    )


def open_school(document: Document, *, by: Membership) -> None:
    """Effect of the order: the School begins and its listeners are told."""
    school = resolved_values(document)["school"]
    if not MentorSchool.objects.filter(pk=school.pk, state=State.DRAFT).update(state=State.OPEN, document=document):  # fmt: skip
        raise RuleError("Эта Школа уже открыта другим приказом.")
    first = school.sessions.first()
    people = [row.person for row in school.listeners.select_related("person")]
    text = f"Первое занятие {first.held_on:%d.%m.%Y}: {first.topic}." if first else ""
    tell(
        Message(person=one, event="school.open", key=f"school-{school.pk}", title=f"Вы слушатель: {school.title}", text=text[:300], url=school.get_absolute_url())
        for one in people
    )  # fmt: skip


@transaction.atomic
def mark_attendance(session: SchoolSession, people: Iterable[Person], *, on: dt.date, by: Membership) -> None:  # fmt: skip
    can_keep_learning(by).require()
    if session.school.state != State.OPEN:
        raise RuleError("Посещение отмечают, когда Школа открыта приказом.")
    if session.held_on > on:
        raise RuleError("Занятие ещё не прошло.")
    chosen = {one.pk for one in people}
    for listener in session.school.listeners.all():
        if listener.person_id in chosen:
            listener.attended.add(session)
        else:
            listener.attended.remove(session)


def passed(school: MentorSchool) -> list[tuple[SchoolListener, int]]:
    """Listeners with the hours they attended, those who reached the share."""
    sessions = list(school.sessions.all())
    total = sum(row.hours for row in sessions)
    rows = school.listeners.select_related("person").prefetch_related("attended")
    hours = [(row, sum(one.hours for one in row.attended.all())) for row in rows]
    return [(row, number) for row, number in hours if total and 100 * number >= school.pass_share * total]  # fmt: skip


@transaction.atomic
def close_school(school: MentorSchool, *, on: dt.date, by: Membership) -> int:
    """Those who attended enough get a line of learning and may be given the certificate; returns how many."""
    can_keep_learning(by).require()
    if not MentorSchool.objects.filter(pk=school.pk, state=State.OPEN).update(state=State.CLOSED):
        raise RuleError("Завершить можно Школу, которая идёт.")
    days = [row.held_on for row in school.sessions.all()]
    if not days or max(days) > on:
        raise RuleError("Не все занятия прошли.")
    done = passed(school)
    for listener, hours in done:
        row = Training.objects.create(
            organization=school.organization, person=listener.person, kind=Training.Kind.SCHOOL, title=school.title,
            provider=school.organization.short_name, hours=hours, starts_on=min(days), ends_on=max(days), school=school,
            paper=f"сертификат от {on:%d.%m.%Y}",
        )  # fmt: skip
        mark_trained(row)
    school.state = State.CLOSED
    journal.record(by, "mentor_school.closed", school)
    return len(done)


@transaction.atomic
def add_material(*, title: str, on: dt.date, by: Membership, file=None, folder: str = "", **fields) -> Material:  # fmt: skip
    """`folder` is a title: a new one makes the folder (R-103)."""
    can_keep_learning(by).require()
    if not file and not fields.get("link"):
        raise RuleError("Приложите файл или укажите ссылку.", "file")
    row = Material(organization=by.organization, title=title.strip(), added_on=on, **fields)
    if name := " ".join(folder.split()):
        row.folder, _ = MaterialFolder.objects.get_or_create(organization=by.organization, title=name)  # fmt: skip
    row.full_clean()
    row.save()
    if file:
        row.file = files.store_attachment(file, by=by, purpose="material", owner_id=row.pk)
        row.save(update_fields=["file"])
    journal.record(by, "material.added", row)
    return row


@transaction.atomic
def mark_studied(material: Material, *, on: dt.date, by: Membership) -> None:
    can_read_library(by).require()
    MaterialReading.objects.get_or_create(
        material=material, person=by.person,
        defaults={"organization": material.organization, "read_on": on},
    )  # fmt: skip
