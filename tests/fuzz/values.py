"""What a hostile, careless or broken program may type into a field; strategies of hypothesis."""

import string
from urllib.parse import quote_plus

from hypothesis import strategies as st

# Each has broken some program: bounds of integers, NUL, halves of characters, wrong days, markup, formulas.
NASTY = (
    "", " ", "\x00", "а\x00б", "\ud800", "а\udfffб", "\u202e\u200f\ufeff", "\U0001f600" * 40, "\n\r\n\t\x0b\x0c", "\x1b[31m",
    "0", "-1", "1e400", "NaN", "inf", "-0", "٣", "²", "1_000", " 1 ", "0x10", "1.5", "2147483648", "-2147483649",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 400, "9" * 5000, "987654321",
    "0000-00-00", "2026-02-30", "31.02.2026", "0001-01-01", "9999-12-31", "10000-01-01", "2026-13-01", "12.12.12", "2026-01-01T25:61", "99:99",
    "on", "true", "null", "None", "undefined", "[]", "{}", "[1", "{\"a\": [", "__all__", "../../etc/passwd", "a/b", "%", "%s", "{0}", "{{1}}", "{%", "\\",
    "' OR 1=1 --", "\"><script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "=1+1", "@SUM(1)", "http://[::1", "javascript:alert(1)", "a@b", "a@" + "б" * 300 + ".рф",
    "Ким Алла Сергеевна", "О’Нил-Ёжикова", "й" * 300, "Щ" * 3000, "э" * 20000, "<p>" * 500, "&#0;&#xD800;", "<p>\x0b</p>",
)  # fmt: skip
TYPED = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=60)
RUSSIAN = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -«»–№" + string.digits, max_size=400)
NUMBERS = st.one_of(
    st.integers().map(str), st.integers(-(2**70), 2**70).map(str), st.floats().map(str)
)
DAYS = st.one_of(
    st.dates().map(str), st.dates().map(lambda day: f"{day:%d.%m.%Y}"), st.datetimes().map(str)
)
TEXTS = st.one_of(st.sampled_from(NASTY), TYPED, RUSSIAN, NUMBERS, DAYS)


def value(old: str, choices: tuple[str, ...]):
    """For a field with this value and these choices: often hostile, sometimes right."""
    right = st.sampled_from(choices) if choices else st.just(old)
    return st.one_of(TEXTS, right)


@st.composite
def filled(draw, form) -> list[tuple[str, str]]:
    """A submission of the form: some fields hostile, missing, doubled, or named as an array."""
    pairs = []
    wild = draw(st.integers(0, 3))
    for name, old, choices in form.fields:
        fate = draw(st.integers(0, 9)) if wild else 9
        if fate == 0:
            continue
        typed = draw(value(old, choices)) if fate < 5 else draw(right(old, choices))
        pairs.append((name, typed))
        if fate == 1:
            pairs.append((name, draw(TEXTS)))
        if fate == 2:
            pairs[-1] = (f"{name}[]", typed)
    return pairs


def right(old: str, choices: tuple[str, ...]):
    return st.sampled_from(choices) if choices and not old else st.just(old)


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """As bytes of a form; halves of characters go out as they are, no browser would."""
    return "&".join(f"{quoted(name)}={quoted(text)}" for name, text in pairs).encode()


def quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))
