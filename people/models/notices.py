"""Notices in the portal and letters that wait in the outbox."""

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class Notice(OwnedModel):
    """One message to one person; `key` keeps a repeated run from telling the same thing twice."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices")
    event = models.CharField("событие", max_length=60)
    key = models.CharField(max_length=120)
    title = models.CharField("заголовок", max_length=200)
    text = models.TextField("текст", blank=True)
    url = models.CharField("куда", max_length=300, blank=True)
    created_at = models.DateTimeField("когда", default=timezone.now)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "read_at"])]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]

    def __str__(self) -> str:
        return self.title


class Letter(OwnedModel):
    """A letter in the outbox; `sent` is written only after the mail server took it."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт отправки"
        SENDING = "sending", "отправляется"
        SENT = "sent", "отправлено"
        FAILED = "failed", "не отправлено"

    notice = models.OneToOneField(
        Notice, models.CASCADE, null=True, blank=True, related_name="letter"
    )
    address = models.EmailField("кому")
    subject = models.CharField("тема", max_length=200)
    text = models.TextField("текст")
    html = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.CharField("что помешало", max_length=400, blank=True)
    not_before = models.DateTimeField("не раньше", default=timezone.now)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return self.subject
