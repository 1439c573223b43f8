"""The chain of approval and the record of the signature."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel
from people.models.accounts import Role
from roadmap.models.documents import Document, Edition, Stamp


class ApprovalStep(OwnedModel):
    """One step of the chain: a role (any holder, or `quorum` of them), a person, or a body."""

    class Kind(models.TextChoices):
        ROLE = "role", "роль"
        PERSON = "person", "человек"
        BODY = "body", "коллегиальный орган"

    class State(models.TextChoices):
        WAITING = "waiting", "впереди"
        OPEN = "open", "ждёт решения"
        APPROVED = "approved", "согласовано"
        RETURNED = "returned", "возвращено"

    document = models.ForeignKey(Document, models.CASCADE, related_name="steps")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="steps")
    sort_index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    body_name = models.CharField(max_length=300, blank=True)
    stamp_word = models.CharField(max_length=20, choices=Stamp.Word, blank=True)
    quorum = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "шаг утверждения"
        verbose_name_plural = "шаги утверждения"
        ordering = ["edition__no", "sort_index"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "sort_index"], name="step_place_unique"),
            models.CheckConstraint(
                condition=Q(kind="role") & ~Q(role="")
                | Q(kind="person", person__isnull=False)
                | Q(kind="body") & ~Q(body_name=""),
                name="step_has_actor",
                violation_error_message="У шага утверждения не указано, кто решает.",
            ),
        ]

    @property
    def is_head_step(self) -> bool:
        return self.kind == self.Kind.ROLE and self.role == Role.HEAD


class Approval(OwnedModel):
    """Immutable decision bound to the `content_hash` of the edition it was given for."""

    class Decision(models.TextChoices):
        APPROVE = "approve", "согласовано"
        RETURN = "return", "возвращено"

    step = models.ForeignKey(ApprovalStep, models.PROTECT, related_name="approvals")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="approvals")
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision)
    reason = models.TextField("причина", blank=True)
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "решение"
        verbose_name_plural = "решения"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "membership"],
                name="approval_once",
                violation_error_message="Ваше решение по этой редакции уже записано.",
            ),
            models.CheckConstraint(
                condition=Q(decision="approve") | ~Q(reason=""),
                name="return_has_reason",
                violation_error_message="Укажите причину возврата.",
            ),
        ]


class SignatureRecord(OwnedModel):
    """Proof that the approved document was signed: paper, detached .sig or simple signature."""

    class Kind(models.TextChoices):
        PAPER = "paper", "подписан на бумаге"
        SIG = "sig", "электронная подпись в файле"
        SIMPLE = "simple", "простая электронная подпись"

    document = models.ForeignKey(Document, models.CASCADE, related_name="signatures")
    kind = models.CharField("как подписан", max_length=8, choices=Kind)
    signed_on = models.DateField("дата подписи")
    seen_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sig = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    certificate_number = models.CharField("номер сертификата", max_length=80, blank=True)
    certificate_owner = models.CharField("владелец сертификата", max_length=200, blank=True)
    certificate_from = models.DateField("сертификат действует с", null=True, blank=True)
    certificate_to = models.DateField("сертификат действует по", null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "отметка о подписи"
        verbose_name_plural = "отметки о подписи"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="sig") | Q(sig__isnull=False),
                name="signature_sig_file",
                violation_error_message="Приложите файл подписи (.sig).",
            )
        ]
