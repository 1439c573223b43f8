"""Registries of mentors and mentees as sheets: fewer, wider columns than the table, so that a line can be read."""

import datetime as dt

from mentoring.core.prints import WIDE, render_print, render_print_docx
from people.models import Organization
from programs.services.registries import Line

TITLES = {"mentors": "Реестр наставников", "mentees": "Реестр наставляемых"}
SHEETS = {
    "mentors": "prints/mentor_registry.html",
    "mentees": "prints/mentee_registry.html",
}


def sheet(bank: str, lines: list[Line], organization: Organization, on: dt.date) -> tuple[str, dict]:  # fmt: skip
    # All cases of a school stand in one section: its address is said once, since a column would tear it.
    site = next((line.link for line in lines if line.link), "")
    return SHEETS[bank], {"lines": lines, "org": organization, "on": on, "title": TITLES[bank], "site": site}  # fmt: skip


def print_registry(bank: str, lines: list[Line], *, organization: Organization, on: dt.date) -> bytes:  # fmt: skip
    """PDF/UA, landscape."""
    return render_print([sheet(bank, lines, organization, on)], title=TITLES[bank], look=WIDE)


def word_registry(bank: str, lines: list[Line], *, organization: Organization, on: dt.date) -> bytes:  # fmt: skip
    """The same as .docx."""
    return render_print_docx(*sheet(bank, lines, organization, on), title=TITLES[bank], look=WIDE)
