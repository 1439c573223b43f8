"""Files of the section, each through the rule of what it shows: pictures through the gate, papers in force, marked materials."""

import datetime as dt

from people.models import StoredFile
from people.models.consents import PublicItem
from programs.models import Material, PublicationPhoto, PublicSection
from programs.publication import content as contents
from programs.publication import experience, news, recognition
from programs.publication.gate import Gate, Place
from programs.publication.reading import Asked
from roadmap.models import Document, DocumentFile


def photo(section: PublicSection, pk: int, print: str, on: dt.date, place: Place = Place.PAGE) -> StoredFile | None:  # fmt: skip
    """A picture of a shown publication or of the board, if everybody on it agreed for the place."""
    asked = Asked(section, place, on)
    own = {"stored__sha256__startswith": print, "publication__in": news.shown(asked)}
    rows = PublicationPhoto.objects.of(section.organization).filter(stored=pk, **own)
    for row in rows.select_related("stored").prefetch_related("people"):
        gate = Gate(section, place, row.people.all(), on)
        if news.may_show(row, gate):
            return row.stored
    return portrait(asked, pk, print)


def portrait(asked: Asked, pk: int, print: str) -> StoredFile | None:
    if contents.block_of(asked.section, "honours") is None:
        return None
    rows = recognition.on_board(asked).filter(photo=pk, photo__sha256__startswith=print)
    for row in rows:
        gate = Gate(asked.section, asked.place, [row.person], asked.on)
        if all(gate.may(row.person, item) for item in (PublicItem.NAME, PublicItem.PHOTO)):
            return row.photo
    return None


def document(section: PublicSection, pk: int) -> StoredFile | None:
    """The public rendition of a paper in force."""
    documents = Document.objects.of(section.organization).publishable()
    files = DocumentFile.objects.filter(document__in=documents, document=pk, rendition="public")
    found = files.select_related("stored").defer("html").last()
    return found and found.stored


def material(section: PublicSection, pk: int, print: str) -> StoredFile | None:
    if contents.block_of(section, "recommendations") is None:
        return None
    rows = Material.objects.of(section.organization).filter(pk=pk, file__sha256__startswith=print)
    found = rows.select_related("file").first()
    return found.file if found and experience.for_site(found) else None
