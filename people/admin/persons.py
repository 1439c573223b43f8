"""Staff list: cards, search, export; written by the same services as the pages."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from import_export.admin import ExportMixin
from import_export.formats.base_formats import XLSX

from mentoring.core.admin import OwnedAdmin, SchoolFilter
from mentoring.core.admin_scope import ChoiceFilter
from mentoring.core.exports import xlsx
from people.admin.staff_import import StaffImportMixin, StaffResource
from people.forms.persons import PersonForm
from people.models import Person
from people.permissions import KEEPERS
from people.services.persons import create_person, remove_person, update_person
from people.staff_table import HEADINGS, staff_rows


class WorkingFilter(ChoiceFilter):
    title = "работает"
    parameter_name = "working"
    conditions = {
        "now": ("сейчас", lambda today: Q(employed_to=None) | Q(employed_to__gte=today)),
        "left": ("уже нет", lambda today: Q(employed_to__lt=today)),
    }


@admin.register(Person)
class PersonAdmin(StaffImportMixin, ExportMixin, OwnedAdmin):
    roles = KEEPERS
    journaled_by_service = True
    resource_classes = [StaffResource]
    list_display = ["full_name", "job_title", "kind", "employed_from", "employed_to"]
    skip_export_form = True  # the table is made at once, from the list as filtered
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    list_filter = [SchoolFilter, WorkingFilter, "kind", "category"]
    search_fields = ["last_name", "first_name", "patronymic", "job_title"]
    ordering = ["last_name", "first_name"]
    fields = ["organization", *PersonForm.Meta.fields]

    @admin.display(description="ФИО", ordering="last_name")
    def full_name(self, obj):
        return obj.full_name

    def working_page(self, obj) -> str:
        return reverse("person", args=[obj.organization.slug, obj.pk])

    def get_export_formats(self):
        return [XLSX]

    def get_export_data(self, file_format, request, queryset, **kwargs):
        """The same table as on the page, which the import understands."""
        return xlsx(HEADINGS, staff_rows(queryset, timezone.localdate()))

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_readonly_fields(self, request, obj=None):
        return ["employed_to"]

    def save_model(self, request, obj, form, change):
        by = self.membership(request, obj)
        if change:
            stored = Person.objects.of(by.organization).get(pk=obj.pk)
            values = {name: form.cleaned_data[name] for name in form.changed_data}
            update_person(stored, by=by, **values)
            return
        values = {
            name: value for name, value in form.cleaned_data.items() if name != "organization"
        }
        obj.pk = create_person(by=by, **values).pk

    def delete_model(self, request, obj):
        remove_person(obj, by=self.membership(request, obj))

    def delete_queryset(self, request, queryset):
        for person in queryset:
            self.delete_model(request, person)

    def get_deleted_objects(self, objs, request):
        """The service says what forbids it: an account or records that refer to the card."""
        allowed = all(self.has_delete_permission(request, person) for person in objs)
        counts = {self.opts.verbose_name_plural: len(objs)}
        refused = set() if allowed else {self.opts.verbose_name}
        return [str(person) for person in objs], counts, refused, []
