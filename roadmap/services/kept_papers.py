"""What this floor tells in «Мои данные»: papers that name the person, events, duties in the plan."""

from django.db.models import QuerySet
from django.utils import timezone

from people.models import Person
from people.my_data import Section
from people.services.kept_cards import day
from roadmap.documents import MODULES, builder
from roadmap.models import (
    Acknowledgement,
    Approval,
    Document,
    EventParticipant,
    Reading,
    Remark,
    Responsible,
)

NAMED = ("kind", "state", "number", "dated_on")  # all that the page tells of a paper


def papers(person: Person) -> Section:
    """Papers that were made with the person's name, signed, approved or read by the person."""
    school = person.organization
    signed = Document.objects.of(school).filter(signatory=person).only(*NAMED)
    rows = [
        *((paper, "вы названы в документе") for paper in naming(person)),
        *((paper, "вы подписали") for paper in signed),
    ]
    sheet = Acknowledgement.objects.of(school).filter(person=person)
    for row in with_paper(sheet, "document", "acknowledged_on"):
        when = (
            f"ознакомление {day(row.acknowledged_on)}"
            if row.acknowledged_on
            else "ждёт ознакомления"
        )
        rows.append((row.document, when))
    sent = Reading.objects.of(school).filter(person=person)
    for row in with_paper(sent, "circulation__document"):
        rows.append((row.circulation.document, "вам присылали проект"))
    remarks = Remark.objects.of(school).filter(person=person)
    for row in with_paper(remarks, "circulation__document", "text"):
        rows.append((row.circulation.document, f"ваше замечание: {row.text}"))
    decisions = Approval.objects.of(school).filter(membership__person=person)
    for row in with_paper(decisions, "edition__document", "decision"):
        rows.append((row.edition.document, f"ваше решение: {row.get_decision_display()}"))
    columns = ("Документ", "Состояние", "Дата и номер", "Что о вас")
    shown = [
        (paper.kind_info.title, paper.get_state_display(), date_number(paper), what)
        for paper, what in rows
    ]
    return Section(
        "Документы", shown, columns=columns, empty="Документов с вашим именем нет.",
        why="трудовое и архивное законодательство: действующие документы сохраняются и после отзыва согласия",
    )  # fmt: skip


def with_paper(rows: QuerySet, way: str, *fields: str) -> QuerySet:
    """Rows with what is told of their paper: its words are long and stay behind."""
    return rows.select_related(way).only(*fields, *(f"{way}__{name}" for name in NAMED))


def naming(person: Person) -> list[Document]:
    """Papers whose form named the person; the forms that ask for people are few, so are their papers."""
    asking = {
        code: [field.name for field in builder(code).FIELDS if field.kind in ("person", "persons")]
        for code in MODULES
    }
    kinds = [code for code, names in asking.items() if names]
    found = Document.objects.of(person.organization).filter(kind__in=kinds).only(*NAMED, "values")
    return [paper for paper in found if person.pk in named_ids(paper, asking[paper.kind])]


def named_ids(paper: Document, names: list[str]) -> set[int]:
    ids = set()
    for name in names:
        value = paper.values.get(name) or []
        ids |= {int(pk) for pk in (value if isinstance(value, list) else [value])}
    return ids


def date_number(paper: Document) -> str:
    number = f" № {paper.number}" if paper.number else ""
    return f"{day(paper.dated_on)}{number}"


def events(person: Person) -> Section | None:
    found = EventParticipant.objects.filter(person=person).select_related("event")
    presence = {None: "не отмечено", True: "да", False: "нет"}
    rows = [
        (
            row.event.title, day(timezone.localtime(row.event.starts_at)),
            "да" if row.invited else "нет", "да" if row.signed_up_at else "нет", presence[row.attended],
        )
        for row in found.order_by("-event__starts_at")
    ]  # fmt: skip
    columns = ("Событие", "Когда", "Приглашение", "Запись", "Присутствие")
    return Section("События", rows, columns=columns) if rows else None


def plan(person: Person) -> Section | None:
    """Where the plan makes the person responsible."""
    duties = Responsible.objects.filter(person=person)
    rows = [
        (str(row.activity or row.block or row.stage),)
        for row in duties.select_related("activity", "block", "stage")
    ]
    return Section("Дорожная карта: вы отвечаете", rows, columns=("Что",)) if rows else None
