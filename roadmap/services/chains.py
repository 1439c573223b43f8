"""The chain of approval of a document: who decides, in which order."""

from django.utils import timezone

from people.models.accounts import Role
from roadmap.models import ApprovalStep, Document, Edition, KindSetting, Stamp

BODIES = {
    "staff_council": ("педагогический совет", Stamp.Word.ADOPTED),
    "general_meeting": ("общее собрание работников", Stamp.Word.ADOPTED),
    "trade_union": ("первичная профсоюзная организация", Stamp.Word.OPINION),
    "parents_council": ("совет родителей", Stamp.Word.OPINION),
}
ROLES = {"head": Role.HEAD, "mentor_council": Role.COUNCIL, "coordinator": Role.COORDINATOR}


def chain_of(document: Document) -> list[dict]:
    """Steps as dicts of ApprovalStep fields. The head closes every chain but that of an annex."""
    setting = KindSetting.objects.of(document.organization).filter(kind=document.kind).first()
    codes = (
        setting.chain if setting and setting.chain is not None else list(document.kind_info.chain)
    )
    steps = [step_fields(code) for code in codes if code != "head" and applies(document, code)]
    if not hasattr(document, "annexed_to"):
        steps.append(step_fields("head"))
    return steps


def applies(document: Document, code) -> bool:
    return code != "trade_union" or document.organization.has_trade_union


def step_fields(code) -> dict:
    """A code of BODIES or ROLES, or a dict {"role", "quorum"} / {"person"} / {"body", "stamp"}."""
    if isinstance(code, dict):
        return dict_step(code)
    if code in BODIES:
        body, word = BODIES[code]
        return {"kind": ApprovalStep.Kind.BODY, "body_name": body, "stamp_word": word}
    return {"kind": ApprovalStep.Kind.ROLE, "role": ROLES[code]}


def dict_step(step: dict) -> dict:
    if "person" in step:
        return {"kind": ApprovalStep.Kind.PERSON, "person_id": step["person"]}
    if "body" in step:
        return {
            "kind": ApprovalStep.Kind.BODY,
            "body_name": step["body"],
            "stamp_word": step["stamp"],
        }
    return {"kind": ApprovalStep.Kind.ROLE, "role": step["role"], "quorum": step.get("quorum", 1)}


def open_chain(document: Document, edition: Edition) -> None:
    """Write the steps of this edition and open the first."""
    for place, fields in enumerate(chain_of(document), start=1):
        step = ApprovalStep(
            organization=document.organization,
            document=document,
            edition=edition,
            sort_index=place,
            **fields,
        )
        if place == 1:
            step.state, step.opened_at = ApprovalStep.State.OPEN, timezone.now()
        step.full_clean()
        step.save()


def open_step(document: Document) -> ApprovalStep | None:
    return (
        document.steps.filter(state=ApprovalStep.State.OPEN)
        .select_related("edition", "person")
        .first()
    )


def open_next(step: ApprovalStep) -> ApprovalStep | None:
    """Open the step after this one; None when the chain is done."""
    following = ApprovalStep.objects.of(step.organization).filter(
        edition=step.edition, state=ApprovalStep.State.WAITING
    )
    following = following.order_by("sort_index").first()
    if following:
        following.state, following.opened_at = ApprovalStep.State.OPEN, timezone.now()
        following.save(update_fields=["state", "opened_at"])
    return following


def is_ready(document: Document) -> bool:
    """An annex is ready when its own chain is done and only the order is missing."""
    return document.state == Document.State.REVIEW and open_step(document) is None
