"""Reading of spreadsheets: every unfit file gets a Russian sentence before anything is parsed."""

import datetime as dt
import io
import zipfile

import pytest

from mentoring.core import spreadsheet_safety as safety
from mentoring.core.errors import RuleError
from mentoring.core.formulas import harmless, is_formula
from mentoring.core.spreadsheets import open_book
from tests.people.makers_imports import make_xlsx


def sheet_of(content: bytes, name: str | None = None):
    book = open_book(content)
    return book.sheet(name or book.names[0])


def refusal(content: bytes) -> str:
    with pytest.raises(RuleError) as caught:
        sheet_of(content)
    return caught.value.message


def repacked(content: bytes, changes: dict[str, bytes], *, level: int = 9) -> bytes:
    """The workbook with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new:  # fmt: skip
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def with_cells(cells: str) -> bytes:
    """A workbook whose only sheet has this inside `<sheetData>`."""
    sheet = (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    )
    return repacked(make_xlsx([["a"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})


def test_rows_stand_where_they_stand_in_the_file():
    content = make_xlsx([[], ["", "Имя", "Принят"], ["", "Ким", dt.date(2026, 9, 1)], ["", 1.5, True]])  # fmt: skip
    assert sheet_of(content).rows == [
        ["", "", ""], ["", "Имя", "Принят"], ["", "Ким", dt.date(2026, 9, 1)], ["", 1.5, True],
    ]  # fmt: skip


def test_sheets_are_named_and_hidden_ones_left_out():
    content = make_xlsx([["Первый"]], sheet="Штат", more={"Внешние": [["Второй"]]})
    book = open_book(content)
    assert book.names == ["Штат", "Внешние"]
    assert book.sheet("Внешние").rows == [["Второй"]]
    hidden = repacked(content, {"xl/workbook.xml": zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").replace(b'name="\xd0\xa8', b'state="hidden" name="\xd0\xa8')})  # fmt: skip
    assert open_book(hidden).names == ["Внешние"]
    with pytest.raises(RuleError, match="Такого листа в файле нет"):
        book.sheet("Третий")


def test_merged_cells_are_told():
    content = make_xlsx([["Отдел", "Имя"], ["Физика", "Ким"], ["", "Ли"]], merges=[(1, 0, 2, 0)])
    assert sheet_of(content).merged == (((1, 0), (2, 0)),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Файл пустой"),
        (safety.OLE2 + b"\0" * 600, "старого формата Excel (.xls)"),
        (safety.OLE2 + safety.ENCRYPTED, "закрыт паролем"),
        (b"%PDF-1.7 ...", "файл PDF"),
        (b"\x89PNG\r\n", "картинка"),
        (b"<html><table>", "веб-страница"),
        (b"PK\x03\x04" + b"garbage" * 30, "повреждён"),
        (b"abc\x00def", "не похож на таблицу"),
    ],
)
def test_what_is_no_table_is_named_by_its_content(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("part", "words"),
    [("word/document.xml", "документ Word"), ("content.xml", "OpenDocument"), ("xl/workbook.bin", ".xlsb"), ("a.txt", "архив")],
)  # fmt: skip
def test_other_zips_are_named(part, words):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    assert words in refusal(out.getvalue())


def test_a_cut_off_workbook_is_refused():
    content = make_xlsx([["Имя"]] * 200)
    assert "повреждён" in refusal(content[: len(content) // 2])
    broken = repacked(content, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r=1"})
    assert "не читается" in refusal(broken)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    content = make_xlsx([["Имя"]])
    bomb = repacked(content, {"xl/media/image1.png": b"\0" * (60 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert "распаковывается в слишком большой" in refusal(bomb)
    many = repacked(content, {f"xl/media/{n}.png": b"" for n in range(1100)})
    assert "распаковывается в слишком большой" in refusal(many)


def test_a_bomb_that_lies_about_its_size_is_refused_too():
    content = repacked(make_xlsx([["Имя"]]), {"xl/media/image1.png": b"\0" * (60 * 1024 * 1024)})
    true = (60 * 1024 * 1024).to_bytes(4, "little")
    assert content.count(true) == 2
    assert "распаковывается в слишком большой" in refusal(content.replace(true, (10).to_bytes(4, "little")))  # fmt: skip


def test_cells_in_far_corners_do_not_take_the_memory():
    """The parser would make one block of everything between them."""
    assert "строк" in refusal(with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'))  # fmt: skip
    assert "столбцов" in refusal(with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'))  # fmt: skip
    sly = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD9" x="/>"><v>2</v></c></row>'
    assert "столбцов" in refusal(with_cells(sly))
    unplaced = '<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>'
    assert "строк" in refusal(with_cells(unplaced))


def test_empty_styled_cells_far_below_are_no_rows():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert sheet_of(with_cells(cells)).rows == [[1.0]]


def test_a_hundred_thousand_rows_are_too_many():
    content = make_xlsx([["Ким"]] * 100_000)
    assert refusal(content).startswith("В таблице 100 000 строк, а портал принимает до 20 тысяч")
    assert refusal(b"a;b\n" * 100_000).startswith("В таблице 100 000 строк")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_of_all_habits(encoding, sign):
    text = f"ФИО{sign}Должность\r\nКим Алла{sign}учитель\r\n"
    assert sheet_of(text.encode(encoding)).rows == [["ФИО", "Должность"], ["Ким Алла", "учитель"]]


def test_commas_inside_cells_do_not_part_them():
    text = "ФИО;Стаж, лет\nКим;1\nЛи, Анна;2\n"
    assert sheet_of(text.encode()).rows == [["ФИО", "Стаж, лет"], ["Ким", "1"], ["Ли, Анна", "2"]]


def test_a_stored_result_is_read_and_no_formula_is_computed():
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    assert sheet_of(with_cells(cells)).rows == [[2.0]]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "\t=1", "\r=1"])  # fmt: skip
def test_formulas_are_made_harmless_once(text):
    assert is_formula(text)
    assert harmless(text) == f"'{text}"
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize("text", ["+7 (999) 000-00-00", "-5", "–", "учитель", "a@b.example", "'=x"])
def test_phones_numbers_and_words_stay(text):
    assert harmless(text) == text
