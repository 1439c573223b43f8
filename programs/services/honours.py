"""The honour board: people only; what of them is seen is decided by their consents (R-910)."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from programs.models import Award, HonourEntry
from programs.publication_permissions import can_edit_section
from programs.services.publication_people import keep_picture
from roadmap.services.public_text import names_said

FIELDS = ("award", "merit", "since", "until")


@transaction.atomic
def add(*, person: Person, merit: str, since: dt.date, by: Membership, until: dt.date | None = None, award: Award | None = None) -> HonourEntry:  # fmt: skip
    """Last on the board. A person without a consent may stand here: nothing is shown until it is given."""
    can_edit_section(by).require()
    rows = HonourEntry.objects.of(by.organization)
    last = rows.aggregate(last=Max("sort_index"))["last"] or 0
    entry = HonourEntry(organization=by.organization, person=person, merit=merit.strip(), since=since, until=until, award=award, sort_index=last + 1)  # fmt: skip
    check(entry)
    entry.save()
    journal.record(by, "honour.added", entry)
    return entry


def check(entry: HonourEntry) -> None:
    entry.full_clean()
    if entry.award and entry.award.person_id != entry.person_id:
        raise RuleError("Это поощрение другого человека. Выберите поощрение из его карточки.", "award")  # fmt: skip
    if entry.award and (entry.award.state != Award.State.GIVEN or entry.award.kind in Award.RESTRICTED):  # fmt: skip
        raise RuleError("Показывают вручённое поощрение. Дождитесь приказа или уберите поощрение.", "award")  # fmt: skip
    found = names_said(entry.merit, entry.organization)
    if found:
        raise RuleError(f"В тексте стоит фамилия: {', '.join(found)}. Уберите её: имя покажет сама доска, если есть согласие.", "merit")  # fmt: skip


@transaction.atomic
def change(entry: HonourEntry, *, by: Membership, **values) -> HonourEntry:
    can_edit_section(by).require()
    for name in FIELDS:
        setattr(entry, name, values.get(name, getattr(entry, name)))
    entry.merit = entry.merit.strip()
    check(entry)
    entry.save(update_fields=FIELDS)
    journal.record(by, "honour.changed", entry)
    return entry


@transaction.atomic
def set_photo(entry: HonourEntry, *, file, by: Membership) -> HonourEntry:
    """Redrawn, without metadata; shown only where the consent names the photo."""
    can_edit_section(by).require()
    entry.photo = keep_picture(file, by=by, purpose="honour", owner_id=entry.pk)
    entry.save(update_fields=["photo"])
    journal.record(by, "honour.changed", entry)
    return entry


@transaction.atomic
def move(entry: HonourEntry, *, step: int, by: Membership) -> None:
    can_edit_section(by).require()
    rows = list(HonourEntry.objects.of(entry.organization))
    place = next(number for number, row in enumerate(rows) if row.pk == entry.pk)
    other = min(max(place + step, 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.sort_index = number
    HonourEntry.objects.bulk_update(rows, ["sort_index"])
    journal.record(by, "honour.changed", entry)


@transaction.atomic
def remove(entry: HonourEntry, *, by: Membership) -> None:
    can_edit_section(by).require()
    journal.record(by, "honour.removed", entry)
    entry.delete()
