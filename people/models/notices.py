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
    told_on = models.DateField("напоминание за день", null=True, blank=True)
    digest = models.ForeignKey(
        "people.Letter", models.SET_NULL, null=True, blank=True, related_name="digested"
    )

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "read_at"]),
            models.Index(fields=["organization", "told_on"]),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]

    def __str__(self) -> str:
        return self.title


class Letter(OwnedModel):
    """A letter in the outbox; `sent` is written only after the mail server took it."""

    class State(models.TextChoices):
        HELD = "held", "ждёт проверки"
        WAITING = "waiting", "ждёт отправки"
        SENDING = "sending", "отправляется"
        SENT = "sent", "отправлено"
        FAILED = "failed", "не отправлено"
        DROPPED = "dropped", "решили не отправлять"

    notice = models.OneToOneField(
        Notice, models.CASCADE, null=True, blank=True, related_name="letter"
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="letters"
    )
    key = models.CharField(max_length=120, blank=True)
    batch = models.CharField("рассылка", max_length=120, blank=True)
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
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["organization", "batch"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~models.Q(key=""), name="letter_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class LetterChoice(OwnedModel):
    """What a person wants by e-mail; without a row everything comes, reminders once a day."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="letter_choice")
    digest = models.BooleanField("напоминания письмом раз в день", default=True)
    at_once = models.BooleanField("письма о событиях, которые касаются лично меня", default=True)
    muted = models.JSONField("о чём не напоминать письмом", default=list, blank=True)

    class Meta:
        verbose_name = "настройка писем"
        verbose_name_plural = "настройки писем"


class CalendarFeed(OwnedModel):
    """A private address of the person's calendar; only the hash of its secret is kept."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календарей"
