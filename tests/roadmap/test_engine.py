"""The document engine: chain, hashes, signature records, numbers, replacement, cancellation."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from mentoring.core.errors import RuleError
from people.models import JournalEntry, RoleGrant
from people.models.accounts import Role
from roadmap.models import Document, KindSetting
from roadmap.services import (
    approvals,
    archive,
    attachments,
    chains,
    drafts,
    numbers,
    sending,
    signatures,
)
from roadmap.services.editions import content_hash_holds, current_edition
from tests.factories import make_member, make_person
from tests.roadmap.makers import (
    DAY,
    approve,
    fresh,
    make_curator_order,
    make_package,
    make_plan,
    send,
)

State = Document.State


def test_package_comes_into_force_with_its_annexes(head, curator):
    order = approve(send(make_package(curator), curator), head, number="80/8")
    papers = [order, *archive.package_annexes(order)]
    assert [paper.state for paper in papers] == [State.IN_FORCE] * 3
    assert [paper.signatory_id for paper in papers] == [head.person_id] * 3
    assert (order.number, order.number_period, order.signatory_post) == ("80/8", 2026, "Директор")
    renditions = [[file.rendition for file in paper.files.all()] for paper in papers]
    assert renditions == [["official", "official", "public"]] * 3


def test_order_binds_the_hashes_of_its_annexes(head, curator):
    order = send(make_package(curator), curator)
    edition = current_edition(order)
    expected = [current_edition(annex.document).content_hash for annex in order.annexes.all()]
    assert [annex["content_hash"] for annex in edition.annexes] == expected
    assert content_hash_holds(edition)
    edition.body += "."
    assert not content_hash_holds(edition)


def test_order_waits_for_an_annex_that_was_not_sent(curator):
    annex = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    values = {"effective_from": "2026-09-01", "acquaint_due": "2026-09-15"}
    order = drafts.create_draft(
        kind="regulation_order", day=DAY, by=curator, values=values, annexes=[annex]
    )
    with pytest.raises(RuleError, match=r"Приложение № 1 .* не готово"):
        sending.send_for_approval(order, by=curator)


def test_annex_sent_alone_stops_waiting_for_the_head_when_attached(head, curator):
    annex = send(drafts.create_draft(kind="regulation", day=DAY, by=curator), curator)
    assert chains.open_step(annex).is_head_step
    values = {"effective_from": "2026-09-01", "acquaint_due": "2026-09-15"}
    drafts.create_draft(
        kind="regulation_order", day=DAY, by=curator, values=values, annexes=[annex]
    )
    assert chains.is_ready(fresh(annex))


def test_annex_of_a_sent_order_cannot_be_recalled(head, curator):
    order = send(make_package(curator), curator)
    annex = order.annexes.get(number=1).document
    with pytest.raises(RuleError, match="Сначала отзовите приказ"):
        sending.recall(annex, by=curator)
    sending.recall(order, by=curator)
    assert sending.recall(annex, by=curator).state == State.DRAFT


def test_appointment_order_grants_the_role_from_its_date(school, head, curator):
    newcomer = make_person(school, last_name="Громова")
    approve(send(make_curator_order(curator, curators=[newcomer.pk]), curator), head, number="33-К")
    grant = RoleGrant.objects.get(membership__person=newcomer)
    assert (grant.role, grant.starts_on) == (Role.CURATOR, DAY)
    assert grant.basis == "Приказ от 01.09.2026 № 33-К"


def test_approved_without_signature_record_has_no_effect_yet(school, head, curator):
    newcomer = make_person(school, last_name="Громова")
    order = approve(
        send(make_curator_order(curator, curators=[newcomer.pk]), curator),
        head,
        signed_on_paper=False,
    )
    assert order.state == State.APPROVED
    assert not RoleGrant.objects.filter(membership__person=newcomer).exists()
    signatures.record_signature(order, by=head, kind="paper", signed_on=DAY)
    assert RoleGrant.objects.filter(membership__person=newcomer).exists()


def test_second_approval_of_the_same_edition_is_refused(head, curator):
    order = approve(send(make_curator_order(curator), curator), head)
    with pytest.raises(RuleError, match="уже утверждена"):
        approvals.approve(order, by=head)


def test_approval_of_an_edition_that_was_returned_since_is_refused(head, curator):
    order = send(make_curator_order(curator), curator)
    approvals.return_to_draft(order, reason="Укажите срок отчёта.", by=head)
    send(fresh(order), curator)
    with pytest.raises(RuleError, match="Обновите страницу"):
        approvals.approve(order, by=head, edition=1)


def test_return_needs_a_reason_and_keeps_the_edition(head, curator):
    order = send(make_curator_order(curator), curator)
    with pytest.raises(RuleError, match="что исправить"):
        approvals.return_to_draft(order, reason="  ", by=head)
    assert approvals.return_to_draft(order, reason="Уточните дату.", by=head).state == State.DRAFT
    assert current_edition(order).approvals.get().reason == "Уточните дату."


def test_only_the_head_of_the_documents_date_approves(school, head, curator):
    order = send(make_curator_order(curator), curator)
    with pytest.raises(PermissionDenied):
        approvals.approve(order, by=curator, dated_on=DAY)
    RoleGrant.objects.filter(membership=head, role=Role.HEAD).update(starts_on=dt.date(2026, 9, 10))
    with pytest.raises(RuleError, match="не указан руководитель"):
        approvals.approve(order, by=head, dated_on=DAY)
    make_member(school, Role.ACTING_HEAD, last_name="Орлова")
    with pytest.raises(RuleError, match="другой человек"):
        approvals.approve(order, by=head, dated_on=DAY)


def test_acting_head_signs_as_acting(school, curator):
    acting = make_member(school, Role.ACTING_HEAD, last_name="Орлова")
    order = approve(send(make_curator_order(curator), curator), acting)
    assert order.signatory_post == "И.о. директора"


def test_date_of_the_document_is_never_in_the_future(head, curator):
    order = send(make_curator_order(curator), curator)
    with pytest.raises(RuleError, match="в будущем"):
        approvals.approve(order, by=head, dated_on=DAY, today=DAY - dt.timedelta(days=1))


def test_date_before_minutes_or_basis_is_a_warning(curator):
    order = make_package(curator)
    attachments.add_basis(
        order, text="Приказ управления образования", dated_on=dt.date(2026, 9, 5), by=curator
    )
    early = approvals.date_warnings(order, dt.date(2026, 8, 1))
    assert early == [
        "Дата раньше протокола: педагогический совет.",
        "Дата раньше основания: Приказ управления образования.",
    ]
    assert approvals.date_warnings(order, dt.date(2026, 9, 6)) == []


def test_quorum_of_the_council_counts_members_once(school, head, curator):
    KindSetting.objects.create(
        organization=school, kind="curator_order", chain=[{"role": "mentor_council", "quorum": 2}]
    )
    first, second = (make_member(school, Role.COUNCIL, last_name=name) for name in ("Лис", "Ёж"))
    order = send(make_curator_order(curator), curator)
    approvals.approve(order, by=first)
    with pytest.raises(RuleError, match="уже записано"):
        approvals.approve(order, by=first)
    assert not chains.open_step(order).is_head_step
    approvals.approve(order, by=second)
    assert chains.open_step(order).is_head_step


def test_trade_union_is_asked_only_where_there_is_one(school, curator):
    values = {"monthly_payment": "10 процентов оклада"}
    without = drafts.create_draft(kind="incentive_regulation", day=DAY, by=curator, values=values)
    assert [step.get("body_name") for step in chains.chain_of(without)] == [
        "педагогический совет",
        None,
    ]
    school.has_trade_union = True
    school.save()
    asked = [step.get("body_name") for step in chains.chain_of(fresh(without))]
    assert asked == ["педагогический совет", "первичная профсоюзная организация", None]


def test_number_is_unique_in_register_and_year(head, curator):
    approve(send(make_curator_order(curator), curator), head, number="76-ТД")
    second = send(make_curator_order(curator), curator)
    with pytest.raises(RuleError, match=r"Номер 76-ТД .* уже занят: О назначении куратора"):
        approvals.approve(second, by=head, dated_on=DAY, number="76-ТД")
    assert fresh(second).state == State.REVIEW
    assert numbers.suggest_number(second, DAY) == "77-ТД"


def test_the_database_itself_refuses_a_doubled_number(head, curator):
    first = approve(send(make_curator_order(curator), curator), head, number="5")
    second = approve(send(make_curator_order(curator), curator), head, number="6")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(number=first.number)


def test_number_entered_later_writes_a_new_file_and_keeps_approvals(head, curator):
    order = approve(send(make_curator_order(curator), curator), head)
    before = archive.latest_file(order)
    numbers.enter_number(order, number=" 12 ", by=curator)
    order = fresh(order)
    after = archive.latest_file(order)
    assert order.number == "12"
    assert before.file_hash != after.file_hash
    assert before.stored.file.storage.exists(before.stored.file.name)
    assert current_edition(order).approvals.count() == 1
    assert JournalEntry.objects.filter(event="document.numbered", object_id=order.pk).count() == 1


def test_new_regulation_replaces_the_one_in_force(head, curator):
    first = approve(
        send(drafts.create_draft(kind="regulation", day=DAY, by=curator), curator), head
    )
    second = approve(
        send(drafts.create_draft(kind="regulation", day=DAY, by=curator), curator), head
    )
    assert (fresh(first).state, second.state) == (State.REPLACED, State.IN_FORCE)
    assert second.replaces_id == first.pk


def test_cancelling_an_order_in_force_takes_its_annexes(head, curator):
    order = approve(send(make_package(curator), curator), head)
    with pytest.raises(PermissionDenied, match="руководитель"):
        signatures.cancel(order, reason="Ошибка", by=curator)
    signatures.cancel(order, reason="Принят новый порядок.", by=head)
    states = {paper.state for paper in [fresh(order), *archive.package_annexes(fresh(order))]}
    assert states == {State.CANCELLED}


def test_school_may_tighten_but_not_loosen_signature_records(school, curator):
    order = make_curator_order(curator)
    school.simple_signature_allowed = True
    assert signatures.counted_records(order) == ["paper", "sig"]
    KindSetting.objects.create(organization=school, kind="curator_order", records=["sig", "simple"])
    assert signatures.counted_records(order) == ["sig"]


def test_signature_file_is_looked_into(head, curator):
    order = approve(send(make_curator_order(curator), curator), head, signed_on_paper=False)
    certificate = {
        "certificate_number": "01F2A3",
        "certificate_owner": "Ключевская В. П.",
        "certificate_from": dt.date(2026, 1, 1),
        "certificate_to": dt.date(2027, 1, 1),
    }
    text = SimpleUploadedFile("приказ.sig", b"just a text")
    with pytest.raises(RuleError, match="не файл электронной подписи"):
        signatures.record_signature(
            order, by=head, kind="sig", signed_on=DAY, sig=text, **certificate
        )
    good = SimpleUploadedFile("приказ.sig", b"\x30\x82\x01\x00" + b"\x00" * 40)
    signatures.record_signature(order, by=head, kind="sig", signed_on=DAY, sig=good, **certificate)
    assert fresh(order).state == State.IN_FORCE


def test_broken_and_foreign_scans_are_refused(head, curator):
    order = approve(send(make_curator_order(curator), curator), head, signed_on_paper=False)
    for content in (b"%PDF-1.7 cut off", b"<html>", b""):
        with pytest.raises(RuleError):
            signatures.record_signature(
                order,
                by=head,
                kind="paper",
                signed_on=DAY,
                scan=SimpleUploadedFile("скан.pdf", content),
            )
    assert fresh(order).state == State.APPROVED


def test_person_of_another_school_cannot_be_named(other_school, curator):
    foreigner = make_person(other_school)
    with pytest.raises(RuleError, match="нет в списке сотрудников") as caught:
        make_curator_order(curator, curators=[foreigner.pk])
    assert caught.value.field == "curators"


def test_missing_requisite_is_named_before_approval(school, curator):
    school.place = ""
    school.save()
    order = make_curator_order(curator)
    body = order.body + "<p>[[телефон]]</p>"
    drafts.edit_draft(order, title=order.title, body=body, by=curator)
    assert "Не заполнено: телефон." in sending.blockers(fresh(order))


def test_scripts_never_reach_the_text(curator):
    order = make_curator_order(curator)
    drafts.edit_draft(
        order,
        title=order.title,
        body="<p onclick='x()'>Текст<script>alert(1)</script></p>",
        by=curator,
    )
    assert fresh(order).body == "<p>Текст</p>"


def test_frozen_edition_does_not_follow_later_changes_of_the_plan(head, curator):
    plan = make_plan(curator)
    paper = approve(
        send(drafts.create_draft(kind="roadmap", day=DAY, by=curator, roadmap=plan), curator), head
    )
    plan.stages.update(title="Переименовано")
    assert "Переименовано" not in str(current_edition(paper).data)
    assert "Переименовано" not in current_edition(paper).body


def test_approval_row_refuses_a_return_without_reason(head, curator):
    order = send(make_curator_order(curator), curator)
    step = chains.open_step(order)
    with pytest.raises(ValidationError, match="причину возврата"):
        approvals.record_decision(step, head, "return")
