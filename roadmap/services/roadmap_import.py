"""Bringing a school's own roadmap in: read, mend line by line, make (issue: «принеси своё»)."""

import re
from functools import cache

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization, Person
from people.services import journal
from people.services.files import read_upload
from roadmap.imports.grids import Grid, read_grids
from roadmap.imports.reading import ACTIVITY, BLOCK, SKIP, STAGE, Line, read_plan
from roadmap.imports.words import read_period, read_responsible
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapImport
from roadmap.models.plan import default_columns
from roadmap.permissions import can_edit_plan
from roadmap.services.plan_filling import Filler, add_rows, period_fields
from roadmap.services.plan_settings import new_column_code
from roadmap.services.plan_templates import check_years, templates, with_usual_columns
from roadmap.services.plan_words import period_words, responsible_words, years_words

LEVELS = (STAGE, BLOCK, ACTIVITY, SKIP)
ALIKE = 0.6  # share of common words from which two titles mean the same work
EMPTY = (
    "В таблицах не нашлось мероприятий. Нужна графа «Мероприятия» или «Содержание деятельности»."
)


def read_file(content: bytes, name: str) -> tuple[str, list[Line], list[Grid]]:
    """(title, lines, tables) of a .docx or .xlsx; RuleError in words for everything else."""
    grids = read_grids(content, name)
    title, lines = read_plan(grids)
    if not any(line.level == ACTIVITY for line in lines):
        raise RuleError(EMPTY, "file")
    return title, lines, grids


@transaction.atomic
def upload(file, *, by: Membership) -> RoadmapImport:
    """Read the file and keep what was read; an earlier unfinished reading of the member goes."""
    can_edit_plan(by).require()
    title, lines, grids = read_file(read_upload(file, "file"), file.name)
    RoadmapImport.objects.of(by.organization).filter(created_by=by).delete()
    draft = RoadmapImport(
        organization=by.organization, created_by=by, file_name=file.name[-200:], title=title,
        lines=[line.as_dict() for line in lines], source=[source_rows(grid) for grid in grids],
    )  # fmt: skip
    draft.full_clean()
    draft.save()
    journal.record(by, "roadmap.read", draft)
    return draft


def source_rows(grid: Grid) -> list[list[str]]:
    """Texts of the table, a merged cell told once."""
    rows, seen = [], set()
    for row in grid.rows:
        rows.append(["" if cell.owner in seen else cell.text for cell in row])
        seen |= {cell.owner for cell in row}
    return rows


@transaction.atomic
def mend(draft: RoadmapImport, *, lines: dict[int, dict], by: Membership) -> RoadmapImport:
    """Put corrected lines in by their places; others stay."""
    can_edit_plan(by).require()
    for place, values in lines.items():
        if not 0 <= place < len(draft.lines) or values["level"] not in LEVELS:
            raise RuleError("Такой строки нет. Обновите страницу.")
        if values["level"] != SKIP and not values["title"].strip():
            raise RuleError(f"Строка {place + 1}: впишите название или выберите «не переносить».")
        draft.lines[place] = {**draft.lines[place], **values}
    draft.save(update_fields=["lines"])
    return draft


@transaction.atomic
def make(draft: RoadmapImport, *, title: str, year_start: int | None, by: Membership) -> Roadmap:
    """The roadmap from the mended lines; what nobody understood stays in a column of its own."""
    can_edit_plan(by).require()
    source = Source(by.organization, draft.lines)
    if not source.stages:
        raise RuleError(EMPTY, "title")
    roadmap = Roadmap(
        organization=by.organization, title=title.strip(), year_start=year_start,
        columns=source.columns, stamp=Roadmap.Mark.TO_ORDER,
    )  # fmt: skip
    check_years(roadmap)
    roadmap.full_clean()
    roadmap.save()
    add_rows(roadmap, source.stages, Filler(by.organization, years_words(year_start, None)), source.people)  # fmt: skip
    draft.delete()
    journal.record(by, "roadmap.imported", roadmap)
    return roadmap


class Source:
    """Lines as the data of a template (`fixtures/roadmaps/`): nested rows with periods and people."""

    def __init__(self, organization: Organization, lines: list[dict]):
        self.people: dict[str, Person] = {}
        self.known = self.staff(organization)
        self.headings: dict[str, str] = {}
        self.used: set[str] = set()
        self.stages = self.nested([line for line in lines if line["level"] != SKIP])
        for stage in self.stages:
            hoist(stage)
        self.columns = self.make_columns()

    def staff(self, organization: Organization) -> dict[tuple[str, str], str]:
        """(surname, initials) → key; two people of the same initials are nobody, rather than the wrong one."""
        found: dict[tuple[str, str], list] = {}
        for person in Person.objects.of(organization).filter(employed_to=None):
            self.people[f"p{person.pk}"] = person
            for initials in {person.first_name[:1] + person.patronymic[:1], person.first_name[:1]}:
                found.setdefault((person.last_name, initials), []).append(f"p{person.pk}")
        return {name: keys[0] for name, keys in found.items() if len(keys) == 1}

    def nested(self, lines: list[dict]) -> list[dict]:
        stages: list[dict] = []
        for line in lines:
            node = {"title": line["title"].strip(), **self.read(line)}
            if line["level"] == STAGE or not stages:
                head = node if line["level"] == STAGE else {"title": "Мероприятия", "period": None, "responsible": []}  # fmt: skip
                stages.append({**head, "blocks": [], "activities": []})
                if line["level"] == STAGE:
                    continue
            if line["level"] == BLOCK:
                stages[-1]["blocks"].append({**node, "activities": []})
                continue
            holder = stages[-1]["blocks"][-1] if stages[-1]["blocks"] else stages[-1]
            holder["activities"].append({**node, **meaning_of(node["title"])})
        return stages

    def read(self, line: dict) -> dict:
        """Period and people of a line; words not understood go to own columns."""
        responsible, unknown = read_responsible(line.get("responsible") or "", self.known)
        extra = {self.code(heading): text for heading, text in (line.get("extra") or {}).items()}
        if unknown:
            extra[self.code("Ответственные (как в файле)")] = ", ".join(unknown)
        period = read_period(line.get("period") or "")
        self.used |= {name for name, value in (("period", period), ("responsible", responsible)) if value}  # fmt: skip
        return {"period": period, "responsible": responsible, "extra": extra}

    def code(self, heading: str) -> str:
        if heading not in self.headings:
            taken = [{"code": f"extra:{one}"} for one in self.headings.values()]
            self.headings[heading] = new_column_code(taken).removeprefix("extra:")
        return self.headings[heading]

    def make_columns(self) -> list[dict]:
        """The usual columns, hidden where the file had none, then its own."""
        hidden = {name for name in ("period", "responsible") if name not in self.used}
        if not any(stage["blocks"] for stage in self.stages):
            hidden.add("block")
        usual = [{**one, "shown": one["code"] not in hidden} for one in default_columns()]
        own = [{"code": f"extra:{code}", "heading": heading, "shown": True} for heading, code in self.headings.items()]  # fmt: skip
        return with_usual_columns([*usual, *own])


def hoist(stage: dict) -> None:
    """What all lines of a holder share is the holder's: «сентябрь» for the whole stage."""
    for name, empty in (("period", None), ("responsible", [])):
        for block in stage["blocks"]:
            lift(block, block["activities"], name, empty)
        lift(stage, [*stage["blocks"], *stage["activities"]], name, empty)


def lift(holder: dict, rows: list[dict], name: str, empty) -> None:
    values = [row[name] for row in rows]
    if values and values[0] and not holder[name] and all(value == values[0] for value in values):
        holder[name] = values[0]
        for row in rows:
            row[name] = empty


def meaning_of(title: str) -> dict:
    """`code` and `document_kind` of the work of the templates that says the same, {} for an own one."""
    words = stems(title)
    best, found = 0.0, {}
    for known, values in known_works():
        common = len(words & known) / max(len(words | known), 1)
        if common > best:
            best, found = common, values
    return dict(found) if best >= ALIKE else {}


@cache
def known_works() -> list[tuple[frozenset, dict]]:
    rows = []
    for template in templates().values():
        for stage in template["stages"]:
            for holder in [*stage.get("blocks", []), stage]:
                rows += [(stems(one["title"]), {name: one[name] for name in ("code", "document_kind", "conditional") if one.get(name)}) for one in holder["activities"]]  # fmt: skip
    return rows


def stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"[а-яё\d]{3,}", text.casefold()))


def understood(line: dict, organization: Organization, known: dict) -> dict[str, str]:
    """How the portal reads the words of a line, for the preview: `period`, `responsible`, `unknown`, `means`."""
    period = read_period(line.get("period") or "")
    rows, unknown = read_responsible(line.get("responsible") or "", known)
    node = RoadmapActivity(**period_fields(period, Roadmap(), Filler(organization, "")))
    roles = [Responsible(role=row["role"]) for row in rows if "role" in row]
    names = [row["person"] for row in rows if "person" in row]
    return {
        "period": period_words(node),
        "responsible": responsible_words(roles),
        "people": names,
        "unknown": ", ".join(unknown),
        "code": meaning_of(line["title"]).get("code", "") if line["level"] == ACTIVITY else "",
    }
