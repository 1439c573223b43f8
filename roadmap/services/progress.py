"""Marks of progress: they live beside the plan and never touch an edition (R-109)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from roadmap.models import RoadmapActivity
from roadmap.permissions import can_mark_progress

Progress = RoadmapActivity.Progress
FIELDS = ["progress", "progress_on", "progress_note"]


@transaction.atomic
def mark_progress(
    activity: RoadmapActivity,
    *,
    progress: str,
    day: dt.date,
    progress_on: dt.date | None = None,
    progress_note: str = "",
    by: Membership,
) -> RoadmapActivity:
    """Say how a line goes; done needs a date (default `day`, never later), «not needed» needs a reason."""
    can_mark_progress(by).require()
    rows = RoadmapActivity.objects.of(by.organization).select_for_update(of=("self",))
    row = rows.filter(pk=activity.pk).first()
    if row is None:
        raise RuleError("Строка уже удалена. Обновите страницу.")
    if progress_on and progress_on > day:
        raise RuleError("Дата ещё не наступила. Укажите день, когда это сделано.", "progress_on")
    if progress == Progress.NOT_NEEDED and not progress_note.strip():
        raise RuleError("Напишите, почему мероприятие не требуется.", "progress_note")
    row.progress, row.progress_note = progress, progress_note.strip()
    row.progress_on = None if progress == Progress.PLANNED else progress_on or day
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save(update_fields=FIELDS)
    journal.record(by, "roadmap.progress_marked", row)
    return row
