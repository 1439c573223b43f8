"""Forms of the banks."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.forms.consents import PeopleTicks, present
from people.models import MenteeProfile, Person
from people.models.banks import BankState, DeliveryMode, NeedSource
from people.services import catalogues

WHO = "Кого внести"
TEXTS = {"rows": 3}


def choices_of(organization, catalogue: str, empty: str = "") -> list[tuple[str, str]]:
    rows = [(item.code, item.title) for item in catalogues.items(organization, catalogue)]
    return [("", empty), *rows] if empty else rows


def ticks(label: str, choices, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )  # fmt: skip


class EnterForm(ServiceForm):
    """From the staff list into a bank."""

    person = forms.ModelChoiceField(Person.objects.none(), label=WHO, empty_label="выберите")
    basis = forms.CharField(
        label="Основание участия", required=False, max_length=300,
        help_text="Только для внешнего наставника: договор о сотрудничестве или заявление.",
    )  # fmt: skip

    def __init__(self, organization, bank: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        related = "mentor_profile" if bank == "mentors" else "mentee_profile"
        people = present(organization).filter(**{f"{related}__isnull": True})
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = PeopleTicks.label_from_instance.__get__(self)
        if bank == "mentees":
            del self.fields["basis"]


class CardForm(ServiceForm):
    """What both banks ask; the curator sees all of it, the person the own wishes."""

    subject = forms.CharField(label="Предмет или возрастная группа", max_length=200, required=False)
    interests = forms.CharField(
        label="Интересы", required=False, widget=forms.Textarea(attrs=TEXTS)
    )
    delivery_mode = forms.ChoiceField(
        label="Как встречаться", required=False, choices=[("", "не указано"), *DeliveryMode.choices]
    )
    schedule = forms.CharField(label="Когда удобно", max_length=300, required=False)

    def __init__(self, card, *args, full: bool, **kwargs):
        organization = card.organization
        super().__init__(*args, **kwargs)
        if full:
            self.fields["forms"] = ticks("Формы", choices_of(organization, "form"))
            self.fields["kinds"] = ticks("Виды", choices_of(organization, "kind"))
            self.fields["note"] = forms.CharField(
                label="Заметка куратора", required=False, widget=forms.Textarea(attrs=TEXTS)
            )
        for name in self.fields:
            self.initial.setdefault(name, getattr(card, name))


class MentorForm(CardForm):
    capacity = forms.IntegerField(label="Наставляемых, не больше", min_value=1, max_value=20)
    hours_per_month = forms.IntegerField(
        label="Часов в месяц", required=False, min_value=1, max_value=160
    )
    group_ready = forms.BooleanField(label="Готов(а) вести группу", required=False)
    achievements = forms.CharField(label="Достижения", required=False, widget=forms.Textarea(attrs=TEXTS))  # fmt: skip
    mentee_wishes = forms.CharField(
        label="Кого хотел(а) бы сопровождать", required=False, widget=forms.Textarea(attrs=TEXTS)
    )

    def __init__(self, card, *args, full: bool, **kwargs):
        super().__init__(card, *args, full=full, **kwargs)
        if full:
            self.fields["competences"] = ticks("Компетенции", choices_of(card.organization, "competence"))  # fmt: skip
            self.fields["trained_on"] = forms.DateField(label="Обучен(а) наставничеству", required=False)  # fmt: skip
            self.fields["training"] = forms.CharField(label="Чему и где учился", max_length=300, required=False)  # fmt: skip
            self.fields["basis"] = forms.CharField(label="Основание участия внешнего наставника", max_length=300, required=False)  # fmt: skip
        for name in self.fields:
            self.initial.setdefault(name, getattr(card, name))


class MenteeForm(CardForm):
    request = forms.CharField(label="Основной запрос", required=False, widget=forms.Textarea(attrs=TEXTS))  # fmt: skip
    expectation = forms.CharField(label="Чего ждёт", required=False, widget=forms.Textarea(attrs=TEXTS))  # fmt: skip
    mentor_wishes = forms.CharField(
        label="Какого наставника хотел(а) бы", required=False, widget=forms.Textarea(attrs=TEXTS)
    )

    def __init__(self, card, *args, full: bool, **kwargs):
        super().__init__(card, *args, full=full, **kwargs)
        if full:
            self.fields["category"] = forms.ChoiceField(label="Кто", choices=MenteeProfile.Category)
            self.fields["strengths"] = ticks("Сильные стороны", choices_of(card.organization, "strength"))  # fmt: skip
        for name in self.fields:
            self.initial.setdefault(name, getattr(card, name))


CARD_FORMS = {"mentors": MentorForm, "mentees": MenteeForm}


class StrengthsForm(ServiceForm):
    """A level for each direction; empty means «not here»."""

    LEVELS = [("", "нет"), ("1", "может помочь"), ("2", "хорошо"), ("3", "сильная сторона")]

    def __init__(self, card, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles = catalogues.titles(card.organization, "direction")
        known = {row.direction: row for row in card.strengths.all()}
        self.texts = {code: row.text for code, row in known.items()}
        for code, title in self.titles.items():
            level = str(known[code].level) if code in known else ""
            self.fields[code] = forms.ChoiceField(
                label=title[:1].upper() + title[1:],
                choices=self.LEVELS,
                required=False,
                initial=level,
            )

    def service_arguments(self) -> dict:
        rows = [
            {"direction": code, "level": int(level), "text": self.texts.get(code, "")}
            for code, level in self.cleaned_data.items()
            if level
        ]
        return {"rows": rows}


class NeedForm(ServiceForm):
    WEIGHTS = [(1, "было бы полезно"), (2, "важно"), (3, "не терпит")]
    difficulty = forms.ChoiceField(label="Затруднение", required=False)
    direction = forms.ChoiceField(
        label="Направление", required=False, help_text="Если затруднение не выбрано."
    )
    weight = forms.TypedChoiceField(label="Насколько важно", choices=WEIGHTS, coerce=int, initial=2)
    source = forms.ChoiceField(label="Откуда известно", choices=NeedSource)
    text = forms.CharField(label="Уточнение", max_length=300, required=False)

    def __init__(self, card, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organization = card.organization
        self.fields["difficulty"].choices = choices_of(organization, "difficulty", "не выбрано")
        self.fields["direction"].choices = choices_of(organization, "direction", "по затруднению")


class MoveForm(ServiceForm):
    reason = forms.CharField(
        label="Причина", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ApproveForm(ServiceForm):
    reason = forms.CharField(
        label="Почему утверждаете с отступлением от правил", max_length=300, required=False,
        help_text="Нужно, только если у отмеченных есть замечания.",
    )  # fmt: skip


THEMES = {
    "mentors": {"competence": "Компетенция"},
    "mentees": {"difficulty": "Затруднение", "strength": "Сильная сторона"},
}


class BankFilter(forms.Form):
    """Filters of both banks, kept in the address."""

    state = forms.ChoiceField(label="Состояние", required=False)
    direction = forms.ChoiceField(label="Направление", required=False)
    form = forms.ChoiceField(label="Форма", required=False)
    kind = forms.ChoiceField(label="Вид", required=False)
    delivery_mode = forms.ChoiceField(
        label="Как встречаться", required=False, choices=[("", "все"), *DeliveryMode.choices]
    )
    review = forms.BooleanField(label="Пора проверить сведения", required=False)

    def __init__(self, organization, bank: str, *args, themes: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "все, кроме вышедших"), *BankState.choices]
        for name, label in THEMES[bank].items():
            self.fields[name] = forms.ChoiceField(label=label, required=False)
        coded = ["direction", "form", "kind", *THEMES[bank]]
        self.known = catalogues.all_catalogues(organization, coded) if themes else None
        if themes:
            self.offer(self.known)
        else:
            for name in (*coded, "delivery_mode"):
                del self.fields[name]
        if bank == "mentees":
            self.fields["category"] = forms.ChoiceField(
                label="Кто", required=False, choices=[("", "все"), *MenteeProfile.Category.choices]
            )
        else:
            self.fields["trained"] = forms.BooleanField(label="Обучены", required=False)
            self.fields["free"] = forms.BooleanField(label="Есть свободные места", required=False)

    def offer(self, known: dict) -> None:
        for name, found in known.items():
            shown = [(item.code, item.title) for item in found if not item.hidden]
            self.fields[name].choices = [("", "все"), *shown]
