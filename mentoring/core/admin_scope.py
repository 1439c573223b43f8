"""Whose rows a user of the admin sees: schools kept today, and choices limited to them.

Rights come from today's membership, never from Django permissions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils import timezone

from mentoring.core.row_numbers import row_number
from mentoring.core.tenancy import OwnedModel

ORGANIZATION = "people.organization"


@dataclass(frozen=True)
class Scope:
    """Schools a user keeps today: organization id → membership with its `current_roles`.

    `everything` (a superuser) adds reading of all schools; writing needs a membership.
    """

    memberships: Mapping[int, object]
    everything: bool = False

    def written(self, roles: frozenset) -> frozenset[int]:
        """Ids of the schools where one of the roles is held today."""
        found = self.memberships.items()
        return frozenset(pk for pk, member in found if member.current_roles & roles)

    def readable(self, queryset, owner: str, roles: frozenset):
        """Rows of the kept schools; `owner` is the path to the organization."""
        if self.everything:
            return queryset
        return queryset.filter(**{f"{owner}__in": self.written(roles)})


class NumberedSelect(AutocompleteSelect):
    """Django's own looks up whatever was sent, and breaks on what is no number."""

    def optgroups(self, name, value, attrs=None):
        known = [one for one in value if not one or row_number(str(one)) is not None]
        return super().optgroups(name, known, attrs)


class ScopedMixin(BaseModelAdmin):
    """Rights and choices limited to the kept schools, for records and for rows inside them."""

    roles: frozenset = frozenset()
    owner = "organization"
    writable = True

    def scope(self, request) -> Scope:
        return self.admin_site.scope_of(request)

    def owner_id(self, obj) -> int:
        return obj.organization_id

    def get_queryset(self, request):
        return self.scope(request).readable(super().get_queryset(request), self.owner, self.roles)

    def has_view_permission(self, request, obj=None):
        scope = self.scope(request)
        if scope.everything:
            return True
        own = scope.written(self.roles)
        return bool(own) if obj is None else self.owner_id(obj) in own

    def _may_write(self, request, obj) -> bool:
        own = self.scope(request).written(self.roles)
        return self.writable and (bool(own) if obj is None else self.owner_id(obj) in own)

    def has_add_permission(self, request, obj=None):
        return self._may_write(request, None)

    def has_change_permission(self, request, obj=None):
        return self._may_write(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_write(request, obj)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def own_queryset(self, request, model):
        """Rows of another model that this user may link to, or None when it has no owner."""
        ids = self.scope(request).written(self.roles)
        if model._meta.label_lower == ORGANIZATION:
            return model.objects.filter(pk__in=ids)
        return model.objects.filter(organization__in=ids) if issubclass(model, OwnedModel) else None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        queryset = self.own_queryset(request, db_field.related_model)
        if queryset is not None and "queryset" not in kwargs:
            kwargs["queryset"] = queryset
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NumberedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SchoolFilter(admin.SimpleListFilter):
    """Filter by school; silent for a user who keeps one."""

    title = "организация"
    parameter_name = "school"

    def lookups(self, request, model_admin):
        members = model_admin.scope(request).memberships.values()
        return [(member.organization_id, member.organization.short_name) for member in members]

    def has_output(self):
        return len(self.lookup_choices) > 1

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(organization=row_number(self.value()))


class ChoiceFilter(admin.SimpleListFilter):
    """Filter by named conditions: `conditions` maps a code to (Russian words, Q made on today)."""

    conditions: dict = {}

    def lookups(self, request, model_admin):
        return [(code, words) for code, (words, _) in self.conditions.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.conditions:
            return queryset
        return queryset.filter(self.conditions[self.value()][1](timezone.localdate()))
