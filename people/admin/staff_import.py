"""Import of the staff list in the admin: the pages of django-import-export over our plan and our writing.

Its own path asks the database for every row and rebuilds every card; only its two pages are used. The
upload is an `ImportBatch` as on the guided page, so it is erased, undone and listed in the same way.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from import_export import resources
from import_export.admin import ImportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.results import Result, RowResult
from import_export.tmp_storages import BaseStorage

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.imports.columns import FIELDS
from people.imports.words import differences, facts
from people.models import ImportBatch, Organization, Person
from people.services import staff_import, staff_uploads, staff_writing

TYPES = {"new": RowResult.IMPORT_TYPE_NEW, "changed": RowResult.IMPORT_TYPE_UPDATE}
HEADERS = ["Строка", "Кто", "Что изменится"]
GUIDED = " На странице «Загрузка списка» столбцы можно указать самому."


@dataclass(frozen=True)
class Uploaded:
    """What the pages of the library hand from one step to the next instead of a table."""

    batch: ImportBatch


class StaffList(Format):
    def __init__(self, encoding=None):
        """Letters are found out by the reader."""

    def get_title(self):
        return "Excel (.xlsx) или .csv"

    def can_import(self):
        return True

    def create_dataset(self, in_stream):
        return in_stream


class BatchStorage(BaseStorage):
    """The file is kept by the upload itself; `name` is its number, checked by the form."""

    def save(self, data):
        """Kept already."""

    def read(self):
        batches = ImportBatch.objects.select_related("file", "organization")
        return Uploaded(batches.get(pk=self.name))

    def remove(self):
        """Erased when written."""


class StaffUploadForm(ImportForm):
    """The file, and the school for those who keep several."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label="Организация")

    def __init__(self, *args, members: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["import_file"].label = "Файл со списком"
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=members)
        field.initial = next(iter(members), None)
        if len(members) == 1:
            field.widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        if data.get("import_file") and data.get("organization"):
            by = self.members[data["organization"].pk]
            try:
                batch = staff_uploads.upload(by=by, upload=data["import_file"])
            except RuleError as error:
                raise ValidationError({"import_file": error.message}) from error
            if batch.state != ImportBatch.State.PREVIEWED:
                raise ValidationError({"import_file": staff_import.NO_NAMES + GUIDED})
            data["import_file"].batch = batch
        return data


class StaffConfirmForm(ConfirmImportForm):
    def __init__(self, *args, members: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_import_file_name(self):
        """Only an upload of a school kept today."""
        number = self.cleaned_data["import_file_name"]
        own = ImportBatch.objects.filter(organization__in=self.members)
        if not own.filter(pk=row_number(number)).exists():
            raise ValidationError("Загрузка не найдена. Загрузите список снова.")
        return number


class StaffResource(resources.ModelResource):
    """Stands in for the library's row by row import."""

    class Meta:
        model = Person
        fields = ["last_name"]

    def __init__(self, members=None, **kwargs):
        super().__init__(**kwargs)
        self.members = members or {}

    def get_user_visible_fields(self):
        return [resources.Field(column_name=title) for title in FIELDS.values()]

    def import_data(self, dataset, dry_run=False, **kwargs) -> Result:
        batch = dataset.batch
        if dry_run:
            return as_result(staff_import.preview(batch))
        return as_result(staff_writing.run_now(batch, by=self.members[batch.organization_id]))


def as_result(plan) -> Result:
    """The plan as the preview page of the library draws it; unchanged rows are only counted."""
    result = Result()
    result.diff_headers, result.total_rows = HEADERS, len(plan.lines)
    for line in plan.lines:
        if line.kind == "wrong":
            mistakes = [f"{column}: {text}" if column else text for column, text in line.errors]
            values = dict(zip(HEADERS, (line.row, line.name, " ".join(mistakes)), strict=True))
            result.append_invalid_row(line.row, values, ValidationError(mistakes))
        elif line.kind in TYPES:
            row = RowResult()
            row.import_type = TYPES[line.kind]
            row.diff = [line.row, line.name, in_words(line)]
            result.append_row_result(row)
            result.increment_row_result_total(row)
    result.totals[RowResult.IMPORT_TYPE_SKIP] = plan.counts["unchanged"]
    return result


def in_words(line) -> str:
    if line.kind == "new":
        return "; ".join(f"{name}: {value}" for name, value in facts(line))
    return "; ".join(f"{name}: {before} → {after}" for name, before, after in differences(line))


class StaffImportMixin(ImportMixin):
    import_template_name = "admin/staff_import.html"
    import_form_class = StaffUploadForm
    confirm_form_class = StaffConfirmForm
    tmp_storage_class = BatchStorage
    import_formats = [StaffList]
    skip_admin_log = True  # the journal has it

    def has_import_permission(self, request):
        return self.has_add_permission(request)

    def _members(self, request) -> dict:
        scope = self.scope(request)
        return {pk: scope.memberships[pk] for pk in scope.written(self.roles)}

    def get_import_form_kwargs(self, request):
        return {**super().get_import_form_kwargs(request), "members": self._members(request)}

    def get_confirm_form_kwargs(self, request, import_form=None):
        kwargs = super().get_confirm_form_kwargs(request, import_form)
        return {**kwargs, "members": self._members(request)}

    def get_import_resource_kwargs(self, request, **kwargs):
        return {"members": self._members(request)}

    def get_import_formats(self):
        return self.import_formats

    def write_to_tmp_storage(self, import_file, input_format):
        return BatchStorage(name=str(import_file.batch.pk))

    def import_action(self, request, **kwargs):
        page = super().import_action(request, **kwargs)
        page.context_data["title"] = "Загрузка списка"
        return page

    def process_import(self, request, **kwargs):
        """What has become of the list since the preview may stop it: then nothing is written."""
        try:
            return super().process_import(request, **kwargs)
        except RuleError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("admin:people_person_import"))

    def add_success_message(self, result, request):
        totals = result.totals
        messages.success(
            request,
            f"Список записан. Новых: {totals['new']}, изменено: {totals['update']}, "
            f"без изменений: {totals['skip']}.",
        )
