"""Own school: requisites and options; schools are not added here."""

from django.contrib import admin
from django.urls import reverse

from mentoring.core.admin import OwnedAdmin
from people.forms.organizations import OPTIONS, PRINTED, REQUISITES
from people.models import Organization
from people.permissions import KEEPERS
from people.services.organizations import update_organization


@admin.register(Organization)
class OrganizationAdmin(OwnedAdmin):
    roles = KEEPERS
    owner = "pk"
    journaled_by_service = True
    list_display = ["short_name", "institution_type", "phone"]
    fieldsets = [("Реквизиты", {"fields": REQUISITES}), ("Порядок работы", {"fields": OPTIONS})]

    def owner_id(self, obj) -> int:
        return obj.pk

    def working_page(self, obj) -> str:
        return reverse("settings", args=[obj.slug])

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        kwargs.setdefault("help_text", PRINTED.get(db_field.name, db_field.help_text))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if values:
            update_organization(by=self.membership(request, obj), **values)
