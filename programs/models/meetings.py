"""What a pair does between signing and the end: meetings, tasks, calls for help, helpers (R-612…R-621, R-223, R-226)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from people.models.banks import DeliveryMode
from programs.models.program_parts import PlanItem
from programs.models.programs import Program

LATE_DAYS = 3


class Meeting(OwnedModel):
    """One meeting of a programme; `missed` keeps why."""

    class Type(models.TextChoices):
        ORGANISATIONAL = "organisational", "организационная"
        TRIAL = "trial", "пробная рабочая"
        PLANNING = "planning", "планирование"
        REGULAR = "regular", "регулярная"
        REFLECTION = "reflection", "рефлексивная"
        CLOSING = "closing", "заключительная"

    class State(models.TextChoices):
        PLANNED = "planned", "назначена"
        HELD = "held", "проведена"
        MISSED = "missed", "не состоялась"

    program = models.ForeignKey(Program, models.CASCADE, related_name="meetings")
    type = models.CharField("какая", max_length=14, choices=Type, default=Type.REGULAR)
    mode = models.CharField("как", max_length=10, choices=DeliveryMode, default=DeliveryMode.IN_PERSON)  # fmt: skip
    starts_at = models.DateTimeField("когда")
    minutes = models.PositiveSmallIntegerField("минут", default=45)
    place = models.CharField("где", max_length=200, blank=True)
    link = models.URLField("ссылка", blank=True)
    topic = models.CharField("о чём", max_length=300, blank=True)
    item = models.ForeignKey(PlanItem, models.SET_NULL, null=True, blank=True, related_name="meetings")  # fmt: skip
    state = models.CharField("состояние", max_length=7, choices=State, default=State.PLANNED)
    note = models.TextField("что сделали", blank=True)
    noted_at = models.DateTimeField("записано", null=True, blank=True)
    missed_reason = models.CharField("почему не состоялась", max_length=300, blank=True)

    class Meta:
        verbose_name = "встреча"
        verbose_name_plural = "встречи"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["program", "state", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned") | Q(noted_at__isnull=False), name="meeting_noted",
                violation_error_message="Отметьте, когда записан итог встречи.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        day = timezone.localtime(self.starts_at)
        return f"Встреча {day:%d.%m.%Y}: {self.get_type_display()}"

    @property
    def noted_late(self) -> bool:
        """Written down more than three days after it was."""
        return bool(self.noted_at) and (self.noted_at - self.starts_at).days > LATE_DAYS

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.organization.slug, self.pk])


class MeetingPresence(OwnedModel):
    """Who was at a meeting that was held."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presence")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.BooleanField("был(а)")

    class Meta:
        verbose_name = "присутствие на встрече"
        verbose_name_plural = "присутствие на встречах"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meeting_presence_once")]  # fmt: skip


class PrivateNote(OwnedModel):
    """Notes of the pair for itself; nobody else reads them, neither curator nor head (design §3a)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="private_notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField("запись", max_length=5000)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "личная запись пары"
        verbose_name_plural = "личные записи пар"
        ordering = ["-made_at", "-pk"]


class Assignment(OwnedModel):
    """A task between meetings; the mentor checks the result (R-226, R-618)."""

    class State(models.TextChoices):
        GIVEN = "given", "выполняется"
        SUBMITTED = "submitted", "на проверке"
        ACCEPTED = "accepted", "принято"
        RETURNED = "returned", "доработать"

    program = models.ForeignKey(Program, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кому")
    title = models.CharField("задание", max_length=300)
    text = models.TextField("подробнее", blank=True)
    given_on = models.DateField("дано")
    due_on = models.DateField("срок", null=True, blank=True)
    state = models.CharField("состояние", max_length=9, choices=State, default=State.GIVEN)
    result = models.TextField("результат", blank=True)
    file = models.ForeignKey("people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")  # fmt: skip
    verdict = models.TextField("отзыв наставника", blank=True)
    checked_on = models.DateField("проверено", null=True, blank=True)

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.organization.slug, self.pk])


class Helper(OwnedModel):
    """Another teacher whom the mentor draws in, by own consent (R-223)."""

    class State(models.TextChoices):
        INVITED = "invited", "ждём ответа"
        ACCEPTED = "accepted", "помогает"
        DECLINED = "declined", "отказ"

    program = models.ForeignKey(Program, models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.CharField("в чём поможет", max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    invited_on = models.DateField("приглашён")
    answered_on = models.DateField("ответил", null=True, blank=True)

    class Meta:
        verbose_name = "помощник"
        verbose_name_plural = "помощники"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"], name="helper_once",
                violation_error_message="Этого человека уже приглашали.",
            )
        ]  # fmt: skip


class HelpRequest(OwnedModel):
    """A call for help without a schedule: request, answer, time to answer (R-234, R-620)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="help_requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField("вопрос", max_length=3000)
    asked_at = models.DateTimeField("задан", default=timezone.now)
    answer = models.TextField("ответ", max_length=5000, blank=True)
    answered_at = models.DateTimeField("отвечен", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "вопрос наставнику"
        verbose_name_plural = "вопросы наставнику"
        ordering = ["-asked_at", "-pk"]

    @property
    def hours_to_answer(self) -> int | None:
        return self.answered_at and int((self.answered_at - self.asked_at).total_seconds() // 3600)
