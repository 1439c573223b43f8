"""Addresses inside the section: the page, the frame, files of an archive; none of them names another host."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static

from programs.publication.gate import Place

ARCHIVES = (Place.ARCHIVE, Place.ARCHIVE_PEOPLE)


@dataclass(frozen=True)
class Links:
    """`at` – name of the page that holds the links («news/5/»); an archive counts its folders from there."""

    slug: str
    place: Place
    at: str = ""

    @property
    def up(self) -> str:
        return "../" * self.at.count("/")

    def page(self, name: str) -> str:
        if self.place in ARCHIVES:
            return f"{self.up}{name}index.html"
        inside = "embed/" if self.place == Place.EMBED else ""
        return f"/p/{self.slug}/{inside}{name}"

    def file(self, name: str) -> str:
        """Pictures, papers, feeds and the school's colours: the same in the page and in the frame."""
        return f"{self.up}{name}" if self.place in ARCHIVES else f"/p/{self.slug}/{name}"

    def static(self, name: str) -> str:
        return f"{self.up}{name.rpartition('/')[2]}" if self.place in ARCHIVES else static(name)

    def absolute(self, name: str = "") -> str:
        """Of the page in the portal, for canonical links, feeds and for passing on."""
        return f"{settings.PUBLIC_URL}/p/{self.slug}/{name}"
