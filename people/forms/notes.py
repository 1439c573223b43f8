"""Forms of notes, cases and grants."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.forms.consents import MemberChoice, present
from people.models import DataGrant, Membership, Person, PersonNote, RoleGrant
from people.models.accounts import Role

TEXT = forms.Textarea(attrs={"rows": 5})


class NoteForm(ServiceForm):
    author_role = forms.ChoiceField(label="От кого", choices=PersonNote.AuthorRole)
    text = forms.CharField(label="Сведения", widget=TEXT, help_text="Только то, что нужно для наставничества.")  # fmt: skip


class PsychologistNoteForm(ServiceForm):
    text = forms.CharField(label="Запись", widget=TEXT)


class CaseForm(ServiceForm):
    psychologist = MemberChoice(Membership.objects.none(), label="Психолог", empty_label=None)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        grants = RoleGrant.objects.of(organization).active_on(timezone.localdate())
        holders = grants.filter(role=Role.PSYCHOLOGIST).values("membership")
        rows = Membership.objects.of(organization).filter(pk__in=holders)
        self.fields["psychologist"].queryset = rows.select_related("person")


class GrantAskForm(ServiceForm):
    """The mentor writes the name: a list to choose from would tell who stands in the bank."""

    mentee = forms.CharField(
        label="О ком", max_length=250, help_text="Фамилия, имя и отчество наставляемого полностью."
    )
    parts = forms.MultipleChoiceField(
        label="Что нужно", choices=DataGrant.Part, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="Зачем", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, membership, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_mentee(self) -> Person:
        """One of the school by the exact name; the curator decides whether it is a mentee."""
        wanted = self.cleaned_data["mentee"].lower().split()
        people = present(self.membership.organization).exclude(pk=self.membership.person_id)
        found = [person for person in people if person.full_name.lower().split() == wanted]
        if len(found) != 1:
            raise forms.ValidationError(SEVERAL if found else UNKNOWN)
        return found[0]


UNKNOWN = "В организации нет человека с таким именем. Проверьте фамилию, имя и отчество."
SEVERAL = "Таких людей несколько. Обратитесь к куратору: он откроет нужное."


class GrantDecideForm(ServiceForm):
    granted = forms.TypedChoiceField(
        label="Решение", choices=[("yes", "открыть"), ("no", "отказать или закрыть")],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes", empty_value=None,
    )  # fmt: skip
    until = forms.DateField(label="Открыто по", widget=DateInput, required=False)


class GrantFilter(forms.Form):
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "все"), *DataGrant.State.choices]
    )


class ItemForm(ServiceForm):
    title = forms.CharField(label="Название", max_length=200)
    direction = forms.ChoiceField(label="Направление")

    def __init__(self, directions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if directions:
            self.fields["direction"].choices = directions
        else:
            del self.fields["direction"]
