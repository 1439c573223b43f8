"""Forms of decisions: approve, return, minutes of a body, signature, number, cancellation."""

from django import forms

from mentoring.core.forms import ServiceForm
from roadmap.models import Document, SignatureRecord


class SeenEdition(forms.Form):
    """The number of the edition the member looks at; another one by now is refused."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ApproveForm(SeenEdition, ServiceForm):
    """The head's decision: date, number, «подписан на бумаге»."""

    dated_on = forms.DateField(label="Дата документа", help_text="Не позже сегодняшнего дня.")
    number = forms.CharField(
        label="Номер", max_length=40, required=False,
        help_text="Портал предложил следующий в этом журнале. Можно внести и после печати.",
    )  # fmt: skip
    signed_on_paper = forms.BooleanField(
        label="Подписан на бумаге", required=False,
        help_text="Документ вступит в силу сразу. Иначе подпись отметят позже.",
    )  # fmt: skip

    def __init__(self, *args, paper_counts: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not paper_counts:
            del self.fields["signed_on_paper"]
        self.order_fields(["dated_on", "number", "signed_on_paper", "edition"])


class AgreeForm(SeenEdition, ServiceForm):
    """Decision at a step before the head: nothing to fill in."""


class ReturnForm(SeenEdition, ServiceForm):
    reason = forms.CharField(
        label="Что исправить", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        error_messages={"required": "Напишите, что исправить: без причины документ не вернуть."},
        help_text="Это прочитает куратор.",
    )  # fmt: skip


class BodyDecisionForm(SeenEdition, ServiceForm):
    """Minutes of a council, meeting or union."""

    minutes_number = forms.CharField(label="Протокол №", max_length=40)
    decided_on = forms.DateField(label="Дата протокола")


class SignatureForm(ServiceForm):
    """How the approved paper was signed: on paper (scan optional), by a .sig file or by the simple signature."""

    CERTIFICATE = ("certificate_number", "certificate_owner", "certificate_from", "certificate_to")
    kind = forms.ChoiceField(label="Как подписан", widget=forms.RadioSelect)
    signed_on = forms.DateField(label="Дата подписи")
    scan = forms.FileField(
        label="Скан подписанного документа",
        required=False,
        help_text="PDF, JPEG или PNG, до {limit} МБ.",
    )
    sig = forms.FileField(
        label="Файл подписи (.sig)",
        required=False,
        help_text="Только для электронной подписи в файле.",
    )
    certificate_number = forms.CharField(label="Номер сертификата", max_length=80, required=False)
    certificate_owner = forms.CharField(
        label="Владелец сертификата", max_length=200, required=False
    )
    certificate_from = forms.DateField(label="Сертификат действует с", required=False)
    certificate_to = forms.DateField(label="Сертификат действует по", required=False)

    def __init__(self, counted: list[str], limit: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, label) for code, label in SignatureRecord.Kind.choices if code in counted]
        self.fields["kind"].choices = choices
        self.fields["kind"].error_messages["invalid_choice"] = (
            "Для этого вида документа такая подпись не засчитывается. Выберите другую."
        )
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0][0]
        self.fields["scan"].help_text = f"PDF, JPEG или PNG, до {limit // 1024 // 1024} МБ."
        if SignatureRecord.Kind.SIG not in counted:
            for name in ("sig", *self.CERTIFICATE):
                del self.fields[name]

    def service_arguments(self) -> dict:
        """Facts of the certificate go along with the file only."""
        given = dict(self.cleaned_data)
        if given["kind"] != SignatureRecord.Kind.SIG:
            for name in ("sig", *self.CERTIFICATE):
                given.pop(name, None)
        return given


class NumberForm(ServiceForm):
    number = forms.CharField(
        label="Номер", max_length=40, help_text="Как в журнале регистрации: 15, 80/8, 76-ТД.",
        error_messages={"required": "Введите номер документа."},
    )  # fmt: skip


class CancelForm(ServiceForm):
    reason = forms.CharField(
        label="Причина отмены",
        max_length=300,
        error_messages={"required": "Укажите причину отмены."},
    )


class AmendForm(ServiceForm):
    day = forms.DateField(label="С какой даты готовится новая редакция")


class ManyForm(forms.Form):
    """Ticks of the approval list: values «paper-edition», and whether the originals are signed."""

    papers = forms.MultipleChoiceField(
        error_messages={
            "required": "Отметьте, что утвердить.",
            "invalid_choice": "Этот документ уже не ждёт вашего решения. Обновите страницу.",
        }
    )
    signed_on_paper = forms.BooleanField(required=False)

    def __init__(self, cards, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_value = {card.value: card for card in cards}
        self.fields["papers"].choices = [(value, value) for value in self.by_value]

    def chosen(self) -> tuple[list[Document], dict[int, int]]:
        """Documents and the editions that were shown."""
        cards = [self.by_value[value] for value in self.cleaned_data["papers"]]
        return [card.document for card in cards], {
            card.document.pk: card.step.edition.no for card in cards
        }
