"""The counts of a statistical return for one school, named and put in the order of the paper (R-222)."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Organization
from people.services import catalogues
from people.services.counting import number_of, read_all
from programs.monitoring import participation as counted
from programs.monitoring.participation import FORMS, HOURS, KINDS, LINES, NOT_GIVEN
from programs.monitoring.scope import Definitions, Period
from programs.monitoring.values import Value, number
from programs.services.indicators import definitions_of, scope_of
from programs.services.report_figures import Figures, chosen_period
from roadmap.models import Document

SECTIONS = (
    ("Участники", ("P-01", "P-02", "P-08")),
    ("Пары и группы", ("P-03",)),
    ("Программы", ("P-04", "P-05", "P-06", "P-07")),
    ("Программы по формам наставничества", (FORMS,)),
    ("Программы по видам наставничества", (KINDS,)),
    ("Встречи", ("P-09", HOURS)),
)
PARTS = {
    FORMS: ("forms", "form", "Форма"),
    KINDS: ("kinds", "kind", "Вид"),
}  # field of a programme, catalogue, word
OF_PUPILS = ("P-01.3", "P-02.3")


@dataclass(frozen=True)
class Named:
    """What a code of the return means; `part` of the line before it."""

    code: str
    title: str
    unit: str
    part: bool = False


def of_school(organization: Organization, period: Period, definitions: Definitions | None = None) -> dict[str, Value]:  # fmt: skip
    """Values by code, in the order of the paper; three queries with `definitions`, whatever the rows.

    Forms and kinds of no programme are left out. Hours have no numerator: `n` is None.
    """
    scope = scope_of(organization, period, definitions)
    asked = {one.code: number_of(one.read(scope), organization) for one in LINES}
    values = {code: number(found) for code, found in read_all(organization, asked).items()}
    values[HOURS] = Value(None, None, counted.hours(scope).get(organization.pk, 0.0))
    parts = counted.by_parts(scope).get(organization.pk, {})
    for prefix, (field, *_) in PARTS.items():
        found = parts.get(field, {})
        values |= {f"{prefix}.{code}": number(found[code]) for code in sorted(found)}
    return values


def names(organization: Organization, codes) -> dict[str, Named]:
    """Titles of these codes by the catalogues of today; a deleted item keeps its code for a title. One query."""
    found = {one.code: Named(one.code, one.title, one.unit, one.part) for one in LINES}
    found[HOURS] = Named(HOURS, counted.HOURS_TITLE, counted.HOUR)
    items = catalogues.all_catalogues(organization, [name for _, name, _ in PARTS.values()])
    for prefix, (_, name, word) in PARTS.items():
        titles = {f"{prefix}.{item.code}": item.title for item in items[name]}
        for code in codes:
            if code.startswith(f"{prefix}."):
                own = code.partition(".")[2]
                title = "не указано" if own == NOT_GIVEN else titles.get(code, own)
                found[code] = Named(code, f"{word}: {title}", counted.PIECE)
    return {code: found[code] for code in codes if code in found}


def knows(code: str) -> bool:
    """A code of the return, whatever came of its form or kind since."""
    return code.startswith("P-")


def is_part(code: str) -> bool:
    """A line that is left out where no programme has it: a form or a kind."""
    return code.partition(".")[0] in PARTS


def in_order(codes: Iterable[str]) -> list[str]:
    """As the paper has them, whatever order a database kept them in; a form that appears later stands among the forms."""
    sections = {code: place for place, (_, group) in enumerate(SECTIONS) for code in group}
    lines = {one.code: place for place, one in enumerate(LINES)}
    return sorted(codes, key=lambda code: (sections.get(code.partition(".")[0], len(SECTIONS)), lines.get(code, len(lines)), code))  # fmt: skip


@dataclass(frozen=True)
class Return:
    """`figures` are those every report freezes; `sections`: (title, lines with their values)."""

    figures: Figures
    sections: list[tuple[str, list[tuple[Named, str]]]]


def read(document: Document, raw, name: str) -> Return | None:
    """Counted now; the frozen text of the paper keeps them as they were."""
    chosen = chosen_period(document, raw, name)
    if chosen is None:
        return None
    period, words = chosen
    rules = definitions_of(document.organization)
    values = of_school(document.organization, period, rules)
    figures = Figures(period, words, rules, values, [], [])
    return Return(figures, sections(document.organization, values))


def sections(organization: Organization, values: dict[str, Value]) -> list[tuple[str, list[tuple[Named, str]]]]:  # fmt: skip
    """Tables of the paper. Pupils are named only where they take part (N-5)."""
    shown = [code for code in values if code not in OF_PUPILS or values[code].n or organization.works_with_pupils]  # fmt: skip
    named = names(organization, shown)
    return [
        (title, [(named[code], values[code].shown) for code in shown if code.partition(".")[0] in codes])
        for title, codes in SECTIONS
    ]  # fmt: skip


def digest(document: Document) -> str:
    """One sentence for the head's list."""
    words = document.title.partition(" за ")[2]
    return f"Числа за {words}: участники, пары и группы, программы, встречи." if words else ""
