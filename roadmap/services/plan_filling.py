"""From the data of a template to rows with the school and the year in their texts (R-112, R-114)."""

import datetime as dt
import re

from mentoring.core.grammar import Unsure, organization_in_case
from people.models import Person
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.services.evidence import fact_for

YEAR_PHRASE = re.compile(r"\s+на \{school_year\} учебный год")


def genitive(organization) -> str:
    """«МБОУ «Школа № 21»» in the genitive; a name the grammar is unsure of stays to be typed."""
    try:
        return organization_in_case(organization.short_name, "gent")
    except Unsure:
        return "[[наименование организации]]"


class Filler:
    """Puts the school and the year into the texts of a template."""

    def __init__(self, organization, years: str):
        self.years = years
        self.values = {
            "{org}": organization.short_name,
            "{org_gent}": genitive(organization),
            "{school_year}": years,
        }

    def words(self, text: str) -> str:
        if not self.years:
            text = YEAR_PHRASE.sub("", text)
        elif "–" in self.years:
            text = text.replace("{school_year} учебный год", "{school_year} учебные годы")
        for mark, value in self.values.items():
            text = text.replace(mark, value)
        return text


def add_rows(
    roadmap: Roadmap, stages: list[dict], filled: Filler, people: dict[str, Person]
) -> None:
    """Write all rows of the template in four bulk inserts."""
    made: dict[str, list] = {"stage": [], "block": [], "activity": []}
    responsible: list[Responsible] = []

    def row(model, level: str, place: int, source: dict, **links):
        node = model(
            organization=roadmap.organization,
            sort_index=place,
            title=filled.words(source["title"]),
            **links,
            **period_fields(source.get("period"), roadmap, filled),
        )
        made[level].append(node)
        responsible.extend(responsible_rows(node, level, source.get("responsible", []), people))
        return node

    for place, stage_source in enumerate(stages):
        stage = row(RoadmapStage, "stage", place, stage_source, roadmap=roadmap)
        lines = [(None, one) for one in stage_source["activities"]]
        for block_place, block_source in enumerate(stage_source.get("blocks", [])):
            block = row(RoadmapBlock, "block", block_place, block_source, stage=stage)
            lines += [(block, one) for one in block_source["activities"]]
        for line_place, (block, source) in enumerate(lines):
            row(
                RoadmapActivity,
                "activity",
                line_place,
                source,
                stage=stage,
                block=block,
                **meaning(source, filled),
            )
    for model, level in (
        (RoadmapStage, "stage"),
        (RoadmapBlock, "block"),
        (RoadmapActivity, "activity"),
    ):
        model.objects.bulk_create(made[level])
    Responsible.objects.bulk_create(responsible)


def meaning(source: dict, filled: Filler) -> dict:
    """Fields that only an activity has."""
    return {
        "code": source.get("code", ""),
        "fact": fact_for(source.get("code", ""), source.get("document_kind", "")),
        "document_kind": source.get("document_kind", ""),
        "conditional": source.get("conditional", False),
        "extra": {name: filled.words(text) for name, text in source.get("extra", {}).items()},
    }


def responsible_rows(
    node, level: str, sources: list[dict], people: dict[str, Person]
) -> list[Responsible]:
    rows = []
    for place, one in enumerate(sources):
        person = people.get(one.get("person", ""))
        if "role" in one or person:
            links = {
                level: node,
                "role": one.get("role", ""),
                "person": person,
                "sort_index": place,
            }
            rows.append(Responsible(organization_id=node.organization_id, **links))
    return rows


def period_fields(period: dict | None, roadmap: Roadmap, filled: Filler) -> dict:
    """PERIOD of a template → fields of `Scheduled`; «09-01» falls into the roadmap's school year."""
    if not period:
        return {}
    kind = period["kind"]
    if kind == "text":
        return {"period_kind": kind, "period_text": filled.words(period["text"])}
    if kind == "months":
        return {"period_kind": kind, "month_from": period["from"], "month_to": period["to"]}
    if kind == "yearly":
        return {"period_kind": kind, "month_from": period.get("month")}
    if kind == "days":
        first = dt.date.fromisoformat(period["from"]) if period["from"] else None
        last = dt.date.fromisoformat(period["to"])
        return {"period_kind": "dates", "date_from": first, "date_to": last}
    if roadmap.year_start is None:
        months = int(period["from"][:2]), int(period["to"][:2])
        return {"period_kind": "months", "month_from": months[0], "month_to": months[1]}
    return {
        "period_kind": kind,
        "date_from": day_of_year(period["from"], roadmap.year_start),
        "date_to": day_of_year(period["to"], roadmap.year_start),
    }


def day_of_year(month_day: str, year_start: int) -> dt.date:
    """«09-30» → 30 September of the first calendar year, «05-20» → 20 May of the second."""
    month, day = map(int, month_day.split("-"))
    return dt.date(year_start if month >= 8 else year_start + 1, month, day)
