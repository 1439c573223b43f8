"""Forms that bring a school's own papers in."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm
from roadmap.forms.plan import number_choice, year_choices
from roadmap.imports.reading import ACTIVITY, BLOCK, SKIP, STAGE
from roadmap.kinds import KINDS
from roadmap.models import Roadmap
from roadmap.services.own_papers import LOCAL_ACTS

LEVELS = [(STAGE, "этап"), (BLOCK, "блок"), (ACTIVITY, "мероприятие"), (SKIP, "не переносить")]


class RoadmapFileForm(ServiceForm):
    file = forms.FileField(
        label="Файл с дорожной картой",
        help_text="Word (.docx) или Excel (.xlsx): таблица с этапами, мероприятиями, сроками, ответственными. Названия граф могут быть любыми.",
    )


class LineForm(forms.Form):
    """One line of the reading, as words."""

    level = forms.ChoiceField(label="Что это", choices=LEVELS)
    title = forms.CharField(label="Название", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    period = forms.CharField(label="Срок", required=False, max_length=200)
    responsible = forms.CharField(label="Ответственные", required=False, max_length=500)


LineFormSet = forms.formset_factory(LineForm, extra=0)


class RoadmapMakeForm(ServiceForm):
    title = forms.CharField(label="Название документа", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    year_start = number_choice("Учебный год", ())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year_start"].choices = year_choices(timezone.localdate())


class RegulationFileForm(ServiceForm):
    kind = forms.ChoiceField(label="Что это за документ", choices=[(code, KINDS[code].title) for code in LOCAL_ACTS])  # fmt: skip
    file = forms.FileField(label="Документ Word", help_text="Файл .docx с разделами и пунктами. Номера портал поставит сам.")  # fmt: skip


class SignedPaperForm(ServiceForm):
    kind = forms.ChoiceField(label="Вид документа", choices=[(kind.code, kind.title) for kind in KINDS.values()])  # fmt: skip
    title = forms.CharField(label="Заголовок", max_length=400, required=False, help_text="Как в документе: «О закреплении наставнических пар». Пусто – по виду.")  # fmt: skip
    number = forms.CharField(label="Номер", max_length=40, required=False)
    dated_on = forms.DateField(label="Дата документа")
    file = forms.FileField(label="Скан подлинника", help_text="PDF, JPEG или PNG.")
    roadmap = forms.ModelChoiceField(Roadmap.objects.none(), label="Дорожная карта", required=False, empty_label="не связан")  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roadmap"].queryset = Roadmap.objects.of(organization)
