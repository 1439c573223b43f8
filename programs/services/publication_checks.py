"""What must be true before a publication is shown: no name outside a mark, everybody on the photos said (R-908, R-911)."""

import re
from html import unescape

from mentoring.core.errors import RuleError
from programs.models import Publication
from roadmap.services.public_text import names_said

MARK = re.compile(r"\{(\d{1,4})\}")
TAG = re.compile(r"<[^>]+>")
Kind = Publication.Kind


def plain(html: str) -> str:
    """Words of the text without elements."""
    return unescape(TAG.sub(" ", html))


def check_words(publication: Publication) -> None:
    """Refuse surnames in plain text, marks without a person, an empty text."""
    if not (plain(publication.body).strip() or publication.lead.strip()) and publication.kind != Kind.PHOTO_REPORT:  # fmt: skip
        raise RuleError("Текста ещё нет. Напишите хотя бы два предложения.", "body")
    for field, label in (("title", "заголовке"), ("lead", "кратком тексте")):
        if MARK.search(getattr(publication, field)):
            raise RuleError(f"В {label} отметок не бывает: назовите человека по должности.", field)
        refuse_names(publication, getattr(publication, field), f"В {label}", field)
    refuse_names(publication, plain(publication.body), "В тексте", "body")
    check_marks(publication)


def refuse_names(publication: Publication, text: str, where: str, field: str | None) -> None:
    found = names_said(text, publication.organization)
    if not found:
        return
    way = "поставьте вместо неё отметку {1}" if field == "body" else "назовите должность"
    raise RuleError(f"{where} стоит фамилия: {', '.join(found)}. Добавьте человека в «Люди в публикации» и {way}: имя появится только там, где есть согласие.", field)  # fmt: skip


def check_marks(publication: Publication) -> None:
    marks = list(publication.marks.all())
    missing = sorted({int(one) for one in MARK.findall(publication.body)} - {mark.number for mark in marks})  # fmt: skip
    if missing:
        listed = ", ".join(f"{{{number}}}" for number in missing)
        raise RuleError(f"В тексте есть отметка {listed}, а человека к ней нет. Добавьте его или уберите отметку.", "body")  # fmt: skip
    for mark in marks:
        refuse_names(publication, mark.instead, f"В словах вместо имени {{{mark.number}}}", None)


def check_photos(publication: Publication) -> None:
    """Everybody who can be recognised is marked; «никого» is an answer, silence is none."""
    photos = list(publication.photos.all())
    if publication.kind == Kind.PHOTO_REPORT and not photos:
        raise RuleError("В фотоотчёте нет фотографий. Добавьте хотя бы одну.")
    silent = sum(not photo.people_marked for photo in photos)
    if silent:
        raise RuleError(f"Фотографий без ответа «кого можно узнать»: {silent}. Отметьте людей или выберите «никого».")  # fmt: skip
    for photo in photos:
        refuse_names(publication, photo.alt, "В подписи к фотографии", None)
