"""Questionnaires: the form, its versions, and the school's bank of questions."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class Questionnaire(OwnedModel):
    """A form with a code that stays; its wording lives in versions."""

    class Stage(models.TextChoices):
        NEEDS = "needs", "изучение запросов"
        INITIAL = "initial", "входная"
        PREFERENCE = "preference", "предпочтения после встречи"
        MIDTERM = "midterm", "промежуточная"
        FINAL = "final", "итоговая"
        QUALITY = "quality", "качество программ"
        OWN = "own", "своя"

    class Audience(models.TextChoices):
        STAFF = "staff", "педагоги"
        MENTOR = "mentor", "наставники"
        MENTEE = "mentee", "наставляемые"
        PUPIL = "pupil", "обучающиеся"
        EXPERT = "expert", "куратор и эксперты"

    code = models.SlugField("код", max_length=60)
    title = models.CharField("название", max_length=200)
    stage = models.CharField("этап", max_length=10, choices=Stage, default=Stage.OWN)
    audience = models.CharField("кто отвечает", max_length=8, choices=Audience)
    archived = models.BooleanField("в архиве", default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "анкета"
        verbose_name_plural = "анкеты"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"],
                name="questionnaire_code_once",
                violation_error_message="Анкета с таким кодом уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questionnaire", args=[self.organization.slug, self.pk])


class QuestionnaireVersion(OwnedModel):
    """Wording of a questionnaire (`people/questionnaires/schema.py`); frozen at the first answer."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("редакция")
    content = models.JSONField("вопросы")
    frozen_at = models.DateTimeField("закреплена", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "редакция анкеты"
        verbose_name_plural = "редакции анкет"
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="questionnaire_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, редакция {self.number}"


class BankQuestion(OwnedModel):
    """A question kept for reuse; its code survives changes of the wording."""

    code = models.SlugField("код", max_length=60)
    content = models.JSONField("вопрос")
    archived = models.BooleanField("в архиве", default=False)

    class Meta:
        verbose_name = "вопрос из банка"
        verbose_name_plural = "банк вопросов"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], name="bank_question_once")
        ]

    def __str__(self) -> str:
        return self.code
