"""`manage.py verify`: does everything still stand as it was written? Exit code 0 or 1; reads only.

A line for each fault: school, what, number, sentence. Notes begin with «заметка» and leave the code 0.
"""

from django.core.management.base import BaseCommand, CommandError

from people.models import Organization
from people.services.journal_checks import against_head
from people.verification import Counter, Finding, checked


class Command(BaseCommand):
    help = (
        "Проверяет журнал, файлы, утверждения и согласия: не изменено ли что-нибудь мимо портала."
    )

    def add_arguments(self, parser):
        parser.add_argument("--school", help="адрес одной организации")
        parser.add_argument(
            "--head", action="append", default=[], metavar="SCHOOL=NUMBER:DIGEST",
            help="последняя печать, отмеченная раньше (журнал сервера, резервная копия)",
        )  # fmt: skip

    def handle(self, *, school, head, **options):
        heads = dict(parsed(text) for text in head)
        counter, faults = Counter({"организаций": 0}), 0
        for organization in self.organizations(school, heads):
            counter.add("организаций")
            findings = list(heads.get(organization.slug, ()))
            for finding in self.findings(organization, findings, counter):
                faults += finding.fault
                self.tell(organization.slug, finding)
        seen = ", ".join(f"{words} {number}" for words, number in counter.seen.items())
        self.stdout.write(f"Проверено: {seen}. Нарушений: {faults}.")
        if faults:
            raise SystemExit(1)

    def findings(self, organization: Organization, heads: list, counter: Counter):
        for number, digest in heads:
            yield from against_head(organization, number, digest)
        yield from checked(organization, counter)

    def tell(self, slug: str, finding: Finding) -> None:
        start = "" if finding.fault else "заметка\t"
        self.stdout.write(f"{start}{slug}\t{finding.what}\t{finding.number}\t{finding.text}")

    def organizations(self, slug: str | None, heads: dict):
        for known in {slug, *heads} - {None}:
            if not Organization.objects.filter(slug=known).exists():
                raise CommandError(f"Организации «{known}» нет.")
        found = Organization.objects.order_by("pk")
        return (found.filter(slug=slug) if slug else found).iterator()


def parsed(text: str) -> tuple[str, list[tuple[int, str]]]:
    """«licey-45=12:ab…» → ("licey-45", [(12, "ab…")])."""
    slug, _, head = text.partition("=")
    number, _, digest = head.partition(":")
    if not (slug and number.isdecimal() and digest):
        raise CommandError(f"«{text}» не отметка печати. Пример: --head licey-45=12:9f86d081…")
    return slug, [(int(number), digest)]
