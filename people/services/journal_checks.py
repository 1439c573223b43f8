"""`manage.py verify`: lines of the journal against their seals.

Lines of the journal have no term and outlive what they name by number: neither `purge` nor anonymising takes
one away, so a missing line is always a fault.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from people.journal_chain import FIELDS, Chain, Seal
from people.models import JournalEntry, JournalSeal, Organization
from people.verification import Counter, Finding

SEALS, LINES = 100, 10_000  # read at once
SEAL = "печать журнала"
MEND = "Сравните журнал с резервной копией и выясните, кто менял базу."


def journal(organization: Organization, counter: Counter) -> Iterator[Finding]:
    """One query for some hundred seals and one for their lines; memory does not grow with the journal."""
    chain, gaps = Chain(organization.pk), False
    for seals in parts(organization):
        lines = lines_of(seals)
        for seal in seals:
            counter.add("печатей журнала")
            counter.add("строк журнала", len(lines[seal.pk]))
            for flaw in chain.look(seal, lines[seal.pk]):
                gaps = gaps or flaw.number != seal.number
                yield Finding(SEAL, flaw.number, f"{flaw.text}. {MEND}")
    lost = without_seal(organization)
    if lost and not gaps:
        number = chain.last.number + 1 if chain.last else 1
        yield Finding(SEAL, number, f"печать пропала, под ней строк: {lost}. {MEND}")


def parts(organization: Organization) -> Iterator[list[Seal]]:
    """Seals by number, so many at once that their lines fit into memory."""
    seen, rows = 0, JournalSeal.objects.of(organization).order_by("number")
    while found := list(rows.filter(number__gt=seen)[:SEALS]):
        part, lines = [], 0
        for row in found:
            if part and lines + row.lines > LINES:
                break
            part.append(Seal(row.pk, row.number, row.at, row.lines, row.previous, row.digest))
            lines += row.lines
        seen = part[-1].number
        yield part


def lines_of(seals: list[Seal]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = {seal.pk: [] for seal in seals}
    entries = JournalEntry.objects.filter(seal__in=list(found)).order_by("pk")
    for seal, *line in entries.values_list("seal_id", *FIELDS).iterator():
        found[seal].append(tuple(line))
    return found


def without_seal(organization: Organization) -> int:
    """Lines that name a seal which is not there."""
    there = JournalSeal.objects.filter(pk=OuterRef("seal_id"))
    entries = JournalEntry.objects.of(organization).exclude(seal=None)
    return entries.filter(~Exists(there)).count()


def against_head(organization: Organization, number: int, digest: str) -> Iterator[Finding]:
    """A head noted outside the database (log, backup): finds a journal cut off at its end or written anew."""
    seal = JournalSeal.objects.of(organization).filter(number=number).first()
    if seal is None:
        yield Finding(SEAL, number, f"печати нет: конец журнала отрезан. {MEND}")
    elif seal.digest != digest:
        yield Finding(SEAL, number, f"печать не та, что отмечена: журнал переписан. {MEND}")
