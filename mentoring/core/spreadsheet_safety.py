"""What is looked at before a spreadsheet is parsed: kind by content, size when unpacked, extent.

The parser makes one block of memory of everything between the first and the last cell, so a file of
two cells in far corners could take the process down; and a zip may unpack to any size. All limits
hold before the parser sees a byte. Cost: about 0.2 s for 10 000 rows, once per upload.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from mentoring.core.errors import RuleError

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_MEMBERS = 1_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200  # a sheet of a school unpacks to 10–30 times its size
SMALL = 5 * 1024 * 1024  # below it the ratio tells nothing

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = (
    "Откройте его в Excel или LibreOffice, сохраните как «Книга Excel (.xlsx)» и загрузите снова."
)
FOREIGN_SIGNS = {
    b"%PDF": "Это файл PDF, а не таблица.",
    b"\x89PNG": "Это картинка, а не таблица.",
    b"\xff\xd8\xff": "Это картинка, а не таблица.",
    b"Rar!": "Это архив. Достаньте из него таблицу и загрузите её.",
    b"7z\xbc\xaf": "Это архив. Достаньте из него таблицу и загрузите её.",
}
PARTS = {
    "word/document.xml": "Это документ Word. Скопируйте таблицу из него в Excel, сохраните как .xlsx и загрузите.",
    "xl/workbook.bin": f"Это двоичная книга Excel (.xlsb). {SAVE_AS}",
    "content.xml": f"Это таблица OpenDocument (.ods). {SAVE_AS}",
}
# A cell with its place and something inside; `/>` right after harmless attributes is an empty one.
CELL = re.compile(
    rb"""\br\s*=\s*["']([A-Za-z]{1,3})0*(\d{1,9})["'](\s*/>|(?:\s+[\w:.-]+="[^"<>/]*")*\s*/>)?"""
)
ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s>]")
ROW = re.compile(rb"""\br\s*=\s*["']0*(\d{1,9})["']""")


@dataclass(frozen=True)
class Extent:
    rows: int
    columns: int


def refuse(message: str) -> RuleError:
    return RuleError(message, "file")


def kind_of(content: bytes) -> str:
    """'xlsx' or 'csv' by the content, never by the name; everything else is refused in words."""
    if content.startswith(OLE2):
        if ENCRYPTED in content:
            raise refuse("Файл закрыт паролем. Снимите пароль в Excel и загрузите файл снова.")
        raise refuse(f"Это файл старого формата Excel (.xls), как бы он ни назывался. {SAVE_AS}")
    if content.startswith(b"PK"):
        return "xlsx"
    for sign, message in FOREIGN_SIGNS.items():
        if content.startswith(sign):
            raise refuse(message)
    start = content[:2048].lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise refuse(f"Это веб-страница с расширением таблицы: так выгружают некоторые программы. {SAVE_AS}")  # fmt: skip
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("Файл не похож на таблицу. Подойдут .xlsx и .csv.")
    return "csv"


def check_xlsx(content: bytes) -> None:
    """Refuse a broken, encrypted, bomb-like or too large workbook with a Russian sentence."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise refuse("Файл повреждён или загружен не полностью. Сохраните его заново.") from error
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        found = [text for part, text in PARTS.items() if part in names]
        raise refuse((found or ["Это архив, а не таблица. Подойдут .xlsx и .csv."])[0])
    if any(member.flag_bits & 1 for member in members):
        raise refuse("Файл закрыт паролем. Снимите пароль в Excel и загрузите файл снова.")
    check_sizes(content, members)


def check_sizes(content: bytes, members: list[zipfile.ZipInfo]) -> None:
    """Unpack every part with a limit, not trusting the sizes that the file states of itself."""
    bomb = refuse(
        "Файл распаковывается в слишком большой: портал не стал его открывать. "
        "Скопируйте в новую книгу только лист со списком и загрузите её."
    )
    if len(members) > MAX_MEMBERS or sum(each.file_size for each in members) > MAX_UNPACKED:
        raise bomb
    left = MAX_UNPACKED
    for member in members:
        part = unpack(content, member, left)
        left -= len(part)
        if left <= 0 or len(part) > max(SMALL, member.compress_size * MAX_RATIO):
            raise bomb
        if b"sheetData" in part:
            check_extent(extent_of(part))


def unpack(content: bytes, member: zipfile.ZipInfo, limit: int) -> bytes:
    """At most `limit` bytes of one part, whatever its header claims."""
    start = member.header_offset
    name_length = int.from_bytes(content[start + 26 : start + 28], "little")
    extra_length = int.from_bytes(content[start + 28 : start + 30], "little")
    start += 30 + name_length + extra_length
    packed = content[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return packed[:limit]
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise refuse(f"Файл упакован необычно. {SAVE_AS}")
    try:
        return zlib.decompressobj(-15).decompress(packed, limit)
    except zlib.error as error:
        raise refuse("Файл повреждён или загружен не полностью. Сохраните его заново.") from error


def extent_of(sheet: bytes) -> Extent:
    """Last row and column that hold a value; cells without a stated place follow their row."""
    places = CELL.findall(sheet)
    filled = [(letters, int(row)) for letters, row, empty in places if not empty]
    rows = max((row for _, row in filled), default=0)
    columns = max((column_number(letters) for letters in {each for each, _ in filled}), default=0)
    if len(ANY_CELL.findall(sheet)) > len(places):
        lines = sheet.split(b"<row")[1:]
        rows = max([rows, len(lines), *map(int, ROW.findall(sheet))])
        columns = max([columns, *(len(ANY_CELL.findall(line)) for line in lines)])
    return Extent(rows, columns)


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def check_extent(extent: Extent) -> None:
    if extent.rows > MAX_ROWS:
        shown = f"{extent.rows:,}".replace(",", " ")
        raise refuse(
            f"В таблице {shown} строк, а портал принимает до {MAX_ROWS // 1000} тысяч за раз. "
            "Оставьте только свою организацию или разделите список на части."
        )
    if extent.columns > MAX_COLUMNS:
        raise refuse(
            f"В таблице {extent.columns} столбцов, а портал принимает до {MAX_COLUMNS}. "
            "Удалите лишние столбцы и загрузите снова."
        )
