"""Files outside the web root, reached only through a rights check."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


def storage_path(stored: "StoredFile", filename: str) -> str:
    """Random name: two files of one name never meet, and a path tells nothing."""
    return f"{stored.organization_id}/{secrets.token_hex(16)}"


class StoredFile(OwnedModel):
    """An immutable file. `purpose` names the rule that says who may read it (people/files.py)."""

    purpose = models.CharField(max_length=40)
    owner_id = models.BigIntegerField(null=True, blank=True)
    file = models.FileField(upload_to=storage_path, max_length=200)
    name = models.CharField("имя файла", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        indexes = [models.Index(fields=["organization", "purpose", "owner_id"])]

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """The whole content; the file is closed again."""
        with self.file.open() as stream:
            return stream.read()

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.organization.slug, self.pk])
