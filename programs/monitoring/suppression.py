"""Which figures of a table of schools stay hidden, so that no small number of people can be read or worked out (152-ФЗ).

Plain numbers in, keys out; no database. A table is a tree: schools under municipalities under a region, every total the
sum of what is under it. A figure of fewer than three people is hidden; a further one is hidden with it, else the total
less the shown figures would tell it (complementary suppression); where that is not enough the total is hidden too.

Why it holds: every shown total less everything shown under it leaves the sum of some hidden schools, and each hidden school
is in one such sum at most. `enough` asks of each of these sums that it has two schools at least and is no small number itself.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

LEAST = 3  # people


@dataclass(frozen=True)
class Figure:
    """`n` of `d` people; `d` is None for a plain number of people."""

    n: int
    d: int | None = None

    @property
    def empty(self) -> bool:
        return not (self.n if self.d is None else self.d)

    @property
    def parts(self) -> tuple[int, ...]:
        """Groups of people that the figure tells of: those counted and, of a share, the others."""
        return (self.n,) if self.d is None else (self.n, self.d - self.n)

    @property
    def safe(self) -> bool:
        return all(part == 0 or part >= LEAST for part in self.parts)


@dataclass(frozen=True)
class Node:
    """A school with its `figure`, or a total with `children`."""

    key: Hashable
    figure: Figure | None = None
    children: tuple["Node", ...] = ()


def hidden_in(tree: Node) -> frozenset:
    """Keys of the schools and totals not to show, smallest first to go."""
    hidden: set = set()
    protect(tree, hidden)
    return frozenset(hidden)


def protect(node: Node, hidden: set) -> list[Node]:
    """Hide what must be hidden in the node; returns the hidden schools that no shown total under it sums up."""
    if node.figure is not None:
        if node.figure.safe:
            return []
        hidden.add(node.key)
        return [node]
    rest = [school for child in node.children for school in protect(child, hidden)]
    while rest and not enough(rest):
        more = next_to_hide(node, hidden)
        if not more:
            hidden.add(node.key)
            return rest
        rest += more
    return [] if node.key not in hidden else rest


def enough(rest: list[Node]) -> bool:
    """Whether the sum of these hidden schools may be known."""
    sums = [sum(parts) for parts in zip(*(school.figure.parts for school in rest), strict=True)]
    return len(rest) > 1 and all(number >= LEAST for number in sums)


def next_to_hide(node: Node, hidden: set) -> list[Node]:
    """Hide the smallest shown child; of a total also its smallest school when none of them is hidden yet."""
    shown = [child for child in node.children if child.key not in hidden and not total(child).empty]
    if not shown:
        return []
    chosen = min(shown, key=size)
    hidden.add(chosen.key)
    if chosen.figure is not None:
        return [chosen]
    inside = loose(chosen, hidden)
    return inside or next_to_hide(chosen, hidden)


def loose(node: Node, hidden: set) -> list[Node]:
    """Hidden schools of a total that was just hidden, down to the next shown total."""
    found = []
    for child in node.children:
        if child.figure is not None:
            found += [child] if child.key in hidden else []
        elif child.key in hidden:
            found += loose(child, hidden)
    return found


def size(node: Node) -> int:
    figure = total(node)
    return figure.n if figure.d is None else figure.d


def total(node: Node) -> Figure:
    """The figure of a school, the sum of a total."""
    found = [school.figure for school in schools(node)]
    n = sum(figure.n for figure in found)
    return Figure(n, sum(figure.d for figure in found) if found and found[0].d is not None else None)  # fmt: skip


def schools(node: Node) -> Iterator[Node]:
    if node.figure is not None:
        yield node
    for child in node.children:
        yield from schools(child)
