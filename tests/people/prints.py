"""Reading prints back, and a picture to upload."""

import io

import pdfplumber
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def text_of_pdf(content: bytes) -> str:
    """Text of all pages, pages parted by a form feed."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "\f".join(page.extract_text() or "" for page in pdf.pages)


def png_upload(name: str = "скан.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("L", (40, 40), 255).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")
