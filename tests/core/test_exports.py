"""Lists as .xlsx: read back as a spreadsheet would."""

import datetime as dt
import io
import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from openpyxl import load_workbook

from mentoring.core.exports import xlsx
from tests.roadmap.makers import make_curator_order


def cells(content: bytes) -> list[list]:
    book = load_workbook(io.BytesIO(content))
    found = [[cell.value for cell in row] for row in book.active.iter_rows()]
    book.close()
    return found


def test_a_text_never_becomes_a_formula():
    content = xlsx(
        ["Имя", "Дата"], [["=cmd|' /C calc'!A0", dt.date(2026, 9, 1)], ["https://a.example", None]]
    )
    book = load_workbook(io.BytesIO(content))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")
    assert book.active["B2"].value == dt.datetime(2026, 9, 1)
    assert book.active["A3"].hyperlink is None
    book.close()


def test_the_staff_list_is_exported_as_filtered(client_for, school, head, curator, teacher):
    client = client_for(curator)
    address = reverse("people", args=[school.slug])
    page = client.get(address, {"q": "ключевская"}).content.decode()
    assert "?q=%D0%BA%D0%BB%D1%8E%D1%87%D0%B5%D0%B2%D1%81%D0%BA%D0%B0%D1%8F&amp;export=xlsx" in page
    rows = cells(client.get(address, {"q": "ключевская", "export": "xlsx"}).content)
    assert [row[:3] for row in rows] == [
        ["Фамилия", "Имя", "Отчество"],
        ["Ключевская", "Вера", "Павловна"],
    ]
    assert client_for(teacher).get(address, {"export": "xlsx"}).status_code == 403


def test_the_papers_are_exported_within_ones_rights(client_for, school, head, curator, teacher):
    make_curator_order(curator)
    address = reverse("documents", args=[school.slug])
    rows = cells(client_for(curator).get(address, {"export": "xlsx"}).content)
    assert rows[1][0] == "О назначении куратора реализации программ наставничества"
    assert cells(client_for(teacher).get(address, {"export": "xlsx"}).content) == [rows[0]]


def test_tables_are_written_in_one_place_only():
    """Whoever writes one elsewhere would have to think of formulas again."""
    root = Path(settings.BASE_DIR)
    writers = re.compile(r"(?:import|from) (?:xlsxwriter|openpyxl|tablib|pandas)\b|csv\.(?:writer|DictWriter)")  # fmt: skip
    files = [path for app in ("mentoring", "people", "roadmap", "programs") for path in (root / app).rglob("*.py")]  # fmt: skip
    found = {
        str(path.relative_to(root))
        for path in files
        if writers.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"mentoring/core/exports.py"}
