"""The narrow column beside a paper: state, what is next and who does it, the chain, what is missing."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from mentoring.core import grammar
from mentoring.core.missing import missing_in
from people.models import Membership, RoleGrant
from people.models.accounts import Role
from people.permissions import CURATORS, HEADS, MANAGERS, has_any
from roadmap import document_permissions as rights
from roadmap.models import Approval, ApprovalStep, Document
from roadmap.services import chains
from roadmap.services.margin_notes import notes_of
from roadmap.services.paper_links import links_of

State = Document.State
STEP_WORDS = {
    ApprovalStep.State.WAITING: "next",
    ApprovalStep.State.OPEN: "waiting",
    ApprovalStep.State.APPROVED: "done",
    ApprovalStep.State.RETURNED: "returned",
}


def side(paper: Document, membership: Membership, now: dt.datetime) -> dict:
    """Context of the column; seven queries at most, whatever the number of rows."""
    steps = latest_steps(paper)
    opened = next((step for step in steps if step.state == ApprovalStep.State.OPEN), None)
    holders = holders_of_roles(paper, now) if paper.state in (State.DRAFT, State.REVIEW) else {}
    annexes = list(annexes_of(paper))
    is_draft = paper.state == State.DRAFT
    missing = missing_of(paper, annexes, holders) if is_draft else []
    return {
        "steps": [shown(step, holders, now) for step in steps] or planned(paper, holders),
        "open_step": opened,
        "missing": missing,
        "annexes": annexes,
        "stamps": list(paper.stamps.all()),
        "bases": list(paper.bases.all()),
        "signatures": signatures(paper),
        "tasks": list(paper.tasks.select_related("person"))
        if has_any(membership, MANAGERS)
        else [],
        "next": what_next(paper, opened, holders, now, missing),
        "may": verdicts(paper, membership, opened),
        "is_manager": has_any(membership, MANAGERS),
        "is_curator": has_any(membership, CURATORS),
        "links": links_of(paper, membership),
        "notes": notes_of(paper.kind) if has_any(membership, CURATORS) else [],
    }


def latest_steps(paper: Document) -> list[ApprovalStep]:
    """Steps of the newest edition, with decisions."""
    decisions = Prefetch(
        "approvals", Approval.objects.of(paper.organization).select_related("membership__person")
    )
    steps = paper.steps.select_related("edition", "person").prefetch_related(decisions)
    steps = sorted(steps, key=lambda step: (step.edition.no, step.sort_index))
    return [step for step in steps if step.edition_id == steps[-1].edition_id]


def annexes_of(paper: Document):
    """Annexes, each with `is_ready`: its own chain is done and only the order is missing."""
    waiting = ApprovalStep.objects.of(paper.organization).filter(
        document=OuterRef("document"), state=ApprovalStep.State.OPEN
    )
    rows = (
        paper.annexes.select_related("document")
        .defer("document__body")
        .annotate(waits=Exists(waiting))
    )
    for annex in rows:
        annex.is_ready = annex.document.state == State.REVIEW and not annex.waits
        yield annex


def holders_of_roles(paper: Document, now: dt.datetime) -> dict[str, list[str]]:
    """Role → short names of those who hold it today (one query)."""
    grants = RoleGrant.objects.of(paper.organization).active_on(timezone.localdate(now))
    grants = grants.exclude(role=Role.STAFF).select_related("membership__person")
    found: dict[str, list[str]] = {}
    for grant in grants:
        found.setdefault(grant.role, []).append(grant.membership.person.short_name)
    return found


def who_decides(step: ApprovalStep, holders: dict) -> str:
    if step.kind == ApprovalStep.Kind.BODY:
        return "решение записывает куратор по протоколу"
    if step.kind == ApprovalStep.Kind.PERSON:
        return step.person.short_name
    names = [
        name
        for role in (HEADS if step.is_head_step else [step.role])
        for name in holders.get(role, [])
    ]
    return ", ".join(dict.fromkeys(names))


def title_of(step: ApprovalStep) -> str:
    if step.kind == ApprovalStep.Kind.BODY:
        return capital(step.body_name)
    return capital(Role(step.role).label) if step.role else "Согласует"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shown(step: ApprovalStep, holders: dict, now: dt.datetime) -> dict:
    """One row for `{% stepper %}`."""
    decisions = list(step.approvals.all())
    is_open = step.state == ApprovalStep.State.OPEN
    who = ", ".join(one.membership.person.short_name for one in decisions) or who_decides(
        step, holders
    )
    if step.quorum > 1:
        done = sum(one.decision == Approval.Decision.APPROVE for one in decisions)
        who = f"{who} ({done} из {step.quorum})"
    return {
        "title": title_of(step),
        "who": who,
        "state": STEP_WORDS[step.state],
        "days": (now - step.opened_at).days if is_open else None,
        "when": step.closed_at,
        "note": next((one.reason for one in decisions if one.reason), ""),
    }


def planned(paper: Document, holders: dict) -> list[dict]:
    """The chain that sending will open."""
    if paper.state != State.DRAFT:
        return []
    steps = [ApprovalStep(**fields) for fields in chains.chain_of(paper)]
    return [
        {"title": title_of(step), "who": who_decides(step, holders), "state": "next"}
        for step in steps
    ]


def missing_of(paper: Document, annexes: list, holders: dict) -> list[str]:
    """The same reasons as `sending.blockers`, from what the page has already read."""
    found = [f"Не заполнено: {name}." for name in missing_in(f"{paper.title} {paper.body}")]
    if paper.kind != "roadmap" and not paper.body.strip():
        found.append("Текст документа пуст. Соберите его заново.")
    if not any(holders.get(role) for role in HEADS):
        found.append("В портале не указан руководитель: дайте ему роль в карточке сотрудника.")
    if paper.kind == "regulation_order" and not annexes:
        found.append("У приказа нет приложений. Приложите Положение и дорожную карту.")
    for annex in annexes:
        if not annex.is_ready:
            found.append(
                f"Приложение № {annex.number} ({annex.document.kind_info.title}) не готово: отправьте его на утверждение."
            )
    return found


def signatures(paper: Document) -> list:
    if paper.state in (State.DRAFT, State.REVIEW):
        return []
    return list(paper.signatures.select_related("seen_by__person", "scan", "sig"))


def what_next(
    paper: Document, opened: ApprovalStep | None, holders: dict, now: dt.datetime, missing: list
) -> str:
    """What is next and who must do it, in a sentence or two."""
    annex = getattr(paper, "annexed_to", None)
    if paper.state == State.DRAFT:
        return (
            "Куратор заполняет недостающее и отправляет на утверждение."
            if missing
            else "Куратор отправляет документ на утверждение."
        )
    if paper.state == State.REVIEW and opened:
        days = (now - opened.opened_at).days
        since = f"ждёт {grammar.count(days, 'день')}" if days else "пришло сегодня"
        who = who_decides(opened, holders)
        return f"{title_of(opened)}{f' ({who})' if who else ''}: {since}."
    if paper.state == State.REVIEW:
        if annex:
            return "Готово к утверждению: руководитель утвердит вместе с приказом."
        return "Все решения получены. Приложите документ к приказу."
    if paper.state == State.APPROVED:
        if annex:
            return "Вступит в силу вместе с приказом, когда отметят его подпись."
        return "Руководитель или куратор отмечает подпись: после этого документ вступит в силу."
    if paper.state == State.IN_FORCE:
        return acquaintance(paper)
    return (
        f"Причина отмены: {paper.cancelled_reason}"
        if paper.state == State.CANCELLED
        else "Действует новая редакция."
    )


def acquaintance(paper: Document) -> str:
    if not paper.asked:
        return f"Действует с {paper.dated_on:%d.%m.%Y}, бессрочно. Лист ознакомления пуст."
    if paper.asked == paper.acquainted:
        return f"Действует с {paper.dated_on:%d.%m.%Y}. Ознакомлены все: {paper.asked}."
    return f"Действует с {paper.dated_on:%d.%m.%Y}. Ознакомлены {paper.acquainted} из {paper.asked}: напомните остальным."


def verdicts(
    paper: Document, membership: Membership, opened: ApprovalStep | None
) -> dict[str, bool]:
    """What the member may do now; the page shows a button for each that is true."""
    in_package = getattr(paper, "annexed_to", None) is not None
    draft = bool(rights.can_edit_draft(membership, paper))
    curator = bool(rights.can_draft(membership))
    decides = bool(opened and rights.can_decide(membership, opened))
    is_body = bool(opened and opened.kind == ApprovalStep.Kind.BODY)
    return {
        "edit": draft,
        "edit_text": draft and paper.kind != "roadmap",
        "send": draft,
        "stamp": curator and paper.state in (State.DRAFT, State.REVIEW),
        "approve": decides and not is_body,
        "record_body": decides and is_body,
        "return": decides,
        "recall": curator and paper.state == State.REVIEW,
        "sign": bool(rights.can_record_signature(membership, paper)) and not in_package,
        "number": bool(rights.can_number(membership, paper)) and not in_package,
        "amend": curator and paper.state == State.IN_FORCE,
        "cancel": bool(rights.can_cancel(membership, paper)),
        "circulate": curator and paper.state in (State.DRAFT, State.REVIEW),
        "ask": curator and paper.state in (State.DRAFT, State.IN_FORCE),
        "publish": paper.kind_info.publishable and has_any(membership, MANAGERS),
    }
