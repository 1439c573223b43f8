"""The table an authority sees: figures of its schools and their totals, without what may not be shown.

Plain values in, a JSON-ready dict out. Counts of the programme itself are whole; what tells of satisfaction, age,
experience, grounds or staying goes through `suppression.py` once. What is hidden is not in the table at all, so no filter,
page, export or answer of the API can show it or a sum that would tell it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programs.monitoring.registry import INDICATORS, Indicator
from programs.monitoring.suppression import Figure, Node, hidden_in
from programs.monitoring.values import SCORE, SHARE, Value, mean, number, share

# Age, experience, answers, grounds of an early end, staying in post, a qualification: small numbers are hidden.
PROTECTED = frozenset({"I-02", "I-03", "I-05", "I-06", "I-08.2", "I-08.3", "I-11", "I-14", "I-17", "I-19"})  # fmt: skip
# Columns shown at once: at most six, so that a table fits a page without scrolling aside.
GROUPS = (
    ("Участники", ("I-10.1", "I-10.2", "I-10.3", "I-01", "I-04", "I-13")),
    ("Возраст, стаж, закрепление", ("I-02", "I-03", "I-11", "I-19")),
    ("Программы и планы", ("I-10.4", "I-07", "I-08.2", "I-08.3", "I-09")),
    ("Удовлетворённость и влияние", ("I-05", "I-06", "I-14", "I-17")),
    ("Развитие и признание", ("I-12", "I-16.1", "I-16.2", "I-15.1", "I-15.2")),
    ("Организация работы", ("I-18", "I-20")),
)


@dataclass(frozen=True)
class Place:
    """A school, or an authority with what is under it."""

    key: int
    name: str
    kind: str
    children: tuple["Place", ...] = ()
    is_authority: bool = False

    def schools(self) -> Iterator["Place"]:
        if not self.is_authority:
            yield self
        for child in self.children:
            yield from child.schools()

    def everything(self) -> Iterator["Place"]:
        """The place, then what is under it, in the order of the table."""
        yield self
        for child in self.children:
            yield from child.everything()


def build(root: Place, values: dict[int, dict[str, Value]], *, protected: bool) -> dict:
    """`{"codes": […], "rows": [{id, name, kind, parent, authority, schools, values: {code: [n, d, value]}}]}`.

    Without `protected` the figures that need protection are left out altogether (a preliminary table). The order of
    rows is the order of names under each authority: nothing is ranked.
    """
    shown = [one for one in INDICATORS if protected or one.code not in PROTECTED]
    hidden = {one.code: hidden_in(node_of(root, one, values)) for one in shown if one.code in PROTECTED}  # fmt: skip
    parents = {child.key: place.key for place in root.everything() for child in place.children}
    rows = []
    for place in root.everything():
        own = [values.get(school.key, {}) for school in place.schools()]
        cells = {one.code: total_of(one, own) for one in shown if place.key not in hidden.get(one.code, ())}  # fmt: skip
        rows.append(
            {
                "id": place.key, "name": place.name, "kind": place.kind, "parent": parents.get(place.key),
                "authority": place.is_authority, "schools": len(own),
                "values": {code: [value.n, value.d, value.value] for code, value in cells.items()},
            }
        )  # fmt: skip
    return {"codes": [one.code for one in shown], "rows": rows}


def node_of(place: Place, indicator: Indicator, values: dict[int, dict[str, Value]]) -> Node:
    if not place.is_authority:
        return Node(place.key, figure_of(indicator, values.get(place.key, {}).get(indicator.code)))
    return Node(place.key, children=tuple(node_of(child, indicator, values) for child in place.children))  # fmt: skip


def figure_of(indicator: Indicator, value: Value | None) -> Figure:
    """Whom the figure tells of: `n` of `d` people, or the people who answered."""
    if value is None:
        return Figure(0, 0 if counts_share(indicator) else None)
    if counts_share(indicator):
        return Figure(value.n, value.d)
    return Figure(value.n if value.people is None else value.people)


def counts_share(indicator: Indicator) -> bool:
    """I-17 is a share of points, not of people: its people are those who answered."""
    return indicator.unit == SHARE and indicator.code != "I-17"


def total_of(indicator: Indicator, own: list[dict[str, Value]]) -> Value:
    """The figure of all these schools together; of one school its own."""
    found = [values[indicator.code] for values in own if indicator.code in values]
    n = sum(value.n for value in found)
    if indicator.unit == SHARE:
        return share(n, sum(value.d for value in found))
    if indicator.unit == SCORE:
        weights = [value.weight for value in found if value.weight]
        exact = mean(sum(weight[0] for weight in weights), sum(weight[1] for weight in weights))
        return Value(n, None, exact.value)
    return number(n)


def pick(rows: list[dict], *, place: int | None = None, kind: str = "", state: str = "", q: str = "") -> list[dict]:  # fmt: skip
    """Rows that match, in their order; `place`: an authority of the table with what is under it. Nothing is summed anew."""
    inside = branch(rows, place) if place else None
    return [
        row for row in rows
        if (inside is None or row["id"] in inside) and (not kind or row["kind"] == kind)
        and (not state or row["state"] == state) and (not q or q.casefold() in row["name"].casefold())
    ]  # fmt: skip


def branch(rows: list[dict], place: int) -> set[int]:
    found = {place}
    for row in rows:  # a parent always stands above its children
        if row["parent"] in found:
            found.add(row["id"])
    return found
