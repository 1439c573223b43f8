"""Runs of the matching: input, answer and proof are kept as they were (R-401, R-501)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class ForbiddenPair(OwnedModel):
    """Two people who must not become a pair, both as they stand here (hard rule of the matching)."""

    class Reason(models.TextChoices):
        SUPERIOR = "superior", "непосредственный руководитель"
        CONFLICT = "conflict", "конфликт интересов"
        REFUSED = "refused", "один из них уже отказался"
        OTHER = "other", "другое"

    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    mentee = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reason = models.CharField("почему", max_length=8, choices=Reason)
    note = models.CharField("пояснение", max_length=300, blank=True)

    class Meta:
        verbose_name = "запрет пары"
        verbose_name_plural = "запреты пар"
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                name="forbidden_pair_once",
                violation_error_message="Этот запрет уже записан.",
            ),
            models.CheckConstraint(
                condition=~Q(mentor=models.F("mentee")), name="forbidden_pair_two_people"
            ),
        ]


class MatchingRun(OwnedModel):
    """One computed distribution. `task` holds ids and scores as given to the solver, `prices` the proof."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SENT = "sent", "предложено участникам"

    on = models.DateField("на день")
    weights = models.JSONField("веса", default=dict)
    balance = models.FloatField("выравнивание нагрузки", default=0)
    form = models.SlugField("только форма", max_length=60, blank=True)
    task = models.JSONField(default=dict, blank=True)
    prices = models.JSONField(default=dict, blank=True)
    left = models.JSONField("без наставника", default=list, blank=True)
    total = models.FloatField("сумма баллов", default=0)
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "подбор пар"
        verbose_name_plural = "подборы пар"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Подбор от {self.on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("matching_run", args=[self.organization.slug, self.pk])


class MatchingChoice(OwnedModel):
    """One proposed pair of a run; `best` is the solver's, a hand may move the mentee elsewhere."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="choices")
    mentee = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    mentor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    best = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    score = models.FloatField("баллы", default=0)
    parts = models.JSONField("из чего", default=dict)
    locked = models.BooleanField("закреплено", default=False)
    profile_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    profile_word = models.CharField(max_length=300, blank=True)
    interest_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    interest_word = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "предложенная пара"
        verbose_name_plural = "предложенные пары"
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee"], name="matching_mentee_once")
        ]
