"""The bank of programmes: the starter set, own ones, «взять за основу» (R-130)."""

import json
from functools import cache

from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization
from people.services import journal
from programs.models import PlanItem, Program, ProgramPattern
from programs.program_permissions import can_keep_programs
from programs.services.program_drafts import CONTENT


@cache
def starter_set() -> list[dict]:
    """Rows of `fixtures/program_bank.json`; school types a row fits stand in `for`, empty = all."""
    path = settings.BASE_DIR / "fixtures/program_bank.json"
    return json.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def install(organization: Organization) -> None:
    """Put the starter set into the bank of a school, once; what the school changed stays."""
    known = set(ProgramPattern.objects.of(organization).values_list("code", flat=True))
    missing = [row for row in starter_set() if row["code"] not in known]
    ProgramPattern.objects.bulk_create(
        ProgramPattern(organization=organization, **row) for row in missing
    )


@transaction.atomic
def keep(program: Program, *, title: str, by: Membership) -> ProgramPattern:
    """Put a programme of the school into the bank, without names of people."""
    can_keep_programs(by).require()
    if not title.strip():
        raise RuleError("Дайте программе название.", "title")
    length = max((program.ends_on - program.starts_on).days, 1)

    def share(day) -> float:
        return round(min(max((day - program.starts_on).days / length, 0), 1), 3)

    content = {name: getattr(program, name) for name in CONTENT if name != "title"}
    content["problem"] = ""  # it is the person's own
    pattern = ProgramPattern(
        organization=by.organization, title=title.strip(), made_from=program, months=max(round(length / 30.4), 1),
        plan=[
            {"title": row.title, "direction": row.direction, "form_of_work": row.form_of_work, "category": row.category, "expected": row.expected, "share": share(row.due_on)}
            for row in program.items.exclude(state=PlanItem.State.CANCELLED)
        ],
        milestones=[{"title": row.title, "planned": row.planned, "share": share(row.due_on)} for row in program.milestones.all()],
        **content,
    )  # fmt: skip
    pattern.full_clean()
    pattern.save()
    journal.record(by, "pattern.kept", pattern)
    return pattern


@transaction.atomic
def archive(pattern: ProgramPattern, *, archived: bool, by: Membership) -> ProgramPattern:
    can_keep_programs(by).require()
    pattern.archived = archived
    pattern.save(update_fields=["archived"])
    return pattern
