"""One publication as a reader sees it at a place on a day; a draft too."""

import datetime as dt
from dataclasses import dataclass

from people.models.consents import PublicItem
from programs.models import Publication, PublicationPhoto, PublicSection
from programs.publication.gate import Gate, Place
from programs.publication.marks import render


@dataclass(frozen=True)
class Seen:
    """`hidden`: photos that are not shown."""

    body: str
    author: str
    photos: list[PublicationPhoto]
    hidden: int


def preview(publication: Publication, section: PublicSection, place: Place, on: dt.date) -> Seen:
    """`marks__person` and `photos__people` are read from what the caller fetched; one query for the gate."""
    marks, photos = list(publication.marks.all()), list(publication.photos.all())
    people = [mark.person for mark in marks] + [one for photo in photos for one in photo.people.all()]  # fmt: skip
    people += [publication.author] if publication.author else []
    gate = Gate(section, place, people, on)
    shown = [photo for photo in photos if may_show(photo, gate)]
    author = gate.name(publication.author, "") if publication.author else ""
    return Seen(render(publication.body, marks, gate), author, shown, len(photos) - len(shown))


def may_show(photo: PublicationPhoto, gate: Gate) -> bool:
    """Everybody who can be recognised agreed to the photo at this place."""
    return photo.people_marked and all(gate.may(one, PublicItem.PHOTO) for one in photo.people.all())  # fmt: skip
