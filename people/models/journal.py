"""The journal: who changed what and when; ids and codes only, no names, no free text.

Lines are sealed in batches (`people/services/sealing.py`): a seal holds the digest of its lines and of the
seal before it, so a line changed, deleted or put in later is found by `manage.py verify`.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet

CODE = r"^[a-z0-9_]+(\.[a-z0-9_]+)*\Z"  # small Latin letters: no name of a person passes
FOR_EVER = "Строки журнала и печати не меняют и не удаляют."


class ForEverQuerySet(OwnedQuerySet):
    """Rows that are only ever added."""

    def update(self, **values):
        raise TypeError(FOR_EVER)

    def bulk_update(self, *args, **options):
        raise TypeError(FOR_EVER)

    def delete(self):
        raise TypeError(FOR_EVER)


class ForEver(models.Model):
    """A row that is written once. Abstract."""

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if not self._state.adding:
            raise TypeError(FOR_EVER)
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise TypeError(FOR_EVER)


class JournalSeal(ForEver, OwnedModel):
    """The `number`-th seal of a school: `digest` covers `previous`, school, number, time and the lines."""

    number = models.PositiveIntegerField("номер")
    at = models.DateTimeField("когда", default=timezone.now)
    lines = models.PositiveIntegerField("строк")
    previous = models.CharField("предыдущая печать", max_length=64, blank=True)
    digest = models.CharField("печать", max_length=64)

    objects = ForEverQuerySet.as_manager()

    class Meta:
        verbose_name = "печать журнала"
        verbose_name_plural = "печати журнала"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="journal_seal_number")
        ]


class JournalEntry(ForEver, OwnedModel):
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
    event = models.CharField("событие", max_length=60, validators=[RegexValidator(CODE)])
    object_type = models.CharField(
        "вид записи", max_length=60, blank=True, validators=[RegexValidator(CODE)]
    )
    object_id = models.BigIntegerField("номер записи", null=True, blank=True)
    # Empty: not sealed yet.
    seal = models.ForeignKey(
        JournalSeal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="печать"
    )

    objects = ForEverQuerySet.as_manager()

    class Meta:
        verbose_name = "строка журнала"
        verbose_name_plural = "журнал"
        ordering = ["-pk"]  # not by time: a clock set back changes no order
        indexes = [
            models.Index(fields=["organization", "object_type", "object_id"]),
            models.Index(fields=["organization", "-id"], name="journal_last_line"),
        ]
