"""Papers for tests, made by the services that the pages call."""

import datetime as dt

from roadmap.models import Document
from roadmap.services import approvals, chains, drafts, plan_templates, sending

DAY = dt.date(2026, 9, 1)
ORDER_VALUES = {"effective_from": "2026-09-01", "acquaint_due": "2026-09-15"}


def make_plan(curator, template: str = "ds-127"):
    return plan_templates.create_roadmap(template=template, year_start=2026, by=curator)


def make_curator_order(curator, **over) -> Document:
    values = {
        "curators": [curator.person_id],
        "starts_on": "2026-09-01",
        "roadmap_due": "2026-09-15",
        "report_due": "2027-05-25",
    }
    return drafts.create_draft(kind="curator_order", day=DAY, by=curator, values={**values, **over})


def make_package(curator) -> Document:
    """`regulation_order` with two annexes: the order is a draft, the annexes are ready."""
    plan = make_plan(curator)
    annexes = [
        drafts.create_draft(kind=kind, day=DAY, by=curator, roadmap=plan)
        for kind in ("regulation", "roadmap")
    ]
    order = drafts.create_draft(
        kind="regulation_order",
        day=DAY,
        by=curator,
        roadmap=plan,
        values=ORDER_VALUES,
        annexes=annexes,
    )
    for annex in annexes:
        send(annex, curator)
    return order


def send(document: Document, curator) -> Document:
    """Send for approval and record the decisions of its bodies."""
    document = sending.send_for_approval(document, by=curator)
    while (step := chains.open_step(document)) and step.kind == "body":
        approvals.record_body_decision(document, by=curator, minutes_number="1", decided_on=DAY)
    return fresh(document)


def approve(document: Document, head, **over) -> Document:
    approvals.approve(document, by=head, **{"dated_on": DAY, "signed_on_paper": True, **over})
    return fresh(document)


def fresh(document: Document) -> Document:
    """The row read anew: cached relations of the old object must not help a test."""
    return Document.objects.select_related("organization", "roadmap").get(pk=document.pk)
