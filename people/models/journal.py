"""The journal: who changed what and when; ids and codes only, no names, no free text."""

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class JournalEntry(OwnedModel):
    """One line per change. `membership` is empty for what the portal did by itself."""

    at = models.DateTimeField("когда", default=timezone.now, db_index=True)
    membership = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто",
    )
    event = models.CharField("событие", max_length=60)
    object_type = models.CharField("вид записи", max_length=60, blank=True)
    object_id = models.BigIntegerField("номер записи", null=True, blank=True)

    class Meta:
        verbose_name = "строка журнала"
        verbose_name_plural = "журнал"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organization", "object_type", "object_id"])]
