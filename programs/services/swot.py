"""Strong and weak sides, opportunities and threats of a period, written by the curator (R-707)."""

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from programs.models import SwotNote
from programs.monitoring.process import PARTS
from programs.monitoring.scope import Period
from programs.report_permissions import can_write_reports
from programs.services.monitoring import swot_of


@transaction.atomic
def save(period: Period, *, by: Membership, **texts: str) -> SwotNote:
    """Keep the four texts; those not given stay."""
    can_write_reports(by).require()
    note = swot_of(by.organization, period)
    for part, text in texts.items():
        setattr(note, part, "\n".join(lines_of(text)))
    note.updated_at = timezone.now()
    note.full_clean()
    note.save()
    journal.record(by, "swot.saved", note)
    return note


def take(period: Period, *, part: str, text: str, by: Membership) -> SwotNote:
    """Add one thought from the answers as a line of its part, once."""
    can_write_reports(by).require()
    line = " ".join(text.split())
    if part not in PARTS or not line:
        raise RuleError("Такой строки в ответах нет. Обновите страницу.")
    kept = lines_of(getattr(swot_of(by.organization, period), part))
    if line in kept:
        raise RuleError("Эта строка уже перенесена.")
    return save(period, by=by, **{part: "\n".join([*kept, line])})


def lines_of(text: str) -> list[str]:
    return [line for line in (" ".join(one.split()) for one in text.splitlines()) if line]
