"""What waits in the public section, for its first page in the cabinet; reads only, a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from people.models import Consent, Organization, Person
from people.models.consents import ConsentKind
from programs.models import HonourEntry, Publication, PublicationPhoto, PublicSection
from programs.services.public_sections import site_origin

SOON = dt.timedelta(days=30)
State = Publication.State


@dataclass(frozen=True)
class Waiting:
    drafts: list[Publication]
    planned: list[Publication]
    photos: list[PublicationPhoto]
    consents: list[Consent]


def shown_people(organization: Organization):
    """Everybody who may stand in the section: named in what is published, on its photos, on the board."""
    published = Publication.objects.of(organization).filter(state=State.PUBLISHED).values("pk")
    named = Q(pk__in=Publication.objects.of(organization).filter(pk__in=published).values("marks__person"))  # fmt: skip
    on_photos = Q(pk__in=PublicationPhoto.objects.of(organization).filter(publication__in=published).values("people"))  # fmt: skip
    authors = Q(pk__in=Publication.objects.of(organization).filter(pk__in=published).values("author"))  # fmt: skip
    honoured = Q(pk__in=HonourEntry.objects.of(organization).values("person"))
    return Person.objects.of(organization).filter(named | on_photos | authors | honoured)


def waiting(organization: Organization, on: dt.date) -> Waiting:
    """Drafts, publications whose day is still to come, photos nobody was marked on, consents that end within a month."""
    rows = Publication.objects.of(organization)
    photos = PublicationPhoto.objects.of(organization).filter(people_marked=False)
    ending = Consent.objects.of(organization).valid_on(on).filter(
        kind=ConsentKind.DISSEMINATION, valid_until__lte=on + SOON, person__in=shown_people(organization).values("pk")
    )  # fmt: skip
    return Waiting(
        list(rows.filter(state=State.DRAFT)[:10]),
        list(rows.filter(state=State.PUBLISHED, publish_on__gt=on)[:10]),
        list(photos.select_related("publication__organization")[:10]),
        list(ending.select_related("person", "organization").order_by("valid_until")[:10]),
    )


@dataclass(frozen=True)
class Embedding:
    """Lines to paste and whether the school's own site may show the section."""

    page: str
    frame: str
    script: str
    site: str
    site_listed: bool


def embedding(section: PublicSection) -> Embedding:
    page = f"{settings.PUBLIC_URL}/p/{section.organization.slug}/"
    site = site_origin(section.organization)
    frame = f'<iframe src="{page}embed/" title="Наставничество" width="100%" height="1200" style="border:0" loading="lazy"></iframe>'
    script = f'<script src="{page}widget.js" async></script>'
    return Embedding(page, frame, script, site, site in section.parents)
