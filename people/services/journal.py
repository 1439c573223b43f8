"""Writing the journal: one line per change, ids and codes only."""

import re

from people import hooks
from people.models import JournalEntry, Membership
from people.models.journal import CODE


def record(by: Membership | None, event: str, obj, *, organization=None) -> JournalEntry:
    """Write `event` about `obj`; `organization` only when nobody acted (`by` is None)."""
    if not re.match(CODE, event):
        raise ValueError(f"not a code: {event!r}")
    organization = organization or by.organization
    hooks.recorded(organization, event)
    return JournalEntry.objects.create(
        organization=organization,
        membership=by,
        event=event,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
    )
