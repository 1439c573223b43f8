"""Samples of the access table about the public section."""

from mentoring.portal.sample_rows import Finder, row
from programs.models import (
    HonourEntry,
    Publication,
    PublicationMark,
    PublicationPhoto,
    SiteArchive,
)

PUBLICITY: dict[str, Finder] = {
    "publication": row(Publication, state="published"),
    "publication_draft": row(Publication, state="draft"),
    "publication_mark": row(PublicationMark),
    "publication_photo": row(PublicationPhoto),
    "honour": row(HonourEntry),
    "site_archive": row(SiteArchive),
}
