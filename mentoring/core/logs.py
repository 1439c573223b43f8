"""Lines of the log: readable or JSON (`LOG_FORMAT=json`), with the facts of the request, without personal data.

What may stand in a line is told in one place here: ids and codes pass; names, addresses, tokens, values of a query and
paths do not. The text of an exception is masked, for it often carries the value that was wrong.
"""

import json
import logging
import re
import traceback

from django.db import DatabaseError
from django.utils import timezone

from mentoring.core.tracing import current

GAP = "…"
E_MAIL = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")
# Names, posts, addresses of people are Russian here, and code and messages of the portal are English.
RUSSIAN = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё \-–.,«»№0-9]*")
ESCAPED = re.compile(r"(?:\\u04[0-9a-fA-F]{2}[ .\-]*)+")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
CODE_WORD = re.compile(r"['\"][a-z]+(?:[_.][a-z0-9]+)+['\"]", re.ASCII)
VALUES = re.compile(r"\)=\([^\n]*?\)|^(?:DETAIL|CONTEXT|LINE \d+|Failing row|HINT):?.*$|^ *\^$", re.MULTILINE)  # fmt: skip
LONG_WORD = re.compile(r"[A-Za-z0-9_-]{16,}", re.ASCII)
FRAME = re.compile(r'^  File "[^"\n]*", line \d+, in .*$', re.MULTILINE)
OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
PLAIN = (str, int, float, bool, type(None))


def masked(text: str) -> str:
    """The text with everything cut that may be somebody's. Lines «File …» of a traceback stay as they are."""
    parts, last = [], 0
    for frame in FRAME.finditer(text):
        parts += [masked_words(text[last : frame.start()]), frame.group()]
        last = frame.end()
    return "".join([*parts, masked_words(text[last:])])


def masked_words(text: str) -> str:
    text = VALUES.sub(GAP, text)
    text = E_MAIL.sub(GAP, text)
    text = QUOTED.sub(
        lambda found: found.group() if CODE_WORD.fullmatch(found.group()) else GAP, text
    )
    for pattern in (RUSSIAN, ESCAPED):
        text = pattern.sub(GAP, text)
    return LONG_WORD.sub(lambda found: GAP if is_token(found.group()) else found.group(), text)


def is_token(word: str) -> bool:
    """Tokens mix large letters, small ones and digits, codes of papers are large letters and digits; ids, digests and
    names of classes and constraints are neither."""
    large = sum(sign.isupper() for sign in word)
    if not any(sign.islower() for sign in word):
        return large > 0 and any(sign.isdigit() for sign in word)
    return large > 4 or (large > 0 and any(not sign.isalpha() for sign in word))


def told(error: BaseException) -> str:
    """A traceback that shows where, and of what went wrong only what is nobody's. Causes come first, as in Python."""
    parts = []
    for one in reversed(list(chain(error))):
        words = str(one).partition("\n")[0] if isinstance(one, DatabaseError) else str(one)
        frames = "".join(traceback.format_tb(one.__traceback__))
        parts.append(f"{frames}{type(one).__module__}.{type(one).__qualname__}: {masked(words)}")
    return "\n".join(parts)


def chain(error: BaseException | None):
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class Facts(logging.Filter):
    """Puts the facts of the request into each record and takes paths and values out of its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "facts", None) is not None:  # seen already by another handler
            return True
        trace = current()
        record.facts = trace.facts() if trace else {}
        request = getattr(record, "request", None) or (trace and trace.request)
        record.words = masked(without_path(record.getMessage(), request))
        extra = {name: value for name, value in vars(record).items() if name not in OWN}
        for name, value in extra.items():
            if name not in ("facts", "words") and isinstance(value, PLAIN):
                record.facts.setdefault(name, value)
        record.fault = told(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        return True


def without_path(words: str, request) -> str:
    """The name of the route in place of the path: django.request and its like name the whole path."""
    path = getattr(request, "path", None)
    if not path or path == "/":
        return words
    match = getattr(request, "resolver_match", None)
    return words.replace(path, match.view_name if match else GAP)


class JsonLine(logging.Formatter):
    """One object a line, for journald, Loki, Elasticsearch and the like."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": timezone.datetime.fromtimestamp(record.created, tz=timezone.get_default_timezone()).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.words,
            **record.facts,
        }  # fmt: skip
        if record.fault:
            line["exception"] = record.fault
        return json.dumps(line, ensure_ascii=False, default=str)


class ReadableLine(logging.Formatter):
    """For a person at the terminal: time, level, words, then the facts that are not empty."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in record.facts.items() if value not in ("", None))  # fmt: skip
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {record.words}"
        return "\n".join(part for part in (f"{line} {facts}".rstrip(), record.fault) if part)
