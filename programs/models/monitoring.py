"""Thresholds of indicators, figures frozen with a report, what an authority asks and what schools answer."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class DefinitionsModel(OwnedModel):
    """The columns of `programs/monitoring/scope.py: Definitions`, wherever they are kept."""

    satisfied_from = models.PositiveSmallIntegerField(
        "доволен, если оценка не ниже", default=7,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )  # fmt: skip
    young_age = models.PositiveSmallIntegerField(
        "молодой педагог: не старше, лет", default=35,
        validators=[MinValueValidator(18), MaxValueValidator(45)],
    )  # fmt: skip
    young_years = models.PositiveSmallIntegerField(
        "молодой специалист: стаж меньше, лет", default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )  # fmt: skip
    without_pair_days = models.PositiveSmallIntegerField(
        "без пары дольше, дней", default=30, validators=[MaxValueValidator(365)]
    )

    class Meta:
        abstract = True


class PeriodModel(OwnedModel):
    """A period with its key date (`programs/monitoring/scope.py: Period`)."""

    start = models.DateField("период с")
    end = models.DateField("период по")
    on = models.DateField(
        "ключевая дата", help_text="На неё считаются возраст, стаж и кто работает."
    )

    class Meta:
        abstract = True


class IndicatorSettings(DefinitionsModel):
    """One row a school; without it the usual thresholds hold."""

    class Meta:
        verbose_name = "пороги показателей"
        verbose_name_plural = "пороги показателей"
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="indicator_settings_once")
        ]


class ReportFigures(DefinitionsModel, PeriodModel):
    """Figures of a report as they were when its wording was written; counted anew they may differ.

    `values`: {code of the indicator: [n, d, value]}.
    """

    document = models.OneToOneField("roadmap.Document", models.CASCADE, related_name="figures")
    values = models.JSONField("показатели", default=dict)
    counted_at = models.DateTimeField("посчитано", default=timezone.now)

    class Meta:
        verbose_name = "показатели отчёта"
        verbose_name_plural = "показатели отчётов"


class SwotNote(OwnedModel):
    """What the curator makes of the answers of a period: four texts, a thought a line (R-707). They name nobody."""

    start = models.DateField("период с")
    end = models.DateField("период по")
    strong = models.TextField("сильные стороны", blank=True)
    weak = models.TextField("слабые стороны", blank=True)
    opportunities = models.TextField("возможности", blank=True)
    threats = models.TextField("угрозы", blank=True)
    updated_at = models.DateTimeField("изменено", default=timezone.now)

    class Meta:
        verbose_name = "анализ сильных и слабых сторон"
        verbose_name_plural = "анализ сильных и слабых сторон"
        ordering = ["-start", "-end"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "start", "end"], name="swot_note_once",
                violation_error_message="Анализ за этот период уже есть. Обновите страницу.",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="swot_note_period",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Сильные и слабые стороны, {self.start:%d.%m.%Y} – {self.end:%d.%m.%Y}"


class ReportRequest(DefinitionsModel, PeriodModel):
    """What an authority asks of the organizations under it: a period, a key date, its own thresholds (R-912).

    `summary`: the table counted and frozen by `services/report_summary.py`; it holds no figure that may not be shown.
    """

    class State(models.TextChoices):
        OPEN = "open", "идёт сбор"
        CLOSED = "closed", "сбор завершён"

    title = models.CharField("название", max_length=200)
    due_on = models.DateField("представить до")
    note = models.TextField("пояснение", blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    asked_on = models.DateField("запрошено")
    asked_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    summary = models.JSONField("сводка", null=True, blank=True)
    summarised_at = models.DateTimeField("сводка посчитана", null=True, blank=True)

    class Meta:
        verbose_name = "запрос отчёта"
        verbose_name_plural = "запросы отчётов"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="report_request_period",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def late_on(self, day: dt.date) -> bool:
        """Reports are still collected although the day to hand them in is over."""
        return self.state == self.State.OPEN and self.due_on < day

    def get_absolute_url(self) -> str:
        return reverse("report_request", args=[self.organization.slug, self.pk])


class ReportSubmission(OwnedModel):
    """What a school owes to a request of its authority: asked, then handed in, then returned or accepted.

    Without `request` it is the mark that a report went to an authority outside the portal, by which `way`.

    A returned one stays as it was and a new row is asked; so every paper handed in is kept with its decision.
    """

    CROSSING = frozenset({"request", "decided_by"})

    class State(models.TextChoices):
        ASKED = "asked", "ждут отчёт"
        SUBMITTED = "submitted", "представлен"
        RETURNED = "returned", "возвращён"
        ACCEPTED = "accepted", "принят"

    request = models.ForeignKey(
        ReportRequest, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    way = models.CharField("как передан", max_length=120, blank=True)
    document = models.OneToOneField(
        "roadmap.Document", models.PROTECT, null=True, blank=True, related_name="submission", verbose_name="отчёт"
    )  # fmt: skip
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    submitted_on = models.DateField("представлен", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("рассмотрен", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.CharField("почему возвращён", max_length=500, blank=True)

    class Meta:
        verbose_name = "отчёт по запросу"
        verbose_name_plural = "отчёты по запросам"
        ordering = ["-request__asked_on", "-pk"]
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "organization"], condition=~Q(state="returned"), name="report_submission_once",
                violation_error_message="Отчёт по этому запросу уже ждут или он представлен.",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", document=None, request__isnull=False) | Q(document__isnull=False, submitted_on__isnull=False) & ~Q(state="asked"),
                name="report_submission_has_paper",
                violation_error_message="Представить можно только готовый отчёт.",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="report_return_says_why",
                violation_error_message="Напишите, что исправить.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organization}: {self.request or 'отчёт в орган управления'}"
