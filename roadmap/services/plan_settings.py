"""Title, years, columns and footnote of a roadmap; its copy for the next year (R-110, R-113)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.models.plan import default_columns
from roadmap.permissions import can_edit_plan
from roadmap.services.plan_edit import locked
from roadmap.services.plan_templates import check_years, with_usual_columns
from roadmap.services.plan_words import years_words

COLUMN_CODES = tuple(column["code"] for column in default_columns())
SETTINGS = ("title", "year_start", "year_end", "columns", "numbering", "stamp", "footnote")
HEADING_LENGTH = 200
ROW_FIELDS = (
    "sort_index", "title", "period_kind", "month_from", "month_to", "period_text", "date_from", "date_to",
)  # fmt: skip


@transaction.atomic
def update_roadmap(roadmap: Roadmap, *, by: Membership, **values) -> Roadmap:
    """Set some of `SETTINGS`; columns are the whole list in the order of printing."""
    can_edit_plan(by).require()
    roadmap = locked(roadmap)
    if set(values) - set(SETTINGS):
        raise RuleError("Такой настройки у карты нет.")
    for name, value in values.items():
        setattr(roadmap, name, value)
    roadmap.columns = checked_columns(roadmap.columns)
    check_years(roadmap)
    roadmap.full_clean()
    roadmap.save(update_fields=list(values))
    journal.record(by, "roadmap.settings_changed", roadmap)
    return roadmap


def checked_columns(columns: list[dict]) -> list[dict]:
    """Known codes and own ones («extra:…»), each once, headed, the activity always shown."""
    codes = [column["code"] for column in columns]
    unknown = [code for code in codes if code not in COLUMN_CODES and not code.startswith("extra:")]
    if unknown or len(codes) != len(set(codes)):
        raise RuleError("Графы таблицы заданы неверно. Обновите страницу и повторите.", "columns")
    cleaned = []
    for column in columns:
        heading = " ".join(column["heading"].split())[:HEADING_LENGTH]
        if column["shown"] and not heading:
            raise RuleError(
                "У каждой видимой графы должен быть заголовок. Впишите его или скройте графу.",
                "columns",
            )
        cleaned.append({"code": column["code"], "heading": heading, "shown": bool(column["shown"])})
    if not any(column["code"] == "activity" and column["shown"] for column in cleaned):
        raise RuleError("Графу с мероприятиями скрыть нельзя: без неё карта пуста.", "columns")
    return with_usual_columns(cleaned)


def new_column_code(columns: list[dict]) -> str:
    """Code of one more own column: «extra:own1», «extra:own2» …"""
    taken = {column["code"] for column in columns}
    number = 1
    while f"extra:own{number}" in taken:
        number += 1
    return f"extra:own{number}"


@transaction.atomic
def copy_to_next_year(roadmap: Roadmap, *, by: Membership, with_people: bool = True, with_dates: bool = True) -> Roadmap:  # fmt: skip
    """The same plan a year later: dates shifted (or, without them, empty), marks of progress empty.

    People who have left are not taken over: a new paper must not name them; months and roles stay.
    """
    can_edit_plan(by).require()
    roadmap = locked(roadmap)
    check_not_copied(roadmap)
    copy = Roadmap(
        organization=roadmap.organization,
        title=next_title(roadmap),
        year_start=later(roadmap.year_start),
        year_end=later(roadmap.year_end),
        columns=roadmap.columns,
        numbering=roadmap.numbering,
        stamp=roadmap.stamp,
        footnote=roadmap.footnote,
        template_code=roadmap.template_code,
        copied_from=roadmap,
    )
    copy.full_clean()
    copy.save()
    copy_rows(roadmap, copy, with_people, with_dates)
    journal.record(by, "roadmap.copied", copy)
    return copy


def check_not_copied(roadmap: Roadmap) -> None:
    if roadmap.year_start is None:
        return
    copies = Roadmap.objects.of(roadmap.organization).filter(copied_from=roadmap)
    if copies.filter(year_start=roadmap.year_start + 1).exists():
        raise RuleError("Карта на следующий год из этой уже создана. Откройте её в списке карт.")


def later(year: int | None) -> int | None:
    return None if year is None else year + 1


def next_title(roadmap: Roadmap) -> str:
    """The title with the years moved on, as the curator wrote them («2026/2027», «2026–2027»)."""
    title = roadmap.title
    if roadmap.year_start is None:
        return title
    old = years_words(roadmap.year_start, roadmap.year_end)
    new = years_words(later(roadmap.year_start), later(roadmap.year_end))
    for dash in ("/", "-", "–"):
        title = title.replace(old.replace("/", dash), new.replace("/", dash))
    return title


def copy_rows(source: Roadmap, copy: Roadmap, with_people: bool, with_dates: bool) -> None:
    """Stages, blocks, lines and people, level by level in bulk."""
    owner = source.organization
    twins: dict[tuple[str, int | None], object] = {}
    stages = RoadmapStage.objects.of(owner).filter(roadmap=source)
    copy_level("stage", stages, twins, lambda row: {"roadmap": copy}, with_dates)
    blocks = RoadmapBlock.objects.of(owner).filter(stage__roadmap=source)
    copy_level("block", blocks, twins, lambda row: {"stage": twins["stage", row.stage_id]}, with_dates)  # fmt: skip
    lines = RoadmapActivity.objects.of(owner).filter(stage__roadmap=source)
    copy_level(
        "activity",
        lines,
        twins,
        lambda row: {
            "stage": twins["stage", row.stage_id],
            "block": twins.get(("block", row.block_id)),
            "code": row.code,
            "fact": row.fact,
            "document_kind": row.document_kind,
            "conditional": row.conditional,
            "extra": row.extra,
        },
        with_dates,
    )
    copy_responsible(owner, twins, with_people)


def copy_level(level: str, rows, twins: dict, links, with_dates: bool) -> None:
    made = {}
    for row in rows:
        values = {name: getattr(row, name) for name in ROW_FIELDS}
        if with_dates:
            values |= {name: next_year(values[name]) for name in ("date_from", "date_to")}
        elif row.period_kind == "dates":
            values |= {"period_kind": "", "date_from": None, "date_to": None}
        made[level, row.pk] = rows.model(
            organization_id=row.organization_id, **values, **links(row)
        )
    rows.model.objects.bulk_create(made.values())
    twins.update(made)


def copy_responsible(owner, twins: dict, with_people: bool) -> None:
    people = Responsible.objects.of(owner).select_related("person")
    made = []
    for level in ("stage", "block", "activity"):
        ids = [pk for one, pk in twins if one == level]
        for row in people.filter(**{f"{level}__in": ids}):
            if row.person is None or (with_people and row.person.employed_to is None):
                links = {level: twins[level, getattr(row, f"{level}_id")]}
                made.append(
                    Responsible(
                        organization=owner,
                        role=row.role,
                        person=row.person,
                        sort_index=row.sort_index,
                        **links,
                    )
                )
    Responsible.objects.bulk_create(made)


def next_year(day: dt.date | None) -> dt.date | None:
    """The same day a year later; 29 February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
