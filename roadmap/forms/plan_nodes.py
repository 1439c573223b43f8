"""Forms of one row of the plan: its words, its place, its mark of progress."""

import datetime as dt

from django import forms

from mentoring.core.forms import ServiceForm
from mentoring.core.grammar import month_name
from people.models import Person
from roadmap.evidence import REGISTRY
from roadmap.forms.plan import number_choice
from roadmap.kinds import KINDS
from roadmap.models import Responsible, Roadmap, RoadmapActivity
from roadmap.models.plan import Scheduled
from roadmap.services.evidence import fact_for

NO_SUCH_PERSON = "Такого человека нет в списке сотрудников. Выберите из списка."
MONTHS = [("", "не указан"), *((number, month_name(number)) for number in range(1, 13))]


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
        values |= {
            name: getattr(view.node, name) for name in ("document_kind", "fact", "conditional")
        }
        values |= {f"extra:{name}": text for name, text in view.node.extra.items()}
    return values


class ActivityForm(NodeForm):
    """A row of the lowest level: what paper it gives, and the school's own columns."""

    document_kind = forms.ChoiceField(label="Какой документ готовят", required=False)
    fact = forms.ChoiceField(
        label="Чем закрывается", required=False,
        help_text="Портал сам отметит мероприятие выполненным в день этого факта.",
    )  # fmt: skip
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
        self.fields["fact"].choices = fact_choices(view.node.fact if view else "")

    def service_arguments(self) -> dict:
        values = dict(self.cleaned_data)
        if not values["fact"] and values["document_kind"]:
            values["fact"] = fact_for("", values["document_kind"])
        own = [name for name in values if name.startswith("extra:")]
        extra = {name.removeprefix("extra:"): values.pop(name) for name in own}
        return {**values, "extra": extra}


def fact_choices(kept: str) -> list[tuple[str, str]]:
    """Facts that the portal sees by itself; a kept one that it does not see yet stays choosable."""
    choices = [("", "отмечает куратор"), *REGISTRY.choices()]
    return [*choices, (kept, "отмечает куратор (пока)")] if kept and not REGISTRY.get(kept) else choices  # fmt: skip


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
    progress_file = forms.FileField(
        label="Подтверждающий файл",
        required=False,
        help_text="PDF, фотография, документ Word или Excel.",
    )

    def __init__(self, *args, activity: RoadmapActivity, **kwargs):
        names = ("progress", "progress_on", "progress_note")
        super().__init__(*args, initial={name: getattr(activity, name) for name in names}, **kwargs)
