"""One click instead of three papers: the order together with the local acts it approves (R-106)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from roadmap.kinds import KINDS
from roadmap.models import Annex, Document
from roadmap.services.drafts import create_draft

USUAL = ("regulation", "roadmap")


def free_annexes(organization):
    """Drafts and papers on approval that an order may still take as annexes, oldest first."""
    codes = [kind.code for kind in KINDS.values() if kind.approved_by_order]
    unfinished = [Document.State.DRAFT, Document.State.REVIEW]
    taken = Annex.objects.of(organization).values("document")
    rows = Document.objects.of(organization).filter(kind__in=codes, state__in=unfinished)
    return rows.exclude(pk__in=taken).order_by("created_at", "pk")


@transaction.atomic
def draft_package(
    *,
    kind: str,
    day: dt.date,
    by: Membership,
    roadmap=None,
    values: dict | None = None,
    annexes: list[Document] = (),
    create_annexes: bool = False,
) -> Document:
    """Draft the order and, if asked, those of the usual annexes that were not chosen.

    The annexes stand in the usual order: the regulation first, then the roadmap, then the rest.
    """
    chosen = list(annexes)
    if create_annexes:
        present = {document.kind for document in chosen}
        if roadmap is None and "roadmap" not in present:
            raise RuleError("Сначала составьте дорожную карту и выберите её здесь.", "roadmap")
        missing = [code for code in USUAL if code not in present]
        chosen += [create_draft(kind=code, day=day, by=by, roadmap=roadmap) for code in missing]
    places = {code: place for place, code in enumerate(USUAL)}
    chosen.sort(key=lambda document: places.get(document.kind, len(USUAL)))
    return create_draft(kind=kind, day=day, by=by, roadmap=roadmap, values=values, annexes=chosen)
