"""What an import would do: each line new, changed, unchanged or wrong. Reads and writes nothing.

Rules: an empty cell erases nothing; names are the key and are never rewritten, only a missing
patronymic is filled in; years of experience count as stated on `day`.
"""

import datetime as dt
from collections.abc import Iterable

from mentoring.core.formulas import harmless
from people.imports.checks import ValueChecker, row_mistakes, sex_of
from people.imports.lines import Line, Plan, ReadRow
from people.imports.matching import People, Repeats
from people.imports.tables import Table
from people.imports.values import RowReader
from people.models import Person
from people.models.persons import experience, full_years

# Field of a card → field of the mapping it came from.
SOURCES = {
    "birth_year": "birth", "teaching_since": "teaching", "teaching_years": "teaching",
    "last_name": "name", "first_name": "name", "patronymic": "name", "category_date": "category",
}  # fmt: skip
KNOWN = (
    "id", "kind", "last_name", "first_name", "patronymic", "sex", "job_title", "subject", "institution",
    "email", "phone", "employed_from", "employed_to", "new_in_post_since", "category", "category_date",
    "teaching_since", "teaching_years", "teaching_years_on", "here_years", "here_years_on", "birth_year",
)  # fmt: skip
CASELESS = {"job_title", "email"}


class Planner:
    def __init__(self, table: Table, day: dt.date, namesakes=()):
        self.table, self.day, self.namesakes = table, day, frozenset(namesakes)
        self.titles = {name: table.title(number) for number, name in table.columns.items()}
        self.people, self.repeats = People([]), Repeats()

    def read(self, lines: list[tuple[int, list]]) -> list[ReadRow]:
        """Cells to values, every value checked by the model; needs no database."""
        reader, checker, found = RowReader(self.table.columns, self.day), ValueChecker(), []
        for row, cells in lines:
            values, bad = reader.read(cells)
            errors = [(self.table.title(number), text) for number, text in bad]
            errors += [(self.title(name), text) for name, text in checker.mistakes(values)]
            found.append(ReadRow(row, values, errors))
        return found

    def plan(self, rows: list[ReadRow], known: Iterable[dict]) -> Plan:
        """Compare with the known cards (dicts of `KNOWN`)."""
        self.people, self.repeats = People(list(known)), Repeats()
        return Plan([self.line(each) for each in rows])

    def title(self, field: str) -> str:
        """Heading of the column a value came from."""
        return self.titles.get(field) or self.titles.get(SOURCES.get(field, ""), "")

    def line(self, read: ReadRow) -> Line:
        values = read.values
        name = " ".join(filter(None, (values.get(part, "") for part in ("last_name", "first_name", "patronymic"))))  # fmt: skip
        line = Line(read.row, "wrong", name, values.get("job_title", ""), errors=list(read.errors))
        if not (values.get("last_name") and values.get("first_name")):
            if not line.errors:
                line.errors = [(self.title("last_name"), "Нет фамилии или имени.")]
            return line
        match = self.people.match(values, namesake=read.row in self.namesakes)
        repeated = self.repeats.check(read.row, values, match.person)
        if match.error or repeated:
            line.errors.append((self.title("last_name"), repeated or match.error))
        line.doubt = match.doubt
        if not line.errors:
            self._changed(line, values, match.person) if match.person else self._new(line, values)
        return line

    def _new(self, line: Line, values: dict) -> None:
        card = {"kind": Person.Kind.EMPLOYED.value, **values}
        if "sex" not in card:
            try:
                card["sex"] = sex_of(values)
            except ValueError as error:
                line.errors.append((self.title("sex") or self.title("last_name"), str(error)))
        if "teaching_years" in card:
            card["teaching_years_on"] = self.day
        if "here_years" in card:
            since = card.get("employed_from")
            if since and full_years(since, self.day) == card["here_years"]:
                del card["here_years"]
            else:
                card["here_years_on"] = self.day
        line.card = card
        self._close(line, card, "new")

    def _changed(self, line: Line, values: dict, known: dict) -> None:
        line.person, after = known["id"], {}
        for name, value in values.items():
            if name in ("last_name", "first_name"):
                continue
            if name == "employed_to":
                self._check_leaving(line, known["employed_to"], value)
            elif name == "teaching_years":
                self._stated_teaching(line, after, known, value)
            elif name == "here_years":
                self._stated_here(after, known, values, value)
            elif name == "patronymic":
                if value and not known["patronymic"]:
                    after[name] = value
            elif not same(name, known[name], value):
                after[name] = value
        line.after = after
        line.before = {name: known[name] for name in after}
        if after:
            self._close(line, {**known, **after}, "changed")
        elif not line.errors:
            line.kind = "unchanged"

    def _close(self, line: Line, card: dict, kind: str) -> None:
        line.errors += [(self.title(field), text) for field, text in row_mistakes(card, self.day)]
        if not line.errors:
            line.kind = kind

    def _check_leaving(self, line: Line, known: dt.date | None, value: dt.date) -> None:
        if known != value:
            text = "Увольнение записывают в карточке: оно закрывает и роли. Очистите клетку."
            line.errors.append((self.title("employed_to"), text))

    def _stated_teaching(self, line: Line, after: dict, known: dict, years: int) -> None:
        """Years against a known date of the beginning are compared only; a year of rounding is allowed."""
        since = known["teaching_since"]
        if since is None:
            now = experience(None, known["teaching_years"], known["teaching_years_on"], self.day)
            if now != years:
                after |= {"teaching_years": years, "teaching_years_on": self.day}
        elif abs(full_years(since, self.day) - years) > 1:
            line.errors.append(
                (
                    self.title("teaching_years"),
                    f"В карточке стаж с {since:%d.%m.%Y}, это {full_years(since, self.day)}, в списке "
                    f"{years}. Исправьте список или карточку.",
                )
            )

    def _stated_here(self, after: dict, known: dict, values: dict, years: int) -> None:
        start = values.get("employed_from") or known["employed_from"]
        if known["here_years"] is not None:
            start = None
        if experience(start, known["here_years"], known["here_years_on"], self.day) != years:
            after |= {"here_years": years, "here_years_on": self.day}


def same(field: str, known, value) -> bool:
    """Whether the list says nothing new; letter case of posts and addresses does not count."""
    if known == value:
        return True
    if not isinstance(known, str) or not isinstance(value, str):
        return False
    if field in CASELESS:
        known, value = known.lower(), value.lower()
    return harmless(known) == value
