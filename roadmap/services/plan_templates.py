"""Starting a roadmap from a template of `fixtures/roadmaps/` (R-112)."""

import json
from functools import cache

from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from roadmap.models import Roadmap
from roadmap.models.plan import default_columns
from roadmap.permissions import can_edit_plan
from roadmap.services.plan_filling import Filler, add_rows
from roadmap.services.plan_words import years_words

FOLDER = "fixtures/roadmaps"
RECOMMENDED = "recommended"
# Which annex of the order it is depends on the order, so the row keeps «annex» only.
MARKS = {
    "none": Roadmap.Mark.NONE,
    "annex_2_to_order": Roadmap.Mark.TO_ORDER,
    "annex_to_regulation": Roadmap.Mark.TO_REGULATION,
    "approved_by_order": Roadmap.Mark.APPROVED,
}


@cache
def templates() -> dict[str, dict]:
    files = sorted((settings.BASE_DIR / FOLDER).glob("*.json"))
    loaded = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    return {template["code"]: template for template in loaded}


def list_templates() -> list[dict]:
    """Templates with code, name, about and year_mode; the recommended one first."""
    return sorted(templates().values(), key=lambda one: (one["code"] != RECOMMENDED, one["name"]))


def load(code: str) -> dict:
    """Template by its code; RuleError when there is none."""
    if code not in templates():
        raise RuleError("Такого образца нет. Выберите образец из списка.", "template")
    return templates()[code]


@transaction.atomic
def create_roadmap(
    *,
    template: str,
    title: str = "",
    year_start: int | None,
    year_end: int | None = None,
    by: Membership,
    people: dict[str, Person] | None = None,
) -> Roadmap:
    """A roadmap with all rows of the template; `template=""` gives an empty one.

    `people` resolves person keys of the template (demo); a key without a person is left out.
    """
    can_edit_plan(by).require()
    source = load(template) if template else empty_template()
    filled = Filler(by.organization, years_words(year_start, year_end))
    roadmap = Roadmap(
        organization=by.organization,
        title=title.strip() or filled.words(source["title"]),
        year_start=year_start,
        year_end=year_end,
        columns=with_usual_columns([{**column, "shown": True} for column in source["columns"]]),
        numbering=source["numbering"],
        stamp=MARKS[source["stamp"]],
        footnote=filled.words(source["footnote"]),
        template_code=template,
    )
    check_years(roadmap)
    roadmap.full_clean()
    roadmap.save()
    add_rows(roadmap, source["stages"], filled, own_people(people or {}, by.organization))
    journal.record(by, "roadmap.created", roadmap)
    return roadmap


def empty_template() -> dict:
    return {
        "title": "Дорожная карта по реализации Положения о системе наставничества {org_gent}"
        " на {school_year} учебный год",
        "columns": default_columns(),
        "numbering": Roadmap.Numbering.STAGE,
        "stamp": "annex_2_to_order",
        "footnote": "",
        "stages": [],
    }


def with_usual_columns(columns: list[dict]) -> list[dict]:
    """The columns and, hidden at the end, the usual ones that are not among them (R-113)."""
    codes = {column["code"] for column in columns}
    missing = [column for column in default_columns() if column["code"] not in codes]
    return [*columns, *({**column, "shown": False} for column in missing)]


def check_years(roadmap: Roadmap) -> None:
    """Years that a person could mean; the last not before the first."""
    if roadmap.year_end is not None and roadmap.year_start is None:
        raise RuleError("Укажите первый учебный год или очистите последний.", "year_start")
    if roadmap.year_end is not None and roadmap.year_end < roadmap.year_start:
        raise RuleError("Последний учебный год раньше первого. Исправьте один из них.", "year_end")


def own_people(people: dict[str, Person], organization) -> dict[str, Person]:
    if any(person.organization_id != organization.pk for person in people.values()):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", "people")
    return people
