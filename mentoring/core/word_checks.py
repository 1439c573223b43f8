"""Does the Word file say the same as the PDF, and does it look like an official paper? (`manage.py papers`, R-105)

LibreOffice opens the file with a profile of its own; what it prints is looked at too.
"""

import io
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .paper_reading import Reading, read_pdf

MARGINS = {"left_margin": 30, "right_margin": 10, "top_margin": 20, "bottom_margin": 20}


def check_docx(docx_bytes: bytes, pdf_bytes: bytes, *, profile: Path | None = None) -> list[str]:
    """Faults of a .docx beside its PDF. `profile`: a LibreOffice profile to use again, which saves seconds for many files."""
    try:
        document = docx.Document(io.BytesIO(docx_bytes))
    except Exception as fault:  # python-docx raises whatever zipfile and lxml raise
        return [f"файл Word не открывается: {fault}"]
    pdf = read_pdf(pdf_bytes)
    faults = (
        word_faults(document, pdf)
        + table_faults(document, pdf)
        + heading_faults(document, pdf)
        + section_faults(document, pdf)
    )
    printed = printed_by_office(docx_bytes, profile)
    if printed is None:
        return [*faults, "LibreOffice не открыл файл Word"]
    return faults + printed_faults(read_pdf(printed), pdf)


def texts_of(root) -> str:
    """Letters of a part of the document without any spaces: line ends and hyphens then cannot differ."""
    parts = []
    for node in root.iter(qn("w:t")):
        parts.append(node.text or "")
    return squeezed("".join(parts))


def squeezed(text: str) -> str:
    """Text without spaces of any kind."""
    return "".join(text.split())


def word_faults(document, pdf: Reading) -> list[str]:
    """The same words in the same order; the check block stands in the footer of the first sheet."""
    ours, theirs = (
        texts_of(document.element.body),
        squeezed("".join(word.text for word in pdf.running_words())),
    )
    faults = []
    if ours != theirs:
        place = next(
            (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
            min(len(ours), len(theirs)),
        )
        faults.append(
            f"слова Word и PDF расходятся: «{ours[max(0, place - 20) : place + 30]}» и «{theirs[max(0, place - 20) : place + 30]}»"
        )
    block = squeezed("".join(word.text for word in pdf.sheets[0].check_block()))
    if block != texts_of(document.sections[0].first_page_footer._element):
        faults.append("код проверки в Word и PDF разный")
    return faults


def headed_tables(document) -> list:
    """Tables with a repeated head; the borderless ones of stamps and signature have none."""
    return [
        table
        for table in document.tables
        if any(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
    ]


def table_faults(document, pdf: Reading) -> list[str]:
    """The same number of tables, heads repeated, rows unsplit."""
    headed, faults = headed_tables(document), []
    bordered = [
        table
        for table in document.tables
        if table.style is not None and table.style.name in ("Table", "Sheet")
    ]
    if len(bordered) != pdf.tables():
        faults.append(f"таблиц в Word {len(bordered)}, в PDF {pdf.tables()}")
    if len(headed) != len(bordered):
        faults.append("в Word у таблицы не повторяется шапка")
    if any(
        row._tr.find(f".//{qn('w:cantSplit')}") is None for table in bordered for row in table.rows
    ):
        faults.append("в Word строка таблицы может разорваться")
    return faults


def heading_faults(document, pdf: Reading) -> list[str]:
    """Real headings with the texts of the PDF's headings."""
    blocks = (Paragraph(node, document._body) for node in document.element.body.iter(qn("w:p")))
    found = [paragraph for paragraph in blocks if paragraph.style.name.startswith("Heading")]
    ours, theirs = (
        [squeezed(paragraph.text) for paragraph in found],
        [squeezed(text) for text in merged(pdf.headings)],
    )
    return (
        [] if ours == theirs else [f"заголовки Word и PDF расходятся: {len(ours)} и {len(theirs)}"]
    )


def merged(headings: list[str]) -> list[str]:
    """Headings with something in them."""
    return [heading for heading in headings if heading.strip()]


def section_faults(document, pdf: Reading) -> list[str]:
    """Page size, orientation, margins, page number field from page 2."""
    faults = []
    sheet = pdf.sheets[0]
    for section in document.sections:
        if (section.page_width > section.page_height) != (sheet.width > sheet.height):
            faults.append("ориентация листа в Word не та, что в PDF")
        wrong = [
            name
            for name, size in MARGINS.items()
            if abs(getattr(section, name) - Mm(size)) > Mm(0.3)
        ]
        if wrong:
            faults.append(f"поля в Word не 30/10/20/20 мм: {', '.join(wrong)}")
        fields = "".join(
            node.text or "" for node in section.header._element.iter(qn("w:instrText"))
        )
        if not section.different_first_page_header_footer or "PAGE" not in fields:
            faults.append("в Word нет номеров страниц со второй")
    return faults


def printed_by_office(docx_bytes: bytes, profile: Path | None) -> bytes | None:
    """The file as LibreOffice prints it, or None if it could not open it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.docx")
        source.write_bytes(docx_bytes)
        home = (profile or Path(folder, "profile")).resolve().as_uri()
        command = [
            "soffice",
            f"-env:UserInstallation={home}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, capture_output=True, check=False, timeout=180)
        target = source.with_suffix(".pdf")
        return target.read_bytes() if target.exists() else None


def printed_faults(printed: Reading, pdf: Reading) -> list[str]:
    """In print: no number on page 1, numbers from page 2, the words of the PDF, all of them."""
    faults = []
    for sheet in printed.sheets:
        expected = [] if sheet.number == 1 else [str(sheet.number)]
        if [word.text for word in sheet.numbers()] != expected:
            faults.append(f"Word, стр. {sheet.number}: номер страницы не так")
    ours, theirs = set(squeezed(printed.text)), set(squeezed(pdf.text))
    if theirs - ours:
        faults.append(f"в печати Word пропали знаки: {' '.join(sorted(theirs - ours))}")
    return faults
