"""A school's own thresholds of indicators."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mentoring.core.tenancy import OwnedModel


class IndicatorSettings(OwnedModel):
    """One row a school; without it the usual thresholds hold (`programs/monitoring/scope.py: Definitions`)."""

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
        verbose_name = "пороги показателей"
        verbose_name_plural = "пороги показателей"
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="indicator_settings_once")
        ]
