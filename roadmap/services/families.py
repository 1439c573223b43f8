"""Editions of a paper as a chain: what it replaced, what replaced it, which one counts today (R-121)."""

from roadmap.models import Document


def editions_of(document: Document) -> list[Document]:
    """All papers of one chain, oldest first (one query); cancelled drafts included."""
    rows = Document.objects.of(document.organization).filter(kind=document.kind).defer("body")
    by_pk = {row.pk: row for row in rows}
    found, queue = {document.pk}, [document.pk]
    while queue:
        pk = queue.pop()
        near = [row.pk for row in by_pk.values() if row.replaces_id == pk]
        if by_pk[pk].replaces_id:
            near.append(by_pk[pk].replaces_id)
        fresh = [one for one in near if one not in found and one in by_pk]
        found.update(fresh)
        queue += fresh
    return sorted((by_pk[pk] for pk in found), key=lambda row: row.pk)


def current_of(editions: list[Document]) -> Document | None:
    """The edition in force today, if there is one."""
    return next((row for row in reversed(editions) if row.state == Document.State.IN_FORCE), None)
