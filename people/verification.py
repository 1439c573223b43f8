"""Registry of `manage.py verify`: each floor says what it can prove of its own rows.

A floor registers a function `check(organization) -> Iterator[Finding]` in `AppConfig.ready()`. It reads only, and
streams: memory must not grow with the number of rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from people.models import Organization


@dataclass(frozen=True)
class Finding:
    """`what` and `number` name the row for the administrator, `text` says what is wrong and what to do.

    A note (`fault=False`) is worth knowing and leaves the exit code 0.
    """

    what: str
    number: int | str
    text: str
    fault: bool = True


@dataclass
class Counter:
    """How much was looked at, by Russian words in the genitive plural; for the last line."""

    seen: dict[str, int]

    def add(self, words: str, number: int = 1) -> None:
        self.seen[words] = self.seen.get(words, 0) + number


Check = Callable[[Organization, Counter], Iterator[Finding]]
CHECKS: list[Check] = []


def register(check: Check) -> None:
    CHECKS.append(check)


def checked(organization: Organization, counter: Counter) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(organization, counter)
