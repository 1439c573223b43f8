"""A school's own papers: a regulation from Word as a draft, an already signed paper as it is."""

import datetime as dt
import io

from django.db import transaction
from PIL import Image

from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.models import Membership
from people.services import files, journal
from people.services.accounts import head_on
from roadmap.document_permissions import can_draft
from roadmap.imports.regulation import read_regulation
from roadmap.kinds import KINDS
from roadmap.models import Document, DocumentFile, Roadmap, SignatureRecord
from roadmap.services import drafts, editions, numbers, sending

LOCAL_ACTS = ("regulation", "target_model", "incentive_regulation")
State = Document.State


@transaction.atomic
def draft_from_word(*, kind: str, file, day: dt.date, by: Membership) -> Document:
    """A draft whose text is the school's own, cut into sections and clauses."""
    can_draft(by).require()
    if kind not in LOCAL_ACTS:
        raise RuleError("Из Word переносят положения и модели. Приказы составьте по форме портала.", "kind")  # fmt: skip
    title, html = read_regulation(files.read_upload(file, "file"))
    document = drafts.create_draft(kind=kind, day=day, by=by, complete=False)
    return drafts.edit_draft(document, title=title or document.title, body=sanitise(html), by=by)


@transaction.atomic
def attach_signed(
    *, kind: str, title: str, number: str, dated_on: dt.date, file, on: dt.date, by: Membership,
    roadmap: Roadmap | None = None,
) -> Document:  # fmt: skip
    """A paper that was signed before the portal: in force with its own number and date, effects none.

    Its file is kept as it came. A number that contradicts another is told, not forbidden (`contradictions`).
    """
    can_draft(by).require()
    if kind not in KINDS:
        raise RuleError("Такого вида документа нет. Выберите вид из списка.", "kind")
    if dated_on > on:
        raise RuleError("Дата документа ещё не наступила.", "dated_on")
    if kind == "roadmap" and roadmap is None:
        raise RuleError("Выберите дорожную карту, которую утверждает этот документ.", "roadmap")
    head = head_on(by.organization, dated_on) or head_on(by.organization, on)
    if head is None:
        raise RuleError("Не указан руководитель организации. Дайте ему роль, потом приложите документ.")  # fmt: skip
    document = Document(
        organization=by.organization, kind=kind, roadmap=roadmap, title=title.strip() or KINDS[kind].title,
        state=State.DRAFT, register=drafts.register_of(by.organization, kind), created_by=by,
        check_code=drafts.new_check_code(), from_paper=True, replaces=drafts.predecessor(by.organization, kind, roadmap),
        body="<p>Документ подписан на бумаге до портала. Подлинник – в приложенном файле.</p>", body_edited=True,
    )  # fmt: skip
    document.save()
    edition = editions.freeze(document, body=sending.frozen_body(document), data=sending.frozen_data(document), by=by)  # fmt: skip
    document.state, document.dated_on, document.number = State.IN_FORCE, dated_on, number.strip()
    document.number_period = numbers.number_period(by.organization, dated_on)
    document.signatory, document.signatory_post = head[0], by.organization.head_title
    document.full_clean(exclude=["body"])
    document.save()
    keep_file(document, edition, file, by)
    SignatureRecord.objects.create(organization=by.organization, document=document, kind=SignatureRecord.Kind.PAPER, signed_on=dated_on, seen_by=by)  # fmt: skip
    if document.replaces_id:
        Document.objects.filter(pk=document.replaces_id, state=State.IN_FORCE).update(state=State.REPLACED)  # fmt: skip
    journal.record(by, "document.attached", document)
    return document


def keep_file(document: Document, edition, file, by: Membership) -> None:
    """The scan as the official file: a PDF as it is, a picture on a sheet of its own."""
    content = files.read_upload(file, "file")
    if files.sniff_scan(content, "file") != "application/pdf":
        content = as_pdf(content)
    stored = files.store(
        content, organization=by.organization, purpose="document", name=f"{document.kind}.pdf",
        content_type="application/pdf", owner_id=document.pk,
    )  # fmt: skip
    DocumentFile.objects.create(organization=by.organization, document=document, edition=edition, rendition=DocumentFile.Rendition.OFFICIAL, stored=stored, file_hash=stored.sha256)  # fmt: skip


def as_pdf(content: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.convert("RGB").save(out, "PDF", resolution=150)
    return out.getvalue()


def contradictions(document: Document) -> list[str]:
    """What does not fit together in papers signed before: the same number twice, two dates of one kind."""
    rows = Document.objects.of(document.organization).exclude(pk=document.pk)
    rows = rows.filter(register=document.register, number=document.number, dated_on__year=document.dated_on.year)  # fmt: skip
    found = [f"Номер {document.number} в этом журнале уже у документа «{one.full_title}» от {one.dated_on:%d.%m.%Y}." for one in rows if document.number]  # fmt: skip
    later = Document.objects.of(document.organization).in_force().filter(kind=document.kind, dated_on__gt=document.dated_on)  # fmt: skip
    found += [f"Действует более новый документ этого вида: от {one.dated_on:%d.%m.%Y}." for one in later.exclude(pk=document.pk)]  # fmt: skip
    return found
