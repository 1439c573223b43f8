"""The usual way to find a sample: the first row of the school that fits."""

from collections.abc import Callable

from people.models import Organization

Finder = Callable[[Organization], dict | None]


def row(
    model, name: str = "pk", *, take: str = "pk", also: dict | None = None, **filters
) -> Finder:
    """`{name: value of the field «take»}` of the first row, and the arguments of `also`."""

    def find(school: Organization) -> dict | None:
        rows = model.objects.of(school).filter(**filters).order_by("pk")
        value = rows.values_list(take, flat=True).first()
        return value and {name: value, **(also or {})}

    return find
