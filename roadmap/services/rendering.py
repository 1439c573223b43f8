"""From a document to its paper: the frame's context and its HTML."""

from collections.abc import Callable

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from mentoring.core import clauses, grammar, missing
from mentoring.core.rich_text import sanitise
from people.services.accounts import head_on
from roadmap.models import Document, Edition, Roadmap, SignatureRecord, Stamp
from roadmap.services import paper_figures, public_text, wording
from roadmap.services.editions import current_edition

# What a wording writes above the annex of an order; clause numbering marks such a heading.
OWN_ANNEX = '<h2 class="annex">Приложение. '
# To whom letters of an upper floor go: code of the kind → function (document) → lines of the corner above the title.
ADDRESSEES: dict[str, Callable[[Document], list[str]]] = {}


def paper_context(
    document: Document, *, edition: Edition | None = None, public: bool = False
) -> dict:
    """What `templates/documents/frame.html` draws; `edition` None means the living draft."""
    kind, organization = document.kind_info, document.organization
    draft = document.state in (Document.State.DRAFT, Document.State.REVIEW)
    body, own_annex = split_annex(document, paper_body(document, edition, public=public))
    return {
        "lang": "ru",
        "code": document.kind,
        "paper": kind.paper,
        "landscape": kind.landscape,
        "title_tag": f"{kind.title}. {organization.short_name}",
        "letterhead": organization if kind.paper != "table" else None,
        "document_word": kind.document_word if kind.paper != "table" else "",
        "date": grammar.long_date(document.dated_on) if document.dated_on else "",
        "number": document.number,
        "place": organization.place,
        "annex_mark": annex_mark(document, edition),
        "addressee": ADDRESSEES[document.kind](document) if document.kind in ADDRESSEES else [],
        "stamps": stamps(document, edition),
        "heading": edition.title if edition else document.title,
        "body": body,
        "own_annex": own_annex,
        "signature": signature(document) if kind.head_signs else None,
        "e_mark": e_mark(document),
        "acknowledgement": None if public else acknowledgement(document),
        "footnote": plan_fact(document, edition, "footnote") if kind.code == "roadmap" else "",
        "qr_svg": "" if draft else qr_svg(document),
        "check_code": "" if draft else document.check_code,
        "check_url": "" if draft else check_url(document),
        "draft": draft,
        "public": public,
    }


def split_annex(document: Document, body: str) -> tuple[str, dict | None]:
    """An order's own annex stands after the signature, on a sheet of its own with its mark."""
    before, heading, rest = body.partition(OWN_ANNEX)
    if not document.kind_info.is_order or not heading:
        return body, None
    name = grammar.organization_in_case(document.organization.short_name, "gent")
    mark = ["Приложение", f"к приказу {name}", date_and_number(document)]
    return before, {"mark": mark, "body": f"<h2>{rest}"}


def paper_body(document: Document, edition: Edition | None, *, public: bool) -> str:
    """Body with clause numbers and charts; placeholders turn red; the public one names nobody."""
    if document.kind == "roadmap":
        return roadmap_body(document, edition, public=public)
    body = sanitise(edition.body if edition else document.body)
    if public:
        body = public_text.without_names(body, document.organization)
    body = missing.mark_missing(clauses.number_clauses(body, document.kind_info.numbering))
    return paper_figures.with_charts(document.kind, body)


def roadmap_body(document: Document, edition: Edition | None, *, public: bool) -> str:
    """The table of the plan: frozen data when there is an edition, else the working rows."""
    if edition is None:
        context = wording.wording_context(document, day=document.created_at.date())
    else:
        context = {
            "plan": edition.data["public" if public else "full"],
            "org": document.organization,
        }
    return clauses.number_clauses(render_to_string("documents/roadmap.html", context), "table")


def paper_html(document: Document, *, edition: Edition | None = None, public: bool = False) -> str:
    if edition is None and document.state != Document.State.DRAFT:
        edition = current_edition(document)
    context = {"paper": paper_context(document, edition=edition, public=public)}
    return render_to_string("documents/frame.html", context)


def missing_names(document: Document) -> list[str]:
    """Russian names of the empty places of the whole paper, each once."""
    return missing.missing_in(paper_html(document))


def plan_fact(document: Document, edition: Edition | None, name: str) -> str:
    """`stamp` or `footnote` of a roadmap: frozen with the edition, else of the working plan."""
    return edition.data[name] if edition else getattr(document.roadmap, name)


def annex_mark(document: Document, edition: Edition | None = None) -> list[str]:
    """«Приложение № 1 / к приказу … / от … № …», or to the Положение, or nothing."""
    is_plan = document.kind == "roadmap"
    mark = plan_fact(document, edition, "stamp") if is_plan else Roadmap.Mark.TO_ORDER
    if mark == Roadmap.Mark.TO_REGULATION:
        name = grammar.organization_in_case(document.organization.short_name, "gent")
        return [
            "Приложение",
            "к Положению о системе наставничества",
            f"педагогических работников {name}",
        ]
    annex = getattr(document, "annexed_to", None)
    if annex is None or mark != Roadmap.Mark.TO_ORDER:
        return []
    name = grammar.organization_in_case(document.organization.short_name, "gent")
    return [
        f"Приложение № {annex.number}",
        f"к приказу {name}",
        date_and_number(annex.order_document),
    ]


def date_and_number(document: Document) -> str:
    day = f"{document.dated_on:%d.%m.%Y}" if document.dated_on else "«___» ____________ 20___ г."
    return f"от {day} № {document.number or '______'}"


def stamps(document: Document, edition: Edition | None = None) -> list[dict]:
    """Stamps of bodies on the left, the approval on the right (R-111, R-119)."""
    drawn = [body_stamp(stamp) for stamp in document.stamps.all()]
    kind = document.kind_info
    if (kind.approved_by_order or kind.is_act) and (approval := approval_stamp(document, edition)):
        drawn.append(approval)
    return drawn


def body_stamp(stamp: Stamp) -> dict:
    case = (
        "ablt"
        if stamp.word in (Stamp.Word.ADOPTED, Stamp.Word.APPROVED, Stamp.Word.AGREED)
        else "gent"
    )
    lines = [grammar.organization_in_case(stamp.body_name, case)]
    if stamp.year or stamp.minutes_number:
        date = grammar.incomplete_date(stamp.year, stamp.month, stamp.day) if stamp.year else ""
        number = f"№ {stamp.minutes_number}" if stamp.minutes_number else ""
        lines.append(" ".join(filter(None, ["протокол", date and f"от {date}", number])))
    return {"word": stamp.get_word_display(), "lines": lines, "side": "left"}


def approval_stamp(document: Document, edition: Edition | None) -> dict | None:
    """УТВЕРЖДЕНО by the order that annexes it, else УТВЕРЖДАЮ by the head."""
    annex = getattr(document, "annexed_to", None)
    if (
        document.kind == "roadmap"
        and plan_fact(document, edition, "stamp") != Roadmap.Mark.APPROVED
    ):
        return None
    if annex and document.kind != "roadmap":
        noun = document.kind_info.document_word.lower()
        name = grammar.organization_in_case(document.organization.short_name, "gent")
        lines = [f"приказом {name}", date_and_number(annex.order_document)]
        return {"word": grammar.participle("утвердить", noun), "lines": lines, "side": "right"}
    sign = signature(document)
    lines = [sign["post"], f"______________ {sign['name']}"]
    if annex:
        lines.append(f"приказ {date_and_number(annex.order_document)}")
    elif document.dated_on:
        lines.append(grammar.long_date(document.dated_on))
    return {"word": "УТВЕРЖДАЮ", "lines": lines, "side": "right"}


def signature(document: Document) -> dict:
    """Post and initials of the signatory; before approval of the head of today's draft."""
    person, post = document.signatory, document.signatory_post
    if person is None:
        found = head_on(document.organization, document.created_at.date())
        if found is None:
            return {"post": "[[должность руководителя]]", "name": "[[руководитель]]"}
        person, post = found[0], signatory_post(document.organization, found[1])
    return {"post": post, "name": grammar.person_in_case(person, "nomn", "initials_before")}


def signatory_post(organization, role: str) -> str:
    """«Директор», «И.о. заведующего»."""
    if role == "acting_head":
        return f"И.о. {grammar.post_in_case(organization.head_title, 'gent')}"
    return organization.head_title.capitalize()


def e_mark(document: Document) -> list[str]:
    """Mark of an electronic signature (ГОСТ Р 7.0.97-2025, 63-ФЗ): qualified or simple."""
    record = document.signatures.exclude(kind=SignatureRecord.Kind.PAPER).last()
    if record is None:
        return []
    if record.kind == SignatureRecord.Kind.SIG:
        return [
            "Документ подписан электронной подписью",
            f"Сертификат: {record.certificate_number}",
            f"Владелец: {record.certificate_owner}",
            f"Действителен: с {record.certificate_from:%d.%m.%Y} по {record.certificate_to:%d.%m.%Y}",
        ]
    name = grammar.person_in_case(document.signatory, "nomn", "initials_before")
    digest = current_edition(document).content_hash
    return [
        "Документ подписан простой электронной подписью",
        f"{name}, {record.signed_on:%d.%m.%Y}",
        f"Хэш: {digest}",
    ]


def acknowledgement(document: Document) -> dict | None:
    """Acknowledgement sheet of an order: a line per person, filled in by hand."""
    people = [row.person for row in document.acknowledgements.select_related("person")]
    if not people or not document.kind_info.is_order:
        return None
    rows = [
        {
            "post": person.job_title,
            "name": grammar.person_in_case(person, "nomn", "initials_before"),
        }
        for person in people
    ]
    return {"title": "С приказом ознакомлены:", "rows": rows}


def check_url(document: Document) -> str:
    return settings.PUBLIC_URL + reverse("check", args=[document.check_code])


def qr_svg(document: Document) -> str:
    return segno.make(check_url(document), error="m").svg_inline(
        omitsize=True, border=0, title="QR-код страницы проверки документа"
    )
