"""Photos, scenarios and files of events; who is on a photo and whether all of them agreed (R-908)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people import consent_rules
from people.models import Membership, Person
from people.services import files, journal
from roadmap.event_permissions import can_edit_events
from roadmap.models import Event, EventFile


@transaction.atomic
def add_file(event: Event, *, kind: str, file, title: str = "", by: Membership) -> EventFile:
    can_edit_events(by).require()
    stored = files.store_attachment(file, by=by, purpose="event", owner_id=event.pk)
    if kind == EventFile.Kind.PHOTO and not stored.content_type.startswith("image/"):
        raise RuleError("Это не фотография. Приложите JPEG или PNG.", "file")
    row = EventFile(organization=event.organization, event=event, kind=kind, stored=stored, title=title.strip())  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "event.file_added", event)
    return row


@transaction.atomic
def mark_people(photo: EventFile, *, people: Iterable[Person], by: Membership) -> EventFile:
    """Say who can be recognised on the photo; nobody is an answer too."""
    can_edit_events(by).require()
    people = list(people)
    if any(person.organization_id != photo.organization_id for person in people):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", "people")
    photo.people.set(people)
    photo.people_marked = True
    photo.save(update_fields=["people_marked"])
    journal.record(by, "event.photo_marked", photo.event)
    return photo


@transaction.atomic
def remove_file(row: EventFile, *, by: Membership) -> None:
    can_edit_events(by).require()
    journal.record(by, "event.file_removed", row.event)
    row.delete()


def why_unpublished(photos: list[EventFile], on: dt.date) -> dict[int, str]:
    """Why each photo may not be shown outside, "" when it may; one query for all (`people` prefetched)."""
    people = {person.pk: person for photo in photos for person in photo.people.all()}
    allowed = consent_rules.dissemination(people, on)
    agreed = {pk for pk, items in allowed.items() if any(item == "photo" for item, _ in items)}
    return {photo.pk: reason(photo, agreed) for photo in photos}


def reason(photo: EventFile, agreed: set[int]) -> str:
    if not photo.people_marked:
        return "Отметьте, кто на фотографии, или что узнать никого нельзя."
    names = [person.short_name for person in photo.people.all() if person.pk not in agreed]
    return f"Нет согласия на публикацию фотографии: {', '.join(names)}." if names else ""
