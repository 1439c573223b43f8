"""Reading: a draft sent to staff with remarks (R-102), and acquaintance with papers in force (R-227)."""

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel
from roadmap.models.documents import Document


class Circulation(OwnedModel):
    """A draft sent to named people to read; its text is kept as they were shown it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="circulations")
    title = models.CharField(max_length=400)
    body = models.TextField()
    due_on = models.DateField("прочитать до", null=True, blank=True)
    created_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "рассылка проекта"
        verbose_name_plural = "рассылки проектов"
        ordering = ["-created_at"]


class Reading(OwnedModel):
    """One reader of one circulation; `read_at` is empty until the person says «прочитано»."""

    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="readings")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    class Meta:
        verbose_name = "чтение проекта"
        verbose_name_plural = "чтение проектов"
        constraints = [
            models.UniqueConstraint(fields=["circulation", "person"], name="reading_unique")
        ]


class Remark(OwnedModel):
    """A reader's remark to one clause, and the curator's answer."""

    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="remarks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    clause = models.CharField("пункт", max_length=20, blank=True)
    text = models.TextField("замечание")
    answer = models.TextField("ответ", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["created_at"]


class Acknowledgement(OwnedModel):
    """«С приказом ознакомлен(а)»: who has to be acquainted, and when it happened."""

    class Method(models.TextChoices):
        PAPER = "paper", "под подпись на бумаге"
        PORTAL = "portal", "отметка в портале"

    document = models.ForeignKey(Document, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    acknowledged_on = models.DateField("ознакомлен(а)", null=True, blank=True)
    method = models.CharField("как", max_length=8, choices=Method, blank=True)
    recorded_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ознакомление"
        verbose_name_plural = "лист ознакомления"
        ordering = ["person__last_name", "person__first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "person"],
                name="acknowledgement_unique",
                violation_error_message="Этот человек уже есть в листе ознакомления.",
            )
        ]
