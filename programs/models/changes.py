"""What happens to a pair that works: pauses, and requests to change or end it (R-225, R-236)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from programs.models.groups import MentoringGroup


class PauseQuerySet(OwnedQuerySet):
    def covering(self, day: dt.date) -> "PauseQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class GroupPause(OwnedModel):
    """Days on which a pair does not work: from `starts_on`, up to but without `ends_on`."""

    class Reason(models.TextChoices):
        CONSENT = "consent", "утрачено согласие участника"
        ABSENCE = "absence", "участник отсутствует"
        OTHER = "other", "другое"

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="pauses")
    starts_on = models.DateField("с")
    ends_on = models.DateField("возобновлена", null=True, blank=True)
    reason = models.CharField("почему", max_length=8, choices=Reason)
    note = models.CharField("пояснение", max_length=300, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "пауза пары"
        verbose_name_plural = "паузы пар"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(ends_on=None), name="group_one_open_pause",
                violation_error_message="Пара уже приостановлена.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="pause_period",
                violation_error_message="Пауза заканчивается раньше, чем начинается.",
            ),
        ]  # fmt: skip


class GroupRequest(OwnedModel):
    """A written wish about a pair: the mentor's notice, the mentee's request, the curator's initiative."""

    class Kind(models.TextChoices):
        NOTICE = "mentor_notice", "заявление наставника о сложении обязанностей"
        CHANGE = "mentee_request", "ходатайство о замене наставника"
        CURATOR = "curator", "инициатива куратора"

    class State(models.TextChoices):
        OPEN = "open", "ждёт решения"
        GRANTED = "granted", "удовлетворено"
        DECLINED = "declined", "отклонено"
        WITHDRAWN = "withdrawn", "отозвано"

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="requests")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="group_requests", verbose_name="кто"
    )
    kind = models.CharField("что", max_length=14, choices=Kind)
    made_on = models.DateField("дата")
    text = models.TextField("своими словами", blank=True)
    earliest_on = models.DateField("пара может закончиться с", null=True, blank=True)
    state = models.CharField("состояние", max_length=9, choices=State, default=State.OPEN)
    decision = models.CharField("решение", max_length=500, blank=True)
    decided_on = models.DateField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(
        "roadmap.Document", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "заявление о паре"
        verbose_name_plural = "заявления о парах"
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "kind"], condition=Q(state="open"),
                name="one_open_request",
                violation_error_message="Такое заявление уже подано и ждёт решения.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} от {self.made_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.organization.slug, self.group_id])
