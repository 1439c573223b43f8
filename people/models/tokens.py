"""Tokens by which programs of the organization read the API."""

import datetime as dt

from django.db import models
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


class ApiToken(OwnedModel):
    """A secret for reading, limited to `scopes` and to a term; only its hash is kept.

    `scopes`: codes of `people/api_scopes.py`. It reads what its author may read on that day (`services/api_tokens.py`).
    """

    name = models.CharField(
        "для чего", max_length=120,
        help_text="Какая программа будет читать данные. Например: «Выгрузка в региональную систему».",
    )  # fmt: skip
    scopes = models.JSONField("что можно читать", default=list)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="+", verbose_name="кто выдал"
    )
    created_at = models.DateTimeField("выдан", default=timezone.now)
    expires_on = models.DateField("действует по", help_text="Не дольше года.")
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)
    last_used_on = models.DateField("последнее обращение", null=True, blank=True)
    # Requests of one minute (counted from the epoch), for the limit.
    minute = models.PositiveBigIntegerField(default=0, editable=False)
    in_minute = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "токен API"
        verbose_name_plural = "токены API"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organization", "created_at"])]

    def __str__(self) -> str:
        return self.name

    def open_on(self, day: dt.date) -> bool:
        """Neither revoked nor past its last day; whether its author still may is asked elsewhere."""
        return self.revoked_at is None and day <= self.expires_on
