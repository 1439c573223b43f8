"""Notes to services, closed proposals to the head, release from duties by order."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import JournalEntry, Notice
from programs.services import service_notes
from tests.factories import make_member
from tests.programs.makers import DAY
from tests.roadmap.makers import approve, send


@pytest.fixture
def psychologist(school):
    return make_member(school, "psychologist", last_name="Тихая")


@pytest.mark.req("R-228")
def test_a_note_reaches_its_service_is_answered_and_its_reading_is_logged(school, pair, program, curator, head, psychologist, client_for):  # fmt: skip
    row = service_notes.refer(program, service="psychologist", text="Нужна беседа", on=DAY, by=pair.mentor)  # fmt: skip
    assert Notice.objects.filter(person=psychologist.person, event="referral.sent").exists()
    address = reverse("referral", args=[school.slug, row.pk])
    for member in (pair.mentee, head):
        assert client_for(member).get(address).status_code == 403
    assert "Нужна беседа" in client_for(psychologist).get(address).content.decode()
    assert JournalEntry.objects.filter(event="referral.read", membership=psychologist).count() == 1
    with pytest.raises(PermissionDenied):
        service_notes.answer_referral(row, answer="Нет", on=DAY, by=curator)
    service_notes.answer_referral(row, answer="Проведена", on=DAY, by=psychologist)
    assert "Проведена" in client_for(pair.mentor).get(address).content.decode()
    assert not JournalEntry.objects.filter(event="referral.read", membership=pair.mentor).exists()


@pytest.mark.req("R-230")
@pytest.mark.parametrize("kind", ["encourage", "discipline"])
def test_a_proposal_is_seen_by_author_head_and_curator_alone(school, pair, curator, head, client_for, kind):  # fmt: skip
    row = service_notes.propose_to_head(about=pair.mentee.person, kind=kind, text="Обоснование наставника", on=DAY, by=pair.mentor)  # fmt: skip
    address = reverse("proposal", args=[school.slug, row.pk])
    listed = reverse("proposals", args=[school.slug])
    for member in (pair.mentor, curator, head):
        assert "Обоснование наставника" in client_for(member).get(address).content.decode()
    other = make_member(school, "staff")
    for member in (pair.mentee, other):
        assert client_for(member).get(address).status_code == 403
        assert pair.mentee.person.short_name not in client_for(member).get(listed).content.decode().split("<main")[1]  # fmt: skip
    assert not Notice.objects.filter(person=pair.mentee.person, event="proposal.made").exists()
    with pytest.raises(PermissionDenied):
        service_notes.decide_proposal(row, accepted=True, decision="", on=DAY, by=curator)
    assert service_notes.decide_proposal(row, accepted=True, decision="Согласен", on=DAY, by=head).state == "accepted"  # fmt: skip
    with pytest.raises(RuleError, match="уже принято"):
        service_notes.decide_proposal(row, accepted=False, decision="", on=DAY, by=head)


def test_nobody_proposes_about_himself(pair):
    with pytest.raises(RuleError, match="о себе"):
        service_notes.propose_to_head(about=pair.mentor.person, kind="encourage", text="Я", on=DAY, by=pair.mentor)  # fmt: skip


def ask(program, pair, **over):
    values = {"person": pair.mentor.person, "starts_on": DAY, "ends_on": DAY, "hours": "с 10:00 до 11:00", "reason": "урок идёт только утром", **over}  # fmt: skip
    return service_notes.ask_release(program, on=DAY, by=pair.mentor, **values)


@pytest.mark.req("R-207")
def test_a_release_names_a_substitute_a_reason_and_is_the_heads_order(school, pair, program, curator, head):  # fmt: skip
    substitute = make_member(school, "staff", last_name="Ветрова", first_name="Мария").person
    release = ask(program, pair, substitute=substitute)
    order = service_notes.draft_release(release, on=DAY, by=curator)
    assert "Освободить Орлову Анну Ильиничну" in order.body
    assert "на Ветрову Марию" in order.body
    with pytest.raises(RuleError, match="уже готовится приказ"):
        service_notes.draft_release(release, on=DAY, by=curator)
    approve(send(order, curator), head, dated_on=DAY)
    release.refresh_from_db()
    assert release.state == "granted"
    assert Notice.objects.filter(person=substitute, event="release.granted").exists()


def test_a_release_that_makes_no_sense_is_told(school, pair, program, curator):
    substitute = make_member(school, "staff").person
    with pytest.raises(ValidationError, match="другой человек"):
        ask(program, pair, substitute=pair.mentor.person)
    with pytest.raises(RuleError, match="уже прошла"):
        ask(program, pair, substitute=substitute, starts_on=DAY - dt.timedelta(days=1))
    with pytest.raises(RuleError, match="участника пары"):
        ask(program, pair, person=substitute, substitute=pair.mentor.person)
    with pytest.raises(PermissionDenied):
        service_notes.ask_release(program, person=pair.mentee.person, substitute=substitute, starts_on=DAY, ends_on=DAY, reason="…", on=DAY, by=pair.mentee)  # fmt: skip
    release = ask(program, pair, substitute=substitute)
    with pytest.raises(RuleError, match="почему отказано"):
        service_notes.decline_release(release, decision=" ", by=curator)
    assert service_notes.decline_release(release, decision="Некому заменить", by=curator).state == "declined"  # fmt: skip
