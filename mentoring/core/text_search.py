"""Search in texts: PostgreSQL's full text with Russian word forms; elsewhere the plain words.

Both find parts of words too («вет» finds «Ветрова»), as people type a beginning and press Enter.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connections
from django.db.models import F, QuerySet

from mentoring.core.search import words_query

RUSSIAN = "russian"


def found_in(rows: QuerySet, text: str, fields: tuple[str, ...]) -> QuerySet:
    """Rows that hold every word of `text` in their `fields`; with PostgreSQL the best first."""
    plain = words_query(text, fields)
    if connections[rows.db].vendor != "postgresql":
        return rows.filter(plain)
    query = SearchQuery(text, config=RUSSIAN, search_type="websearch")
    vector = SearchVector(*fields, config=RUSSIAN)
    # Not among the columns that are fetched: the words of a long text weigh as much as the text.
    rows = rows.alias(search_text=vector, search_rank=SearchRank(vector, query))
    return (rows.filter(search_text=query) | rows.filter(plain)).order_by(F("search_rank").desc(), "pk")  # fmt: skip
