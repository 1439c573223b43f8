"""Which changes of a school can be seen in its public section.

Every change of the house leaves one journal line in its transaction, so the journal is the one place that knows them all:
`people.hooks.on_recorded` calls `follow`, which drops what is kept. Nouns, not single codes: a new verb of a shown thing
counts by itself, and one rebuilding too many costs little, while one too few would show a person who said no. What ends by its
day alone (terms of consents, «показывать по») leaves no line; `valid_until` of the kept output answers for it.
"""

from programs.services import public_snapshots

SHOWN = frozenset({
    "section", "publication", "honour",  # the section itself
    "consent", "public_address", "person", "import", "purge", "pupil", "representative",  # who may be shown, and as what
    "organization", "role", "catalogue",  # requisites, who answers for mentoring, words of the lists
    "document", "norm", "roadmap", "year", "event", "posting",  # the plan and the papers
    "program", "group", "result", "pattern", "practice", "material", "award", "contest",  # the work
})  # fmt: skip


def is_shown(event: str) -> bool:
    return event.partition(".")[0] in SHOWN


def follow(organization, event: str) -> None:
    """Hook of the journal; takes effect after the commit."""
    if is_shown(event):
        public_snapshots.drop(organization)
