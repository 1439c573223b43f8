"""Forms of norms, partners, postings and order tasks."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm
from people.models import Person
from roadmap.models import Contact, Event, Norm, Partner, Posting, RoadmapStage


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RowForm(ServiceForm):
    """A form that begins with the values of a row of the school."""

    def __init__(self, organization, *args, row=None, **kwargs):
        if row:
            kwargs["initial"] = {name: getattr(row, name, None) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.organization, self.row = organization, row
        self.choose()

    def choose(self) -> None:
        """Give the fields that name rows their querysets."""


class NormForm(RowForm):
    level = forms.ChoiceField(label="Уровень", choices=Norm.Level)
    kind = forms.CharField(label="Вид акта", max_length=80, help_text="Например: приказ, письмо, распоряжение.")  # fmt: skip
    issuer = forms.CharField(label="Кем принят", max_length=300, required=False, help_text="В родительном падеже: «министерства образования края».")  # fmt: skip
    number = forms.CharField(label="Номер", max_length=60, required=False)
    dated_on = forms.DateField(label="Дата", required=False)
    title = forms.CharField(label="Название", max_length=600, widget=area(3))
    note = forms.CharField(label="О чём и что важно", required=False, widget=area(3))
    link = forms.URLField(label="Ссылка", max_length=400, required=False, assume_scheme="https")
    file = forms.FileField(label="Текст акта", required=False, help_text="PDF или документ Word; прежний файл заменится.")  # fmt: skip
    for_mentees = forms.BooleanField(label="Наставляемый должен изучить", required=False)
    for_mentors = forms.BooleanField(label="Наставник должен изучить", required=False)
    ended_on = forms.DateField(label="Не действует с", required=False)
    replaced_by = forms.ModelChoiceField(Norm.objects.none(), label="Заменён актом", required=False, empty_label="не заменён")  # fmt: skip

    def choose(self) -> None:
        others = Norm.objects.of(self.organization)
        self.fields["replaced_by"].queryset = others.exclude(pk=self.row.pk) if self.row else others
        self.fields["replaced_by"].label_from_instance = lambda norm: f"{norm.requisites}: {norm.title}"[:120]  # fmt: skip
        self.initial.pop("file", None)


class NormFilter(forms.Form):
    level = forms.ChoiceField(label="Уровень", required=False, choices=[("", "все"), *Norm.Level.choices])  # fmt: skip
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "действуют"), ("ended", "не действуют"), ("mine", "мне изучить")])  # fmt: skip


class PartnerForm(RowForm):
    title = forms.CharField(label="Наименование", max_length=300)
    kind = forms.ChoiceField(label="Кто это", choices=Partner.Kind)
    head_post = forms.CharField(label="Должность руководителя", max_length=200, required=False)
    head_name = forms.CharField(label="Руководитель: фамилия, имя, отчество", max_length=200, required=False, help_text="Для договора и благодарственного письма.")  # fmt: skip
    contact = forms.CharField(label="С кем связываться", max_length=200, required=False)
    phone = forms.CharField(label="Телефон", max_length=80, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)
    site = forms.URLField(label="Сайт", required=False, assume_scheme="https")
    note = forms.CharField(label="Чем помогает", required=False, widget=area(3))
    archived = forms.BooleanField(label="Больше не работаем вместе", required=False)


class PartnerFilter(forms.Form):
    kind = forms.ChoiceField(label="Кто это", required=False, choices=[("", "все"), *Partner.Kind.choices])  # fmt: skip


class ContactForm(ServiceForm):
    held_on = forms.DateField(label="Когда", initial=timezone.localdate)
    way = forms.ChoiceField(label="Как", choices=Contact.Way)
    subject = forms.CharField(label="О чём", max_length=300)
    outcome = forms.CharField(label="Чем закончилось", required=False, widget=area(3))
    next_step = forms.CharField(label="Что дальше", max_length=300, required=False)
    next_on = forms.DateField(label="Вернуться к этому", required=False)


class PostingForm(RowForm):
    title = forms.CharField(label="О чём", max_length=300)
    posted_on = forms.DateField(label="Когда вышло", initial=timezone.localdate)
    outlet = forms.ChoiceField(label="Где", choices=Posting.Outlet, initial="social")
    level = forms.ChoiceField(label="Уровень", choices=Posting.Level)
    link = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")
    place = forms.CharField(label="Название площадки", max_length=200, required=False, help_text="Если ссылки нет: газета, сборник.")  # fmt: skip
    partner = forms.ModelChoiceField(Partner.objects.none(), label="Партнёр", required=False, empty_label="нет")  # fmt: skip
    event = forms.ModelChoiceField(Event.objects.none(), label="Событие", required=False, empty_label="не о событии")  # fmt: skip
    stage = forms.ModelChoiceField(RoadmapStage.objects.none(), label="Этап дорожной карты", required=False, empty_label="не связан")  # fmt: skip

    def choose(self) -> None:
        for name, model in (("partner", Partner), ("event", Event), ("stage", RoadmapStage)):
            self.fields[name].queryset = model.objects.of(self.organization)


class PostingFilter(forms.Form):
    level = forms.ChoiceField(label="Уровень", required=False, choices=[("", "все"), *Posting.Level.choices])  # fmt: skip
    outlet = forms.ChoiceField(label="Где", required=False, choices=[("", "везде"), *Posting.Outlet.choices])  # fmt: skip


class OrderTaskForm(RowForm):
    person = forms.ModelChoiceField(Person.objects.none(), label="Кто отвечает", empty_label="выберите")  # fmt: skip
    text = forms.CharField(label="Что сделать", max_length=500, widget=area(2))
    due_on = forms.DateField(label="Срок", required=False)

    def choose(self) -> None:
        people = Person.objects.of(self.organization).active_on(timezone.localdate())
        self.fields["person"].queryset = people.exclude(kind=Person.Kind.PUPIL)
        self.fields["person"].label_from_instance = lambda person: f"{person.full_name}, {person.job_title}".rstrip(", ")  # fmt: skip


class TaskDoneForm(ServiceForm):
    note = forms.CharField(label="Чем подтверждено", max_length=300, required=False)
