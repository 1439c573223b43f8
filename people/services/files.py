"""Storing files: content checked, hash and size kept, the old file never overwritten."""

import hashlib
import io
import zipfile
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, UnidentifiedImageError

from mentoring.core.errors import RuleError
from mentoring.core.spreadsheet_safety import MAX_MEMBERS, MAX_UNPACKED
from people.models import Membership, StoredFile

OFFICE = "application/vnd.openxmlformats-officedocument"
OFFICE_TYPES = {
    "word/": (".docx", f"{OFFICE}.wordprocessingml.document"),
    "xl/": (".xlsx", f"{OFFICE}.spreadsheetml.sheet"),
    "ppt/": (".pptx", f"{OFFICE}.presentationml.presentation"),
}
OFFICE_TOO = "Файл не читается. Приложите PDF, JPEG, PNG или документ Word, Excel, PowerPoint."
MAX_PIXELS = 80_000_000  # an A3 sheet scanned at 600 dots an inch has 70 million
TOO_MANY_PIXELS = (
    "На скане слишком много точек. Отсканируйте с разрешением 300 точек на дюйм и приложите снова."
)
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
SCAN_TYPES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def store(
    content: bytes,
    *,
    organization,
    purpose: str,
    name: str,
    content_type: str,
    owner_id: int | None = None,
) -> StoredFile:
    """Write a new immutable file. The bytes are on disk before the row is committed."""
    stored = StoredFile(
        organization=organization,
        purpose=purpose,
        owner_id=owner_id,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    stored.file.save(name, ContentFile(content), save=False)
    stored.full_clean(exclude=["file"])
    stored.save()
    return stored


def store_scan(
    upload, *, by: Membership, purpose: str, owner_id: int, field: str = "scan"
) -> StoredFile:
    """Keep an uploaded scan (PDF, JPEG, PNG) after looking inside it."""
    content = read_upload(upload, field)
    content_type = sniff_scan(content, field)
    return store(
        content,
        organization=by.organization,
        purpose=purpose,
        name=f"скан{SCAN_TYPES[content_type]}",
        content_type=content_type,
        owner_id=owner_id,
    )


def store_signature(
    upload, *, by: Membership, purpose: str, owner_id: int, name: str, field: str = "sig"
) -> StoredFile:
    """Keep a detached signature: PKCS#7 in DER or base64, told by its first bytes."""
    if not upload:
        raise RuleError("Приложите файл подписи (.sig).", field)
    content = read_upload(upload, field)
    if not (content[:1] == b"\x30" or content.lstrip().startswith((b"MI", b"-----BEGIN"))):
        raise RuleError(
            "Это не файл электронной подписи. Приложите .sig, который выдала программа подписи.",
            field,
        )
    return store(
        content,
        organization=by.organization,
        purpose=purpose,
        name=name,
        content_type="application/pkcs7-signature",
        owner_id=owner_id,
    )


def store_attachment(
    upload, *, by: Membership, purpose: str, owner_id: int, field: str = "file"
) -> StoredFile:
    """Keep an uploaded paper or picture: PDF, JPEG, PNG, or Word, Excel, PowerPoint without macros."""
    content = read_upload(upload, field)
    if content.startswith(b"PK"):
        suffix, content_type = sniff_office(content, field)
    else:
        content_type = sniff_scan(content, field, words=OFFICE_TOO)
        suffix = SCAN_TYPES[content_type]
    return store(
        content,
        organization=by.organization,
        purpose=purpose,
        name=attachment_name(upload.name, suffix),
        content_type=content_type,
        owner_id=owner_id,
    )


def attachment_name(name: str, suffix: str) -> str:
    """The name that was given, with the ending of what is inside."""
    stem = PurePath(name.replace("\\", "/")).stem.strip() or "файл"
    return f"{stem[:150]}{suffix}"


def sniff_office(content: bytes, field: str) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise RuleError(OFFICE_TOO, field) from None
    if size > MAX_UNPACKED or len(names) > MAX_MEMBERS:
        raise RuleError(OFFICE_TOO, field)
    if any("vbaProject" in name for name in names):
        raise RuleError(
            "В файле есть макросы. Сохраните его без макросов и приложите снова.", field
        )
    for folder, found in OFFICE_TYPES.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return found
    raise RuleError(OFFICE_TOO, field)


def read_upload(upload, field: str) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    if upload.size > limit:
        raise RuleError(
            f"Файл больше {limit // 1024 // 1024} МБ. Уменьшите его и приложите снова.", field
        )
    content = upload.read()
    if not content:
        raise RuleError("Файл пустой. Выберите другой.", field)
    return content


def sniff_scan(content: bytes, field: str, words: str = "") -> str:
    """Type by content, never by name; a broken file is refused with a sentence."""
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise RuleError(
                "Файл PDF повреждён или загружен не полностью. Отсканируйте ещё раз.", field
            )
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise RuleError(TOO_MANY_PIXELS, field)
            image.verify()
            kind = {"JPEG": "image/jpeg", "PNG": "image/png"}.get(image.format)
    except BOMBS:
        raise RuleError(TOO_MANY_PIXELS, field) from None
    except (UnidentifiedImageError, OSError, SyntaxError):
        kind = None
    if kind is None:
        words = words or "Файл не читается. Приложите скан в PDF, JPEG или PNG."
        raise RuleError(words, field)
    return kind
