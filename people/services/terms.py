"""Terms that come from norms, and the school's own values of them (fixtures/legal_terms.json)."""

import datetime as dt
import functools
import json
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from mentoring.core import grammar
from mentoring.core.calendar import DAY, MONTH, UNITS, WORKING_DAY, YEAR, add_term, started_by
from mentoring.core.errors import RuleError
from people.models import Membership, Organization, TermSetting
from people.permissions import can_edit_organization
from people.services import calendar, journal

PERMANENT = "permanent"
MINIMUM, MAXIMUM = "min", "max"
GROUPS = {
    "data": "Согласия и персональные данные",
    "papers": "Хранение документов",
    "portal": "Хранение записей портала",
    "mentoring": "Наставничество и сайт",
}
MOST = {DAY: 3660, WORKING_DAY: 250, MONTH: 1200, YEAR: 100}


@dataclass(frozen=True)
class Term:
    """`value` in force for the school, `usual` the value of the norm; `bound`: min «не менее», max «не более».

    `checked`: whether the value was checked against the norm's text or a source that quotes it.
    `setting`: field of the organization that holds the value; `fixed`: nothing to choose.
    """

    code: str
    group: str
    title: str
    value: int | None
    unit: str
    bound: str
    norm: str
    in_force_from: dt.date | None
    checked: bool
    note: str = ""
    setting: str = ""
    fixed: bool = False
    usual: int | None = None
    basis: str = ""
    changed_on: dt.date | None = None

    @property
    def is_own(self) -> bool:
        return self.value != self.usual

    @property
    def words(self) -> str:
        """«3 рабочих дня», «постоянно»."""
        return in_words(self.value, self.unit)

    @property
    def usual_words(self) -> str:
        bounds = {MINIMUM: "не менее ", MAXIMUM: "не более "}
        if not self.bound:
            return in_words(self.usual, self.unit)
        return bounds[self.bound] + in_words(self.usual, self.unit, "gent")

    @property
    def is_proposal(self) -> bool:
        """No norm was found; the school should put the term into a local act."""
        return not self.bound and not self.checked

    @property
    def changeable(self) -> bool:
        return not (self.fixed or self.setting or self.unit == PERMANENT)


def in_words(value: int | None, unit: str, case: str = "nomn") -> str:
    return "постоянно" if unit == PERMANENT else grammar.count(value, UNITS[unit], case)


@functools.cache
def usual_terms() -> dict[str, Term]:
    path = settings.BASE_DIR / "fixtures/legal_terms.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {row["code"]: as_term(row) for row in rows}


def as_term(row: dict) -> Term:
    since = row["in_force_from"]
    day = dt.date.fromisoformat(since) if since else None
    return Term(**{**row, "in_force_from": day}, usual=row["value"])


def terms(organization: Organization) -> list[Term]:
    """All terms in the order of the fixture with the school's own values; one query."""
    own = {row.code: row for row in TermSetting.objects.of(organization)}
    return [with_own(term, organization, own.get(term.code)) for term in usual_terms().values()]


def with_own(term: Term, organization: Organization, row: TermSetting | None) -> Term:
    if term.setting:
        return replace(term, value=getattr(organization, term.setting))
    if row is None:
        return term
    return replace(term, value=row.value, basis=row.note, changed_on=row.changed_on)


def term(organization: Organization, code: str) -> Term:
    """The term in force for the school. KeyError for a code that the fixture does not know."""
    row = TermSetting.objects.of(organization).filter(code=code).first()
    return with_own(usual_terms()[code], organization, row)


def due(organization: Organization, code: str, day: dt.date) -> dt.date:
    """Last day of the term that began on `day`. KeyError for «постоянно»."""
    found = term(organization, code)
    return add_term(day, found.value, found.unit, calendar.exceptions(organization, day))


def passed_for(organization: Organization, code: str, on: dt.date) -> dt.date:
    """Latest day whose term has passed before `on`: what began then or earlier may go."""
    found = term(organization, code)
    return started_by(on, found.value, found.unit)


@transaction.atomic
def change_term(
    code: str, *, value: int, note: str, on: dt.date, by: Membership
) -> TermSetting | None:
    """The school's own value; the value of the norm takes the own one away again (returns None)."""
    can_edit_organization(by).require()
    usual = usual_terms()[code]
    check_value(usual, value)
    row = TermSetting.objects.of(by.organization).filter(code=code).first()
    if value == usual.usual:
        if row:
            journal.record(by, "term.reset", row)
            row.delete()
        return None
    if not note.strip():
        raise RuleError("Укажите, каким локальным актом установлен свой срок.", "note")
    row = row or TermSetting(organization=by.organization, code=code)
    row.value, row.note, row.changed_on = value, note.strip(), on
    row.full_clean()
    row.save()
    journal.record(by, "term.changed", row)
    return row


def check_value(usual: Term, value: int) -> None:
    """Longer than a «не менее» and shorter than a «не более» is the school's choice, the rest is not."""
    if not usual.changeable:
        raise RuleError("Этот срок здесь не меняют.", "value")
    words = usual.usual_words
    if usual.bound == MINIMUM and value < usual.usual:
        raise RuleError(f"Норма требует {words} ({usual.norm}). Сократить срок нельзя.", "value")
    if usual.bound == MAXIMUM and value > usual.usual:
        raise RuleError(f"Норма разрешает {words} ({usual.norm}). Продлить срок нельзя.", "value")
    if not 1 <= value <= MOST[usual.unit]:
        raise RuleError(f"Укажите число от 1 до {MOST[usual.unit]}.", "value")
