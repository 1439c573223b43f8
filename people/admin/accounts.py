"""Accounts and roles."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.admin import OwnedAdmin, ReadOnlyMixin, SchoolFilter
from mentoring.core.admin_scope import ChoiceFilter
from people.models import Membership, RoleGrant
from people.permissions import HEADS, KEEPERS
from people.services.accounts import end_role, set_role


class AccountFilter(ChoiceFilter):
    title = "вход в портал"
    parameter_name = "account"
    conditions = {
        "yes": ("есть", lambda today: Q(user__isnull=False)),
        "no": ("нет", lambda today: Q(user=None)),
    }


class PeriodFilter(ChoiceFilter):
    title = "действует"
    parameter_name = "period"
    conditions = {
        "now": (
            "сейчас",
            lambda today: Q(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today),
        ),
        "ended": ("уже нет", lambda today: Q(ends_on__lt=today)),
    }


@admin.register(Membership)
class MembershipAdmin(ReadOnlyMixin, OwnedAdmin):
    """Who has an account; it comes with the card and opens by an invitation."""

    roles = KEEPERS
    list_display = ["person", "login_name", "roles_today"]
    list_filter = [SchoolFilter, AccountFilter]
    list_select_related = ["person", "user"]
    search_fields = ["person__last_name", "person__first_name", "person__job_title"]
    fields = ["person", "login_name", "roles_today"]
    readonly_fields = fields
    ordering = ["person__last_name", "person__first_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("grants")

    @admin.display(description="вход")
    def login_name(self, obj):
        return obj.user.get_username() if obj.user else "входа нет"

    @admin.display(description="роли сегодня")
    def roles_today(self, obj):
        today = timezone.localdate()
        return (
            ", ".join(g.get_role_display() for g in obj.grants.all() if g.active_on(today)) or "нет"
        )

    def working_page(self, obj) -> str:
        return reverse("person", args=[obj.organization.slug, obj.person_id])


class RoleGrantForm(forms.ModelForm):
    """Checks that the service would make, said beside the field."""

    def clean(self):
        values = super().clean()
        membership, role = values.get("membership"), values.get("role")
        if membership and role in HEADS and not membership.person.job_title:
            self.add_error(
                "role", "Сначала укажите должность в карточке: она печатается в подписи."
            )
        if self.instance.pk and "ends_on" in self.fields and not values.get("ends_on"):
            self.add_error(
                "ends_on", "Укажите последний день роли. Чтобы вернуть роль, дайте её снова."
            )
        return values


@admin.register(RoleGrant)
class RoleGrantAdmin(OwnedAdmin):
    """A role is given and ended, never rewritten: who was curator in May stays known."""

    roles = KEEPERS
    journaled_by_service = True
    form = RoleGrantForm
    list_display = ["person_name", "role", "starts_on", "ends_on", "basis"]
    list_filter = [SchoolFilter, "role", PeriodFilter]
    list_select_related = ["membership__person"]
    search_fields = ["membership__person__last_name", "membership__person__first_name"]
    autocomplete_fields = ["membership"]
    fields = ["organization", "membership", "role", "starts_on", "ends_on"]

    @admin.display(description="кто", ordering="membership__person__last_name")
    def person_name(self, obj):
        return obj.membership.person.full_name

    def working_page(self, obj) -> str:
        return reverse("person", args=[obj.organization.slug, obj.membership.person_id])

    def get_readonly_fields(self, request, obj=None):
        return ["membership", "role", "starts_on"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        by = self.membership(request, obj)
        if change:
            stored = RoleGrant.objects.of(by.organization).get(pk=obj.pk)
            end_role(stored, on=form.cleaned_data["ends_on"], by=by)
            return
        person = obj.membership.person
        granted = set_role(person, obj.role, on=obj.starts_on, until=obj.ends_on, by=by)
        obj.pk = granted.pk
