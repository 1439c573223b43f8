"""What programmes and people have learnt: running ones without names, results, practices, advice (R-902, R-903, R-905, R-907)."""

from pathlib import PurePath

from django.db.models import Prefetch, Q

from people.models.consents import PublicItem
from people.services import catalogues
from programs.models import Material, PracticeAuthor, Program, ProgramResult
from programs.models import Practice as PracticeRow
from programs.models.programs import ProgramState
from programs.publication.gate import Gate
from programs.publication.items import Advice, Practice, Result, Running
from programs.publication.reading import Asked, Part, shown_name

# A material with this tag is meant for the site; without it the library stays inside.
FOR_SITE = "на сайте"


class Words:
    """Titles of directions and forms in the school's words; one query, and only if somebody asks."""

    def __init__(self, organization):
        self.organization = organization
        self.known: dict[str, dict[str, str]] = {}

    def of(self, catalogue: str, codes) -> tuple[str, ...]:
        if not self.known and codes:
            rows = catalogues.all_catalogues(self.organization, ["direction", "form"])
            self.known = {
                name: {item.code: item.title for item in items} for name, items in rows.items()
            }
        return tuple(self.known[catalogue].get(code, code) for code in codes)


def running(asked: Asked, words: Words) -> Part:
    """Two queries. Neither title nor goal: a pair writes them and may name itself there."""
    rows = Program.objects.of(asked.organization).filter(
        state=ProgramState.RUNNING, running_since__lte=asked.on
    )
    rows = asked.cut(rows.select_related("group").order_by("-starts_on", "-pk"))
    return Part(make=lambda gate: [going(row, words) for row in rows])


def going(row: Program, words: Words) -> Running:
    form = words.of("form", [row.group.form] if row.group.form else [])
    return Running(
        words.of("direction", row.directions), *(form or ("",)), row.get_delivery_mode_display(),
        row.starts_on, row.ends_on,
    )  # fmt: skip


def results(asked: Asked) -> Part:
    """Results that the curator opened, of completed programmes only, whatever the rows say; one query."""
    rows = ProgramResult.objects.of(asked.organization).filter(
        published=True, program__state=ProgramState.COMPLETED, completed_on__lte=asked.on
    )
    rows = asked.cut(rows.exclude(text="").select_related("program", "person"))
    return Part(
        make=lambda gate: [result(row, gate) for row in rows], people={row.person_id for row in rows}
    )  # fmt: skip


def result(row: ProgramResult, gate: Gate) -> Result:
    name = shown_name(gate, row.person, PublicItem.RESULTS)
    return Result(row.program.title, row.get_role_display(), row.text, name, row.completed_on)


def open_practices(asked: Asked):
    """Published ones; one that came from a programme only after its end (R-907)."""
    over = Q(program=None) | Q(program__state=ProgramState.COMPLETED)
    rows = PracticeRow.objects.of(asked.organization).filter(over, published=True)
    authors = PracticeAuthor.objects.select_related("person").order_by("pk")
    return rows.exclude(state=PracticeRow.State.DRAFT).prefetch_related(Prefetch("author_rows", queryset=authors))  # fmt: skip


def practices(asked: Asked, words: Words) -> Part:
    """The best first; two queries."""
    rows = asked.cut(open_practices(asked).order_by("state", "-made_on", "-pk"))
    return Part(make=lambda gate: [practice(row, gate, words) for row in rows], people=authors_of(rows))  # fmt: skip


def authors_of(rows) -> set[int]:
    return {author.person_id for row in rows for author in row.author_rows.all()}


def practice(row: PracticeRow, gate: Gate, words: Words) -> Practice:
    return Practice(
        pk=row.pk, title=row.title, task=row.task, best=row.state == PracticeRow.State.BEST,
        directions=words.of("direction", row.directions), authors=signatures(row, gate), on=row.made_on,
    )  # fmt: skip


def signatures(row: PracticeRow, gate: Gate) -> tuple[str, ...]:
    """«Орлова Анна Игоревна, учитель»: who lets the own experience be shown, the post by its own consent."""
    found = []
    for author in row.author_rows.all():
        if name := shown_name(gate, author.person, PublicItem.PRACTICE):
            post = author.person.job_title if gate.may(author.person, PublicItem.POST) else ""
            found.append(", ".join(filter(None, [name, post])))
    return tuple(found)


def whole_practice(asked: Asked, pk: int, words: Words) -> Part | None:
    row = open_practices(asked).filter(pk=pk).first()
    if row is None:
        return None

    def make(gate: Gate) -> list[Practice]:
        short = practice(row, gate, words)
        texts = {"method": row.method, "outcome": row.outcome, "advice": row.advice}
        return [Practice(**{**vars(short), **texts})]

    return Part(make=make, people=authors_of([row]))


def recommendations(asked: Asked) -> Part:
    """Materials that carry the tag «на сайте»; one query over the library, tags are lists inside rows."""
    rows = Material.objects.of(asked.organization).select_related("file").order_by("title", "pk")
    rows = asked.cut([row for row in rows if for_site(row)])
    return Part(make=lambda gate: [advice(row) for row in rows])


def for_site(row: Material) -> bool:
    return any(str(tag).strip().casefold() == FOR_SITE for tag in row.tags)


def advice(row: Material) -> Advice:
    file = row.file
    return Advice(
        row.pk, row.title, row.note, row.link,
        file=f"materials/{row.pk}-{file.sha256[:8]}{ending(file)}" if file else "", size=file.size if file else 0,
    )  # fmt: skip


def ending(file) -> str:
    """«.pdf»: what a browser saves keeps its kind."""
    return PurePath(file.name).suffix.lower()
