"""`manage.py verify`: approved programmes against the hash taken when they were approved."""

from collections.abc import Iterator

from people.models import Organization
from people.verification import Counter, Finding
from programs.models import ProgramVersion
from programs.services.programs import content_hash


def versions(organization: Organization, counter: Counter) -> Iterator[Finding]:
    rows = ProgramVersion.objects.of(organization).order_by("pk")
    for version in rows.iterator(chunk_size=200):
        counter.add("редакций программ")
        if content_hash(version.content) != version.content_hash:
            text = f"содержание редакции {version.number} не то, что было утверждено"
            yield Finding("программа", version.program_id, f"{text}. Сравните её с резервной копией.")  # fmt: skip
