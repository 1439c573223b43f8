"""Texts that a spreadsheet would take for a formula, made harmless on the way in and out.

A list with «=cmd|' /C calc'!A0» in a cell runs a program on the computer of whoever opens it and
agrees (OWASP, «CSV injection»). A leading apostrophe is what spreadsheets use themselves.
"""

import re

# «+7 (999) …» and «-5» are no formulas; «+cmd» and «-2+3+cmd|…» are.
FORMULA = re.compile(r"[=@\t\r]|[+\-](?![\d\s().–-]*$)")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute the text, had it been typed into a cell."""
    return FORMULA.match(text) is not None


def harmless(text: str) -> str:
    """The same text, with an apostrophe before what would be computed; applying it twice is once."""
    return f"'{text}" if is_formula(text) else text
