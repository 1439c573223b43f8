"""Terms of the school, its calendar, and what was destroyed when."""

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class TermSetting(OwnedModel):
    """The school's own value of a term of fixtures/legal_terms.json."""

    code = models.SlugField("срок", max_length=60)
    value = models.PositiveSmallIntegerField("значение")
    note = models.CharField("на каком основании", max_length=300, blank=True)
    changed_on = models.DateField("изменено")

    class Meta:
        verbose_name = "свой срок"
        verbose_name_plural = "свои сроки"
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], name="term_setting_once")
        ]


class CalendarDay(OwnedModel):
    """A day that differs from the usual week: a holiday, or a working Saturday."""

    day = models.DateField("день")
    working = models.BooleanField("рабочий", default=False)
    title = models.CharField("что это", max_length=120)

    class Meta:
        verbose_name = "особый день календаря"
        verbose_name_plural = "особые дни календаря"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "day"],
                name="calendar_day_once",
                violation_error_message="Этот день уже в списке.",
            )
        ]


class PurgeRun(OwnedModel):
    """One destruction of data: counts by purpose and codes of what went, no names."""

    on = models.DateField("дата")
    at = models.DateTimeField(default=timezone.now)
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    counts = models.JSONField("сколько", default=dict)
    lines = models.JSONField("что", default=list)
    act_document_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "уничтожение данных"
        verbose_name_plural = "уничтожения данных"
        ordering = ["-on", "-pk"]
