"""Rows of the public section for tests: publications with marks and photos, honours, consents of dissemination."""

import datetime as dt
import hashlib
import io
import itertools

from django.core.files.base import ContentFile
from PIL import Image

from people.models import Consent, DisseminationChoice, Membership, Person, StoredFile
from people.models.consents import PublicItem
from programs.models import HonourEntry, Publication, PublicationMark, PublicationPhoto
from programs.services.public_sections import section_of
from tests.people.makers_consents import make_consent

DAY = dt.date(2026, 11, 20)
ALL = tuple(PublicItem)
_numbers = itertools.count(1)


def agree(person: Person, *items: str, addresses=(), until: dt.date | None = None) -> Consent:
    """A consent of dissemination to these items (all by default) at the school's page (or `addresses`)."""
    section = section_of(person.organization)
    consent = make_consent(person, "dissemination", valid_until=until)
    for address in addresses or [section.page_address]:
        for item in items or ALL:
            DisseminationChoice.objects.create(
                organization=person.organization, consent=consent, item=item, address=address, allowed=True
            )  # fmt: skip
    return consent


def publish(curator: Membership, **over) -> Publication:
    values = {"title": f"Новость {next(_numbers)}", "state": "published", "publish_on": DAY}
    return Publication.objects.create(
        organization=curator.organization, created_by=curator, **{**values, **over}
    )


def mark(publication: Publication, person: Person, number: int = 1, **over) -> PublicationMark:
    return PublicationMark.objects.create(
        organization=publication.organization, publication=publication, person=person, number=number, **over
    )  # fmt: skip


def picture(organization, colour: str = "teal") -> StoredFile:
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(stream, "JPEG")
    content = stream.getvalue()
    stored = StoredFile(
        organization=organization, purpose="publication", name="снимок.jpg", content_type="image/jpeg",
        size=len(content), sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    stored.file.save("снимок.jpg", ContentFile(content), save=False)
    stored.save()
    return stored


def photograph(publication: Publication, *people: Person, marked: bool = True, **over) -> PublicationPhoto:  # fmt: skip
    photo = PublicationPhoto.objects.create(
        organization=publication.organization, publication=publication, people_marked=marked,
        **{"stored": picture(publication.organization), "alt": "Круглый стол", **over},
    )  # fmt: skip
    photo.people.set(people)
    return photo


def honour(person: Person, **over) -> HonourEntry:
    values = {"merit": "за поддержку молодых педагогов", "since": DAY}
    return HonourEntry.objects.create(organization=person.organization, person=person, **{**values, **over})  # fmt: skip
