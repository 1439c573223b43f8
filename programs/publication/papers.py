"""Papers of the school and norms, the roadmap in force, its glossary (R-901, R-904)."""

import datetime as dt

from django.db.models import Count, Q

from programs.publication.items import Act, Paper, Stage, Term
from programs.publication.reading import Asked, Part
from roadmap.documents.regulation import glossary as glossary_of
from roadmap.models import DocumentFile, Edition, Norm, RoadmapActivity
from roadmap.services import public_papers
from roadmap.services.plan import CLOSED, KIND

LEVELS = [Norm.Level.FEDERAL, Norm.Level.REGIONAL, Norm.Level.MUNICIPAL, Norm.Level.LOCAL]


class Papers:
    """Public files of the papers in force; one query for the documents and the glossary together."""

    def __init__(self, asked: Asked):
        self.asked = asked
        self.rows: list[DocumentFile] | None = None

    def files(self) -> list[DocumentFile]:
        if self.rows is None:
            self.rows = public_papers.listed(self.asked.organization)
        return self.rows

    def documents(self, asked: Asked) -> Part:
        rows = asked.cut(self.files())
        return Part(make=lambda gate: [paper(row) for row in rows])

    def glossary(self, asked: Asked) -> Part:
        """Concepts of the regulation in force, as the school words them (R-122)."""
        bodies = [row.document.body for row in self.files() if row.document.kind == "regulation"]
        terms = glossary_of(bodies[-1]) if bodies else {}
        rows = asked.cut([Term(word, meaning) for word, meaning in terms.items()])
        return Part(make=lambda gate: rows)


def paper(row: DocumentFile) -> Paper:
    document = row.document
    return Paper(
        document.pk, document.kind_info.title, document.full_title, document.number, document.dated_on,
        row.stored.size, document.check_code,
    )  # fmt: skip


def norms(asked: Asked) -> Part:
    """Acts in force on the day, from the federal level down; one query."""
    rows = Norm.objects.of(asked.organization).filter(
        Q(ended_on=None) | Q(ended_on__gt=asked.on), Q(dated_on=None) | Q(dated_on__lte=asked.on)
    )
    ends = [row.ended_on - dt.timedelta(days=1) for row in rows if row.ended_on]
    rows = sorted(rows, key=lambda row: LEVELS.index(row.level))
    rows = asked.cut(rows)
    return Part(make=lambda gate: [act(row) for row in rows], ends=ends)


def act(row: Norm) -> Act:
    return Act(row.get_level_display(), row.requisites, row.title, row.note, row.link)


def roadmap(asked: Asked) -> Part:
    """Stages of the edition in force as approved, with how many lines are done today; two queries."""
    edition = in_force(asked)
    if edition is None or "public" not in edition.data:
        return Part(make=lambda gate: [])
    plan = edition.data["public"]
    counted = progress(edition.document.roadmap_id, asked)
    stages = [
        Stage(row.get("number", ""), row["title"], row.get("period", ""), *counted.get(row["id"], (0, 0)))
        for row in plan["stages"]
    ]  # fmt: skip
    return Part(make=lambda gate: asked.cut(stages))


def in_force(asked: Asked) -> Edition | None:
    editions = Edition.objects.of(asked.organization).filter(
        document__kind=KIND, document__state="in_force", document__roadmap__closed_on=None
    )
    return editions.select_related("document").order_by("-document__dated_on", "-document__pk", "-no").first()  # fmt: skip


def progress(roadmap_id: int, asked: Asked) -> dict[int, tuple[int, int]]:
    """Stage → lines done, lines in all."""
    lines = RoadmapActivity.objects.of(asked.organization).filter(stage__roadmap=roadmap_id)
    done = Count("pk", filter=Q(progress__in=CLOSED))
    rows = lines.order_by().values("stage").annotate(done=done, total=Count("pk"))
    return {row["stage"]: (row["done"], row["total"]) for row in rows}
