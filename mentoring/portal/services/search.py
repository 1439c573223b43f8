"""Search over everything the member may open: each source starts from the queryset of its own rights."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from mentoring.core.text_search import found_in
from people.models import Membership, MenteeProfile, MentorProfile, Person
from people.permissions import MANAGERS, can_read_people, has_any
from programs.models import Material, MentoringGroup, Practice
from programs.permissions import can_read_groups
from programs.program_permissions import can_read_library, readable_programs
from roadmap.document_permissions import readable_documents
from roadmap.event_permissions import can_see_events, visible_events
from roadmap.library_permissions import can_read_norms, can_read_partners
from roadmap.models import Norm, Partner, RoadmapActivity
from roadmap.permissions import PLANNERS, can_read_working_plan

LIMIT = 6


@dataclass(frozen=True)
class Source:
    """`rows(membership)` is None where the member may not look; `page`: the list that takes `?q=`."""

    title: str
    rows: Callable[[Membership], QuerySet | None]
    fields: tuple[str, ...]
    words: Callable[[object], str]
    page: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    hits: list[tuple[str, str]]
    more: str


def people(membership: Membership):
    if not can_read_people(membership):
        return None
    return Person.objects.of(membership.organization)


def cards(model):
    def rows(membership: Membership):
        # The administrator sees states only; a search by what a card says would tell more.
        if not has_any(membership, PLANNERS):
            return None
        found = model.objects.of(membership.organization).exclude(state="left")
        return found.select_related("person", "organization")

    return rows


def groups(membership: Membership):
    rows = MentoringGroup.objects.of(membership.organization).select_related("mentor").prefetch_related("members__person")  # fmt: skip
    return rows if can_read_groups(membership) else None


def plan(membership: Membership):
    if not can_read_working_plan(membership):
        return None
    return RoadmapActivity.objects.of(membership.organization).select_related("stage__roadmap__organization")  # fmt: skip


def events(membership: Membership):
    if not can_see_events(membership):
        return None
    seen = visible_events(membership).order_by().values("pk")
    return visible_events(membership).model.objects.filter(pk__in=seen).select_related("organization")  # fmt: skip


def documents(membership: Membership):
    seen = readable_documents(membership).order_by().values("pk")
    model = readable_documents(membership).model
    return model.objects.filter(pk__in=seen).select_related("organization").defer("body", "values")


def programs(membership: Membership):
    seen = readable_programs(membership).order_by().values("pk")
    rows = readable_programs(membership).model.objects.filter(pk__in=seen)
    return rows.select_related("organization")


def owned(model, allowed):
    def rows(membership: Membership):
        if not allowed(membership):
            return None
        return model.objects.of(membership.organization)

    return rows


def practices(membership: Membership):
    rows = owned(Practice, can_read_library)(membership)
    if rows is None or has_any(membership, MANAGERS):
        return rows
    return rows.exclude(state="draft")


def person_words(row) -> str:
    return ", ".join(filter(None, [row.full_name, row.job_title]))


def group_words(row) -> str:
    return f"{row.word}: {row.mentor.short_name} – {', '.join(one.short_name for one in row.mentees)}"  # fmt: skip


NAME = ("last_name", "first_name", "patronymic", "job_title", "subject")
OF_PERSON = tuple(f"person__{one}" for one in NAME[:4])
SOURCES = (
    Source("Сотрудники", people, NAME, person_words, "people"),
    Source("Банк наставников", cards(MentorProfile), (*OF_PERSON, "subject", "interests", "achievements"), lambda row: person_words(row.person), "mentors"),
    Source("Банк наставляемых", cards(MenteeProfile), (*OF_PERSON, "subject", "interests", "request"), lambda row: person_words(row.person), "mentees"),
    Source("Пары и группы", groups, ("mentor__last_name", "members__person__last_name", "theme"), group_words, "groups"),
    Source("Программы", programs, ("title", "goal", "problem", "group__mentor__last_name"), str, "programs"),
    Source("Документы", documents, ("title", "number", "body"), lambda row: row.full_title, "documents"),
    Source("Дорожная карта", plan, ("title", "progress_note"), lambda row: row.title, ""),
    Source("События", events, ("title", "description", "minutes", "decision", "place"), lambda row: f"{row.starts_at:%d.%m.%Y}: {row.title}", "events"),
    Source("Нормативная база", owned(Norm, can_read_norms), ("title", "number", "issuer", "note"), lambda row: f"{row.requisites}: {row.title}", "norms"),
    Source("Материалы", owned(Material, can_read_library), ("title", "note"), str, "materials"),
    Source("Методическая копилка", practices, ("title", "task", "method", "outcome"), str, "practices"),
    Source("Партнёры", owned(Partner, can_read_partners), ("title", "contact", "note"), str, "partners"),
)  # fmt: skip


def search(membership: Membership, text: str) -> list[Section]:
    """Sections with hits (words, address); one or two queries a source."""
    slug, sections = membership.organization.slug, []
    for source in SOURCES:
        rows = source.rows(membership)
        found = [] if rows is None else list(distinct(found_in(rows, text, source.fields)))
        if found:
            more = (
                f"{reverse(source.page, args=[slug])}" if source.page and len(found) > LIMIT else ""
            )
            hits = [(source.words(row), address(row, slug)) for row in found[:LIMIT]]
            sections.append(Section(source.title, hits, more))
    return sections


def distinct(rows: QuerySet):
    """The first rows, each once: a join with members repeats a group."""
    seen: dict[int, object] = {}
    for row in rows[: 4 * LIMIT]:
        seen.setdefault(row.pk, row)
    return list(seen.values())[: LIMIT + 1]


def address(row, slug: str) -> str:
    if isinstance(row, RoadmapActivity):
        return f"{row.stage.roadmap.get_absolute_url()}#activity-{row.pk}"
    if isinstance(row, Material):
        return reverse("materials", args=[slug])
    if isinstance(row, Person):
        return reverse("person", args=[slug, row.pk])
    return row.get_absolute_url()
