"""Consents: texts in versions, each consent its own document with its own signature (152-ФЗ, ст. 9, 10.1)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet


class ConsentKind(models.TextChoices):
    DATA = "data", "на обработку персональных данных"
    DISSEMINATION = "dissemination", "на распространение персональных данных"
    DUTY = "duty", "на дополнительные обязанности"
    REPRESENTATIVE = "representative", "законного представителя"


class ConsentText(OwnedModel):
    """A version of the school's text; frozen as soon as a consent refers to it.

    `data_items`: list of Russian names of the data (ст. 9 ч. 4 п. 5), or for dissemination a list
    of item codes that may be chosen one by one.
    """

    class For(models.TextChoices):
        ALL = "all", "для всех"
        MENTOR = "mentor", "для наставника"
        MENTEE = "mentee", "для наставляемого"
        PUPIL = "pupil", "для обучающегося"

    kind = models.CharField("вид согласия", max_length=14, choices=ConsentKind)
    role = models.CharField("для кого", max_length=8, choices=For, default=For.ALL)
    number = models.PositiveSmallIntegerField("редакция")
    title = models.CharField("заголовок", max_length=200)
    body = models.TextField("текст")
    purpose = models.TextField("цель обработки", blank=True)
    data_items = models.JSONField("состав данных", default=list, blank=True)
    term_months = models.PositiveSmallIntegerField("действует, месяцев", null=True, blank=True)
    published_on = models.DateField("действует с", null=True, blank=True)

    class Meta:
        verbose_name = "текст согласия"
        verbose_name_plural = "тексты согласий"
        ordering = ["kind", "role", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "role", "number"],
                name="consent_text_number",
                violation_error_message="Такая редакция уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, редакция {self.number}"


class ConsentQuerySet(OwnedQuerySet):
    def valid_on(self, day: dt.date) -> "ConsentQuerySet":
        """Consents that hold on that day, whatever happened afterwards."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
            Q(replaced_on=None) | Q(replaced_on__gt=day),
            given_on__lte=day,
        )


def once(state: str, message: str) -> list[models.UniqueConstraint]:
    """One consent of a kind in that state per person, and per representative (NULL is distinct on SQLite)."""
    return [
        models.UniqueConstraint(
            fields=["person", "kind"],
            condition=Q(state=state, representative=None),
            name=f"consent_{state}_once",
            violation_error_message=message,
        ),
        models.UniqueConstraint(
            fields=["person", "kind", "representative"],
            condition=Q(state=state, representative__isnull=False),
            name=f"consent_{state}_once_representative",
            violation_error_message=message,
        ),
    ]


class Consent(OwnedModel):
    """One consent from the request to its end; a fresh one is a new row."""

    class State(models.TextChoices):
        ASKED = "asked", "запрошено"
        GIVEN = "given", "дано"
        REFUSED = "refused", "отказ"
        WITHDRAWN = "withdrawn", "отозвано"
        EXPIRED = "expired", "истекло"

    class Method(models.TextChoices):
        NONE = "", "ещё не подписано"
        PORTAL = "portal", "в портале простой подписью"
        PAPER = "paper", "на бумаге"
        SIG = "sig", "файлом электронной подписи"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    kind = models.CharField("вид согласия", max_length=14, choices=ConsentKind)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    representative = models.ForeignKey(
        "people.LegalRepresentative",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="законный представитель",
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField("запрошено")
    given_on = models.DateField("дано", null=True, blank=True)
    refused_on = models.DateField("отказ", null=True, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    replaced_on = models.DateField("заменено новым", null=True, blank=True)
    valid_until = models.DateField("действует по", null=True, blank=True)
    method = models.CharField("способ", max_length=8, choices=Method, blank=True, default="")
    withdrawal_method = models.CharField(
        "способ отзыва", max_length=8, choices=Method, blank=True, default=""
    )
    recorded_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    saw_original = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто видел подлинник",
    )
    scan = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signature = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField("подписано", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["organization", "kind", "state"]),
            models.Index(fields=["person", "kind"]),
        ]
        constraints = [
            *once("asked", "Это согласие уже запрошено."),
            *once("given", "Действующее согласие этого вида уже есть."),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_on__isnull=False),
                name="consent_given_dated",
                violation_error_message="Укажите дату согласия.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after",
                violation_error_message="Отзыв не может быть раньше согласия.",
            ),
            models.CheckConstraint(
                condition=~(Q(kind__in=["duty", "representative"]) & Q(method="portal")),
                name="consent_paper_kinds",
                violation_error_message="Это согласие подписывают на бумаге или файлом подписи.",
            ),
        ]

    def __str__(self) -> str:
        return f"Согласие {self.get_kind_display()}: {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("consent", args=[self.organization.slug, self.pk])

    def valid_on(self, day: dt.date) -> bool:
        """The same rule as the queryset's, for one row already loaded."""
        ends = [self.withdrawn_on, self.replaced_on]
        return bool(
            self.given_on
            and self.given_on <= day
            and (self.valid_until is None or day <= self.valid_until)
            and all(end is None or day < end for end in ends)
        )


class PublicAddress(OwnedModel):
    """An information resource of the school where data of persons may be shown (приказ РКН № 18)."""

    url = models.CharField("адрес", max_length=200)
    title = models.CharField("что это", max_length=200)
    archived = models.BooleanField("больше не используется", default=False)

    class Meta:
        verbose_name = "адрес размещения"
        verbose_name_plural = "адреса размещения"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "url"],
                name="public_address_once",
                violation_error_message="Этот адрес уже есть в списке.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PublicItem(models.TextChoices):
    """What may be shown, chosen one by one (152-ФЗ, ст. 10.1 ч. 9)."""

    NAME = "name", "фамилия, имя, отчество"
    POST = "post", "должность и место работы"
    CATEGORY = "category", "квалификационная категория и награды"
    PHOTO = "photo", "фотография"
    VIDEO = "video", "видеозапись"
    PRACTICE = "practice", "описание опыта работы"
    RESULTS = "results", "результаты конкурсов и наставничества"
    CONTACT = "contact", "служебный телефон и почта"


class DisseminationChoice(OwnedModel):
    """One item at one address: allowed or not, with a condition; no row means «not allowed»."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="choices")
    item = models.CharField("что", max_length=10, choices=PublicItem)
    address = models.ForeignKey(PublicAddress, models.PROTECT, related_name="choices")
    allowed = models.BooleanField("можно", default=False)
    condition = models.CharField("условие или запрет", max_length=300, blank=True)

    class Meta:
        verbose_name = "выбор для распространения"
        verbose_name_plural = "выбор для распространения"
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "item", "address"], name="dissemination_choice_once"
            )
        ]


class SignatureJoining(OwnedModel):
    """Paper statement by which a person joins the rules of the simple signature (63-ФЗ, ст. 6 ч. 2, ст. 9)."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="signature_joining")
    signed_on = models.DateField("подписано")
    ended_on = models.DateField("прекращено", null=True, blank=True)
    received_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "заявление о присоединении к правилам простой подписи"
        verbose_name_plural = "заявления о присоединении"

    def active_on(self, day: dt.date) -> bool:
        return self.signed_on <= day and (self.ended_on is None or day < self.ended_on)
