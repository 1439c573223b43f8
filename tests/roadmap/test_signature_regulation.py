"""The regulation on the simple signature: wording, effect, and who may sign with it."""

import datetime as dt

import pytest

from mentoring.core.errors import RuleError
from people.models import Organization, SignatureJoining
from roadmap.models import Document
from roadmap.services import drafts, sending, signatures
from tests.roadmap.makers import DAY, approve


@pytest.fixture
def act(curator) -> Document:
    values = {"keeper": curator.person_id}
    return drafts.create_draft(kind="signature_regulation", day=DAY, by=curator, values=values)


def passed(document, curator, head):
    """Sent, decided by the council, approved and signed on paper."""
    from roadmap.services import approvals, chains

    sending.send_for_approval(document, by=curator)
    while (step := chains.open_step(document)) and step.kind == "body":
        approvals.record_body_decision(
            document, by=curator, minutes_number="1", decided_on=DAY, today=DAY
        )
    document.refresh_from_db()
    return approve(document, head, number="17")


def test_in_force_it_introduces_the_signature_with_its_basis(school, act, curator, head):
    assert not school.simple_signature_allowed
    paper = passed(act, curator, head)
    assert paper.state == "in_force"
    school = Organization.objects.get(pk=school.pk)
    assert school.simple_signature_allowed
    assert school.simple_signature_basis == (
        f"Положение о простой электронной подписи от {paper.dated_on:%d.%m.%Y}"
        + (f" № {paper.number}" if paper.number else "")
    )


def test_the_simple_signature_needs_the_statement_of_joining(school, curator):
    with pytest.raises(RuleError, match="после заявления о присоединении"):
        signatures.check_joined(curator, DAY)
    joining = SignatureJoining.objects.create(
        organization=school, person=curator.person, signed_on=DAY, received_by=curator
    )
    signatures.check_joined(curator, DAY)
    joining.ended_on = DAY + dt.timedelta(days=1)
    joining.save()
    with pytest.raises(RuleError):
        signatures.check_joined(curator, DAY + dt.timedelta(days=1))
