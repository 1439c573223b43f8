"""`manage.py verify`: bytes of the storage against the rows that name them."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.utils import timezone

from people.models import Organization, StoredFile
from people.services.erasing import strays
from people.verification import Counter, Finding

FILE = "файл"
BACK = "Верните его из резервной копии."
YOUNG = dt.timedelta(hours=1)  # bytes are written before their row is committed


def files(organization: Organization, counter: Counter) -> Iterator[Finding]:
    """Every stored file is read once, piece by piece."""
    for stored in StoredFile.objects.of(organization).order_by("pk").iterator(chunk_size=100):
        counter.add("файлов")
        text = fault_of(stored)
        # Destroyed by its term while we were reading: the row went with the bytes.
        if text and StoredFile.objects.filter(pk=stored.pk).exists():
            yield Finding(FILE, stored.pk, text)
    lonely = strays(organization, before=timezone.now() - YOUNG)
    if lonely:
        text = (
            f"в хранилище файлы, на которые ничто не ссылается: {len(lonely)}, например {lonely[0]}"
        )
        yield Finding("хранилище", len(lonely), f"{text}. Их можно удалить.", fault=False)


def fault_of(stored: StoredFile) -> str:
    try:
        digest = digest_of(stored)
    except (FileNotFoundError, ValueError):  # a row without a name gives ValueError
        return f"файла «{stored.file.name}» нет в хранилище. {BACK}"
    except OSError as error:
        return f"файл «{stored.file.name}» не читается ({error.strerror}). Проверьте диск."
    if digest != stored.sha256:
        return f"содержимое файла «{stored.file.name}» не то, что было записано. {BACK}"
    return ""


def digest_of(stored: StoredFile) -> str:
    digest = hashlib.sha256()
    with stored.file.open() as stream:
        for piece in stream.chunks():
            digest.update(piece)
    return digest.hexdigest()
