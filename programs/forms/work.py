"""Forms of the daily work of a pair: meetings, tasks, help, notes, release, report."""

import datetime as dt

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.models import Person
from people.models.banks import DeliveryMode
from programs.forms.groups import OnePerson
from programs.forms.programs import area
from programs.models import Meeting, MentorReport, Program, Proposal, Referral


class MomentField(forms.DateTimeField):
    """Day and time as the phone's own picker gives them."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"], **kwargs)  # fmt: skip


def next_hour() -> dt.datetime:
    now = timezone.localtime() + dt.timedelta(days=1)
    return now.replace(hour=15, minute=0, second=0, microsecond=0)


class MeetingForm(ServiceForm):
    starts_at = MomentField(label="Когда")
    minutes = forms.IntegerField(label="Минут", min_value=5, max_value=480, initial=45)
    type = forms.ChoiceField(label="Какая", choices=Meeting.Type, initial=Meeting.Type.REGULAR)
    mode = forms.ChoiceField(label="Как", choices=DeliveryMode)
    place = forms.CharField(label="Где", required=False, max_length=200)
    link = forms.URLField(label="Ссылка для встречи онлайн", required=False, assume_scheme="https")
    topic = forms.CharField(label="О чём", required=False, max_length=300)


class PlanMeetingForm(MeetingForm):
    weeks = forms.TypedChoiceField(label="Повторять", coerce=int, required=False, empty_value=0, choices=[(0, "не повторять"), (1, "каждую неделю"), (2, "раз в две недели"), (4, "раз в четыре недели")])  # fmt: skip
    repeats = forms.IntegerField(label="Сколько раз ещё", min_value=0, max_value=40, required=False, help_text="Встречи дальше срока программы не назначаются.")  # fmt: skip

    def clean_repeats(self):
        return self.cleaned_data["repeats"] or 0


class PresentMixin:
    """Who was there; everybody unless ticked otherwise."""

    def add_present(self, program: Program) -> None:
        people = [program.group.mentor, *program.group.mentees]
        rows = Person.objects.filter(pk__in=[one.pk for one in people])
        self.fields["present"] = forms.ModelMultipleChoiceField(
            rows, label="Кто был", widget=forms.CheckboxSelectMultiple, initial=[one.pk for one in people]
        )  # fmt: skip


class NoteForm(PresentMixin, ServiceForm):
    note = forms.CharField(label="Что сделали", required=False, widget=area(4), help_text="Можно в двух словах.")  # fmt: skip

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_present(program)


class LogForm(PresentMixin, MeetingForm):
    note = forms.CharField(label="Что сделали", required=False, widget=area(3))

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_present(program)


class MissForm(ServiceForm):
    reason = forms.CharField(label="Почему не состоялась", max_length=300)


class PrivateNoteForm(ServiceForm):
    text = forms.CharField(label="Запись", max_length=5000, widget=area(5))


class TaskForm(ServiceForm):
    title = forms.CharField(label="Задание", max_length=300)
    text = forms.CharField(label="Подробнее", required=False, widget=area(3))
    due_on = forms.DateField(label="Срок", required=False, widget=DateInput)

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(pk__in=[one.pk for one in program.group.mentees])
        self.fields["people"] = forms.ModelMultipleChoiceField(rows, label="Кому", widget=forms.CheckboxSelectMultiple, initial=[one.pk for one in program.group.mentees])  # fmt: skip

    def service_arguments(self) -> dict:
        return {**self.cleaned_data, "people": list(self.cleaned_data["people"])}


class SubmitTaskForm(ServiceForm):
    result = forms.CharField(label="Результат", required=False, widget=area(4))
    file = forms.FileField(label="Файл", required=False)


class CheckTaskForm(ServiceForm):
    accepted = forms.TypedChoiceField(label="Решение", choices=[("1", "принять"), ("0", "вернуть на доработку")], coerce=lambda value: value == "1", widget=forms.RadioSelect)  # fmt: skip
    verdict = forms.CharField(label="Отзыв", required=False, widget=area(3))


class HelpForm(ServiceForm):
    text = forms.CharField(label="Вопрос", max_length=3000, widget=area(4))


class HelperForm(ServiceForm):
    person = OnePerson(Person.objects.none(), label="Кого просим", empty_label="выберите")
    topic = forms.CharField(label="В чём поможет", max_length=300)

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(program)


def colleagues(program: Program):
    """Staff and outside people of today, without the pair and pupils."""
    pair = [program.group.mentor_id, *(one.pk for one in program.group.mentees)]
    rows = Person.objects.of(program.organization).active_on(timezone.localdate())
    return rows.exclude(pk__in=pair).exclude(kind=Person.Kind.PUPIL)


class ReferralForm(ServiceForm):
    service = forms.ChoiceField(label="Кому", choices=Referral.Service)
    text = forms.CharField(label="О чём", max_length=3000, widget=area(5), help_text="Прочтут служба и куратор. Наставляемому эта запись не видна.")  # fmt: skip


class ProposalForm(ServiceForm):
    about = OnePerson(Person.objects.none(), label="О ком", empty_label="выберите")
    kind = forms.ChoiceField(label="Предложение", choices=Proposal.Kind)
    text = forms.CharField(label="Обоснование", max_length=3000, widget=area(5), help_text="Прочтут руководитель и куратор, больше никто.")  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = Person.objects.of(organization).active_on(timezone.localdate())  # fmt: skip


class DecideForm(ServiceForm):
    accepted = forms.TypedChoiceField(label="Решение", choices=[("1", "принять"), ("0", "отклонить")], coerce=lambda value: value == "1", widget=forms.RadioSelect)  # fmt: skip
    decision = forms.CharField(label="Словами", required=False, widget=area(3))


class ReleaseForm(ServiceForm):
    person = OnePerson(Person.objects.none(), label="Кого освободить", empty_label=None)
    substitute = OnePerson(Person.objects.none(), label="Кто заменит", empty_label="выберите")
    starts_on = forms.DateField(label="С", widget=DateInput)
    ends_on = forms.DateField(label="По", widget=DateInput)
    hours = forms.CharField(label="Время", required=False, max_length=120, help_text="Например: с 10:00 до 11:30.")  # fmt: skip
    reason = forms.CharField(label="Почему нельзя в другое время", max_length=500, widget=area(2))

    def __init__(self, program: Program, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pair = [program.group.mentor_id, *(one.pk for one in program.group.mentees)]
        self.fields["person"].queryset = Person.objects.filter(pk__in=pair, kind="employed")
        self.fields["substitute"].queryset = colleagues(program).filter(kind="employed")


class DeclineForm(ServiceForm):
    decision = forms.CharField(label="Почему отказано", max_length=300)


class ReportForm(ServiceForm):
    """D9; figures are counted by the portal."""

    goals = forms.CharField(label="Цели", required=False, widget=area(2))
    results = forms.CharField(label="Результаты по направлениям", required=False, widget=area(5))
    solved = forms.CharField(label="Какие затруднения решены", required=False, widget=area(2))
    remaining = forms.CharField(label="Что осталось", required=False, widget=area(2))
    recommendation = forms.ChoiceField(label="Рекомендация", required=False, choices=[("", "не выбрана"), *MentorReport.Recommendation.choices])  # fmt: skip
    practice = forms.CharField(label="Что стоит передать другим", required=False, widget=area(3))


class ReportDecisionForm(ServiceForm):
    accepted = forms.TypedChoiceField(label="Решение", choices=[("1", "принять"), ("0", "вернуть")], coerce=lambda value: value == "1", widget=forms.RadioSelect)  # fmt: skip
    remark = forms.CharField(label="Что дополнить", required=False, max_length=500, widget=area(2))
