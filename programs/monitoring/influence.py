"""Second stage of monitoring: influence (c2, R-708), the same scales before and after, of the same people."""

from collections import defaultdict
from dataclasses import dataclass

from programs.monitoring.changes import (
    PAIRED,
    PRECISE_FROM,
    USUAL,
    Change,
    of_numbers,
    paired,
)
from programs.monitoring.scope import Scope
from programs.monitoring.values import Value

WHO = {"mentee": "Наставляемые", "mentor": "Наставники"}
FEW = "мало ответов, судить рано"


@dataclass(frozen=True)
class ScaleChange:
    """Of n people who answered twice; with fewer than five whole points, no spread, no judgement.

    `withheld`: some of the answers were promised to stay hidden and there are too few of them to show a mean.
    """

    code: str
    title: str
    n: int
    before: Value | None = None
    after: Value | None = None
    change: Value | None = None
    withheld: bool = False

    @property
    def few(self) -> bool:
        return self.n < PRECISE_FROM

    @property
    def spread(self) -> str:
        return "" if self.few or self.withheld else self.change.rows[0][1].shown


@dataclass(frozen=True)
class Influence:
    """Of one role; `people`: most that any scale counts."""

    role: str
    title: str
    scales: tuple[ScaleChange, ...]

    @property
    def people(self) -> int:
        return max((one.n for one in self.scales), default=0)

    @property
    def drawn(self) -> list[ScaleChange]:
        """What a chart shows: scales with enough people to judge."""
        return [one for one in self.scales if not one.few and not one.withheld]


def influences(scope: Scope, *, minimum: int) -> dict[int, list[Influence]]:
    """By organization, mentees first; one or two queries. `minimum`: least number for answers with hidden names."""
    found: dict[int, dict[tuple[str, str], list[Change]]] = defaultdict(lambda: defaultdict(list))
    for owner, role, scale, pair in paired(scope):
        found[owner][role, scale].append(pair)
    return {owner: of_roles(pairs, minimum) for owner, pairs in found.items()}


def of_roles(pairs: dict[tuple[str, str], list[Change]], minimum: int) -> list[Influence]:
    return [
        Influence(role, WHO[role], tuple(of_scale(code, title, pairs[role, code], minimum) for code, title in titles.items() if pairs.get((role, code))))
        for role, (_, _, titles) in PAIRED.items()
    ]  # fmt: skip


def of_scale(code: str, title: str, pairs: list[Change], minimum: int) -> ScaleChange:
    if len(pairs) < minimum and any(one.hidden for one in pairs):
        return ScaleChange(code, title, len(pairs), withheld=True)
    before, after, change = (
        of_numbers([number(one) for one in pairs])
        for number in (lambda one: one.before, lambda one: one.after, lambda one: one.after - one.before)
    )  # fmt: skip
    return ScaleChange(code, title, len(pairs), before, after, change)


GREATEST = USUAL[1]
