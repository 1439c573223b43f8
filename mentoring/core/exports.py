"""Lists as .xlsx with Russian headings; XlsxWriter streams rows and never makes a formula of a text."""

import datetime as dt
import io
from collections.abc import Iterable

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def xlsx_response(name: str, headings: list[str], rows: Iterable[list]) -> HttpResponse:
    """A download «<name>.xlsx»: bold heading row that stays in view, dates as dates."""
    response = HttpResponse(xlsx(headings, rows), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


def xlsx(headings: list[str], rows: Iterable[list]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 24)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(place, column, value, day)
                elif value is not None:
                    sheet.write(place, column, value)
    return out.getvalue()
