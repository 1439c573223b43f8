"""Roadmaps of two school years and agreements with partners."""

import datetime as dt

from mentoring.portal.demo.region.schools import School, Year, moment
from roadmap.models import Document, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.services.plan_filling import Filler, meaning, period_fields
from roadmap.services.plan_templates import RECOMMENDED, load
from roadmap.services.plan_words import period_end

PARTNERS = ("педагогическим колледжем", "институтом развития образования", "домом учителя")


def build_plans(school: School) -> None:
    for year in school.years:
        build_roadmap(school, year)
    for number in range(school.chance.choice((0, 0, 1, 2))):
        day = school.years[0].day(10, 10) + dt.timedelta(days=school.chance.randrange(300))
        if day <= school.day:
            agreement(school, day, number)


def build_roadmap(school: School, year: Year) -> None:
    """All lines of the recommended template; those whose term is over are mostly closed."""
    source, filled = load(RECOMMENDED), Filler(school.organization, year.words)
    roadmap = school.add(
        Roadmap, title=filled.words(source["title"]), year_start=year.start, template_code=RECOMMENDED,
        columns=[{**column, "shown": True} for column in source["columns"]], numbering=source["numbering"],
        created_at=moment(year.day(8, 25)),
    )  # fmt: skip
    for place, stage_row in enumerate(source["stages"]):
        stage = add_node(school, RoadmapStage, roadmap, filled, place, stage_row, roadmap=roadmap)
        lines = [(None, row) for row in stage_row["activities"]]
        for block_place, block_row in enumerate(stage_row.get("blocks", [])):
            block = add_node(school, RoadmapBlock, roadmap, filled, block_place, block_row, stage=stage)  # fmt: skip
            lines += [(block, row) for row in block_row["activities"]]
        for line_place, (block, row) in enumerate(lines):
            line = add_node(school, RoadmapActivity, roadmap, filled, line_place, row, stage=stage, block=block, **meaning(row, filled))  # fmt: skip
            close(school, line, roadmap)


def add_node(school: School, model, plan: Roadmap, filled: Filler, place: int, row: dict, **links):  # fmt: skip
    return school.add(model, sort_index=place, title=filled.words(row["title"]), **links, **period_fields(row.get("period"), plan, filled))  # fmt: skip


def close(school: School, line: RoadmapActivity, roadmap: Roadmap) -> None:
    end = period_end(line, roadmap)
    if end is None or end > school.day or not school.often(0.85):
        return
    line.progress, line.progress_on = "done" if school.often(0.95) else "not_needed", end


def agreement(school: School, day: dt.date, number: int) -> None:
    school.add(
        Document, kind="partner_agreement", title=f"о сотрудничестве с {school.chance.choice(PARTNERS)}", state="in_force", register="other",
        number=f"{number + 1}", number_period=day.year, dated_on=day, signatory=school.head, signatory_post=school.organization.head_title,
        check_code=f"{school.chance.getrandbits(80):020x}", from_paper=True, created_by=school.curator, created_at=moment(day),
    )  # fmt: skip
