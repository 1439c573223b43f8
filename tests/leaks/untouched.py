"""Did a request change a neighbour's row, or tie one of ours to it? Only the written tables are looked into."""

import hashlib
import re

from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from mentoring.core.tenancy import OwnedModel
from tests.full_schools import owned_models

WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "([a-z_]+)"')


def crossing_links(model: type[OwnedModel]) -> list[str]:
    """Links of the model's rows to rows of another owner; those named in CROSSING are meant."""
    found = []
    for field in model._meta.concrete_fields:
        target = field.related_model
        if field.name in model.CROSSING or not target or not issubclass(target, OwnedModel):
            continue
        others = model.objects.exclude(**{f"{field.name}__organization": F("organization")})
        found += [f"{model._meta.label}.{field.name} {pk}" for pk in others.filter(**{f"{field.name}__isnull": False}).values_list("pk", flat=True)]  # fmt: skip
    return found + crossing_many(model)


def crossing_many(model: type[OwnedModel]) -> list[str]:
    found = []
    for field in model._meta.many_to_many:
        if not issubclass(field.related_model, OwnedModel):
            continue
        own, far = field.m2m_field_name(), field.m2m_reverse_field_name()
        rows = field.remote_field.through.objects.exclude(**{f"{far}__organization": F(f"{own}__organization")})  # fmt: skip
        found += [f"{model._meta.label}.{field.name} {pk}" for pk in rows.values_list("pk", flat=True)]  # fmt: skip
    return found


def all_crossing_links() -> list[str]:
    return [link for model in owned_models() for link in crossing_links(model)]


class Untouched:
    """`with untouched.watch() as faults:` around a request; `faults` is filled before it is taken back."""

    def __init__(self, schools):
        self.schools = [school.pk for school in schools]
        self.by_table = {model._meta.db_table: model for model in owned_models()}
        self.before: dict[str, str] = {}

    def digest(self, model: type[OwnedModel]) -> str:
        rows = model.objects.filter(organization__in=self.schools).order_by("pk").values_list()
        return hashlib.sha256(repr(list(rows)).encode()).hexdigest()

    def remember(self) -> None:
        self.before = {table: self.digest(model) for table, model in self.by_table.items()}

    def after(self, captured: CaptureQueriesContext) -> list[str]:
        """Sentences of what went wrong; call inside the transaction of the request."""
        written = {match[1] for one in captured if (match := WRITE.match(one["sql"]))}
        faults = []
        for table in sorted(written & set(self.by_table)):
            model = self.by_table[table]
            if self.digest(model) != self.before[table]:
                faults.append(f"rows of a neighbour changed in {table}")
            faults += crossing_links(model)
        return faults


def capture() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)
