"""Pages of long lists."""

from collections.abc import Sequence

from django.db.models import QuerySet
from ninja import Field, Schema

MOST = 100
FARTHEST = 1_000_000


class Page(Schema):
    """Parameters of every list."""

    limit: int = Field(50, ge=1, le=MOST, description=f"Сколько строк отдать, не больше {MOST}.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="Сколько строк пропустить.")

    def cut(self, rows: QuerySet | Sequence) -> dict:
        """`{"count", "items"}`; a queryset costs two queries."""
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
        return {"count": count, "items": list(rows[self.offset : self.offset + self.limit])}


class Counted(Schema):
    """What every list says beside its rows."""

    count: int = Field(description="Сколько строк всего, без учёта limit и offset.")
