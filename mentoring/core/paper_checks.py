"""What an official paper must look like, checked on the finished file (`manage.py papers`).

Source: ГОСТ Р 7.0.97-2025: margins, type, page numbers, order of requisites; PDF/UA-1.
Each check returns faults as Russian sentences; an empty list is a good paper.
"""

import itertools
import re
import subprocess
from pathlib import Path

from .paper_reading import MM, Reading, Sheet, Word, read_pdf
from .word_checks import check_docx

__all__ = ["check_docx", "check_pdf", "check_print", "render_pages"]

LEFT, RIGHT, TOP, BOTTOM = 30, 10, 20, 20  # mm
SLACK = 0.6  # mm: side bearings of letters and rounding
SIZES = (12, 14)
LISTING_SIZES = (10, 14)  # prints with many columns: registries, records (`mentoring.core.prints`)
FONT = re.compile(r"Liberation-?Serif(-\w+)*$")
DATE = r"(?:\d{1,2} [а-я]+ \d{4} г\.|\d{2}\.\d{2}\.\d{4}|«_+» _+ 20_+ г\.)"
DATE_AND_NUMBER = re.compile(rf"^{DATE} № \S+$")
INITIALS = re.compile(r"(?:^| )[А-ЯЁ]\.(?: ?[А-ЯЁ]\.)? ?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*$")
ADDRESS = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|(?:[\w-]+\.)+[a-z]{2,}\S*|\b[0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+\b|\b[0-9a-f]{8,}\b"
)
DOUBLED = re.compile(r"\S*[^\s.]\.\.(?!\.)")
ROMAN = re.compile(r"[IVXLCDM]+\.?")
COMMANDS = ("ПРИКАЗЫВАЮ:",)


def check_pdf(
    pdf: bytes | str | Path,
    *,
    orientation: str = "portrait",
    is_order: bool = False,
    sizes: tuple[int, int] = SIZES,
) -> list[str]:
    """Faults of a finished PDF; `orientation` is "portrait" or "landscape", `sizes` the least and largest type in points."""
    data = pdf if isinstance(pdf, bytes) else Path(pdf).read_bytes()
    reading = read_pdf(data)
    faults = []
    for sheet in reading.sheets:
        faults += sheet_faults(sheet, orientation, sizes)
        faults += table_faults(sheet)
    faults += text_faults(reading) + font_faults(reading) + signature_faults(reading)
    if is_order:
        faults += order_faults(reading)
    return faults + accessibility_faults(data)


def check_print(pdf: bytes) -> list[str]:
    """Faults of a print with margins, sizes and headless tables of its own: words, font, PDF/UA-1."""
    reading = read_pdf(pdf)
    return text_faults(reading) + font_faults(reading) + accessibility_faults(pdf)


def sheet_faults(sheet: Sheet, orientation: str, sizes: tuple[int, int]) -> list[str]:
    """Orientation, margins from the boxes of the words, sizes of type, page number."""
    where, faults = f"стр. {sheet.number}", []
    if (sheet.width > sheet.height) != (orientation == "landscape"):
        faults.append(f"{where}: лист расположен не так, как нужно ({orientation})")
    numbers = sheet.numbers()
    marked = {id(word) for word in numbers}
    for word in sheet.words:
        if id(word) not in marked and outside(word, sheet):
            faults.append(f"{where}: слово «{word.text}» заходит на поле")
        if not sizes[0] - 0.1 <= word.size <= sizes[1] + 0.1:
            faults.append(f"{where}: слово «{word.text}» набрано кеглем {word.size:.1f}")
    return faults + number_faults(sheet, numbers)


def outside(word: Word, sheet: Sheet) -> bool:
    """Does the box of a word enter a margin? Boxes of letters are taller than ink, so top and bottom get a millimetre more."""
    return (
        word.left < LEFT - SLACK
        or word.right > sheet.width - RIGHT + SLACK
        or word.top < TOP - SLACK - 1
        or word.bottom > sheet.height - BOTTOM + SLACK + 1
    )


def number_faults(sheet: Sheet, numbers: list[Word]) -> list[str]:
    """No number on page 1; from page 2 the right number in the middle of the top margin, at least 10 mm from the edge."""
    if sheet.number == 1:
        return (
            [
                f"стр. 1: на первой странице есть номер или текст в верхнем поле («{numbers[0].text}»)"
            ]
            if numbers
            else []
        )
    if [word.text for word in numbers] != [str(sheet.number)]:
        return [f"стр. {sheet.number}: нет номера страницы в верхнем поле"]
    middle = (numbers[0].left + numbers[0].right) / 2
    faults = []
    if min(abs(middle - (LEFT + sheet.width - RIGHT) / 2), abs(middle - sheet.width / 2)) > 2:
        faults.append(f"стр. {sheet.number}: номер страницы не по центру")
    if numbers[0].top < 9.5:
        faults.append(f"стр. {sheet.number}: номер страницы ближе 10 мм к краю")
    return faults


def table_faults(sheet: Sheet) -> list[str]:
    """Each part of a table has its head."""
    return [
        f"стр. {sheet.number}: у таблицы не повторена шапка"
        for fragment in sheet.fragments
        if not fragment.head
    ]


def text_faults(reading: Reading) -> list[str]:
    """Unfilled values, doubled full stops, foreign words, letters of two alphabets in one word."""
    faults = []
    if found := re.search(r"\[\[[^\]]*\]?\]?", reading.text):
        faults.append(f"осталось незаполненное место: {found.group(0)}")
    faults += [f"две точки подряд: «{word}»" for word in DOUBLED.findall(reading.text)]
    for sheet in reading.sheets:
        block = {id(word) for word in sheet.check_block()}
        for word in sheet.words:
            rest = ADDRESS.sub("", word.text)
            for part in re.findall(r"[A-Za-zА-Яа-яЁё]+", rest):
                if (
                    re.search("[A-Za-z]", part)
                    and id(word) not in block
                    and not ROMAN.fullmatch(part)
                ):
                    faults.append(f"стр. {sheet.number}: латинские буквы в слове «{word.text}»")
    return faults


def font_faults(reading: Reading) -> list[str]:
    """Every letter comes from the family with the Times metric."""
    return [
        f"чужой шрифт в документе: {name}"
        for name in sorted(reading.fonts)
        if not FONT.search(name)
    ]


def signature_faults(reading: Reading) -> list[str]:
    """At least two lines of text stand above the signature on its page."""
    for sheet in reversed(reading.sheets):
        numbers = {id(word) for word in sheet.numbers()}
        lines = [line for line in sheet.lines() if id(line[0]) not in numbers]
        for place in range(len(lines) - 1, -1, -1):
            if is_signature(lines[place]):
                above = text_above(lines, place)
                return (
                    []
                    if above >= 2
                    else [f"стр. {sheet.number}: вместе с подписью только {above} строк(и) текста"]
                )
    return []


def is_signature(line: list[Word]) -> bool:
    """Post at the left margin, a wide gap, initials and surname at the right margin."""
    gap = max((b.left - a.right for a, b in itertools.pairwise(line)), default=0)
    return (
        gap > 12
        and line[0].left < LEFT + 2
        and bool(INITIALS.search(joined(line)))
        and "__" not in joined(line)
    )


def text_above(lines: list, place: int) -> int:
    """Lines above the signature, those of the post itself left out (they stand close together)."""
    while place and lines[place][0].bottom - lines[place - 1][0].bottom < 14 * 1.35 / MM:
        place -= 1
    return place


def joined(line: list[Word]) -> str:
    """Text of a line."""
    return " ".join(word.text for word in line)


def order_faults(reading: Reading) -> list[str]:
    """«ПРИКАЗЫВАЮ:» is there and the requisites follow in their order."""
    lines = [joined(line) for sheet in reading.sheets for line in sheet.lines()]
    steps = [
        ("наименование организации", lambda line: "«" in line or "учреждение" in line.casefold()),
        ("слово «ПРИКАЗ»", lambda line: line == "ПРИКАЗ"),
        ("дата и номер в одной строке", DATE_AND_NUMBER.match),
        ("место составления", lambda line: len(line) < 60 and not re.match(r"Об? ", line)),
        ("заголовок «О …»", lambda line: re.match(r"Об? \S", line)),
        ("слово «ПРИКАЗЫВАЮ:»", lambda line: line in COMMANDS),
        ("пункт 1", lambda line: re.match(r"1\. \S", line)),
    ]
    faults, start = [], 0
    for name, matches in steps:
        place = next((i for i in range(start, len(lines)) if matches(lines[i])), None)
        if place is None:
            faults.append(f"нет реквизита на своём месте: {name}")
        else:
            start = place + 1
    if not any(is_signature(line) for sheet in reading.sheets for line in sheet.lines()):
        faults.append("нет реквизита на своём месте: подпись")
    return faults + title_faults(reading)


def title_faults(reading: Reading) -> list[str]:
    """A title without a full stop and without quotes around it."""
    title = reading.headings[0] if reading.headings else ""
    if title.endswith(".") or (title.startswith("«") and title.endswith("»")):
        return [f"заголовок с точкой или в кавычках: {title}"]
    return []


def accessibility_faults(data: bytes) -> list[str]:
    """PDF/UA-1 by page-validation (test extra)."""
    import page

    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    return [f"нарушен PDF/UA-1: {failure.rule_id} {failure.message}" for failure in report.failures]


def render_pages(pdf: bytes, folder: Path | str, name: str, *, dpi: int = 60) -> list[Path]:
    """PNG of each page as `<folder>/<name>-<page>.png`; older pictures of this name are removed."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{name}-*.png"):
        if old.stem.removeprefix(f"{name}-").isdecimal():
            old.unlink()
    command = ["pdftoppm", "-r", str(dpi), "-png", "-", str(folder / name)]
    subprocess.run(command, input=pdf, check=True, capture_output=True, timeout=120)
    return sorted(
        path
        for path in folder.glob(f"{name}-*.png")
        if path.stem.removeprefix(f"{name}-").isdecimal()
    )
