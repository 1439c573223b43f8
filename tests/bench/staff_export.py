"""A staff list of 100 000 rows to .xlsx, against XlsxWriter fed with bare rows; and its memory."""

import datetime as dt
import gc
import io
import re
import tempfile
from pathlib import Path

import xlsxwriter

from mentoring.core.exports import write_xlsx
from people.models import Person
from people.staff_table import HEADINGS, staff_rows
from tests.bench.staff_import import make_school, undone
from tests.bench.timing import Result, compare

ROWS, GOAL, MOST_MEMORY = 100_000, 1.4, 150
DAY = dt.date(2026, 9, 1)
FIELDS = (
    "last_name", "first_name", "patronymic", "sex", "kind", "job_title", "subject", "institution", "birth_year",
    "employed_from", "employed_to", "new_in_post_since", "category", "category_date", "teaching_years",
    "teaching_since", "here_years", "email", "phone",
)  # fmt: skip


def make_people(organization) -> None:
    for start in range(0, ROWS, 1_000):
        Person.objects.bulk_create(
            Person(
                organization=organization, last_name=f"Ветрова{number}", first_name="Мария", patronymic="Ильинична",
                sex="f", job_title="учитель математики", subject="математика", birth_year=1980, category="первая",
                employed_from=dt.date(2015, 9, 1), teaching_years=number % 40, teaching_years_on=DAY,
                email=f"t{number}@school.example", phone="+7 (999) 000-00-00",
            )
            for number in range(start, start + 1_000)
        )  # fmt: skip


def memory(name: str) -> float:
    """MiB of this process: VmRSS now, VmHWM at its highest."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024


def highest(call, idle: float) -> float:
    """How much higher than at rest the memory stood during the call, MiB."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the mark of the highest starts anew
    call()
    return memory("VmHWM") - idle


def run() -> list[Result]:
    idle = memory("VmRSS")
    with undone():
        school = make_school().organization
        make_people(school)
        people = Person.objects.of(school).order_by("last_name", "pk")

        def ours() -> None:
            with tempfile.TemporaryFile() as out:
                write_xlsx(out, HEADINGS, staff_rows(people, DAY))

        def floor() -> None:
            book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})  # fmt: skip
            sheet = book.add_worksheet()
            for number, row in enumerate(people.values_list(*FIELDS).iterator(2000), start=1):
                sheet.write_row(number, 0, row)
            book.close()

        peak = highest(ours, idle)
        return [
            compare("staff_export", ours, floor, goal=GOAL, repeats=2),
            Result("staff_export: МиБ памяти сверх покоя", peak, MOST_MEMORY),
        ]
