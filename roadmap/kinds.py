"""Kinds of documents, read once from fixtures/document_kinds.json."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices


class Register(TextChoices):
    CORE = "core", "основная деятельность"
    PERSONNEL = "personnel", "личный состав"
    MINUTES = "minutes", "протоколы"
    OUTGOING = "outgoing", "исходящие"
    OTHER = "other", "прочие"


@dataclass(frozen=True)
class Kind:
    """One kind of document; `records` are the signature records that put it in force."""

    code: str
    title: str
    paper: str
    document_word: str
    register: str
    publishable: bool
    records: tuple[str, ...]
    chain: tuple[str, ...]
    approved_by_order: bool

    @property
    def is_order(self) -> bool:
        return self.paper == "order"

    @property
    def is_act(self) -> bool:
        """An act is approved by the head's stamp above and signed by its commission below."""
        return self.paper == "act"

    @property
    def head_signs(self) -> bool:
        """The head's signature block below the text: orders, and agreements as their second party."""
        return self.paper in ("order", "agreement")

    @property
    def numbering(self) -> str:
        """How clauses are numbered (`mentoring/core/clauses.py`)."""
        return {"order": "order", "minutes": "lists"}.get(self.paper, "local_act")

    @property
    def landscape(self) -> bool:
        return self.paper == "table"


def full_title(kind: str, title: str) -> str:
    """Title that stands alone: local acts are titled after their word («о системе …»)."""
    if not title[:1].islower():
        return title
    return f"{KINDS[kind].document_word.capitalize()} {title}"


def load_kinds() -> dict[str, Kind]:
    rows = json.loads(
        (settings.BASE_DIR / "fixtures/document_kinds.json").read_text(encoding="utf-8")
    )
    kinds = (
        Kind(**{**row, "records": tuple(row["records"]), "chain": tuple(row["chain"])})
        for row in rows
    )
    return {kind.code: kind for kind in kinds}


KINDS = load_kinds()
