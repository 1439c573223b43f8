"""Effect of `signature_regulation`: from now on the simple signature counts for those who join it."""

from people.models import Membership, Organization
from people.services import journal
from roadmap.models import Document


def introduce(document: Document, *, by: Membership) -> None:
    """The basis is printed under each signature made in the portal."""
    number = f" № {document.number}" if document.number else ""
    basis = f"Положение о простой электронной подписи от {document.dated_on:%d.%m.%Y}{number}"
    Organization.objects.filter(pk=document.organization_id).update(
        simple_signature_allowed=True, simple_signature_basis=basis
    )
    journal.record(by, "organization.updated", document.organization)
