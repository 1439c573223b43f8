"""One import of a list: the file, what was recognised, what was changed, how to undo it."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class ImportBatch(OwnedModel):
    """`mapping`: {"columns": {column number: field}, "namesakes": [row numbers]};
    `undo`: [{person, created, before, after}] in the order of change.

    The file itself is erased as soon as it is written down: a staff list holds more than the portal needs.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "загружен"
        PREVIEWED = "previewed", "проверен"
        RUNNING = "running", "записывается"
        APPLIED = "applied", "записан"
        UNDONE = "undone", "отменён"
        FAILED = "failed", "не удалось"

    kind = models.CharField(max_length=12, default="staff")
    file = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("файл", max_length=200, blank=True)
    job = models.ForeignKey("people.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    sheet = models.CharField("лист", max_length=100, blank=True)
    header_row = models.PositiveIntegerField("строка заголовков", default=1)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    counts = models.JSONField(default=dict, blank=True)
    errors = models.JSONField(default=list, blank=True)
    undo = models.JSONField(default=list, blank=True)
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("загружен", default=timezone.now)
    applied_at = models.DateTimeField("записан", null=True, blank=True)
    undone_at = models.DateTimeField("отменён", null=True, blank=True)

    class Meta:
        verbose_name = "загрузка списка"
        verbose_name_plural = "загрузки списков"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Загрузка {self.created_at:%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.organization.slug, self.pk])
