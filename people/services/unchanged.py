"""What is counted over the rows of a school, kept by each process until the school changes.

Every change of the house leaves a line in the journal, so the number of a school's last line says whether a count may be
told again. A line that is written but not yet committed stays unseen while a later one is seen: what is counted in that
moment is told for `SECONDS` at most.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.cache import caches
from django.db.models import Subquery

from people.models import JournalEntry, Organization
from people.services.counting import SCHOOL, Column, prepared, read

SECONDS = 5 * 60
MEMORY = "memory"  # settings.CACHES: of this process alone


@cache
def last_line() -> dict[str, Column]:
    """To be read along with other numbers of a school, under the name "line"."""
    lines = JournalEntry.objects.filter(organization=SCHOOL).order_by("-pk")
    return prepared({"line": Subquery(lines.values("pk")[:1])})


def kept(name: str, organization: Organization, what: Any, count: Callable[[], Any], *, line: int | None = None) -> Any:  # fmt: skip
    """`count()`, or what it gave when the last line of the journal was the same.

    `what`: all that the count depends on besides the rows of the school, with a `repr` that tells it. `line`: the number of the
    last line where it is known already; else a query.
    """
    line = line if line is not None else read(last_line(), school=organization.pk)["line"]
    mark = hashlib.sha256(repr(what).encode()).hexdigest()
    return caches[MEMORY].get_or_set(f"{name}-{organization.pk}-{line}-{mark}", count, SECONDS)
