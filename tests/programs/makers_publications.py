"""Publications, photos and consents to be shown, for tests."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people.models import DisseminationChoice, Person, PublicAddress
from programs.models import Publication
from programs.services import publication_people, publications
from tests.people.makers_consents import make_consent

DAY = dt.date(2026, 11, 20)


def a_photo(name="снимок.jpg", size=(80, 60), kind="JPEG", colour="#7a9") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def a_draft(by, **over) -> Publication:
    values = {"title": "Школа наставника открылась", "body": "<p>Прошло первое занятие.</p>", "publish_on": DAY, **over}  # fmt: skip
    return publications.draft(by=by, **values)


def published(by, **over) -> Publication:
    return publications.publish(a_draft(by, **over), by=by)


def with_photo(publication, by, *people):
    photo = publication_people.add_photo(publication, file=a_photo(), alt="Пустой класс", by=by)
    publication_people.mark_people(photo, people=people, nobody=not people, by=by)
    return photo


def allow(person: Person, *items: str, at: PublicAddress, **over):
    """A dissemination consent in force that names these items at the address."""
    consent = make_consent(person, "dissemination", **over)
    for item in items:
        DisseminationChoice.objects.create(organization=person.organization, consent=consent, item=item, address=at, allowed=True)  # fmt: skip
    return consent
