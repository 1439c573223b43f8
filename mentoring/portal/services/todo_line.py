"""One line of «Что сделать сегодня», and for whom lines are counted."""

from dataclasses import dataclass

from mentoring.core.keys import Key
from people.services.counting import PERSON, TODAY


@dataclass(frozen=True)
class Todo:
    """`tone` is work, wait, late or done; `note` says why now."""

    text: str
    url: str
    tone: str = "work"
    note: str = ""


@dataclass(frozen=True)
class Asker:
    """Somebody with these roles: all that decides which lines are counted and how."""

    current_roles: frozenset[str]
    head_approves_programs: bool
    person: Key = PERSON
    today: Key = TODAY
