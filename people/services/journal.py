"""Writing the journal: one line per change, ids and codes only."""

from people.models import JournalEntry, Membership


def record(by: Membership | None, event: str, obj, *, organization=None) -> JournalEntry:
    """Write `event` about `obj`; `organization` only when nobody acted (`by` is None)."""
    return JournalEntry.objects.create(
        organization=organization or by.organization,
        membership=by,
        event=event,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
    )
