"""Decisions through their pages: the head's list, approval, return, signature, number."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from people.models import RoleGrant
from people.models.accounts import Role
from roadmap.models import Approval, Document, SignatureRecord
from roadmap.services import attachments, sending
from tests.factories import PASSWORD, make_head, make_member
from tests.roadmap.doors import body, errors_of, pdf_text, trusted, url
from tests.roadmap.makers import approve, fresh, make_curator_order, make_package, send

DATED = {"dated_on": "2026-09-01", "edition": 1}


@pytest.fixture
def waiting(curator, head) -> Document:
    """An order on appointment before the head."""
    return send(make_curator_order(curator), curator)


def scan() -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    return SimpleUploadedFile("скан.png", picture.getvalue(), "image/png")


# ---- the list ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code"), [("head", 200), ("curator", 200), ("teacher", 403), ("portal_admin", 403)]
)
def test_the_list_is_for_those_who_decide(who, code, request, client_for, school):
    client = client_for(request.getfixturevalue(who))
    assert client.get(reverse("approvals", args=[school.slug])).status_code == code


@pytest.mark.req("R-201")
def test_the_head_sees_what_waits_with_a_digest(client_for, school, head, waiting):
    page = client_for(head).get(reverse("approvals", args=[school.slug]))
    (card,) = page.context["mine"]
    assert card.document == waiting
    assert (
        card.digest == "Назначает: Ким А. С. – куратор. Роли появятся, когда приказ вступит в силу."
    )
    text = body(page)
    for words in ("Открыть документ", "Утвердить", "Вернуть", "Пришло сегодня"):
        assert words in text


def test_the_order_names_its_annexes_and_the_bodies_that_decided(client_for, school, head, curator):
    send(make_package(curator), curator)
    (card,) = client_for(head).get(reverse("approvals", args=[school.slug])).context["mine"]
    assert card.digest == (
        "Утверждает: Положение о системе наставничества (приложение № 1), Дорожная карта (приложение № 2)."
    )


def test_the_curator_sees_own_queue_and_what_waits_for_others(client_for, school, curator, waiting):
    plain = Document.objects.of(school)
    assert plain.count() == 1
    from roadmap.services import drafts

    model = drafts.create_draft(kind="target_model", day=dt.date(2026, 9, 1), by=curator)
    sending.send_for_approval(model, by=curator)
    context = client_for(curator).get(reverse("approvals", args=[school.slug])).context
    assert [card.document for card in context["mine"]] == [model]
    assert [card.document for card in context["others"]] == [waiting]


# ---- approval ----------------------------------------------------------------------------------


@pytest.mark.req("R-201", "R-915")
def test_the_head_approves_after_giving_the_password_again(client_for, school, head, waiting):
    client = client_for(head)
    data = {**DATED, "number": "76-ТД", "signed_on_paper": "on"}
    asked = client.post(url("document_approve", waiting), data)
    assert asked.status_code == 302
    assert "reauthenticate" in asked.url
    assert fresh(waiting).state == "review"
    answer = client.post(asked.url, {"password": PASSWORD})
    assert answer.url == reverse("approvals", args=[school.slug])
    paper = fresh(waiting)
    assert (paper.state, paper.number, paper.dated_on) == ("in_force", "76-ТД", dt.date(2026, 9, 1))
    assert "Готово. Больше ничего не ждёт." in body(client.get(answer.url))


def test_the_page_proposes_today_and_the_next_number(client_for, head, curator, waiting):
    approve(waiting, head, number="76-ТД")
    order = send(make_curator_order(curator), curator)
    first = client_for(head).get(url("document_approve", order)).context["form"].initial
    assert first["dated_on"] == timezone.localdate()
    assert first["number"] == "77-ТД"


def test_second_approval_of_the_same_edition_is_told_and_keeps_what_was_typed(
    client_for, head, curator, waiting
):
    client = trusted(client_for(head))
    client.post(url("document_approve", waiting), {**DATED, "number": "5"})
    answer = client.post(url("document_approve", waiting), {**DATED, "number": "15-К"})
    assert errors_of(answer) == ["Эта редакция уже утверждена или возвращена. Обновите страницу."]
    assert 'value="15-К"' in body(answer)
    assert Approval.objects.count() == 1


def test_an_edition_returned_meanwhile_is_not_approved(client_for, head, curator, waiting):
    sending.recall(waiting, by=curator)
    send(fresh(waiting), curator)
    answer = trusted(client_for(head)).post(url("document_approve", waiting), DATED)
    assert errors_of(answer) == ["Эта редакция уже утверждена или возвращена. Обновите страницу."]


def test_a_number_already_used_in_the_register_is_refused_beside_the_field(
    client_for, head, curator, waiting
):
    approve(waiting, head, number="80/8")
    order = send(make_curator_order(curator), curator)
    answer = trusted(client_for(head)).post(
        url("document_approve", order), {**DATED, "number": "80/8"}
    )
    (sentence,) = answer.context["form"].errors["number"]
    assert sentence.startswith("Номер 80/8 в журнале «личный состав» за 2026 год уже занят")
    assert 'value="80/8"' in body(answer)
    assert fresh(order).state == "review"


def test_who_was_not_head_on_the_date_of_the_paper_is_refused(client_for, school, head, waiting):
    RoleGrant.objects.filter(membership=head).update(starts_on=dt.date(2026, 9, 2))
    answer = trusted(client_for(head)).post(url("document_approve", waiting), DATED)
    assert answer.context["form"].errors == {
        "dated_on": ["На 01.09.2026 в портале не указан руководитель. Проверьте роли."]
    }
    other = make_head(school, last_name="Прежняя")
    RoleGrant.objects.filter(membership=other).update(ends_on=dt.date(2026, 9, 1))
    answer = trusted(client_for(head)).post(url("document_approve", waiting), DATED)
    assert answer.context["form"].errors == {
        "dated_on": ["На 01.09.2026 руководителем был другой человек. Измените дату."]
    }
    assert 'value="2026-09-01"' in body(answer)


def test_a_date_in_the_future_is_refused(client_for, head, waiting):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = trusted(client_for(head)).post(
        url("document_approve", waiting), {"dated_on": tomorrow.isoformat()}
    )
    assert errors_of(answer) == ["Дата документа не может быть в будущем."]


def test_a_date_before_the_minutes_is_a_warning_on_the_page(client_for, head, curator):
    from roadmap.services import drafts

    day = timezone.localdate()
    paper = drafts.create_draft(kind="target_model", day=dt.date(2026, 9, 1), by=curator)
    attachments.add_basis(paper, text="Приказ управления № 5", dated_on=day, by=curator)
    send(paper, curator)
    client = trusted(client_for(head))
    before = (day - dt.timedelta(days=1)).isoformat()
    answer = client.post(url("document_approve", paper), {"dated_on": before, "edition": 7})
    assert answer.context["warnings"] == ["Дата раньше основания: Приказ управления № 5."]


@pytest.mark.parametrize("who", ["curator", "teacher"])
def test_nobody_else_approves_at_the_step_of_the_head(who, request, client_for, waiting):
    client = trusted(client_for(request.getfixturevalue(who)))
    assert client.post(url("document_approve", waiting), DATED).status_code == 403
    assert fresh(waiting).state == "review"


def test_the_steps_of_bodies_and_of_people_are_not_mixed_up(client_for, head, curator, waiting):
    """The head must not close the own step as if it were a meeting, without date and signatory."""
    answer = client_for(head).post(
        url("document_body_decision", waiting), {"minutes_number": "1", "decided_on": "2026-09-01"}
    )
    assert errors_of(answer) == ["На этом шаге решает не коллегиальный орган. Обновите страницу."]
    from roadmap.services import drafts

    model = drafts.create_draft(kind="target_model", day=dt.date(2026, 9, 1), by=curator)
    sending.send_for_approval(model, by=curator)
    answer = trusted(client_for(curator)).post(url("document_approve", model), {"edition": 1})
    assert errors_of(answer) == [
        "Решение органа записывают по протоколу. Откройте «Записать решение»."
    ]


def test_several_are_approved_at_once_and_the_rest_is_counted(
    client_for, school, head, curator, waiting
):
    papers = [waiting, *(send(make_curator_order(curator), curator) for _ in range(2))]
    client = trusted(client_for(head))
    ticks = [f"{paper.pk}-1" for paper in papers[:2]]
    answer = client.post(
        reverse("approvals_many", args=[school.slug]), {"papers": ticks, "signed_on_paper": "on"}
    )
    assert [fresh(paper).state for paper in papers] == ["in_force", "in_force", "review"]
    assert "Готово. Осталось 1." in body(client.get(answer.url))


def test_nothing_ticked_or_a_foreign_paper_is_a_sentence(client_for, school, head, waiting):
    client, address = trusted(client_for(head)), reverse("approvals_many", args=[school.slug])
    assert errors_of(client.post(address, {})) == ["Отметьте, что утвердить."]
    answer = client.post(address, {"papers": ["999-1"]})
    assert errors_of(answer) == ["Этот документ уже не ждёт вашего решения. Обновите страницу."]


# ---- return and recall -------------------------------------------------------------------------


def test_a_return_needs_a_reason_which_the_curator_reads(client_for, head, curator, waiting):
    client = client_for(head)
    answer = client.post(url("document_return", waiting), {"reason": "  ", "edition": 1})
    assert errors_of(answer) == ["Напишите, что исправить: без причины документ не вернуть."]
    client.post(url("document_return", waiting), {"reason": "Добавьте координатора", "edition": 1})
    assert fresh(waiting).state == "draft"
    page = client_for(curator).get(url("document", waiting))
    assert "Добавьте координатора" in body(page)
    assert page.context["steps"][0]["state"] == "returned"


def test_the_curator_recalls_a_sent_paper(client_for, head, curator, waiting):
    assert client_for(head).post(url("document_recall", waiting)).status_code == 403
    client_for(curator).post(url("document_recall", waiting))
    assert fresh(waiting).state == "draft"
    answer = client_for(curator).post(url("document_recall", waiting))
    assert (
        answer.context["refusal"]
        == "Отозвать можно только документ на утверждении. Обновите страницу."
    )


@pytest.mark.req("R-119")
def test_minutes_of_a_body_become_a_stamp_on_the_paper(client_for, head, curator):
    from roadmap.services import drafts

    paper = drafts.create_draft(kind="target_model", day=dt.date(2026, 9, 1), by=curator)
    sending.send_for_approval(paper, by=curator)
    client = client_for(curator)
    future = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    answer = client.post(
        url("document_body_decision", paper), {"minutes_number": "7", "decided_on": future}
    )
    assert errors_of(answer) == ["Протокол не может быть датирован будущим."]
    assert 'value="7"' in body(answer)
    client.post(
        url("document_body_decision", paper), {"minutes_number": "7", "decided_on": "2026-09-01"}
    )
    text = pdf_text(client.get(url("document_pdf", paper, "target_model")))
    assert "ПРИНЯТО" in text
    assert "№ 7" in text


# ---- signature and number ----------------------------------------------------------------------


def signed(client, paper, **over):
    data = {"kind": "paper", "signed_on": "2026-09-01", **over}
    return trusted(client).post(url("document_sign", paper), data)


def test_a_paper_comes_into_force_with_the_record_of_its_signature(
    client_for, head, curator, waiting
):
    approve(waiting, head, signed_on_paper=False)
    client = client_for(curator)
    assert signed(client, waiting, scan=scan()).status_code == 302
    record = SignatureRecord.objects.get()
    assert (fresh(waiting).state, record.scan.content_type) == ("in_force", "image/png")
    link = reverse("file", args=[waiting.organization.slug, record.scan_id])
    assert link in body(client.get(url("document", waiting)))
    assert b"".join(client.get(link).streaming_content).startswith(b"\x89PNG")


def test_a_broken_and_an_oversized_scan_are_refused(client_for, head, curator, waiting, settings):
    approve(waiting, head, signed_on_paper=False)
    client = client_for(curator)
    broken = SimpleUploadedFile("скан.pdf", b"%PDF-1.7 half", "application/pdf")
    answer = signed(client, waiting, scan=broken)
    assert answer.context["form"].errors == {
        "scan": ["Файл PDF повреждён или загружен не полностью. Отсканируйте ещё раз."]
    }
    assert 'value="2026-09-01"' in body(answer)
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    huge = SimpleUploadedFile("скан.pdf", b"%PDF-" + b"0" * 1024 * 1024, "application/pdf")
    answer = signed(client, waiting, scan=huge)
    assert answer.context["form"].errors == {
        "scan": ["Файл больше 1 МБ. Уменьшите его и приложите снова."]
    }
    assert fresh(waiting).state == "approved"


@pytest.mark.usefixtures("real_papers")
def test_an_external_signature_asks_the_facts_of_the_certificate(
    client_for, head, curator, waiting
):
    approve(waiting, head, signed_on_paper=False)
    client = client_for(curator)
    file = SimpleUploadedFile("order.sig", b"\x30\x82" + b"\x01" * 40)
    answer = signed(client, waiting, kind="sig", sig=file)
    assert set(answer.context["form"].errors) == {"certificate_number"}
    facts = {
        "certificate_number": "01AB", "certificate_owner": "Ключевская Вера Павловна",
        "certificate_from": "2026-01-01", "certificate_to": "2027-01-01",
    }  # fmt: skip
    file.seek(0)
    assert signed(client, waiting, kind="sig", sig=file, **facts).status_code == 302
    text = pdf_text(client.get(url("document_pdf", waiting, "curator_order")))
    assert "Документ подписан электронной подписью" in text
    assert "01AB" in text


def test_the_simple_signature_is_not_offered_where_it_does_not_count(
    client_for, head, curator, waiting
):
    approve(waiting, head, signed_on_paper=False)
    client = client_for(curator)
    kinds = (
        trusted(client).get(url("document_sign", waiting)).context["form"].fields["kind"].choices
    )
    assert [code for code, _ in kinds] == ["paper", "sig"]
    answer = signed(client, waiting, kind="simple")
    assert errors_of(answer) == [
        "Для этого вида документа такая подпись не засчитывается. Выберите другую."
    ]


@pytest.mark.req("R-915")
@pytest.mark.usefixtures("real_papers")
def test_a_number_is_text_entered_after_printing(client_for, head, curator, waiting):
    approve(waiting, head)
    client = client_for(curator)
    assert client.post(url("document_number", waiting), {"number": " 76-ТД "}).status_code == 302
    assert fresh(waiting).number == "76-ТД"
    assert "№ 76-ТД" in pdf_text(client.get(url("document_pdf", waiting, "curator_order")))
    other = approve(send(make_curator_order(curator), curator), head)
    answer = client.post(url("document_number", other), {"number": "76-ТД"})
    assert "уже занят" in errors_of(answer)[0]
    assert 'value="76-ТД"' in body(answer)


def test_a_member_of_the_council_has_no_right_to_sign_or_number(client_for, school, head, waiting):
    approve(waiting, head, signed_on_paper=False)
    council = client_for(make_member(school, Role.COUNCIL, Role.STAFF))
    assert council.get(url("document_sign", waiting)).status_code == 403
    assert council.get(url("document_number", waiting)).status_code == 403
