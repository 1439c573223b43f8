"""Staff lists as files, in the ways schools keep them."""

import datetime as dt
import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEADINGS = [
    "№", "ФИО", "Должность", "Предмет", "Дата рождения", "Дата приёма", "Категория", "Пед. стаж, лет",
    "Эл. почта", "Телефон",
]  # fmt: skip


def make_xlsx(
    rows: list[list], *, sheet: str = "Список", merges=(), more: dict | None = None
) -> bytes:
    """A workbook: rows from A1, dates as dates; `merges`: (row, column, row, column) from 0."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, lines in {sheet: rows, **(more or {})}.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(lines):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(number, column, value, day)
                elif value is not None and value != "":
                    page.write(number, column, value)
        for place in merges if name == sheet else ():
            page.merge_range(*place, rows[place[0]][place[1]])
    book.close()
    return out.getvalue()


def uploaded(content: bytes, name: str = "список.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def letters(number: int) -> str:
    """Three Cyrillic letters that differ for every number below 32 768."""
    return "".join(chr(ord("а") + (number >> shift) % 32) for shift in (0, 5, 10))


def staff_rows(count: int, *, changed: int = 0) -> list[list]:
    """Invented teachers; the first `changed` have one more year of experience."""
    return [HEADINGS] + [
        [
            number + 1, f"Ветров{letters(number)}ова Мария Ильинична", "учитель математики", "математика",
            dt.date(1970 + number % 30, 5, 12), dt.date(2015, 9, 1 + number % 28), "первая",
            number % 40 + (number < changed), f"t{number}@school.example", "+7 (999) 000-00-00",
        ]
        for number in range(count)
    ]  # fmt: skip
