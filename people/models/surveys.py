"""A run of a questionnaire: who is asked, who has answered, what was answered."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class Survey(OwnedModel):
    """One run of one version; `privacy` and `version` stay fixed from the first answer on."""

    class Privacy(models.TextChoices):
        NAMED = "named", "именная"
        HIDDEN = "hidden", "имена скрыты от руководства"
        ANONYMOUS = "anonymous", "анонимная"

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        OPEN = "open", "идёт"
        CLOSED = "closed", "закрыта"

    version = models.ForeignKey(
        "people.QuestionnaireVersion", models.PROTECT, related_name="surveys", verbose_name="анкета"
    )
    title = models.CharField("название", max_length=200)
    opens_on = models.DateField("с")
    closes_on = models.DateField("по", null=True, blank=True)
    privacy = models.CharField(
        "кто увидит ответы", max_length=10, choices=Privacy, default=Privacy.NAMED
    )
    minimum = models.PositiveSmallIntegerField(
        "сводка не меньше чем из", default=5, validators=[MinValueValidator(3)]
    )
    choosable = models.JSONField(
        "кого можно выбрать", default=list, blank=True,
        help_text="Номера людей для вопросов о людях; пусто – участники анкетирования.",
    )  # fmt: skip
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="+", verbose_name="кто проводит"
    )
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField("закрыта", null=True, blank=True)

    class Meta:
        verbose_name = "анкетирование"
        verbose_name_plural = "анкетирования"
        ordering = ["-opens_on", "-pk"]
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="survey_period",
                violation_error_message="Анкетирование заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=3),
                name="survey_minimum",
                violation_error_message="Сводка возможна не меньше чем из трёх ответов.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.organization.slug, self.pk])


class SurveyParticipant(OwnedModel):
    """A person who is asked, with a personal link. `answered` has no time: an anonymous answer must not be dated."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="surveys")
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    token_expires_on = models.DateField("ссылка действует по", null=True, blank=True)
    revoked = models.BooleanField("ссылка отозвана", default=False)
    answered = models.BooleanField("ответил(а)", default=False)
    reminded_on = models.DateField("напомнили", null=True, blank=True)

    class Meta:
        verbose_name = "участник анкетирования"
        verbose_name_plural = "участники анкетирования"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"],
                name="survey_person_once",
                violation_error_message="Этот человек уже в списке.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class SurveyResponse(OwnedModel):
    """Answers of a named person (also a draft); anonymous runs have none of these."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    participant = models.OneToOneField(SurveyParticipant, models.PROTECT, related_name="response")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="responses")
    started_at = models.DateTimeField("начато", default=timezone.now)
    submitted_at = models.DateTimeField("отправлено", null=True, blank=True)
    on_paper = models.BooleanField("с бумаги", default=False)
    entered_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ответ на анкету"
        verbose_name_plural = "ответы на анкеты"
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["organization", "person"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(entered_by__isnull=False),
                name="response_paper_entered_by",
                violation_error_message="Укажите, кто внёс ответы с бумаги.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.person}"


class Answer(OwnedModel):
    """One answer; `value` has the shape of the question's type, `revision` grows with each save."""

    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="answers")
    question = models.SlugField("код вопроса", max_length=60)
    value = models.JSONField("ответ")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "ответ на вопрос"
        verbose_name_plural = "ответы на вопросы"
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]


class AnonymousAnswer(OwnedModel):
    """A whole anonymous answer under a random key: no person, token, time or address."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="anonymous_answers")
    answers = models.JSONField("ответы")

    class Meta:
        verbose_name = "анонимный ответ"
        verbose_name_plural = "анонимные ответы"
        ordering = ["key"]
