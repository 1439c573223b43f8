"""Changes of an approved programme: only by consent of both sides and the curator (R-624…R-627)."""

from django.db import models
from django.db.models import Q

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from programs.models.programs import Program


class ProgramChange(OwnedModel):
    """One wish to change; applied when all agreed, an extension when its order is in force."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", "продлить"
        SHORTENING = "shortening", "сократить срок"
        CONTENT = "content", "изменить содержание или план"
        FORM = "form", "изменить форму"

    class State(models.TextChoices):
        OPEN = "open", "ждёт ответов"
        AGREED = "agreed", "все согласны, ждёт куратора"
        ORDERED = "ordered", "готовится приказ"
        APPLIED = "applied", "действует"
        DECLINED = "declined", "отклонено"

    program = models.ForeignKey(Program, models.CASCADE, related_name="changes")
    kind = models.CharField("что", max_length=10, choices=Kind)
    new_ends_on = models.DateField("новый срок", null=True, blank=True)
    new_forms = models.JSONField("новые формы", default=list, blank=True)
    text = models.TextField("что меняется", blank=True)
    reason = models.CharField("почему", max_length=500)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто предложил")  # fmt: skip
    proposed_on = models.DateField("когда")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(
        "roadmap.Document", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "изменение программы"
        verbose_name_plural = "изменения программ"
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"], condition=Q(state__in=["open", "agreed", "ordered"]),
                name="program_one_open_change",
                violation_error_message="Одно изменение уже обсуждается. Дождитесь решения по нему.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}: {self.program}"


class ChangeAnswer(OwnedModel):
    """Consent of one side to a change."""

    change = models.ForeignKey(ProgramChange, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    accepted = models.BooleanField("согласие", null=True, blank=True)
    answered_on = models.DateField("когда", null=True, blank=True)

    class Meta:
        verbose_name = "ответ на изменение"
        verbose_name_plural = "ответы на изменения"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["change", "person"], name="change_answer_once")]  # fmt: skip
