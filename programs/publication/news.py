"""Publications of the section: news, announcements, photo reports, results (R-133, R-906, R-907, R-911, R-913)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Min, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from people.models.consents import PublicItem
from programs.models import Publication, PublicationMark, PublicationPhoto
from programs.models.programs import ProgramState
from programs.publication.blocks import ordered
from programs.publication.gate import Gate
from programs.publication.items import Elsewhere, Meeting, News, Photo
from programs.publication.marks import plain, render
from programs.publication.reading import Asked, Part, shown_name

Kind = Publication.Kind
# Block → kind of its publications.
KINDS = {
    "news": Kind.NEWS, "announcements": Kind.ANNOUNCEMENT, "photo_reports": Kind.PHOTO_REPORT, "results": Kind.RESULT,
}  # fmt: skip
BLOCK_OF = {kind: code for code, kind in KINDS.items()}


def shown(asked: Asked):
    """Those of that day; a result only once its programme is over, whatever the row says (R-907); none of a hidden block."""
    rows = Publication.objects.of(asked.organization).shown_on(asked.on)
    over = Q(program=None) | Q(program__state=ProgramState.COMPLETED)
    open_kinds = [KINDS[one.code] for one in ordered(asked.section) if one.code in KINDS]
    return rows.filter(over, kind__in=open_kinds).select_related("event").defer("body")


def rows_of(asked: Asked, code: str) -> list[Publication]:
    """One query. Announcements: the nearest first, without those whose event has passed."""
    rows = shown(asked).filter(kind=KINDS[code])
    if code == "announcements":
        today = dt.datetime.combine(asked.on, dt.time(), tzinfo=timezone.get_default_timezone())
        rows = rows.filter(Q(event=None) | Q(event__starts_at__gte=today))
        rows = rows.order_by(F("event__starts_at").asc(nulls_last=True), "-publish_on", "-pk")
    return asked.cut(rows)


def number_of(asked: Asked, code: str) -> int:
    return shown(asked).filter(kind=KINDS[code]).count()


def load_people(rows: list[Publication]) -> None:
    """Marks, photos and who is on them: three queries for all the publications of a page."""
    marks = PublicationMark.objects.select_related("person")
    photos = PublicationPhoto.objects.select_related("stored").prefetch_related("people")
    prefetch_related_objects(rows, Prefetch("marks", queryset=marks), Prefetch("photos", queryset=photos))  # fmt: skip


def people_of(rows: Iterable[Publication]) -> set[int]:
    found = {mark.person_id for row in rows for mark in row.marks.all()}
    found |= {row.author_id for row in rows if row.author_id}
    return found | {
        person.pk for row in rows for photo in row.photos.all() for person in photo.people.all()
    }


def ends_of(asked: Asked, rows: Iterable[Publication]) -> list[dt.date]:
    """Last days of what is shown: the term, and the day of an announced event."""
    ends = [row.until for row in rows if row.until]
    return ends + [day_of(row) for row in rows if row.event and day_of(row) >= asked.on]


def day_of(row: Publication) -> dt.date:
    return timezone.localtime(row.event.starts_at).date()


def next_on(asked: Asked) -> list[dt.date]:
    """The day before the next planned publication: until then nothing new appears."""
    planned = Publication.objects.of(asked.organization).filter(state=Publication.State.PUBLISHED)
    first = planned.filter(publish_on__gt=asked.on).aggregate(first=Min("publish_on"))["first"]
    return [first - dt.timedelta(days=1)] if first else []


def part(asked: Asked, rows: list[Publication]) -> Part:
    """A block of publications whose people are loaded."""
    return Part(
        make=lambda gate: [item(row, gate) for row in rows],
        people=people_of(rows), ends=ends_of(asked, rows),
    )  # fmt: skip


def item(row: Publication, gate: Gate) -> News:
    marks = row.marks.all()
    return News(
        pk=row.pk, kind=row.kind, title=plain(row.title, marks, gate), lead=plain(row.lead, marks, gate),
        on=row.publish_on, until=row.until, meeting=meeting(row), photos=photos_of(row, gate),
    )  # fmt: skip


def meeting(row: Publication) -> Meeting | None:
    event = row.event
    if event is None:
        return None
    return Meeting(event.pk, event.starts_at, event.ends_at, event.place, event.state == event.State.CANCELLED)  # fmt: skip


def photos_of(row: Publication, gate: Gate) -> tuple[Photo, ...]:
    return tuple(picture(one) for one in row.photos.all() if may_show(one, gate))


def picture(photo: PublicationPhoto) -> Photo:
    return Photo(photo.stored_id, photo.stored.sha256[:8], photo.alt)


def may_show(photo: PublicationPhoto, gate: Gate) -> bool:
    """Somebody said who can be recognised, and each of them agreed (R-911)."""
    return photo.people_marked and all(gate.may(one, PublicItem.PHOTO) for one in photo.people.all())  # fmt: skip


def whole(asked: Asked, pk: int) -> Part | None:
    """One publication with its text; None when it is not shown that day. Six queries."""
    rows = shown(asked).defer(None).select_related("author", "stage", "program", "event")
    row = rows.prefetch_related("postings").filter(pk=pk).first()
    if row is None:
        return None
    load_people([row])
    return Part(
        make=lambda gate: [with_text(row, gate)], people=people_of([row]), ends=ends_of(asked, [row])
    )  # fmt: skip


def with_text(row: Publication, gate: Gate) -> News:
    short = item(row, gate)
    return News(
        **{name: getattr(short, name) for name in ("pk", "kind", "title", "lead", "on", "until", "meeting", "photos")},
        html=render(row.body, row.marks.all(), gate),
        author=shown_name(gate, row.author) if row.author else "",
        stage=row.stage.title if row.stage else "",
        program=row.program.title if row.program else "",
        elsewhere=tuple(Elsewhere(one.place or one.title, one.link, one.posted_on) for one in row.postings.all()),
    )  # fmt: skip
