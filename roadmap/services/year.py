"""The school year: closing the past one, opening the next, confirming who is who (R-110).

What is taken over: the roadmap, the questionnaires that were run, the drafts of yearly papers. People,
dates and numbers are not: a new paper must not name who has gone nor a day that is over.
"""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization, Questionnaire, Survey
from people.permissions import can_edit_organization
from people.services import journal, surveys
from roadmap import documents as builders
from roadmap.models import Document, Roadmap, RoadmapActivity
from roadmap.permissions import can_edit_plan
from roadmap.services import drafts, evidence
from roadmap.services.plan_edit import locked
from roadmap.services.plan_settings import copy_to_next_year

AUGUST, MAY = 8, 5
YEARLY = ("implementation_order", "curator_order")
KEPT_ANSWERS = ("text", "long_text", "choice")


def year_of(day: dt.date) -> int:
    """School year of the day; August already belongs to the new one."""
    return day.year if day.month >= AUGUST else day.year - 1


def last_year_of(roadmap: Roadmap) -> int:
    return roadmap.year_start if roadmap.year_end is None else roadmap.year_end


def may_close_from(roadmap: Roadmap) -> dt.date:
    """The work of a year is reviewed in May; earlier a year is not closed by mistake."""
    return dt.date(last_year_of(roadmap) + 1, MAY, 1)


def preview(roadmap: Roadmap, on: dt.date) -> dict[str, int]:
    """What the next year takes over: numbers of `lines`, `dated` lines, `open` lines, `surveys`, `drafts`."""
    lines = RoadmapActivity.objects.of(roadmap.organization).filter(stage__roadmap=roadmap)
    return {
        "lines": lines.count(),
        "dated": lines.filter(period_kind="dates").count(),
        "open": lines.exclude(progress__in=["done", "not_needed"]).count(),
        "surveys": len(questionnaires_of_year(roadmap)),
        "drafts": len(papers_of_year(roadmap)) + 1,
    }


@transaction.atomic
def open_next_year(roadmap: Roadmap, *, on: dt.date, by: Membership) -> Roadmap:
    """Close the roadmap of the past year and make everything the new one begins with."""
    can_edit_plan(by).require()
    if roadmap.year_start is None:
        raise RuleError("У этой карты нет учебного года: она бессрочная и продолжает действовать.")
    if on < may_close_from(roadmap):
        raise RuleError(f"Год закрывают не раньше {may_close_from(roadmap):%d.%m.%Y}: до этого работа ещё идёт.")  # fmt: skip
    evidence.settle(by.organization, on=on)
    old = locked(roadmap)
    new = copy_to_next_year(old, by=by, with_people=False, with_dates=False)
    copy_surveys(old, new, by)
    copy_drafts(old, new, by)
    old.closed_on = on
    old.save(update_fields=["closed_on"])
    journal.record(by, "year.opened", new)
    return new


def questionnaires_of_year(roadmap: Roadmap) -> list[Questionnaire]:
    """Questionnaires that were run in the years of the roadmap and are still in use."""
    window = evidence.window_of(roadmap, dt.date(2999, 1, 1))
    runs = Survey.objects.of(roadmap.organization).filter(opens_on__range=window.days)
    rows = Questionnaire.objects.of(roadmap.organization).filter(archived=False)
    return list(rows.filter(versions__surveys__in=runs).distinct())


def copy_surveys(old: Roadmap, new: Roadmap, by: Membership) -> None:
    """A draft of each run for the new year, nobody on its list yet."""
    first = dt.date(new.year_start, 9, 1)
    window = evidence.window_of(old, dt.date(2999, 1, 1))
    for form in questionnaires_of_year(old):
        runs = Survey.objects.of(old.organization).filter(version__questionnaire=form, opens_on__range=window.days)  # fmt: skip
        latest = runs.order_by("-opens_on", "-pk").first()
        surveys.create(form, people=[], by=by, minimum=latest.minimum, title=form.title, opens_on=first, privacy=latest.privacy)  # fmt: skip


def papers_of_year(roadmap: Roadmap) -> list[Document]:
    """Yearly papers in force of the roadmap, the newest of each kind."""
    rows = Document.objects.of(roadmap.organization).in_force().filter(roadmap=roadmap, kind__in=YEARLY)  # fmt: skip
    return list({paper.kind: paper for paper in rows.order_by("dated_on", "pk")}.values())


def copy_drafts(old: Roadmap, new: Roadmap, by: Membership) -> None:
    """Drafts with what was typed last year; empty places stay red until they are filled."""
    first = dt.date(new.year_start, 9, 1)
    for paper in papers_of_year(old):
        fields = builders.builder(paper.kind).FIELDS
        values = {one.name: paper.values[one.name] for one in fields if one.kind in KEPT_ANSWERS and one.name in paper.values}  # fmt: skip
        values.pop("year", None)
        if paper.kind == "implementation_order":
            values["mode"] = "carry_on"
        drafts.create_draft(kind=paper.kind, day=first, by=by, roadmap=new, values=values, complete=False)  # fmt: skip
    drafts.create_draft(kind="roadmap", day=first, by=by, roadmap=new)


@transaction.atomic
def confirm_year(*, on: dt.date, by: Membership) -> None:
    """Head, curator and contacts are right for this school year (the roles drift over a year)."""
    can_edit_organization(by).require()
    Organization.objects.filter(pk=by.organization_id).update(year_confirmed_on=on)
    journal.record(by, "year.confirmed", by.organization)
