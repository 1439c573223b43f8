"""The check page: facts of an issued paper without sign-in, and the comparison of a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import StoredFile
from roadmap.models import Document
from roadmap.services import archive
from tests.roadmap.doors import body
from tests.roadmap.makers import approve, make_curator_order, make_package, send


@pytest.fixture
def order(curator, head) -> Document:
    return approve(send(make_curator_order(curator), curator), head, number="76-ТД")


def address(paper: Document) -> str:
    return reverse("check", args=[paper.check_code])


def pdf(content: bytes) -> dict:
    return {"file": SimpleUploadedFile("приказ.pdf", content, "application/pdf")}


def stored_bytes(paper: Document) -> bytes:
    with archive.latest_file(paper).stored.file.open("rb") as file:
        return file.read()


@pytest.mark.req("R-915")
def test_facts_without_sign_in_title_text_or_participants(client, school, curator, order):
    answer = client.get(address(order))
    assert answer.status_code == 200
    page = body(answer)
    edition, file = order.editions.get(), archive.latest_file(order)
    for fact in ("Приказ о назначении куратора", "76-ТД", "01.09.2026", "Ключевская В. П.", "действует",
                 edition.content_hash, file.file_hash):  # fmt: skip
        assert fact in page
    for secret in (order.title, curator.person.last_name, school.short_name, "ПРИКАЗЫВАЮ"):
        assert secret not in page
    assert not answer.cookies
    assert len(order.check_code) * 5 >= 80


def test_the_stored_file_matches_and_another_does_not(client, order):
    before = StoredFile.objects.count()
    same = client.post(address(order), pdf(stored_bytes(order)))
    assert "Совпадает: это файл документа" in body(same)
    other = client.post(address(order), pdf(stored_bytes(order) + b"\n"))
    assert "Не совпадает" in body(other)
    assert StoredFile.objects.count() == before


def test_a_file_of_another_paper_does_not_match(client, curator, head, order):
    package = approve(send(make_package(curator), curator), head)
    assert "Не совпадает" in body(client.post(address(order), pdf(stored_bytes(package))))


def test_an_earlier_file_still_matches_after_the_number_was_mended(
    client, client_for, curator, order
):
    earlier = stored_bytes(order)
    client_for(curator).post(
        reverse("document_number", args=[order.organization.slug, order.pk]), {"number": "78-ТД"}
    )
    assert "Совпадает: это файл документа" in body(client.post(address(order), pdf(earlier)))


def test_no_file_an_empty_and_a_huge_one_are_sentences(client, order, settings):
    assert "Выберите файл." in body(client.post(address(order), {}))
    assert "Файл пустой. Выберите другой." in body(client.post(address(order), pdf(b"")))
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    answer = client.post(address(order), pdf(b"0" * (1024 * 1024 + 1)))
    assert "Файл больше 1 МБ: это не документ портала." in body(answer)


def test_an_unknown_code_and_a_draft_are_a_calm_404(client, curator):
    draft = make_curator_order(curator)
    for code in (draft.check_code, "A" * 20, "нет-такого"):
        answer = client.get(reverse("check", args=[code]))
        assert answer.status_code == 404
        assert "Документ с таким кодом не найден" in body(answer)


def test_a_code_typed_in_small_letters_is_found(client, order):
    assert client.get(reverse("check", args=[order.check_code.lower()])).status_code == 200


def test_the_state_follows_the_life_of_the_paper(client, curator, head, order):
    from roadmap.services import signatures

    signatures.cancel(order, reason="Издан ошибочно", by=head)
    page = body(client.get(address(order)))
    assert "отменён" in page
    assert "Издан ошибочно" not in page


def test_the_check_costs_few_queries(client, order, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(address(order))
