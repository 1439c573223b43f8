"""Words inside any answer: pages, JSON, tables, papers, archives, headers."""

import io
import re
import zipfile
from urllib.parse import unquote

import pypdfium2

MOST_PAGES, MOST_BYTES = 40, 20_000_000
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def words_of(content: bytes) -> str:
    """Text of the bytes of an answer, whatever they are; of archives the text of each part."""
    if content.startswith(b"PK\x03\x04"):
        return packed(content)
    if content.startswith(b"%PDF"):
        return pdf_words(content)
    text = content.decode(errors="replace")
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def packed(content: bytes) -> str:
    """xlsx, docx and zip: names and contents."""
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        small = [one for one in pack.infolist() if one.file_size < MOST_BYTES]
        return "\n".join(f"{one.filename}\n{words_of(pack.read(one))}" for one in small)


def pdf_words(content: bytes) -> str:
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:  # a blank paper of the tests
        return content.decode(errors="replace")
    with paper:
        pages = [paper[number] for number in range(min(len(paper), MOST_PAGES))]
        title = " ".join(paper.get_metadata_dict().values())
        return title + "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def told(answer) -> str:
    """All that an answer says, its headers too (names of files, addresses of redirects)."""
    headers = unquote("\n".join(str(value) for value in answer.headers.values()))
    return f"{headers}\n{words_of(answer.body)}".casefold()


def found(answer, marks) -> list[str]:
    """Marks that stand in the answer, in any letter case."""
    text = told(answer)
    return [mark for mark in marks if mark.casefold() in text]
