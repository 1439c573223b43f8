"""Marks of progress: they live beside the plan and never touch an edition (R-109)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import files, journal
from roadmap.models import RoadmapActivity
from roadmap.permissions import can_mark_progress
from roadmap.services.plan_edit import require_open

Progress = RoadmapActivity.Progress
FIELDS = ["progress", "progress_on", "progress_note", "progress_file", "by_fact"]


@transaction.atomic
def mark_progress(
    activity: RoadmapActivity,
    *,
    progress: str,
    day: dt.date,
    progress_on: dt.date | None = None,
    progress_note: str = "",
    progress_file=None,
    by: Membership,
) -> RoadmapActivity:
    """Say by hand how a line goes; done needs a note or a file, «not needed» a reason.

    The date is `day` by default and never later; `progress_file` is an upload. «Запланировано» gives
    the line back to its fact.
    """
    can_mark_progress(by).require()
    rows = RoadmapActivity.objects.of(by.organization).select_for_update(of=("self",))
    row = rows.select_related("stage__roadmap", "organization").filter(pk=activity.pk).first()
    if row is None:
        raise RuleError("Строка уже удалена. Обновите страницу.")
    require_open(row.stage.roadmap)
    if progress_on and progress_on > day:
        raise RuleError("Дата ещё не наступила. Укажите день, когда это сделано.", "progress_on")
    if progress == Progress.NOT_NEEDED and not progress_note.strip():
        raise RuleError("Напишите, почему мероприятие не требуется.", "progress_note")
    kept = row.progress_file_id and progress == Progress.DONE
    if progress == Progress.DONE and not (progress_note.strip() or progress_file or kept):
        raise RuleError("Напишите, чем это подтверждено, или приложите файл.", "progress_note")
    row.progress, row.progress_note, row.by_fact = progress, progress_note.strip(), False
    if progress_file:
        row.progress_file = files.store_attachment(progress_file, by=by, purpose="activity", owner_id=row.pk)  # fmt: skip
    elif not kept:
        row.progress_file = None
    row.progress_on = None if progress == Progress.PLANNED else progress_on or day
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save(update_fields=FIELDS)
    journal.record(by, "roadmap.progress_marked", row)
    return row
