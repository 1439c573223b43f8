"""Forms of a programme: begin, write, agree, plan, change, complete."""

import datetime as dt

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.forms.banks import choices_of, ticks
from people.models import Person
from people.models.accounts import Role
from people.models.banks import DeliveryMode
from people.services.reminding import members_with
from programs.forms.groups import OnePerson
from programs.models import (
    Difficulty,
    ItemComment,
    PlanItem,
    Program,
    ProgramChange,
    ProgramPattern,
)
from programs.models.programs import ProgramContent, ProgramState

WITNESSES = frozenset({Role.CURATOR, Role.COORDINATOR, Role.COUNCIL})


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BeginForm(ServiceForm):
    """Term and what to begin with; everything else is filled and may be mended."""

    pattern = forms.ModelChoiceField(ProgramPattern.objects.none(), label="Взять за основу", required=False, empty_label="начать с чистого листа")  # fmt: skip
    starts_on = forms.DateField(label="С", widget=DateInput)
    ends_on = forms.DateField(label="По", widget=DateInput, required=False, help_text="Пусто – по длине программы из банка.")  # fmt: skip
    one_meeting = forms.BooleanField(label="Одна встреча (скоростное наставничество)", required=False)  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = ProgramPattern.objects.of(organization).filter(archived=False)
        self.fields["pattern"].queryset = rows


class RunningForm(ServiceForm):
    """A programme that already runs on paper."""

    title = forms.CharField(label="Название", max_length=200)
    starts_on = forms.DateField(label="С", widget=DateInput)
    ends_on = forms.DateField(label="По", widget=DateInput)
    approved_on = forms.DateField(label="Утверждена", widget=DateInput)
    goal = forms.CharField(label="Цель", required=False, widget=area(2))
    paper_plan = forms.CharField(label="План текстом", required=False, widget=area(6))
    file = forms.FileField(label="Или файлом", required=False)


class TextForm(ServiceForm):
    """Rationale; saves itself as it is typed (`data-keep` in the browser, revision on the server)."""

    title = forms.CharField(label="Название", max_length=200)
    starts_on = forms.DateField(label="С", widget=DateInput)
    ends_on = forms.DateField(label="По", widget=DateInput)
    problem = forms.CharField(label="Проблема", required=False, widget=area())
    goal = forms.CharField(label="Цель", required=False, widget=area(2))
    tasks = forms.CharField(label="Задачи", required=False, widget=area(4), help_text="Каждая задача с новой строки.")  # fmt: skip
    content = forms.CharField(label="Содержание", required=False, widget=area())
    results = forms.CharField(label="Ожидаемые результаты", required=False, widget=area())
    schedule = forms.CharField(label="Расписание встреч", required=False, widget=area(2))
    conditions = forms.CharField(label="Условия", required=False, widget=area(2))
    delivery_mode = forms.ChoiceField(label="Режим", choices=DeliveryMode)
    route = forms.ChoiceField(label="Как составлена", choices=Program.Route)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, program: Program, *args, **kwargs):
        initial = {name: getattr(program, name) for name in (*ProgramContent.TEXTS, "title", "starts_on", "ends_on", "delivery_mode", "route", "revision", "forms", "kinds", "directions")}  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        school = program.organization
        # `forms` and `kinds` are names of the model; a form's own attributes must not hide them
        for name, label, catalogue in (("forms", "Формы", "form"), ("kinds", "Виды", "kind"), ("directions", "Направления", "direction")):  # fmt: skip
            self.fields[name] = ticks(label, choices_of(school, catalogue))


class AgreeForm(ServiceForm):
    """For whom a paper agreement is recorded, and before whom the mentee read it."""

    person = OnePerson(Person.objects.none(), label="Кто", empty_label=None)
    witness = OnePerson(Person.objects.none(), label="При ком ознакомлен", required=False, empty_label="не указано")  # fmt: skip

    def __init__(self, program: Program, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        self.fields["witness"].queryset = witnesses(program)
        if program.route == Program.Route.JOINT:
            del self.fields["witness"]


def witnesses(program: Program):
    found = members_with(program.organization, WITNESSES, timezone.localdate())
    return Person.objects.filter(pk__in=[person.pk for person in found])


class WitnessForm(ServiceForm):
    """The mentee confirms having read the programme."""

    witness = OnePerson(Person.objects.none(), label="При ком вы ознакомились", empty_label="выберите")  # fmt: skip

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = witnesses(program)


class ReasonForm(ServiceForm):
    reason = forms.CharField(label="Почему", max_length=500, widget=area(3))


class ItemForm(ServiceForm):
    title = forms.CharField(label="Что делаем", max_length=300)
    due_on = forms.DateField(label="Срок", widget=DateInput)
    direction = forms.ChoiceField(label="Направление", required=False)
    form_of_work = forms.CharField(label="Форма работы", required=False, max_length=120, help_text="Например: посещение занятия, практикум, консультация.")  # fmt: skip
    category = forms.ChoiceField(label="Вид", choices=PlanItem.Category)
    expected = forms.CharField(label="Ожидаемый результат", required=False, max_length=500, widget=area(2))  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = choices_of(organization, "direction", empty="не указано")


class ItemEditForm(ItemForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DoneForm(ServiceForm):
    """Three taps: who, what came of it, done."""

    on = forms.DateField(label="Когда", widget=DateInput)
    actual = forms.CharField(label="Что получилось", required=False, max_length=500, widget=area(2))
    evidence_link = forms.URLField(label="Ссылка на подтверждение", required=False, assume_scheme="https")  # fmt: skip
    evidence = forms.FileField(label="Файл", required=False)

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mentees = program.group.mentees
        if len(mentees) > 1:
            rows = Person.objects.filter(pk__in=[one.pk for one in mentees])
            self.fields["people"] = forms.ModelMultipleChoiceField(rows, label="Кто выполнил", widget=forms.CheckboxSelectMultiple)  # fmt: skip
            self.order_fields(["people"])


class MilestoneForm(ServiceForm):
    title = forms.CharField(label="Этап", max_length=200)
    due_on = forms.DateField(label="Срок", widget=DateInput)
    planned = forms.CharField(label="Планируемый результат", required=False, widget=area(2))


class ActualForm(ServiceForm):
    actual = forms.CharField(label="Что получилось", widget=area(3))


class CommentForm(ServiceForm):
    kind = forms.ChoiceField(label="Что", choices=ItemComment.Kind, help_text="Предложение по улучшению читает и куратор, он ответит.")  # fmt: skip
    text = forms.CharField(label="Текст", max_length=2000, widget=area(3))


class AnswerForm(ServiceForm):
    answer = forms.CharField(label="Ответ", max_length=3000, widget=area(4))


class DifficultyForm(ServiceForm):
    person = OnePerson(Person.objects.none(), label="У кого", empty_label=None)
    title = forms.CharField(label="Затруднение", max_length=300)

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[one.pk for one in program.group.mentees])  # fmt: skip


class OutcomeForm(ServiceForm):
    outcome = forms.ChoiceField(label="Чем кончилось", choices=Difficulty.Outcome, required=False, widget=forms.RadioSelect)  # fmt: skip
    note = forms.CharField(label="Пояснение", required=False, max_length=300)


class ChangeForm(ServiceForm):
    kind = forms.ChoiceField(label="Что изменить", choices=ProgramChange.Kind, widget=forms.RadioSelect)  # fmt: skip
    new_ends_on = forms.DateField(label="Новая дата окончания", required=False, widget=DateInput, help_text="Для продления и сокращения.")  # fmt: skip
    text = forms.CharField(label="Что меняется", required=False, widget=area(3), help_text="Для содержания: после согласия всех программу можно будет править.")  # fmt: skip
    reason = forms.CharField(label="Почему", max_length=500, widget=area(2))

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_forms"] = ticks("Новые формы", choices_of(program.organization, "form"))
        self.fields["new_forms"].help_text = "Для изменения формы."
        self.order_fields(["kind", "new_ends_on", "new_forms", "text", "reason"])


class CompleteForm(ServiceForm):
    reason = forms.ChoiceField(label="Основание", choices=Program.CompletionReason, widget=forms.RadioSelect)  # fmt: skip
    on = forms.DateField(label="Дата", widget=DateInput)
    text = forms.CharField(label="Обстоятельства", required=False, max_length=500, widget=area(3), help_text="Обязательно, если программа завершается раньше.")  # fmt: skip
    decision = forms.ChoiceField(label="Решение заключительной встречи", choices=Program.Decision, widget=forms.RadioSelect, initial="finish")  # fmt: skip


class KeepForm(ServiceForm):
    title = forms.CharField(label="Название в банке", max_length=200, help_text="Без имён: программу увидят другие пары.")  # fmt: skip


class BoundsForm(forms.Form):
    min_months = forms.IntegerField(label="Не короче, мес.", min_value=1, max_value=36)
    max_months = forms.IntegerField(label="Не дольше, мес.", min_value=1, max_value=60)


class ProgramFilter(forms.Form):
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "все открытые"), *ProgramState.choices])  # fmt: skip
    form = forms.ChoiceField(label="Форма", required=False)
    stuck = forms.BooleanField(label="Требуют внимания", required=False)
    review = forms.BooleanField(label="Ждут моего решения", required=False)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices_of(organization, "form", empty="все")


class PatternFilter(forms.Form):
    form = forms.ChoiceField(label="Форма", required=False)
    kind = forms.ChoiceField(label="Вид", required=False)
    direction = forms.ChoiceField(label="Направление", required=False)
    difficulty = forms.ChoiceField(label="Затруднение", required=False)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("form", "kind", "direction", "difficulty"):
            self.fields[name].choices = choices_of(organization, name, empty="любое" if name in ("direction", "difficulty") else "любая" if name == "form" else "любой")  # fmt: skip


def start_of(group) -> dt.date:
    """The day proposed for a new programme."""
    return max(timezone.localdate(), group.starts_on or timezone.localdate())
