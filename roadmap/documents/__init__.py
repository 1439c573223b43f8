"""Papers of this floor: what the wording of each kind needs, as pure functions.

One module per code of `fixtures/document_kinds.json`. Each has `FIELDS` (what the draft form asks),
`heading(context) -> str` (title of the paper: «О …», no full stop, no quotes) and
`build(organization, *, values, day, roadmap=None, annexes=()) -> dict` (context of the template
`documents/<code>.html`). Nothing here reads or writes the database. The caller adds `head`.
"""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True)
class Field:
    """One question of the draft form; `kind`: persons | person | text | long_text | date | choice, or one
    registered in `roadmap/values.py`."""

    name: str
    label: str
    kind: str
    required: bool = True
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


MODULES = {
    code: f"{__name__}.{code}"
    for code in (
        "implementation_order",
        "regulation_order",
        "regulation",
        "target_model",
        "incentive_regulation",
        "signature_regulation",
        "roadmap",
        "curator_order",
        "destruction_act",
        "minutes",
        "event_order",
        "working_group_order",
        "partner_agreement",
        "thanks_letter",
    )
}


def builder(code: str) -> ModuleType:
    """Module of the paper; upper floors add theirs to `MODULES`. KeyError for an unknown code."""
    return import_module(MODULES[code])
