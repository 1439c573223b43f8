"""Every door that takes a file looks inside it; the name and the announced type count for nothing."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring.core import pictures, spreadsheets
from mentoring.core.errors import RuleError
from people.services import files
from roadmap.imports import office_files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
HTML_THEN_PDF = HTML + b"%PDF-1.7\n%%EOF"
PDF_WITH_HTML = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n"
TYPES = b"<Types/>"
BILLION = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><x>&i;</x>"""
    % b"".join(
        b'<!ENTITY %c "%s">' % (new, b"&%c;" % old * 10)
        for old, new in zip(b"abcdefgh", b"bcdefghi", strict=True)
    )
)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content
            )
    return out.getvalue()


def huge_png() -> bytes:
    """A header of 100 000 × 100 000 points, a few bytes long."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


BOMB = b"\0" * (120 * 1024 * 1024)
FILES = {
    "svg": SVG, "html": HTML, "html then pdf": HTML_THEN_PDF, "huge picture": huge_png(), "empty": b"",
    "entity bomb in word": zipped(word__document_xml=BILLION), "entity bomb in excel": zipped(xl__workbook_xml=BILLION),
    "macros": zipped(word__document_xml=b"<x/>", word__vbaProject_bin=b"macro"),
    "zip bomb": zipped(word__document_xml=b"<x/>", xl__workbook_xml=b"<x/>", word__media__1_bin=BOMB),
    "any zip": zipped(index=HTML), "cut pdf": b"%PDF-1.7\n",
}  # fmt: skip
# Each takes bytes and refuses by RuleError; what it takes all the same, and why that harms nobody.
DOORS = {
    "scan": (lambda content: files.sniff_scan(content, "scan"), set()),
    "attachment": (
        lambda content: attachment(content),
        {"entity bomb in word", "entity bomb in excel"},
    ),
    "photo and logo": (lambda content: pictures.cleaned(content), set()),
    "import of staff": (lambda content: spreadsheets.open_book(content), {"svg"}),
    "import of a roadmap": (lambda content: opened(content), set()),
}


def attachment(content: bytes) -> None:
    """Kept as it is and never unpacked by us, so an entity in it costs nothing."""
    files.sniff_office(content, "file") if content.startswith(b"PK") else files.sniff_scan(
        content, "file"
    )


def opened(content: bytes) -> None:
    with office_files.parsing():
        office_files.open_word(content)


def refused(look, content: bytes) -> bool:
    try:
        look(content)
    except RuleError:
        return True
    return False


@pytest.mark.parametrize("door", DOORS)
def test_a_door_refuses_in_words(door):
    look, taken = DOORS[door]
    assert {name for name, content in FILES.items() if not refused(look, content)} == taken


def test_a_signature_is_told_from_a_page(school, curator):
    for content in (SVG, HTML, HTML_THEN_PDF, huge_png()):
        upload = SimpleUploadedFile("подпись.sig", content)
        with pytest.raises(RuleError):
            files.store_signature(
                upload, by=curator, purpose="signature", owner_id=1, name="подпись.sig"
            )


def test_what_is_a_pdf_and_a_page_at_once_is_delivered_as_a_download_only(
    school, curator, client_for
):
    upload = SimpleUploadedFile("страница.html", PDF_WITH_HTML, content_type="text/html")
    stored = files.store_scan(upload, by=curator, purpose="consent", owner_id=1)
    answer = client_for(curator).get(reverse("file", args=[school.slug, stored.pk]))
    assert b"".join(answer.streaming_content) == PDF_WITH_HTML
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
