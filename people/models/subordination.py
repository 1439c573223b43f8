"""To which education authority an organization belongs, and from when till when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet


class SubordinationQuerySet(OwnedQuerySet):
    def active_on(self, day: dt.date) -> "SubordinationQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Subordination(OwnedModel):
    """`organization` (school, or a municipal authority) belongs to `authority` for a time; one at a time.

    The subordinate owns the row: it says itself whose requests it answers (R-912).
    """

    authority = models.ForeignKey(
        "people.Organization", models.PROTECT, related_name="subordinates",
        verbose_name="орган управления образованием",
    )  # fmt: skip
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)

    objects = SubordinationQuerySet.as_manager()

    class Meta:
        verbose_name = "подчинение органу управления"
        verbose_name_plural = "подчинение органам управления"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["authority", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="subordination_period",
                violation_error_message="Подчинение не может закончиться раньше, чем началось.",
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("authority")),
                name="subordination_not_self",
                violation_error_message="Организация не подчиняется сама себе.",
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(ends_on=None), name="subordination_one_open",
                violation_error_message="Организация уже подчиняется другому органу. Сначала закончите прежнее подчинение.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organization} – {self.authority}"
