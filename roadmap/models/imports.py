"""A roadmap read from a school's own file and not yet made: the curator mends its lines first."""

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class RoadmapImport(OwnedModel):
    """`lines`: rows {level, title, period, responsible, extra}; `source`: tables as read, rows of texts."""

    file_name = models.CharField("файл", max_length=200)
    title = models.CharField("название", max_length=500, blank=True)
    lines = models.JSONField(default=list)
    source = models.JSONField(default=list)
    created_by = models.ForeignKey("people.Membership", models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "загрузка дорожной карты"
        verbose_name_plural = "загрузки дорожных карт"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
