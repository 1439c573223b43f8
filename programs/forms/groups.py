"""Forms of pairs: propose, agree, ask, put into an order."""

import datetime as dt

from django import forms
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.forms import DateInput, ServiceForm
from people.forms.banks import choices_of, ticks
from people.forms.consents import PeopleTicks
from people.models import MenteeProfile, MentorProfile, Person
from programs.forms.papers import GroupsChoice, choosable
from programs.group_rules import IN_BANK
from programs.models import GroupMember, GroupRequest, MentoringGroup
from programs.models.groups import GroupState

ANSWER_DAYS = 7
ROWS, MOST_ROWS = 4, 50
MARKS = [("", "не оценено"), *[(str(mark), str(mark)) for mark in range(1, 6)]]


class OnePerson(forms.ModelChoiceField):
    label_from_instance = PeopleTicks.label_from_instance


def in_bank(model, organization, on: dt.date):
    """People with an approved card and a valid consent."""
    cards = model.objects.of(organization).with_consent(on=on).filter(state__in=IN_BANK)
    people = Person.objects.of(organization).filter(pk__in=cards.values("person"))
    return people.order_by("last_name", "first_name")


def without_pair(organization, on: dt.date):
    """Mentees of the bank whom nobody mentors or is asked to."""
    open_groups = MentoringGroup.objects.of(organization).open()
    busy = GroupMember.objects.filter(ends_on=None, group__in=open_groups.values("pk"))
    return in_bank(MenteeProfile, organization, on).exclude(pk__in=busy.values("person"))


class DetailsForm(ServiceForm):
    """What the curator writes about a pair; both criteria of the decision in a mark and a word (R-506)."""

    form = forms.ChoiceField(label="Форма", required=False)
    theme = forms.CharField(label="О чём", required=False, max_length=300)
    reverse_theme = forms.CharField(
        label="Чему учит наставляемый", required=False, max_length=300,
        help_text="Для реверсивного наставничества: тема, в которой помогает наставляемый.",
    )  # fmt: skip
    profile_mark = forms.TypedChoiceField(label="Опыт отвечает запросу", choices=MARKS, coerce=int, empty_value=None, required=False)  # fmt: skip
    profile_word = forms.CharField(label="Словами", required=False, max_length=300)
    interest_mark = forms.TypedChoiceField(label="Взаимный интерес", choices=MARKS, coerce=int, empty_value=None, required=False)  # fmt: skip
    interest_word = forms.CharField(label="Словами", required=False, max_length=300)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices_of(organization, "form", empty="не выбрана")
        self.fields["kinds"] = ticks("Виды", choices_of(organization, "kind"))
        self.order_fields(["mentor", "mentees", "answer_by", "form", "kinds"])


class ProposeForm(DetailsForm):
    mentor = OnePerson(Person.objects.none(), label="Наставник", empty_label="выберите")
    mentees = PeopleTicks(Person.objects.none(), label="Наставляемые", help_text="Один – пара, двое и больше – группа.")  # fmt: skip
    answer_by = forms.DateField(label="Ответить до", required=False, widget=DateInput)

    def __init__(self, organization, *args, **kwargs):
        today = timezone.localdate()
        kwargs["initial"] = {
            "answer_by": today + dt.timedelta(days=ANSWER_DAYS),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(organization, *args, **kwargs)
        self.fields["mentor"].queryset = in_bank(MentorProfile, organization, today)
        self.fields["mentees"].queryset = without_pair(organization, today)


class ReplaceForm(ProposeForm):
    """The mentees are those of the pair that ends."""

    def __init__(self, organization, *args, **kwargs):
        super().__init__(organization, *args, **kwargs)
        del self.fields["mentees"]


class PaperAnswerForm(ServiceForm):
    accepted = forms.TypedChoiceField(
        label="Ответ на бумаге", choices=[("1", "согласие"), ("0", "отказ")], coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    on = forms.DateField(label="Дата", widget=DateInput)


class PairOrderForm(ServiceForm):
    groups = GroupsChoice(MentoringGroup.objects.none(), label="Пары, в которых согласны все")
    day = forms.DateField(label="На какую дату составить", widget=DateInput)
    starts_on = forms.DateField(label="Пары работают с", widget=DateInput)
    until = forms.DateField(label="По какую дату", required=False, widget=DateInput)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = choosable(organization, "groups")

    def clean(self):
        cleaned = super().clean()
        starts, until = cleaned.get("starts_on"), cleaned.get("until")
        if starts and until and until <= starts:
            self.add_error("until", "Пары не могут закончить раньше, чем начнут.")
        return cleaned


class ExistingRow(forms.Form):
    """One row of the table of pairs that already work."""

    mentor = OnePerson(Person.objects.none(), label="Наставник", empty_label="выберите")
    mentees = PeopleTicks(Person.objects.none(), label="Наставляемые")
    starts_on = forms.DateField(label="Работает с", widget=DateInput)
    paper_number = forms.CharField(label="Номер", max_length=40)
    paper_date = forms.DateField(label="Дата", widget=DateInput)
    scan = forms.FileField(label="Скан", required=False)

    def __init__(self, *args, mentors, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = mentors
        self.fields["mentees"].queryset = mentees
        for name, field in self.fields.items():
            if name != "mentees":
                field.widget.attrs["class"] = "form-select" if name == "mentor" else "form-control"


class ExistingTable(forms.BaseFormSet):
    """All rows are saved or none; a rule broken by a row is shown at it."""

    result = None

    def submitted_to(self, service, **kwargs) -> bool:
        if not self.is_bound or not self.is_valid():
            return False
        filled = [form for form in self.forms if form.has_changed()]
        try:
            self.result = service([form.cleaned_data for form in filled], **kwargs)
        except RuleError as error:
            place = getattr(error, "row", None)
            if place is None:
                self._non_form_errors = self.error_class([error.message])
            else:
                form = filled[place]
                form.add_error(error.field if error.field in form.fields else None, error.message)
            return False
        return True


def existing_table(organization, data=None, files=None, rows: int = ROWS) -> ExistingTable:
    """`rows`: empty rows of a page just opened."""
    today = timezone.localdate()
    table = forms.formset_factory(ExistingRow, formset=ExistingTable, extra=rows, max_num=MOST_ROWS)
    people = {
        "mentors": in_bank(MentorProfile, organization, today),
        "mentees": without_pair(organization, today),
    }
    return table(data, files, prefix="rows", form_kwargs=people)


class RequestForm(ServiceForm):
    """A member's own words; the kind follows from who asks."""

    text = forms.CharField(
        label="Своими словами", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Причину указывать не обязательно.",
    )  # fmt: skip


class CuratorRequestForm(RequestForm):
    """A wish that came on paper, or the curator's own."""

    kind = forms.ChoiceField(label="Что", choices=GroupRequest.Kind)
    person = OnePerson(Person.objects.none(), label="Кто подал", required=False, empty_label="куратор")  # fmt: skip
    on = forms.DateField(label="Дата", widget=DateInput)
    field_order = ("kind", "person", "on", "text")

    def __init__(self, group: MentoringGroup, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = [group.mentor_id, *[person.pk for person in group.mentees]]
        self.fields["person"].queryset = Person.objects.filter(pk__in=people)


class DecideForm(ServiceForm):
    granted = forms.TypedChoiceField(
        label="Решение", choices=[("1", "удовлетворить и подготовить приказ"), ("0", "отклонить")],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    decision = forms.CharField(
        label="Ответ человеку", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class GroupFilter(forms.Form):
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "все открытые"), *GroupState.choices]
    )
    form = forms.ChoiceField(label="Форма", required=False)
    requests = forms.BooleanField(label="Есть заявления", required=False)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices_of(organization, "form", empty="все")
