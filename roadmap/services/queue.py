"""The queue of decisions of a member: what, who made it, why now, and a digest in a paragraph."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from people.models import Membership, Person
from roadmap.document_permissions import can_decide
from roadmap.models import ApprovalStep, Document
from roadmap.services import digests


@dataclass(frozen=True)
class Card:
    """One paper that waits: `days` since the step opened, `digest` is one paragraph."""

    step: ApprovalStep
    document: Document
    days: int
    digest: str

    @property
    def is_body(self) -> bool:
        return self.step.kind == ApprovalStep.Kind.BODY

    @property
    def value(self) -> str:
        """What the tick list sends: the paper and the edition that was shown."""
        return f"{self.document.pk}-{self.step.edition.no}"


def open_steps(organization):
    steps = ApprovalStep.objects.of(organization).filter(
        state=ApprovalStep.State.OPEN, document__state=Document.State.REVIEW
    )
    steps = steps.select_related(
        "document__created_by__person", "document__roadmap", "person", "edition"
    )
    return steps.prefetch_related("document__annexes__document", "document__stamps").order_by(
        "opened_at", "pk"
    )


def queues(
    membership: Membership, *, now: dt.datetime | None = None
) -> tuple[list[Card], list[Card]]:
    """(mine to decide, waiting for others), oldest first; six queries whatever the number of papers."""
    now = now or timezone.now()
    steps = list(open_steps(membership.organization))
    people = named_in(membership.organization, [step.document for step in steps])
    mine, others = [], []
    for step in steps:
        card = Card(
            step, step.document, (now - step.opened_at).days, digests.digest(step.document, people)
        )
        (mine if can_decide(membership, step) else others).append(card)
    return mine, others


def named_in(organization, documents: list[Document]) -> dict[int, Person]:
    """People named by the values of these papers, by pk (one query)."""
    ids = {pk for document in documents for pk in digests.person_ids(document)}
    return Person.objects.of(organization).in_bulk(ids) if ids else {}
