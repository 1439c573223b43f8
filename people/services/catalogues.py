"""Catalogues of the school: the usual items from fixtures/catalogues.json with the school's own changes."""

import functools
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import CatalogueEntry, Membership, Organization
from people.models.catalogues import Catalogue
from people.permissions import can_edit_catalogues
from people.services import journal

WITH_DIRECTION = {Catalogue.DIFFICULTY, Catalogue.STRENGTH, Catalogue.COMPETENCE}
# Forms with pupils mean nothing where pupils do not take part (N-5).
PUPIL_FORMS = {"pupil_pupil", "teacher_pupil"}


@dataclass(frozen=True)
class Item:
    """One item; `own`: added by the school, `usual`: the title before the school renamed it, `hint`: one
    sentence that explains it."""

    code: str
    title: str
    direction: str = ""
    hidden: bool = False
    own: bool = False
    usual: str = ""
    hint: str = ""


@functools.cache
def defaults() -> dict[str, list[dict]]:
    path = settings.BASE_DIR / "fixtures/catalogues.json"
    return json.loads(path.read_text(encoding="utf-8"))


def all_items(organization: Organization, catalogue: str) -> list[Item]:
    """Usual items in their order, then the school's own; one query."""
    return all_catalogues(organization, [catalogue])[catalogue]


def all_catalogues(organization: Organization, names: Iterable[str]) -> dict[str, list[Item]]:
    """The same for several catalogues; one query."""
    names = list(names)
    changed: dict[str, dict[str, CatalogueEntry]] = {name: {} for name in names}
    for row in CatalogueEntry.objects.of(organization).filter(catalogue__in=names):
        changed[row.catalogue][row.code] = row
    return {name: with_changes(organization, name, changed[name]) for name in names}


def with_changes(
    organization: Organization, catalogue: str, changed: dict[str, CatalogueEntry]
) -> list[Item]:
    found = []
    for row in defaults()[catalogue]:
        own = changed.pop(row["code"], None)
        if row["code"] in PUPIL_FORMS and not organization.works_with_pupils:
            continue
        found.append(
            Item(
                row["code"],
                own.title if own else row["title"],
                row.get("direction", ""),
                bool(own and own.hidden),
                usual=row["title"],
                hint=row.get("hint", ""),
            )
        )
    extra = [Item(row.code, row.title, row.direction, row.hidden, True) for row in changed.values()]
    return [*found, *sorted(extra, key=lambda item: item.title)]


def items(organization: Organization, catalogue: str) -> list[Item]:
    """What is offered: without the hidden."""
    return [item for item in all_items(organization, catalogue) if not item.hidden]


def titles(organization: Organization, catalogue: str) -> dict[str, str]:
    """Title by code, the hidden too: old records keep their words."""
    return {item.code: item.title for item in all_items(organization, catalogue)}


@transaction.atomic
def add_item(*, catalogue: str, title: str, direction: str = "", by: Membership) -> CatalogueEntry:
    can_edit_catalogues(by).require()
    title = " ".join(title.split())
    refuse_double(all_items(by.organization, catalogue), title)
    entry = CatalogueEntry(
        organization=by.organization, catalogue=catalogue, title=title,
        code=f"own_{secrets.token_hex(4)}", direction=direction,
    )  # fmt: skip
    entry.full_clean()
    entry.save()
    journal.record(by, "catalogue.added", entry)
    return entry


def refuse_double(known: list[Item], title: str) -> None:
    if title.casefold() in {item.title.casefold() for item in known}:
        raise RuleError("Такая запись в справочнике уже есть.", "title")


@transaction.atomic
def change_item(
    *,
    catalogue: str,
    code: str,
    by: Membership,
    title: str | None = None,
    hidden: bool | None = None,
) -> CatalogueEntry:
    """Rename, hide or bring back; the code stays, so records follow the new word."""
    can_edit_catalogues(by).require()
    known = all_items(by.organization, catalogue)
    item = next((one for one in known if one.code == code), None)
    if item is None:
        raise RuleError("Такой записи в справочнике нет. Обновите страницу.")
    entry, _ = CatalogueEntry.objects.get_or_create(
        organization=by.organization, catalogue=catalogue, code=code,
        defaults={"title": item.title, "direction": item.direction},
    )  # fmt: skip
    if title is not None:
        entry.title = " ".join(title.split()) or item.usual or item.title
        refuse_double([one for one in known if one.code != code], entry.title)
    if hidden is not None:
        entry.hidden = hidden
    entry.full_clean()
    entry.save()
    journal.record(by, "catalogue.changed", entry)
    return entry
