"""The end of a programme: the mentor's report, results in the cards, questionnaires of a programme (R-315, R-705)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from programs.models.programs import Program, ProgramState


class MentorReport(OwnedModel):
    """Analytic report of the mentor (D9). `figures` are counted from the log and frozen when it is sent."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SENT = "sent", "у куратора"
        RETURNED = "returned", "возвращён"
        ACCEPTED = "accepted", "принят"

    class Recommendation(models.TextChoices):
        FINISH = "finish", "завершить"
        EXTEND = "extend", "продолжить работу"
        TRAIN = "train", "направить на обучение"

    program = models.OneToOneField(Program, models.CASCADE, related_name="report")
    goals = models.TextField("цели", blank=True)
    results = models.TextField("результаты по направлениям", blank=True)
    solved = models.TextField("какие затруднения решены", blank=True)
    remaining = models.TextField("что осталось", blank=True)
    recommendation = models.CharField("рекомендация", max_length=6, choices=Recommendation, blank=True, default="")  # fmt: skip
    practice = models.TextField("что стоит передать другим", blank=True)
    figures = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    sent_on = models.DateField("отправлен", null=True, blank=True)
    remark = models.CharField("почему возвращён", max_length=500, blank=True)
    accepted_on = models.DateField("принят", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "отчёт наставника"
        verbose_name_plural = "отчёты наставников"
        ordering = ["-sent_on", "-pk"]

    def get_absolute_url(self) -> str:
        return reverse("mentor_report", args=[self.organization.slug, self.program_id])


class ProgramResult(OwnedModel):
    """Result of a completed programme in the card of one participant (R-315)."""

    class Role(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "наставляемый"

    program = models.ForeignKey(Program, models.PROTECT, related_name="outcomes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="program_results")
    role = models.CharField(max_length=6, choices=Role)
    text = models.TextField("результат", blank=True)
    completed_on = models.DateField("завершено")
    published = models.BooleanField("можно публиковать", default=False)

    class Meta:
        verbose_name = "итог программы"
        verbose_name_plural = "итоги программ"
        ordering = ["-completed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["program", "person"], name="program_result_once")]  # fmt: skip

    def clean(self):
        """A result may be published only when the programme is over (R-907, N-4)."""
        super().clean()
        if self.published and self.program.state != ProgramState.COMPLETED:
            raise ValidationError({"published": "Результат публикуют после завершения программы."})


class ProgramSurvey(OwnedModel):
    """A run of questionnaires that asks about programmes: middle or end (R-622, R-706)."""

    class Stage(models.TextChoices):
        MIDTERM = "midterm", "промежуточная"
        FINAL = "final", "итоговая"

    program = models.ForeignKey(Program, models.CASCADE, related_name="surveys")
    survey = models.ForeignKey("people.Survey", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=7, choices=Stage)

    class Meta:
        verbose_name = "анкета программы"
        verbose_name_plural = "анкеты программ"
        constraints = [models.UniqueConstraint(fields=["program", "survey"], name="program_survey_once")]  # fmt: skip
