"""A paper after approval through its pages: editions, files, cancellation."""

import pytest
from django.utils import timezone

from mentoring.core import pdf
from roadmap.models import Document
from tests.roadmap.doors import body, errors_of, pdf_text, trusted, url
from tests.roadmap.makers import (
    approve,
    fresh,
    make_curator_order,
    make_package,
    send,
)

TODAY = timezone.localdate


def issued(curator, head, **over) -> Document:
    """The order with its annexes in force."""
    return approve(send(make_package(curator), curator), head, **over)


@pytest.mark.req("R-107", "R-120", "R-121")
@pytest.mark.usefixtures("real_papers")
def test_a_new_edition_replaces_the_old_one_and_the_chain_is_shown(
    client_for, school, head, curator
):
    issued(curator, head, number="80/8")
    old = Document.objects.of(school).get(kind="regulation")
    client = client_for(curator)
    answer = client.post(url("document_amend", old), {"day": TODAY().isoformat()})
    new = Document.objects.of(school).get(replaces=old)
    assert answer.url == url("document", new)
    assert new.body == old.body
    assert client.post(url("document_amend", old), {"day": TODAY().isoformat()}).status_code == 200
    client.post(
        url("document_edit", new),
        {"title": new.title, "body": new.body.replace("</h2>", "</h2>", 1)},
    )
    client.post(url("document_send", new))
    minutes = {"minutes_number": "2", "decided_on": TODAY().isoformat()}
    client.post(url("document_body_decision", new), minutes)
    boss = trusted(client_for(head))
    boss.post(
        url("document_approve", new), {"dated_on": TODAY().isoformat(), "signed_on_paper": "on"}
    )
    assert (fresh(old).state, fresh(new).state) == ("replaced", "in_force")
    context = client.get(url("document_history", old)).context
    assert [paper.pk for paper in context["family"]] == [old.pk, new.pk]
    assert context["current"].pk == new.pk
    assert "бессрочно" in body(client.get(url("document", new)))
    text = pdf_text(client.get(url("document_pdf", new, "regulation")))
    assert "1.1." in text
    assert "9.1." in text


def test_a_draft_has_no_new_edition(client_for, curator):
    draft = make_curator_order(curator)
    answer = client_for(curator).post(url("document_amend", draft), {"day": TODAY().isoformat()})
    assert "Новую редакцию готовят для действующего документа." in errors_of(answer)[0]


@pytest.mark.req("R-111", "R-203")
@pytest.mark.usefixtures("real_papers")
def test_the_archived_roadmap_bears_the_mark_of_the_order_that_approved_it(
    client_for, school, head, curator
):
    order = make_package(curator)
    client_for(curator).post(url("document_send", order))
    data = {"dated_on": "2026-09-01", "number": "76-ТД", "signed_on_paper": "on"}
    trusted(client_for(head)).post(url("document_approve", order), data)
    plan = Document.objects.of(school).get(kind="roadmap")
    assert plan.state == "in_force"
    text = pdf_text(client_for(head).get(url("document_pdf", plan, "roadmap")))
    assert "Приложение № 2" in text
    assert "от 01.09.2026 № 76-ТД" in text


def test_the_archived_file_is_given_and_not_rendered_again(client_for, head, curator, monkeypatch):
    order = issued(curator, head)
    monkeypatch.setattr(pdf, "render_pdf", None)
    answer = client_for(curator).get(url("document_pdf", order, "regulation_order"))
    assert answer.content == order.files.filter(rendition="official").last().stored.read()
    assert answer["Content-Disposition"] == 'inline; filename="regulation_order.pdf"'


def test_word_of_an_issued_paper_does_not_follow_later_requisites(client_for, head, curator):
    order = issued(curator, head)
    client = client_for(curator)
    address = url("document_docx", order, "regulation_order")
    before = client.get(address).content
    order.organization.phone = "+7 (999) 111-11-11"
    order.organization.full_name = "Другое учреждение"
    order.organization.save()
    assert client.get(address).content == before


@pytest.mark.usefixtures("real_papers")
def test_word_and_the_public_rendition_open(client_for, head, curator):
    order = issued(curator, head)
    client = client_for(curator)
    answer = client.get(url("document_docx", order, "regulation_order"))
    assert answer.content.startswith(b"PK")
    assert "МБОУ" in pdf_text(client.get(url("document_public_pdf", order)))
    assert client.get(url("document_pdf", order, "regulation")).status_code == 404


def test_a_kind_that_is_never_public_has_no_public_rendition(client_for, head, curator):
    order = approve(send(make_curator_order(curator), curator), head)
    answer = client_for(curator).get(url("document_public_pdf", order))
    assert answer.status_code == 403
    assert "на сайт не выкладывают" in body(answer)


def test_cancelling_says_in_numbers_what_happens(client_for, head, curator):
    order = issued(curator, head, number="80/8")
    client = client_for(head)
    page = body(client.get(url("document_cancel", order)))
    for sentence in (
        "Вместе с приказом перестанут действовать приложения: 2.",
        "С сайта исчезнут документы: 3.",
        "Номер 80/8 останется занятым в журнале.",
    ):
        assert sentence in page
    assert errors_of(client.post(url("document_cancel", order), {"reason": ""})) == [
        "Укажите причину отмены."
    ]
    client.post(url("document_cancel", order), {"reason": "Издан ошибочно"})
    assert fresh(order).state == "cancelled"
