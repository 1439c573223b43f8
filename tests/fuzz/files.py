"""Files that a person or a broken program may upload where a list, a plan or a paper is asked for."""

import io
import zipfile

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import strategies as st

from tests.fuzz.values import RUSSIAN, TEXTS, TYPED

STAFF = ("ФИО", "Должность", "Дата рождения", "Пол", "Телефон", "Почта", "Принят", "Категория", "СНИЛС", "Табельный номер")  # fmt: skip
PLAN = ("№ п/п", "Этап", "Мероприятие", "Срок", "Ответственный", "Результат")
PEOPLE = ("Гусева Анна Львовна", "Ким А.С.", "О’Нил Ёж", "Ветрова Мария Ильинична", "учитель")
CELLS = st.one_of(TEXTS, st.sampled_from(PEOPLE), st.floats(), st.integers(-(10**9), 10**9), st.booleans(), st.none(), st.sampled_from(["=1/0", "=A1", "{=SUM(A1)}"]))  # fmt: skip
GRIDS = st.lists(st.lists(CELLS, max_size=12), max_size=25)
NAMES = st.sampled_from(["список.xlsx", "список.csv", "план.docx", "план.doc", "скан.pdf", "фото.jpg", "архив.zip", "без имени", "а" * 250 + ".xlsx", "..\\..\\x.csv", "подпись.sig"])  # fmt: skip


def workbook(rows: list[list], *, merged: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_urls": False})  # fmt: skip
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            write(sheet, number, place, cell)
    if merged:
        sheet.merge_range(1, 0, 4, 2, "объединено")
    book.close()
    return target.getvalue()


def write(sheet, number: int, place: int, cell) -> None:
    """Text that no XML holds is written without its odd characters: Excel could not either."""
    if isinstance(cell, str):
        cell = "".join(one for one in cell[:32000] if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")  # fmt: skip
        formula = cell.startswith("=")
        (sheet.write_formula if formula else sheet.write_string)(number, place, cell)
    elif cell is not None:
        sheet.write(number, place, cell)


def text_document(rows: list[list], words: str) -> bytes:
    paper = Document()
    paper.add_heading("Дорожная карта (план мероприятий)")
    paper.add_paragraph(xml_text(words))
    if rows and rows[0]:
        table = paper.add_table(len(rows), len(rows[0]))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=False):
                cell.text = xml_text(str(text))[:500]
        if len(rows) > 2 and len(rows[0]) > 1:
            table.cell(1, 0).merge(table.cell(2, 1))
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def xml_text(text: str) -> str:
    return "".join(one for one in text if one in "\t\n" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd")  # fmt: skip


def table_text(rows: list[list], sign: str, encoding: str) -> bytes:
    lines = [sign.join(str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding, "replace")


@st.composite
def lists(draw) -> bytes:
    """A table with a right head and hostile rows, as xlsx, csv or docx."""
    head = draw(st.sampled_from([STAFF, PLAN, ("",)]))
    rows = [list(head), *draw(GRIDS)]
    shape = draw(st.integers(0, 2))
    if shape == 0:
        return workbook(rows, merged=draw(st.booleans()) and len(rows) > 1)
    if shape == 1:
        sign = draw(st.sampled_from([";", ",", "\t", '"', "\x00"]))
        return table_text(rows, sign, draw(st.sampled_from(["utf-8", "cp1251", "utf-16", "koi8-r", "utf-7"])))  # fmt: skip
    return text_document(rows, draw(RUSSIAN))


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name.replace("__", "/"), content)
    return target.getvalue()


WIDE = table_text([["ФИО"] * 100_000, ["Ким"] * 100_000], ";", "utf-8")
BOMB = packed(xl__workbook=b"0" * 60_000_000)
ODD = (
    b"", b"\x00", b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"\xff\xfe", b"\xff\xfe\x00\xd8", b"%PDF-1.7\n%%EOF",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a\xff\xff\xff\xff", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    b"<html><table><tr><td>1</td></tr></table></html>", b"{\\rtf1 x}", WIDE, BOMB, packed(a=b"x"), packed(word__document=b"<a"), b'"' * 70000, b";\n" * 200_000, "ФИО\n".encode() * 30_000,
)  # fmt: skip


@st.composite
def contents(draw) -> bytes:
    """Whole, odd, cut short, or with bytes changed in the middle."""
    fate = draw(st.integers(0, 5))
    if fate == 0:
        return draw(st.sampled_from(ODD))
    if fate == 1:
        return draw(TYPED).encode("utf-8", "surrogatepass")
    found = draw(lists())
    # Not by the length itself: a packed file holds the hour, so the same draw may give another length.
    place = len(found) * draw(st.integers(0, 999)) // 1000
    if fate == 2:
        return found[:place]
    if fate == 3:
        return found[:place] + draw(st.binary(min_size=1, max_size=8)) + found[place + 4 :]
    return found


@st.composite
def uploads(draw) -> SimpleUploadedFile:
    kind = draw(st.sampled_from(["application/octet-stream", "text/csv", "image/png", "application/pdf", ""]))  # fmt: skip
    return SimpleUploadedFile(draw(NAMES), draw(contents()), content_type=kind)
