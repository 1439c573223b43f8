"""What is looked at before a Word file is parsed, and its blocks in order.

Macros, external links and embedded objects are never followed: only paragraphs and tables are read.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from mentoring.core.errors import RuleError
from mentoring.core.spreadsheet_safety import ENCRYPTED, MAX_MEMBERS, MAX_UNPACKED, OLE2, unpack

SAVE_AS = "Откройте его в Word или LibreOffice и сохраните как «Документ Word (.docx)»."
MAX_BLOCKS = 20_000  # about 500 pages
PICTURES = {
    b"\x89PNG": "Это фотография или картинка. Портал читает таблицы из Word и Excel: найдите исходный файл или наберите таблицу в Word.",
    b"\xff\xd8\xff": "Это фотография или картинка. Портал читает таблицы из Word и Excel: найдите исходный файл или наберите таблицу в Word.",
    b"%PDF": "Это файл PDF. Портал читает Word и Excel: найдите исходный документ, с которого печатали.",
}  # fmt: skip


def refuse(message: str) -> RuleError:
    return RuleError(message, "file")


@contextmanager
def parsing() -> Iterator[None]:
    """Whatever breaks a parser means a damaged file; a fault of ours would show with good files too."""
    try:
        yield
    except RuleError:
        raise
    except Exception as error:
        raise refuse("Файл повреждён или загружен не полностью. Сохраните его заново.") from error


def open_word(content: bytes) -> WordDocument:
    """A parsed .docx, or RuleError in words: protected, old, damaged, a picture, too large."""
    if content.startswith(OLE2):
        if ENCRYPTED in content:
            raise refuse("Документ закрыт паролем. Снимите пароль в Word и загрузите снова.")
        raise refuse(f"Это документ старого Word (.doc), как бы он ни назывался. {SAVE_AS}")
    for sign, message in PICTURES.items():
        if content.startswith(sign):
            raise refuse(message)
    if not content.startswith(b"PK"):
        raise refuse(f"Файл не похож на документ Word. {SAVE_AS}")
    check_archive(content)
    return Document(io.BytesIO(content))


def check_archive(content: bytes) -> None:
    damaged = refuse("Документ повреждён или загружен не полностью. Сохраните его заново.")
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise damaged from error
    names = {member.filename for member in members}
    if "word/document.xml" not in names:
        raise refuse(f"Это не документ Word. {SAVE_AS}")
    if any(member.flag_bits & 1 for member in members):
        raise refuse("Документ закрыт паролем. Снимите пароль в Word и загрузите снова.")
    too_large = refuse("Документ распаковывается в слишком большой. Скопируйте в новый документ только нужное.")  # fmt: skip
    if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
        raise too_large
    left = MAX_UNPACKED
    for member in members:
        if not member.filename.endswith(".xml"):
            continue
        try:
            left -= len(unpack(content, member, left))
        except RuleError:
            raise damaged from None
        if left <= 0:
            raise too_large


def blocks(document: WordDocument) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of the body in their order; other things are passed over."""
    for number, element in enumerate(document.element.body.iterchildren()):
        if number > MAX_BLOCKS:
            raise refuse("В документе больше 500 страниц. Оставьте в нём только нужную часть.")
        if element.tag.endswith("}p"):
            yield Paragraph(element, document)
        elif element.tag.endswith("}tbl"):
            yield Table(element, document)


def is_list_item(paragraph: Paragraph) -> bool:
    """Numbered or bulleted by Word itself, so the mark is not in the text."""
    properties = paragraph._p.pPr
    if properties is not None and properties.numPr is not None:
        return True
    return "list" in (paragraph.style.name if paragraph.style is not None else "").casefold()
