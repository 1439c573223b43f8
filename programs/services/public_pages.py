"""HTML of the section's pages, the same for the page, the frame, the preview and the archive (R-901).

Names of pages: "" · "<block>/" · "<block>/page-2/" · "news/<id>/" · "practices/<id>/" · "accessibility/" · "policy/".
"""

import datetime as dt
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from programs.models import PublicSection
from programs.publication import content as contents
from programs.publication.content import Content
from programs.publication.gate import Place
from programs.publication.links import Links
from programs.publication.reading import Asked
from programs.publication.words import card_of

LIST = re.compile(r"(?P<code>[a-z_]+)/(?:page-(?P<page>[2-9]|[1-9][0-9]{1,5})/)?")
ONE = re.compile(r"(?P<code>news|practices)/(?P<pk>[1-9][0-9]{0,15})/")
TEXTS = {"accessibility/": "accessibility", "policy/": "policy"}
AWAY = mark_safe(' target="_blank" rel="noopener"')
# The audit that the page «Доступность» speaks of: change both together.
AUDITED_ON = dt.date(2026, 11, 28)


class NoSuchPage(LookupError):
    """The section has no page of that name on that day."""


def page(section: PublicSection, place: Place, name: str, on: dt.date) -> bytes:
    """HTML of one page; NoSuchPage when there is none."""
    return render(*found(section, place, name, on), name).encode()


def found(section: PublicSection, place: Place, name: str, on: dt.date) -> tuple[str, Content, dict]:  # fmt: skip
    """Template, content and what else it needs."""
    if name in TEXTS:
        content = contents.finished(Asked(section, place, on), [], [])
        return TEXTS[name], content, {"card": card_of(section.organization, section)}
    if name == "":
        return "section", contents.build(section, place, on), {}
    if one := ONE.fullmatch(name):
        return single(section, place, on, one["code"], int(one["pk"]))
    if of_list := LIST.fullmatch(name):
        number = int(of_list["page"] or 1)
        content = contents.build_list(section, place, on, of_list["code"], number)
        if content:
            return "list", content, {"part": content.blocks[0], "number": number, "earlier": earlier(of_list["code"], number)}  # fmt: skip
    raise NoSuchPage(name)


def earlier(code: str, number: int) -> str:
    return f"{code}/page-{number - 1}/" if number > 2 else f"{code}/"


def single(section, place, on, code: str, pk: int) -> tuple[str, Content, dict]:
    build = contents.build_news if code == "news" else contents.build_practice
    content = build(section, place, on, pk)
    if content is None:
        raise NoSuchPage(f"{code}/{pk}/")
    return {"news": "news", "practices": "practice"}[code], content, {"one": content.blocks[0].items[0], "part": content.blocks[0]}  # fmt: skip


def render(template: str, content: Content, extra: dict, name: str) -> str:
    section, links = content.section, Links(content.organization.slug, content.place, name)
    context = {
        "content": content, "section": section, "school": content.organization, "links": links, "name": name,
        "embed": content.place == Place.EMBED, "in_portal": content.place in (Place.PAGE, Place.EMBED),
        "address": links.absolute(name), "home": links.absolute(), "theme": section.theme,
        "away": AWAY if content.place == Place.EMBED else "", "on": content.on, "audited_on": AUDITED_ON,
        "portal": settings.PUBLIC_URL, "lists": contents.LISTS, **extra,
    }  # fmt: skip
    return render_to_string(f"public/{template}.html", context)
