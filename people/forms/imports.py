"""Forms of the guided import: file, sheet and headings, columns."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.imports.columns import FIELDS
from people.imports.tables import Table

SAMPLES = 3


class UploadForm(ServiceForm):
    upload = forms.FileField(
        label="Файл со списком",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text="Excel (.xlsx) или .csv, до 20 тысяч строк.",
    )


class SheetForm(ServiceForm):
    """Which sheet, and where its headings stand."""

    sheet = forms.ChoiceField(label="Лист")
    header_row = forms.IntegerField(
        label="Строка заголовков", min_value=0, max_value=1000, help_text="0, если заголовков нет."
    )

    def __init__(self, names: list[str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in names]
        if len(names) == 1:
            self.fields["sheet"].widget = forms.HiddenInput()


class ColumnsForm(ServiceForm):
    """One choice for each column of the file; `samples` are the first values below its heading."""

    def __init__(self, table: Table, rows: list[tuple[int, list]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.samples = {}
        for number in range(len(table.headings)):
            name = f"column_{number}"
            self.samples[name] = samples(rows, number)
            self.fields[name] = forms.ChoiceField(
                label=table.title(number), required=False, initial=table.columns.get(number, ""),
                choices=[("", "не загружать"), *FIELDS.items()],
            )  # fmt: skip

    def service_arguments(self) -> dict:
        chosen = self.cleaned_data.items()
        return {"columns": {int(name.removeprefix("column_")): field for name, field in chosen}}

    def rows(self):
        """Bound fields with their samples, those that hold something."""
        for field in self:
            if self.samples[field.name] or field.value():
                yield field, self.samples[field.name]


def samples(rows: list[tuple[int, list]], number: int) -> list[str]:
    values = (cells[number] for _, cells in rows[:40] if number < len(cells))
    texts = dict.fromkeys(as_text(value) for value in values if value != "")
    return list(texts)[:SAMPLES]


def as_text(value) -> str:
    if hasattr(value, "strftime"):
        return value.strftime("%d.%m.%Y")
    return str(value).removesuffix(".0")[:60]
