"""Publications: drafted, checked, published on a day, withdrawn (R-906, R-907, R-913)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from programs.models import Publication
from programs.publication_permissions import can_edit_section
from programs.services import publication_checks as checks
from roadmap.models import Posting

Kind, State = Publication.Kind, Publication.State
FIELDS = ("kind", "title", "lead", "body", "publish_on", "until", "author", "stage", "event", "program")  # fmt: skip


@transaction.atomic
def draft(*, title: str, by: Membership, publish_on: dt.date, kind: str = Kind.NEWS, postings: Iterable[Posting] = (), **values) -> Publication:  # fmt: skip
    """Nobody outside sees a draft; names are checked when it is published."""
    can_edit_section(by).require()
    publication = Publication(organization=by.organization, created_by=by, kind=kind, title=title, publish_on=publish_on)  # fmt: skip
    put(publication, values)
    publication.full_clean()
    publication.save()
    set_postings(publication, postings)
    journal.record(by, "publication.drafted", publication)
    return publication


def put(publication: Publication, values: dict) -> None:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A publication has no {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(publication, name, value)
    publication.title = " ".join(publication.title.split())
    publication.changed_at = timezone.now()


def set_postings(publication: Publication, postings: Iterable[Posting]) -> None:
    """Where else it appeared: rows of the same school."""
    rows = list(postings)
    if any(row.organization_id != publication.organization_id for row in rows):
        raise RuleError("Такой публикации вовне нет. Выберите из списка.", "postings")
    publication.postings.set(rows)


@transaction.atomic
def change(publication: Publication, *, by: Membership, postings: Iterable[Posting] | None = None, **values) -> Publication:  # fmt: skip
    """What is on the site already keeps the rules of publishing while it is mended."""
    can_edit_section(by).require()
    put(publication, values)
    if publication.state == State.PUBLISHED:
        end_with_event(publication)
    publication.full_clean()
    if publication.state == State.PUBLISHED:
        checks.check_words(publication)
    publication.save(update_fields=[*FIELDS, "changed_at"])
    if postings is not None:
        set_postings(publication, postings)
    journal.record(by, "publication.changed", publication)
    return publication


@transaction.atomic
def publish(publication: Publication, *, by: Membership, publish_on: dt.date | None = None) -> Publication:  # fmt: skip
    """A draft or a withdrawn one goes to the site, on a later day if that is what it says."""
    can_edit_section(by).require()
    publication.publish_on = publish_on or publication.publish_on
    end_with_event(publication)
    publication.full_clean()
    checks.check_words(publication)
    checks.check_photos(publication)
    claim(publication, [State.DRAFT, State.WITHDRAWN], State.PUBLISHED, "Публикация уже на сайте. Обновите страницу.")  # fmt: skip
    publication.save(update_fields=["state", "publish_on", "until", "body", "changed_at"])
    journal.record(by, "publication.published", publication)
    return publication


def end_with_event(publication: Publication) -> None:
    """An announcement without a term of its own is over with the day of its event."""
    if publication.kind != Kind.ANNOUNCEMENT or publication.until:
        return
    if publication.event is None:
        raise RuleError("У анонса нет даты. Выберите событие или укажите, по какой день показывать.", "until")  # fmt: skip
    day = timezone.localdate(publication.event.starts_at)
    if day < publication.publish_on:
        raise RuleError(f"Событие прошло {day:%d.%m.%Y}. Выберите другое или опубликуйте новость.", "event")  # fmt: skip
    publication.until = day


def claim(publication: Publication, old: list[str], new: str, message: str) -> None:
    """Two clicks at once give one result."""
    rows = Publication.objects.filter(pk=publication.pk, state__in=old)
    if not rows.update(state=new):
        raise RuleError(message)
    publication.state = new
    publication.changed_at = timezone.now()


@transaction.atomic
def withdraw(publication: Publication, *, by: Membership) -> Publication:
    """Off the site with the next request; text, photos and marks stay and may be published again."""
    can_edit_section(by).require()
    claim(publication, [State.PUBLISHED], State.WITHDRAWN, "Публикация уже не на сайте. Обновите страницу.")  # fmt: skip
    publication.save(update_fields=["state", "changed_at"])
    journal.record(by, "publication.withdrawn", publication)
    return publication


@transaction.atomic
def remove(publication: Publication, *, by: Membership) -> None:
    """A draft that was never on the site; what was there is withdrawn and kept."""
    can_edit_section(by).require()
    if publication.state != State.DRAFT:
        raise RuleError("Удалить можно черновик. Опубликованное снимают с сайта: текст остаётся в портале.")  # fmt: skip
    journal.record(by, "publication.removed", publication)
    publication.delete()
