"""Numbers and days of many sets of rows in one query: the desk and the facts of the roadmap ask so."""

from django.db.models import Count, Max, Min, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.models import Organization


def count_all(organization: Organization, rows: dict[str, QuerySet]) -> dict[str, int]:
    """Numbers of rows of the school by name; one query whatever the names."""
    return read_all(
        organization, {name: number_of(each, organization) for name, each in rows.items()}
    )


def read_all(organization: Organization, expressions: dict) -> dict:
    """Values of scalar expressions by name; one query whatever the names."""
    if not expressions:
        return {}
    # Names of facts hold colons, names of columns may not.
    names = {f"value{place}": name for place, name in enumerate(expressions)}
    columns = dict(zip(names, expressions.values(), strict=True))
    row = Organization.objects.filter(pk=organization.pk).values(**columns).get()
    return {names[column]: value for column, value in row.items()}


def number_of(rows: QuerySet, organization: Organization) -> Coalesce:
    counted = rows.filter(organization=organization).order_by().values("organization")
    number = counted.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number), 0)


def first_day(rows: QuerySet, field: str) -> Subquery:
    """Earliest day of the rows (None without rows); moments count as days of the school's clock."""
    return _edge(rows, field, Min)


def last_day(rows: QuerySet, field: str) -> Subquery:
    return _edge(rows, field, Max)


def _edge(rows: QuerySet, field: str, edge) -> Subquery:
    # `organization` groups the rows, so the aggregate stays a scalar subquery of one row.
    found = rows.order_by().values("organization").annotate(day=edge(field)).values("day")
    return Subquery(found[:1])
