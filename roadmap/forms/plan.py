"""Forms of the plan: a new roadmap, its settings with columns, one row, a mark of progress."""

import datetime as dt

from django import forms
from django.utils.html import format_html

from mentoring.core.forms import ServiceForm
from mentoring.core.grammar import month_name
from people.models import Person
from roadmap.kinds import KINDS
from roadmap.models import Responsible, Roadmap, RoadmapActivity
from roadmap.models.plan import Scheduled
from roadmap.services.plan_settings import new_column_code
from roadmap.services.plan_templates import list_templates
from roadmap.services.plan_words import years_words

NO_SUCH_PERSON = "Такого человека нет в списке сотрудников. Выберите из списка."
EMPTY = "empty"
MONTHS = [("", "не указан"), *((number, month_name(number)) for number in range(1, 13))]


def number_choice(label: str, choices, **options) -> forms.TypedChoiceField:
    """A choice of whole numbers; an empty one is None."""
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=False, **options
    )


def year_choices(day: dt.date, *chosen: int | None) -> list[tuple]:
    """School years around the day, and those already chosen."""
    current = day.year if day.month >= 7 else day.year - 1
    years = {*range(current - 1, current + 4), *filter(None, chosen)}
    return [("", "без года"), *((year, years_words(year, None)) for year in sorted(years))]


class RoadmapNewForm(ServiceForm):
    """Template with a sentence about each, year, title (R-110, R-112)."""

    template = forms.ChoiceField(label="С чего начать", widget=forms.RadioSelect)
    year_start = number_choice("Учебный год", ())
    year_end = number_choice(
        "По какой учебный год", (), help_text="Только для карты на несколько лет."
    )
    title = forms.CharField(
        label="Название",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Оставьте пустым: портал составит название по образцу. Его можно изменить позже.",
    )

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        about = '<strong>{}</strong><br><span class="quiet">{}</span>'
        self.fields["template"].choices = [
            *(
                (one["code"], format_html(about, one["name"], one["about"]))
                for one in list_templates()
            ),
            (EMPTY, format_html(about, "Пустая карта", "Этапы и мероприятия вы добавите сами.")),
        ]
        years = year_choices(day)
        self.fields["year_start"].choices = self.fields["year_end"].choices = years

    def service_arguments(self) -> dict:
        template = self.cleaned_data["template"]
        return {**self.cleaned_data, "template": "" if template == EMPTY else template}


class RoadmapSettingsForm(ServiceForm):
    """Everything of the roadmap but its rows and columns."""

    title = forms.CharField(
        label="Название документа", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    year_start = number_choice("Учебный год", ())
    year_end = number_choice(
        "По какой учебный год", (), help_text="Только для карты на несколько лет."
    )
    numbering = forms.ChoiceField(label="Нумерация", choices=Roadmap.Numbering)
    stamp = forms.ChoiceField(label="Отметка об утверждении", choices=Roadmap.Mark)
    footnote = forms.CharField(
        label="Сноска",
        max_length=500,
        required=False,
        help_text="Печатается под таблицей. Знак сноски «¹» поставьте в заголовке графы.",
    )

    def __init__(self, *args, roadmap: Roadmap, day: dt.date, **kwargs):
        names = ("title", "year_start", "year_end", "numbering", "stamp", "footnote")
        initial = {name: getattr(roadmap, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        years = year_choices(day, roadmap.year_start, roadmap.year_end)
        self.fields["year_start"].choices = self.fields["year_end"].choices = years


class ColumnForm(forms.Form):
    """One column of the table."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    heading = forms.CharField(label="Заголовок графы", max_length=200, required=False)
    shown = forms.BooleanField(label="Показывать", required=False, initial=True)

    @property
    def own(self) -> bool:
        """Own columns of the school may be removed, the usual ones only hidden."""
        return str(self["code"].value() or "").startswith("extra:")


class BaseColumnFormSet(forms.BaseFormSet):
    """Columns in the order of printing; the empty last form adds an own one."""

    def columns(self) -> list[dict]:
        """Cleaned columns as `Roadmap.columns` keeps them."""
        rows = [form.cleaned_data for form in self.ordered_forms]
        columns = []
        for row in rows:
            if row["code"] or row["heading"].strip():
                code = row["code"] or new_column_code(rows)
                columns.append({"code": code, "heading": row["heading"], "shown": row["shown"]})
        return columns


ColumnFormSet = forms.formset_factory(
    ColumnForm, formset=BaseColumnFormSet, extra=1, can_order=True, can_delete=True
)


def column_formset(roadmap: Roadmap, data=None) -> BaseColumnFormSet:
    return ColumnFormSet(data, initial=roadmap.columns, prefix="columns")


class NodeForm(ServiceForm):
    """Title, period in any of its shapes, responsible roles and people (R-114, R-115)."""

    title = forms.CharField(label="Название", widget=forms.Textarea(attrs={"rows": 3}))
    period_kind = forms.ChoiceField(
        label="Срок", choices=Scheduled.PeriodKind, required=False, widget=forms.Select
    )
    date_from = forms.DateField(label="С даты", required=False)
    date_to = forms.DateField(label="По дату", required=False)
    month_from = number_choice("С месяца", MONTHS)
    month_to = number_choice("По месяц", MONTHS)
    period_text = forms.CharField(label="Срок словами", max_length=200, required=False)
    roles = forms.MultipleChoiceField(
        label="Ответственные: роли",
        choices=Responsible.RoleName,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    persons = forms.ModelMultipleChoiceField(
        label="Ответственные: люди",
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NO_SUCH_PERSON, "invalid_pk_value": NO_SUCH_PERSON},
    )

    def __init__(self, *args, organization, day: dt.date, view=None, **kwargs):
        initial = initial_of(view) if view else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        people = Person.objects.of(organization)
        chosen = people.filter(pk__in=view.person_ids if view else [])
        self.fields["persons"].queryset = people.active_on(day) | chosen
        self.fields["persons"].label_from_instance = named_with_post


def named_with_post(person: Person) -> str:
    return ", ".join(filter(None, [person.short_name, person.job_title]))


def initial_of(view) -> dict:
    """Values of a row for its form; `view` is a NodeView of `services.plan`."""
    names = (
        "title",
        "period_kind",
        "date_from",
        "date_to",
        "month_from",
        "month_to",
        "period_text",
    )
    values = {name: getattr(view.node, name) for name in names}
    values |= {"roles": view.role_codes, "persons": view.person_ids}
    if view.level == "activity":
        values |= {name: getattr(view.node, name) for name in ("document_kind", "conditional")}
        values |= {f"extra:{name}": text for name, text in view.node.extra.items()}
    return values


class ActivityForm(NodeForm):
    """A row of the lowest level: what paper it gives, and the school's own columns."""

    document_kind = forms.ChoiceField(label="Какой документ готовят", required=False)
    conditional = forms.BooleanField(label="Проводится при необходимости", required=False)

    def __init__(self, *args, roadmap: Roadmap, view=None, **kwargs):
        super().__init__(*args, view=view, **kwargs)
        own = [column for column in roadmap.shown_columns if column["code"].startswith("extra:")]
        for column in own:
            self.fields[column["code"]] = forms.CharField(
                label=column["heading"], max_length=500, required=False
            )
        kinds = [("", "никакой"), *((kind.code, kind.title) for kind in KINDS.values())]
        kept = view.node.document_kind if view else ""
        if kept and kept not in KINDS:
            kinds.append((kept, "документ следующих этапов"))
        self.fields["document_kind"].choices = kinds

    def service_arguments(self) -> dict:
        values = dict(self.cleaned_data)
        own = [name for name in values if name.startswith("extra:")]
        extra = {name.removeprefix("extra:"): values.pop(name) for name in own}
        return {**values, "extra": extra}


class PlaceForm(ServiceForm):
    """Where to put a row: a stage, or a block within it."""

    target = forms.ChoiceField(label="Куда перенести", widget=forms.RadioSelect)

    def __init__(self, *args, plan, level: str, **kwargs):
        super().__init__(*args, **kwargs)
        choices = []
        for stage in plan.stages:
            choices.append((f"{stage.node.pk}:", f"{stage.number} {stage.node.title}"))
            if level == "activity":
                choices += [
                    (f"{stage.node.pk}:{block.node.pk}", f"{stage.number} Блок: {block.node.title}")
                    for block in stage.blocks
                ]
        self.fields["target"].choices = choices
        self.fields["target"].error_messages["invalid_choice"] = (
            "Такого места в карте нет. Обновите страницу и выберите из списка."
        )

    def service_arguments(self) -> dict:
        stage, block = self.cleaned_data["target"].split(":")
        return {"stage": int(stage), "block": int(block) if block else None}


class ProgressForm(ServiceForm):
    """How a line goes; evidence in a few words."""

    progress = forms.ChoiceField(label="Состояние", choices=RoadmapActivity.Progress)
    progress_on = forms.DateField(
        label="Когда сделано", required=False, help_text="Пусто – сегодняшний день."
    )
    progress_note = forms.CharField(
        label="Чем подтверждено или почему не требуется",
        max_length=300,
        required=False,
        help_text="Например: протокол педагогического совета от 30.08.2026 № 1.",
    )

    def __init__(self, *args, activity: RoadmapActivity, **kwargs):
        names = ("progress", "progress_on", "progress_note")
        super().__init__(*args, initial={name: getattr(activity, name) for name in names}, **kwargs)
