"""Sealing the journal: unsealed lines of a school get a seal that continues the chain.

Writers never wait: they only add lines, and a line committed later with a smaller id simply comes under the
next seal. Two sealers at once meet at the last seal (row lock) or at the unique number (the slower one tries again).
"""

import logging
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from people.journal_chain import FIELDS, Seal, digest_of
from people.models import JournalEntry, JournalSeal, Organization
from people.services.erasing import chunks

BATCH = 5_000  # lines under one seal: the transaction stays short, also at the first run over an old journal
TRIES = 10
logger = logging.getLogger("people.seals")


def waiting() -> QuerySet:
    """Schools with lines that have no seal yet: one query however many schools there are."""
    unsealed = JournalEntry.objects.filter(seal=None).values("organization")
    return Organization.objects.filter(pk__in=unsealed)


def soon(organization: Organization) -> None:
    """Seal in the background once the transaction around is committed; called at each approval."""
    from people.tasks import seal_journal  # the task calls this service

    seal_journal.enqueue(organization.pk)


def seal_all(organization_id: int) -> list[JournalSeal]:
    """Everything that is committed now, in batches."""
    made = []
    while seal := seal_batch(organization_id):
        made.append(seal)
        if seal.lines < BATCH:
            break
    return made


def seal_batch(organization_id: int) -> JournalSeal | None:
    """One seal, or None where nothing waits."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                seal = put(organization_id)
                if seal is not None:
                    transaction.on_commit(partial(tell, seal))
                return seal
        except IntegrityError:  # another sealer took the number first
            continue
    return None


def put(organization_id: int) -> JournalSeal | None:
    seals = JournalSeal.objects.of(organization_id)
    last = seals.select_for_update(of=("self",)).order_by("-number").first()
    entries = JournalEntry.objects.of(organization_id).filter(seal=None)
    lines = list(entries.order_by("pk").values_list(*FIELDS)[:BATCH])
    if not lines:
        return None
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    seal = Seal(0, number, timezone.now(), len(lines), previous, "")
    row = JournalSeal.objects.create(
        organization_id=organization_id, number=number, at=seal.at, lines=seal.lines,
        previous=previous, digest=digest_of(seal, organization_id, lines),
    )  # fmt: skip
    attach(row, [line[0] for line in lines])
    return row


def attach(seal: JournalSeal, ids: list[int]) -> None:
    """The one door by which a line changes: past the manager, and only lines without a seal."""
    plain = QuerySet(JournalEntry)
    done = sum(plain.filter(pk__in=part, seal=None).update(seal=seal) for part in chunks(ids))
    if done != len(ids):
        raise IntegrityError("another sealer was faster")


def tell(seal: JournalSeal) -> None:
    """A copy outside the database: one line of the log, which `verify --head` takes back."""
    facts = {"school": seal.organization_id, "number": seal.number, "lines": seal.lines, "digest": seal.digest}  # fmt: skip
    logger.info("seal", extra=facts)


def heads() -> dict[str, str]:
    """School → «number:digest» of its last seal; one query, one look into the index for each school."""
    last = JournalSeal.objects.filter(organization=OuterRef("pk")).order_by("-number")
    found = Organization.objects.annotate(
        number=Subquery(last.values("number")[:1]), digest=Subquery(last.values("digest")[:1])
    ).exclude(number=None)
    return {row.slug: f"{row.number}:{row.digest}" for row in found.order_by("slug")}
