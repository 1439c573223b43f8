"""Prints of a programme: itself from a frozen version, plan of development, schedule and log of meetings, report."""

import datetime as dt

from django.utils import timezone

from mentoring.core import grammar
from mentoring.core.prints import render_print
from people.models import Person
from people.services import catalogues
from people.services.accounts import head_on
from programs.models import Meeting, PlanItem, Program, ProgramVersion
from programs.models.programs import ProgramContent
from programs.services.programs import snapshot

TITLES = {name: str(Program._meta.get_field(name).verbose_name) for name in ProgramContent.TEXTS}


def program_sheet(program: Program, version: ProgramVersion | None = None) -> tuple[str, dict]:
    """Body and context of the programme: the newest approved version, or the draft as it stands.

    Best with `versions`, `items__progress`, `milestones`, `consents`, `group__members__person` prefetched.
    """
    versions = list(program.versions.all())
    version = version or (versions[-1] if versions else None)
    content = version.content if version else snapshot(program)
    reached = {row.title: row for row in program.items.all()}
    stages = {row.title: row.actual for row in program.milestones.all()}
    items = [{**row, "due_on": day(row["due_on"]), "actual": result_of(reached.get(row["title"]))} for row in content["items"]]  # fmt: skip
    milestones = [{**row, "due_on": day(row["due_on"]), "actual": stages.get(row["title"], "")} for row in content["milestones"]]  # fmt: skip
    names = {name: catalogues.titles(program.organization, name) for name in ("form", "kind", "direction")}  # fmt: skip
    context = {
        "org": program.organization, "program": program, "content": content, "version": version,
        "group": program.group, "items": items, "milestones": milestones,
        "starts_on": day(content["starts_on"]), "ends_on": day(content["ends_on"]),
        "texts": [(TITLES[name], content[name]) for name in ProgramContent.TEXTS if content[name].strip()],
        "forms": [names["form"].get(code, code) for code in content["forms"]],
        "kinds": [names["kind"].get(code, code) for code in content["kinds"]],
        "directions": [names["direction"].get(code, code) for code in content["directions"]],
        "direction_names": names["direction"], "consents": list(program.consents.all()),
        "mode": program.get_delivery_mode_display(), "approval": approval(program, version),
    }  # fmt: skip
    return "prints/program.html", context


def day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)


def result_of(item: PlanItem | None) -> str:
    if item is None or item.state == PlanItem.State.PLANNED:
        return ""
    if item.state == PlanItem.State.CANCELLED:
        return f"снято: {item.cancel_reason}"
    return item.actual or f"выполнено {item.done_on:%d.%m.%Y}"


def approval(program: Program, version: ProgramVersion | None) -> dict | None:
    """The stamp: post, initials and day of who approved; None for a draft."""
    if version is None or program.approved_by is None:
        return None
    person = version.made_by.person
    found = head_on(program.organization, version.made_on)
    is_head = bool(found) and found[0] == person
    post = program.organization.head_title.capitalize() if is_head else "Куратор программ наставничества"  # fmt: skip
    return {"post": post, "name": grammar.person_in_case(person, "nomn", "initials_before"), "on": version.made_on}  # fmt: skip


def print_program(program: Program, version: ProgramVersion | None = None) -> bytes:
    return render_print([program_sheet(program, version)], title=f"Программа: {program.title}")


def print_development_plan(program: Program, person: Person, *, on: dt.date) -> bytes:
    """Plan of individual development of one mentee: difficulties, lines of the plan, learning (R-611)."""
    items = [row for row in program.items.all() if row.state != PlanItem.State.CANCELLED]
    rows = [(row, next((one.done_on for one in row.progress.all() if one.person_id == person.pk), None)) for row in items]  # fmt: skip
    context = {
        "org": program.organization, "program": program, "person": person, "on": on, "rows": rows,
        "difficulties": [row for row in program.difficulties.all() if row.person_id == person.pk],
        "trainings": person.trainings.filter(ends_on__gte=program.starts_on),
        "direction_names": catalogues.titles(program.organization, "direction"),
    }  # fmt: skip
    return render_print([("prints/development_plan.html", context)], title="План индивидуального развития")  # fmt: skip


def print_meeting_schedule(program: Program) -> bytes:
    """Meetings to come and held, by day."""
    context = {"org": program.organization, "program": program, "meetings": list(program.meetings.all())}  # fmt: skip
    return render_print([("prints/meeting_schedule.html", context)], title="Расписание встреч")


def print_meeting_log(program: Program) -> bytes:
    """The log of meetings held and missed; private notes are never in it."""
    rows = [row for row in program.meetings.all() if row.state != Meeting.State.PLANNED]
    minutes = sum(row.minutes for row in rows if row.state == Meeting.State.HELD)
    context = {"org": program.organization, "program": program, "meetings": rows, "hours": round(minutes / 60, 1), "held": sum(row.state == Meeting.State.HELD for row in rows)}  # fmt: skip
    return render_print([("prints/meeting_log.html", context)], title="Журнал встреч")


def print_mentor_report(program: Program) -> bytes:
    report = program.report
    context = {
        "org": program.organization, "program": program, "report": report, "group": program.group,
        "figures": report.figures, "day": report.sent_on or timezone.localdate(),
    }  # fmt: skip
    return render_print([("prints/mentor_report.html", context)], title="Аналитический отчёт наставника")  # fmt: skip
