"""Forms of events."""

import datetime as dt

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm
from people.models import Person, Survey
from roadmap.forms.documents import PersonsChoice, staff
from roadmap.models import Event, EventFile, RoadmapActivity


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity) -> str:
        return f"{activity.stage.title}: {activity.title}"


class EventForm(ServiceForm):
    """One event; day and times are asked apart, because a phone shows them so."""

    kind = forms.ChoiceField(label="Вид", choices=Event.Kind)
    title = forms.CharField(label="Название", max_length=200)
    day = forms.DateField(label="День")
    starts = forms.TimeField(label="Начало", widget=TimeInput)
    ends = forms.TimeField(label="Окончание", widget=TimeInput, required=False)
    place = forms.CharField(label="Место", max_length=200, required=False)
    link = forms.URLField(
        label="Ссылка для подключения", max_length=300, required=False, assume_scheme="https"
    )
    description = forms.CharField(
        label="О чём", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    agenda = forms.CharField(
        label="Повестка", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Каждый вопрос с новой строки. Перейдёт в протокол.",
    )  # fmt: skip
    scenario = forms.CharField(
        label="Сценарий или программа", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    organiser = forms.CharField(
        label="Кто проводит", max_length=300, required=False,
        help_text="Для внешней конференции, форума, вебинара.",
    )  # fmt: skip
    level = forms.ChoiceField(label="Уровень", choices=Event.Level, required=False)
    sign_up = forms.BooleanField(
        label="Открыть запись для сотрудников",
        required=False,
        help_text="Событие увидят все сотрудники и смогут записаться сами.",
    )
    sign_up_until = forms.DateField(label="Записаться до", required=False)
    activity = ActivityChoice(
        RoadmapActivity.objects.none(),
        label="Мероприятие дорожной карты",
        required=False,
        empty_label="не связано",
    )

    def __init__(self, organization, *args, event: Event | None = None, **kwargs):
        kwargs.setdefault("initial", initial_of(event) if event else {})
        super().__init__(*args, **kwargs)
        rows = RoadmapActivity.objects.of(organization).select_related("stage")
        self.fields["activity"].queryset = rows.order_by("stage__sort_index", "sort_index", "pk")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts"), cleaned.get("ends")
        if start and end and end <= start:
            self.add_error("ends", "Окончание раньше начала.")
        until, day = cleaned.get("sign_up_until"), cleaned.get("day")
        if until and day and until > day:
            self.add_error("sign_up_until", "Запись не может идти дольше самого события.")
        return cleaned

    def service_arguments(self) -> dict:
        values = {**self.cleaned_data, "level": self.cleaned_data["level"] or Event.Level.SCHOOL}
        day, start, end = values.pop("day"), values.pop("starts"), values.pop("ends")
        values["starts_at"] = moment(day, start)
        values["ends_at"] = moment(day, end) if end else None
        return values


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def initial_of(event: Event) -> dict:
    start = timezone.localtime(event.starts_at)
    end = timezone.localtime(event.ends_at) if event.ends_at else None
    names = (
        "kind", "title", "place", "link", "description", "agenda", "scenario", "organiser", "level",
        "sign_up", "sign_up_until",
    )  # fmt: skip
    return {
        **{name: getattr(event, name) for name in names},
        "activity": event.activity_id,
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time() if end else None,
    }


class InviteForm(ServiceForm):
    people = PersonsChoice(Person.objects.none(), label="Кого пригласить")

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = staff(organization)


class HoldForm(ServiceForm):
    """Attendance and minutes; those on the list come first and are ticked if they signed up."""

    attended = PersonsChoice(Person.objects.none(), label="Кто был", required=False)
    minutes = forms.CharField(
        label="Итоги", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="О чём говорили, что показали.",
    )  # fmt: skip
    decision = forms.CharField(
        label="Решение", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Каждое решение с новой строки: что, кому, к какому сроку. Перейдёт в протокол.",
    )  # fmt: skip
    survey = forms.ModelChoiceField(
        Survey.objects.none(), label="На каком анкетировании основано решение", required=False,
        empty_label="решение не о формах и программах",
        help_text="Выбор форм и программ наставничества опирается на запросы педагогов.",
    )  # fmt: skip

    def __init__(self, event: Event, *args, **kwargs):
        rows = list(event.participants.values_list("person", "signed_up_at", "attended"))
        ticked = [
            person for person, signed, was in rows if (was if was is not None else bool(signed))
        ]
        kept = {name: getattr(event, name) for name in ("minutes", "decision", "survey")}
        kwargs.setdefault("initial", {"attended": ticked, **kept})
        super().__init__(*args, **kwargs)
        runs = Survey.objects.of(event.organization).exclude(state=Survey.State.DRAFT)
        self.fields["survey"].queryset = runs
        listed = Person.objects.of(event.organization).filter(events__event=event)
        self.fields["attended"].queryset = (staff(event.organization) | listed).distinct()


class EventFileForm(ServiceForm):
    kind = forms.ChoiceField(label="Что это", choices=EventFile.Kind)
    file = forms.FileField(label="Файл", help_text="JPEG, PNG, PDF, документ Word, Excel или PowerPoint.")  # fmt: skip
    title = forms.CharField(label="Подпись", max_length=200, required=False)


class PhotoPeopleForm(ServiceForm):
    """Nobody ticked means that nobody can be recognised."""

    people = PersonsChoice(Person.objects.none(), label="Кого можно узнать", required=False)

    def __init__(self, photo: EventFile, *args, **kwargs):
        super().__init__(*args, initial={"people": list(photo.people.values_list("pk", flat=True))}, **kwargs)  # fmt: skip
        everybody = Person.objects.of(photo.organization)
        self.fields["people"].queryset = everybody.active_on(timezone.localdate())


class EventFilter(forms.Form):
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "все"), *Event.Kind.choices]
    )
    when = forms.ChoiceField(
        label="Когда",
        required=False,
        choices=[("", "все"), ("ahead", "впереди"), ("past", "прошли"), ("cancelled", "отменены")],
    )
