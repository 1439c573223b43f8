"""Whatever an observer picks and exports, no hidden figure follows from what was shown (152-ФЗ)."""

from types import SimpleNamespace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.monitoring.registry import BY_CODE, INDICATORS
from programs.monitoring.summary import GROUPS, PROTECTED, Place, build, pick
from programs.monitoring.values import SCORE, SHARE, Value, mean, number, share
from programs.views.authority import HIDDEN, cells, table

KINDS = ("school", "kindergarten")
STATES = ("asked", "accepted")
small = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 30))


def value_of(code: str, n: int, others: int) -> Value:
    """A figure of `n` people (and `others` who were not counted) for that indicator."""
    one = BY_CODE[code]
    if one.unit == SCORE:
        return Value(n, None, mean(n, n).value if n else None, weight=(n * 3, n))
    if code == "I-17":
        return Value(**{**vars(share(n * 12, n * 18)), "people": n})
    return share(n, n + others) if one.unit == SHARE else number(n)


@st.composite
def regions(draw):
    """(root, figures): a region of towns with schools, and a school or two of its own."""
    keys = iter(range(2, 1000))
    figures = {}

    def school() -> Place:
        key = next(keys)
        kind = draw(st.sampled_from(KINDS))
        pairs = draw(st.lists(st.tuples(small, small), min_size=3, max_size=3))
        figures[key] = {one.code: value_of(one.code, *pairs[place % 3]) for place, one in enumerate(INDICATORS)}  # fmt: skip
        return Place(key, f"Школа № {key}", kind)

    towns = [
        Place(next(keys), f"Город {town}", "authority", tuple(school() for _ in range(draw(st.integers(1, 4)))), True)
        for town in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    own = [school() for _ in range(draw(st.integers(0, 2)))]
    return Place(1, "Область", "authority", (*towns, *own), True), figures


picks = st.fixed_dictionaries(
    {}, optional={"place": st.integers(1, 12), "kind": st.sampled_from(KINDS), "state": st.sampled_from(STATES), "q": st.sampled_from(["1", "Город", "№ 3"])},
)  # fmt: skip
looks = st.lists(st.tuples(picks, st.integers(0, len(GROUPS) - 1), st.booleans()), max_size=3)


def seen(summary: dict, looked) -> set[tuple[int, str]]:
    """(row, indicator) of every figure that the page or the export gave."""
    rows = [{**row, "state": STATES[row["id"] % 2]} for row in summary["rows"]]
    found = set()
    for picked, section, export in looked:
        shown = pick(rows, **picked)
        if export:
            headings, lines = table(SimpleNamespace(summary=summary), shown)
            for row, line in zip(shown, lines, strict=True):
                named = dict(zip(headings[3:], line[3:], strict=False))
                for code in summary["codes"]:
                    one = BY_CODE[code]
                    title = f"{one.title}, %" if one.unit == SHARE else one.title
                    found |= {(row["id"], code)} if named[title] != HIDDEN else set()
        else:
            codes = [code for code in GROUPS[section][1] if code in summary["codes"]]
            for row in shown:
                found |= {(row["id"], code) for code, cell in zip(codes, cells(row, codes), strict=True) if "hidden" not in cell}  # fmt: skip
    return found


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(regions(), looks)
def test_no_hidden_figure_follows_from_what_was_picked_and_exported(region, looked):
    root, figures = region
    summary = build(root, figures, protected=True)
    leaves = [place.key for place in root.schools()]
    sums = {place.key: [leaf in {one.key for one in place.schools()} for leaf in leaves] for place in root.everything()}  # fmt: skip
    known = seen(summary, looked)
    for code in PROTECTED:
        told = np.array([sums[key] for key, name in known if name == code], float).reshape(-1, len(leaves))  # fmt: skip
        rank = np.linalg.matrix_rank(told) if len(told) else 0
        for row in summary["rows"]:
            if code not in row["values"]:
                assert (row["id"], code) not in known
                more = np.vstack([told, np.array(sums[row["id"]], float)])
                assert np.linalg.matrix_rank(more) > rank


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(regions())
def test_a_shown_figure_is_of_nobody_or_of_three_people_at_least(region):
    root, figures = region
    for row in build(root, figures, protected=True)["rows"]:
        for code, (n, d, _) in row["values"].items():
            if code in PROTECTED and code != "I-17":
                assert all(part == 0 or part >= 3 for part in (n, d - n if d is not None else 0))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(regions())
def test_counts_of_the_programme_are_always_shown_and_add_up(region):
    root, figures = region
    rows = build(root, figures, protected=False)["rows"]
    assert {code for row in rows for code in row["values"]} & PROTECTED == set()
    for code in ("I-10.1", "I-01"):
        assert rows[0]["values"][code][0] == sum(figures[key][code].n for key in figures)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(regions())
def test_order_of_rows_is_the_order_of_places_not_of_figures(region):
    root, figures = region
    assert [row["id"] for row in build(root, figures, protected=True)["rows"]] == [place.key for place in root.everything()]  # fmt: skip


def test_every_indicator_stands_in_one_group_of_columns():
    assert sorted(code for _, codes in GROUPS for code in codes) == sorted(one.code for one in INDICATORS)  # fmt: skip
