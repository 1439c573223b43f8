"""One line of «Что сделать сегодня»."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Todo:
    """`tone` is work, wait, late or done; `note` says why now."""

    text: str
    url: str
    tone: str = "work"
    note: str = ""
