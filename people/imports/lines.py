"""What is known of each row of a list, and of all of them."""

from dataclasses import dataclass, field

KINDS = ("new", "changed", "unchanged", "wrong")


@dataclass(slots=True)
class Line:
    """One row of the list. `card`: values for a new card; `before`/`after`: of a changed one."""

    row: int
    kind: str
    name: str
    post: str = ""
    person: int | None = None
    card: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    doubt: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ReadRow:
    """Values of one row, and what is wrong with its cells, before anything is compared."""

    row: int
    values: dict
    errors: list[tuple[str, str]]


@dataclass(slots=True)
class Plan:
    lines: list[Line]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        """Lines by kind; `errors` counts lines, as the user mends lines."""
        number = dict.fromkeys(KINDS, 0)
        for line in self.lines:
            number[line.kind] += 1
        return {**{kind: number[kind] for kind in KINDS[:3]}, "errors": number["wrong"]}

    @property
    def errors(self) -> list[dict]:
        return [
            {"row": line.row, "column": column, "text": text}
            for line in self.lines
            for column, text in line.errors
        ]
