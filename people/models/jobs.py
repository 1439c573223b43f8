"""Background work as a row that its author can open, leave and find again."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class Job(OwnedModel):
    """Progress and result of one long task; `updated_at` is the heartbeat, `attempt` says who may write."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт очереди"
        RUNNING = "running", "выполняется"
        DONE = "done", "готово"
        FAILED = "failed", "не удалось"

    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="jobs")
    title = models.CharField("что делаем", max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField("попытка", default=0, db_default=0)
    error = models.CharField(max_length=400, blank=True)
    result = models.ForeignKey(
        "people.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Address inside the portal where the work is seen when it is done.
    target = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.organization.slug, self.pk])
