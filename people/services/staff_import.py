"""A staff list on its way in: understood, corrected, looked at, started. Writing is `staff_writing`.

One list costs two passes over the file (look, then write); nothing of a look is kept, so what is
written is compared with the cards of that very moment.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.spreadsheets import Book, open_book
from people.imports import tables
from people.imports.columns import FIELDS, names_people
from people.imports.lines import Plan, ReadRow
from people.imports.plan import KNOWN, Planner
from people.imports.tables import Table
from people.models import ImportBatch, Job, Membership, Organization, Person
from people.permissions import can_edit_people
from people.services import jobs

State = ImportBatch.State
NO_NAMES = "Укажите столбец с ФИО или столбцы с фамилией и именем: без них не понять, кто в строке."


def keep_table(batch: ImportBatch, table: Table, namesakes=()) -> None:
    batch.sheet, batch.header_row = table.sheet[:100], table.header_row
    columns = {str(number): field for number, field in table.columns.items()}
    batch.mapping = {"columns": columns, "namesakes": sorted(namesakes)}
    batch.state = State.PREVIEWED if names_people(table.columns) else State.UPLOADED


def book_of(batch: ImportBatch) -> Book:
    if batch.file is None:
        raise RuleError("Файл уже стёрт. Загрузите список снова.")
    return open_book(batch.file.read(), checked=True)


def table_of(batch: ImportBatch, book: Book) -> Table:
    """The list as the user sees it: headings of the file, columns as kept."""
    found = tables.find_in(book.sheet(batch.sheet), batch.header_row)
    columns = {int(number): field for number, field in batch.mapping["columns"].items()}
    columns = {n: field for n, field in columns.items() if n < len(found.headings)}
    return tables.with_notes(replace(found, columns=columns), book)


@transaction.atomic
def choose_sheet(batch: ImportBatch, *, by: Membership, sheet: str, header_row: int) -> ImportBatch:
    """Another sheet or line of headings: the columns are recognised anew."""
    require_open(batch, by)
    book = book_of(batch)
    wanted = None if sheet != batch.sheet and header_row == batch.header_row else header_row
    found = book.sheet(sheet)
    if wanted and wanted > len(found.rows):
        raise RuleError(f"На этом листе только {len(found.rows)} строк.", "header_row")
    keep_table(batch, tables.find_in(found, wanted))
    return _save(batch)


@transaction.atomic
def choose_columns(batch: ImportBatch, *, by: Membership, columns: dict[int, str]) -> ImportBatch:
    """What each column holds; a field may be named once."""
    require_open(batch, by)
    chosen = {number: field for number, field in columns.items() if field}
    twice = {field for field in chosen.values() if list(chosen.values()).count(field) > 1}
    if twice:
        names = ", ".join(f"«{FIELDS[field]}»" for field in FIELDS if field in twice)
        raise RuleError(f"Выбрано у двух столбцов: {names}. Оставьте у одного.")
    if not names_people(chosen):
        raise RuleError(NO_NAMES)
    table = table_of(batch, book_of(batch))
    keep_table(
        batch,
        replace(table, columns=chosen),
        batch.mapping.get("namesakes", ()),
    )
    return _save(batch)


@transaction.atomic
def choose_namesakes(batch: ImportBatch, *, by: Membership, rows: list[int]) -> ImportBatch:
    """Rows that are about somebody else than the card of the same name."""
    require_open(batch, by)
    batch.mapping = {**batch.mapping, "namesakes": sorted(set(rows))}
    return _save(batch)


def require_open(batch: ImportBatch, by: Membership) -> None:
    can_edit_people(by).require()
    if batch.state not in (State.UPLOADED, State.PREVIEWED, State.FAILED):
        raise RuleError("Этот список уже записан. Загрузите новый.")


def _save(batch: ImportBatch) -> ImportBatch:
    batch.full_clean()
    batch.save(update_fields=["sheet", "header_row", "mapping", "state"])
    return batch


def day_of(batch: ImportBatch) -> dt.date:
    """The day on which «стаж 12 лет» of the list was true: that of the upload."""
    return timezone.localdate(batch.created_at)


def preview(batch: ImportBatch) -> Plan:
    """What would be written now. One query and the file."""
    planner, rows = read(batch)
    return planner.plan(rows, known_people(batch.organization))


def read(batch: ImportBatch) -> tuple[Planner, list[ReadRow]]:
    """Rows of the file, read and checked; comparing them comes later, under a lock."""
    book = book_of(batch)
    table = table_of(batch, book)
    planner = Planner(table, day_of(batch), batch.mapping.get("namesakes", ()))
    return planner, planner.read(tables.lines(book.sheet(table.sheet), table))


def known_people(organization: Organization):
    """Cards that a row of a staff list may be about, as dicts."""
    cards = Person.objects.of(organization).exclude(kind=Person.Kind.PUPIL)
    return cards.filter(anonymised_on=None).order_by("pk").values(*KNOWN)


def plan_content(content: bytes, organization: Organization, *, on: dt.date) -> tuple[Table, Plan]:
    """A whole file at once, with nobody to correct the columns: for the command and the admin."""
    book = open_book(content)
    table = tables.find(book)
    if not names_people(table.columns):
        raise RuleError(NO_NAMES, "upload")
    rows = tables.lines(book.sheet(table.sheet), table)
    planner = Planner(table, on)
    return table, planner.plan(planner.read(rows), known_people(organization))


@transaction.atomic
def start(batch: ImportBatch, *, by: Membership, task: Callable, only_valid: bool = False) -> Job:
    """Hand the list to the background."""
    claim(batch, by=by)
    job = jobs.start(
        task, by=by, title="Загрузка списка сотрудников", batch_id=batch.pk, only_valid=only_valid
    )
    ImportBatch.objects.filter(pk=batch.pk).update(job=job)
    return job


def claim(batch: ImportBatch, *, by: Membership) -> None:
    """Of two who confirm the same list one goes on; a list whose task died may be confirmed again."""
    can_edit_people(by).require()
    free = Q(state__in=[State.PREVIEWED, State.FAILED]) | Q(state=State.RUNNING, job__state="failed")  # fmt: skip
    mine = ImportBatch.objects.of(by.organization).filter(free, pk=batch.pk)
    if not mine.update(state=State.RUNNING):
        raise RuleError("Этот список уже записывается или записан. Обновите страницу.")
