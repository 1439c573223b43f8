"""Who may open the files that the people floor keeps; registered in `people/apps.py`."""

from mentoring.core.access import ALLOWED, Verdict
from people.models import Consent, Membership, StoredFile
from people.permissions import can_read_consents


def can_read_consent_file(membership: Membership, stored: StoredFile) -> Verdict:
    """Scan or signature of a consent: the person, the curator, the head."""
    own = Consent.objects.of(membership.organization).filter(
        pk=stored.owner_id, person=membership.person_id
    )
    return ALLOWED if own.exists() else can_read_consents(membership)
