"""Numbers of what waits, all in one query: each line of the desk gives its rows."""

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.models import Organization


def count_all(organization: Organization, rows: dict[str, QuerySet]) -> dict[str, int]:
    """Numbers of rows of the school by name; one query whatever the names."""
    numbers = {name: number_of(each, organization) for name, each in rows.items()}
    return Organization.objects.filter(pk=organization.pk).values(**numbers).get()


def number_of(rows: QuerySet, organization: Organization) -> Coalesce:
    counted = rows.filter(organization=organization).order_by().values("organization")
    number = counted.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number), 0)
