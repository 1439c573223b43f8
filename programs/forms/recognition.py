"""Forms of learning, materials, awards, contests and practices."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.forms.banks import choices_of, ticks
from people.forms.consents import PeopleTicks
from people.models import Person
from programs.forms.groups import OnePerson
from programs.forms.programs import area
from programs.models import Award, Contest, Practice, Training


def people_today(organization):
    rows = Person.objects.of(organization).active_on(timezone.localdate())
    return rows if organization.works_with_pupils else rows.exclude(kind=Person.Kind.PUPIL)


class PeopleForm(ServiceForm):
    """Forms whose `person` fields choose among the people of the school."""

    PEOPLE: tuple[str, ...] = ("person",)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.PEOPLE:
            self.fields[name].queryset = people_today(organization)


class TrainingForm(PeopleForm):
    person = OnePerson(Person.objects.none(), label="Кто учился", empty_label="выберите")
    kind = forms.ChoiceField(label="Что", choices=[row for row in Training.Kind.choices if row[0] != "mentor_school"])  # fmt: skip
    title = forms.CharField(label="Тема", max_length=300)
    provider = forms.CharField(label="Где", required=False, max_length=300, help_text="Для стажировки – площадка или базовая школа.")  # fmt: skip
    hours = forms.IntegerField(label="Часов", required=False, min_value=1, max_value=2000)
    starts_on = forms.DateField(label="С", widget=DateInput)
    ends_on = forms.DateField(label="По", widget=DateInput)
    paper = forms.CharField(label="Документ", required=False, max_length=200, help_text="Вид, номер и дата.")  # fmt: skip
    scan = forms.FileField(label="Скан", required=False)


class SchoolForm(PeopleForm):
    PEOPLE = ("leader",)
    title = forms.CharField(label="Название", max_length=200)
    leader = OnePerson(Person.objects.none(), label="Руководитель Школы", empty_label="выберите")
    purpose = forms.CharField(label="Зачем", required=False, widget=area(2))
    pass_share = forms.IntegerField(label="Сертификат при посещении, %", min_value=1, max_value=100, initial=70)  # fmt: skip


class SessionForm(ServiceForm):
    held_on = forms.DateField(label="Дата", widget=DateInput)
    topic = forms.CharField(label="Тема", max_length=300)
    hours = forms.IntegerField(label="Часов", min_value=1, max_value=12, initial=2)
    lecturer = forms.CharField(label="Кто ведёт", required=False, max_length=200)


class PeopleTicksForm(ServiceForm):
    """A list of people to tick: listeners, who was there."""

    people = PeopleTicks(Person.objects.none(), label="Кто", required=False)

    def __init__(self, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = rows


class MaterialForm(ServiceForm):
    title = forms.CharField(label="Название", max_length=300)
    note = forms.CharField(label="О чём", required=False, widget=area(2))
    file = forms.FileField(label="Файл", required=False)
    link = forms.URLField(label="Или ссылка", required=False, assume_scheme="https")
    folder = forms.CharField(label="Папка", required=False, max_length=200, help_text="Новая появится сама: «Нормативные документы», «Для наставников».", widget=forms.TextInput(attrs={"list": "folders"}))  # fmt: skip
    is_template = forms.BooleanField(label="Это шаблон документа", required=False)
    tags = forms.CharField(
        label="Метки",
        required=False,
        help_text="Через запятую. С меткой «на сайте» материал появится в методических рекомендациях публичной страницы.",
    )

    def clean_tags(self) -> list[str]:
        words = (word.strip().lower() for word in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(word for word in words if word))


class AwardForm(PeopleForm):
    person = OnePerson(Person.objects.none(), label="Кого", empty_label="выберите")
    kind = forms.ChoiceField(label="Чем", choices=Award.Kind)
    merit = forms.CharField(label="За что", max_length=500, widget=area(2), help_text="Продолжает фразу «награждается»: «за помощь молодым педагогам».")  # fmt: skip
    name = forms.CharField(label="Название награды", required=False, max_length=300, help_text="Для государственной или ведомственной.")  # fmt: skip
    amount = forms.CharField(label="Размер выплаты", required=False, max_length=120)
    basis = forms.CharField(label="Основание", required=False, max_length=300, help_text="Для выплаты портал впишет действующее Положение о стимулировании.")  # fmt: skip


class AwardOrderForm(ServiceForm):
    awards = forms.ModelMultipleChoiceField(Award.objects.none(), label="Кого поощрить", widget=forms.CheckboxSelectMultiple)  # fmt: skip
    day = forms.DateField(label="На какую дату составить", widget=DateInput)
    occasion = forms.CharField(label="По какому поводу", required=False, max_length=300)

    def __init__(self, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["awards"].queryset = rows


class DayForm(ServiceForm):
    on = forms.DateField(label="Дата", widget=DateInput)


class AwardDecisionForm(DayForm):
    given = forms.TypedChoiceField(label="Решение", choices=[("1", "награждён(а)"), ("0", "отклонено")], coerce=lambda value: value == "1", widget=forms.RadioSelect)  # fmt: skip


class ContestForm(ServiceForm):
    title = forms.CharField(label="Конкурс", max_length=300)
    level = forms.ChoiceField(label="Уровень", choices=Contest.Level)
    organiser = forms.CharField(label="Кто проводит", required=False, max_length=300)
    apply_by = forms.DateField(label="Заявки до", required=False, widget=DateInput)
    held_on = forms.DateField(label="Итоги", required=False, widget=DateInput)
    note = forms.CharField(label="Условия", required=False, widget=area(3))


class EntryForm(PeopleForm):
    PEOPLE = ("person", "partner")
    person = OnePerson(Person.objects.none(), label="Кого рекомендуем", empty_label="выберите")
    partner = OnePerson(Person.objects.none(), label="Второй из пары", required=False, empty_label="нет")  # fmt: skip
    practice = forms.ModelChoiceField(Practice.objects.none(), label="С какой практикой", required=False, empty_label="без практики")  # fmt: skip
    nomination = forms.CharField(label="Номинация", required=False, max_length=200)
    support = forms.CharField(label="Как поможем готовиться", required=False, max_length=500, widget=area(2))  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(organization, *args, **kwargs)
        self.fields["practice"].queryset = Practice.objects.of(organization).exclude(state="draft")


class EntryResultForm(ServiceForm):
    applied_on = forms.DateField(label="Заявка отправлена", required=False, widget=DateInput)
    result = forms.CharField(label="Результат", required=False, max_length=200, help_text="Например: победитель, 2 место, участник.")  # fmt: skip


class PracticeForm(ServiceForm):
    title = forms.CharField(label="Название", max_length=300)
    task = forms.CharField(label="Какую задачу решали", required=False, widget=area(3))
    method = forms.CharField(label="Что делали", required=False, widget=area(5))
    outcome = forms.CharField(label="Что получилось", required=False, widget=area(3))
    advice = forms.CharField(label="Что нужно, чтобы повторить", required=False, widget=area(3))

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["directions"] = ticks("Направления", choices_of(organization, "direction"))


class FileForm(ServiceForm):
    file = forms.FileField(label="Файл")
    title = forms.CharField(label="Что в файле", required=False, max_length=200)


class ContestFilter(forms.Form):
    level = forms.ChoiceField(label="Уровень", required=False, choices=[("", "все"), *Contest.Level.choices])  # fmt: skip


class AwardFilter(forms.Form):
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "все"), *Award.Kind.choices])  # fmt: skip
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "любое"), *Award.State.choices])  # fmt: skip


class TrainingFilter(forms.Form):
    kind = forms.ChoiceField(label="Что", required=False, choices=[("", "всё"), *Training.Kind.choices])  # fmt: skip


class PracticeFilter(forms.Form):
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "все"), *Practice.State.choices])  # fmt: skip
