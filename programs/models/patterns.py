"""The bank of programmes and the bounds of their length (R-130, R-603)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel
from people.models import MenteeProfile
from programs.models.programs import Program, ProgramContent


class ProgramPattern(OwnedModel, ProgramContent):
    """A programme to begin with. `plan`: rows {title, direction, form_of_work, category, expected, share};
    `milestones`: rows {title, planned, share}; `share` 0…1 is the place within the length. `code`: of the starter set."""

    code = models.SlugField(max_length=60, blank=True)
    difficulties = models.JSONField("затруднения", default=list, blank=True)
    months = models.PositiveSmallIntegerField("месяцев", default=9)
    plan = models.JSONField("план", default=list, blank=True)
    milestones = models.JSONField("этапы", default=list, blank=True)
    made_from = models.ForeignKey(Program, models.SET_NULL, null=True, blank=True, related_name="+")
    made_on = models.DateField("в банке с", default=timezone.localdate)
    archived = models.BooleanField("убрана из банка", default=False)

    class Meta:
        verbose_name = "программа банка"
        verbose_name_plural = "банк программ"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"], condition=~Q(code=""), name="pattern_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pattern", args=[self.organization.slug, self.pk])


class ProgramBounds(OwnedModel):
    """Own bounds of a programme's length for one category of mentees; without a row the school's usual hold."""

    category = models.CharField("кто", max_length=16, choices=MenteeProfile.Category)
    min_months = models.PositiveSmallIntegerField("не короче, мес.", default=3)
    max_months = models.PositiveSmallIntegerField("не дольше, мес.", default=12)

    class Meta:
        verbose_name = "срок программы"
        verbose_name_plural = "сроки программ"
        constraints = [
            models.UniqueConstraint(fields=["organization", "category"], name="program_bounds_once"),
            models.CheckConstraint(
                condition=Q(max_months__gte=F("min_months")), name="program_bounds_order",
                violation_error_message="Наибольший срок меньше наименьшего.",
            ),
        ]  # fmt: skip
