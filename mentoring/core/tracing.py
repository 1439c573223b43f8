"""The number of a request: one id in the answer, in every line of the log and in the tasks that the request has started.

`current()` is what this thread works at now: a request or a task of the queue. It also counts the queries and tells
those that take long (`SLOW_QUERY_MS`), without their parameters.
"""

import logging
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
LITERAL = re.compile(r"'(?:[^']|'')*'")
LONGEST_SQL = 4000
slow = logging.getLogger("mentoring.slow_queries")


@dataclass
class Trace:
    """A request or a task (its dotted path), with what is known of it so far."""

    id: str
    request: HttpRequest | None = None
    task: str = ""
    started: float = field(default_factory=time.perf_counter)
    queries: int = 0
    before: "Trace | None" = None

    def seconds(self) -> float:
        return time.perf_counter() - self.started

    def milliseconds(self) -> int:
        return round(self.seconds() * 1000)

    def facts(self) -> dict:
        """For a line of the log: ids and codes, never a name, never a path (tokens stand in paths). No query."""
        if self.request is None:
            return {"request_id": self.id, "task": self.task} if self.task else {"request_id": self.id}  # fmt: skip
        match = self.request.resolver_match
        # Only a user whom the page has asked for already: a line of the log reads no session.
        user = getattr(self.request, "_cached_user", None)
        return {
            "request_id": self.id,
            "school": match.kwargs.get("school", "") if match else "",
            "user": user.pk if user else None,
            "method": self.request.method,
            "route": match.view_name if match else "",
        }

    def __call__(self, execute, sql, params, many, context):
        """Wrapper of every query of the connection (`connection.execute_wrapper`)."""
        self.queries += 1
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - started) * 1000
            if settings.SLOW_QUERY_MS and took >= settings.SLOW_QUERY_MS:
                slow.warning("slow query", extra={"ms": round(took), "sql": without_values(sql)})


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace | None:
    return _current.get()


def new_id(offered: str = "") -> str:
    """The id that a proxy has given, if it looks like one; else twelve signs that can be told by telephone."""
    return offered if WELL_FORMED.fullmatch(offered) else secrets.token_hex(6)


def without_values(sql) -> str:
    """The ORM sends values apart from the text; what somebody wrote into the text itself is cut."""
    return LITERAL.sub("'…'", str(sql))[:LONGEST_SQL]


def watches() -> bool:
    """Nobody wants to know: then queries are not touched at all."""
    return bool(
        settings.SLOW_QUERY_MS
        or settings.LOG_REQUESTS
        or settings.METRICS_TOKEN
        or settings.METRICS_FROM
    )


def begin(trace: Trace) -> Trace | None:
    """Make it the current one; gives the one before, for `end`."""
    before = _current.get()
    _current.set(trace)
    if watches():
        connection.execute_wrappers.append(trace)
    return before


def end(trace: Trace, before: Trace | None) -> None:
    if trace in connection.execute_wrappers:
        connection.execute_wrappers.remove(trace)
    _current.set(before)


@contextmanager
def followed(trace: Trace) -> Iterator[Trace]:
    before = begin(trace)
    try:
        yield trace
    finally:
        end(trace, before)
