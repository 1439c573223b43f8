"""Preparing a paper through the pages: kinds, questions, text, annexes, stamps, bases."""

import pytest
from django.urls import reverse

from people.models.accounts import Role
from roadmap.models import Annex, Document, Stamp
from roadmap.services import drafts
from tests.factories import make_person
from tests.roadmap.doors import body, errors_of, pdf_text, trusted, url
from tests.roadmap.makers import (
    DAY,
    ORDER_VALUES,
    fresh,
    make_curator_order,
    make_package,
    make_plan,
    send,
)

ORDER = {
    "starts_on": "2026-09-01",
    "roadmap_due": "2026-09-15",
    "report_due": "2027-05-25",
    "day": "2026-09-01",
}


def new_url(school, kind: str) -> str:
    return reverse("document_new", args=[school.slug]) + f"?kind={kind}"


def test_kinds_are_proposed_by_the_roadmap_and_any_may_be_added(client_for, school, curator):
    make_plan(curator, "licey-45")
    context = client_for(curator).get(reverse("document_new", args=[school.slug])).context
    proposed = [row["kind"].code for row in context["proposed"]]
    assert "target_model" in proposed
    assert [row["kind"].code for row in context["others"]] == [
        "incentive_regulation",
        "signature_regulation",
        "destruction_act",
        "pair_order",
        "replacement_order",
        "release_order",
        "contract_addendum",
        "minutes",
        "program_template",
        "extension_order",
        "substitution_order",
        "mentor_school_order",
        "award_order",
        "award_submission",
        "contest_application",
        "event_order",
        "working_group_order",
        "partner_agreement",
        "thanks_letter",
        "annual_report",
        "authority_report",
        "monitoring_report",
        "statistical_return",
    ]


@pytest.mark.req("R-106")
def test_one_click_drafts_the_order_with_its_two_annexes(client_for, school, curator, head):
    plan = make_plan(curator)
    data = {**ORDER_VALUES, "day": "2026-09-01", "roadmap": plan.pk, "create_annexes": "on"}
    answer = client_for(curator).post(new_url(school, "regulation_order"), data)
    order = Document.objects.of(school).get(kind="regulation_order")
    assert answer.url == url("document", order)
    annexes = list(order.annexes.values_list("number", "document__kind"))
    assert annexes == [(1, "regulation"), (2, "roadmap")]
    text = pdf_text(client_for(curator).get(url("document_pdf", order, "regulation_order")))
    assert "ПРИКАЗЫВАЮ:" in text
    assert "приложение № 1" in text
    assert "приложение № 2" in text


def test_the_order_asks_what_it_approves(client_for, school, curator):
    data = {**ORDER_VALUES, "day": "2026-09-01"}
    answer = client_for(curator).post(new_url(school, "regulation_order"), data)
    assert errors_of(answer) == [
        "Выберите, что утверждает приказ, или отметьте «Создать и приложить»."
    ]


@pytest.mark.req("R-105", "R-914", "R-916")
def test_an_implementation_order_prints_the_requisites_and_one_form_of_dates(
    client_for, school, curator
):
    data = {
        "mode": "introduce", "starts_on": "2026-09-01", "papers_due": "2026-09-15",
        "survey_due": "2026-10-15", "pairs_due": "2026-11-15", "day": "2026-09-01",
    }  # fmt: skip
    client = client_for(curator)
    client.post(new_url(school, "implementation_order"), data)
    order = Document.objects.of(school).get(kind="implementation_order")
    text = pdf_text(client.get(url("document_pdf", order, "implementation_order")))
    for words in (
        school.founder,
        school.full_name,
        school.address,
        "1 сентября 2026 г.",
        "15 ноября 2026 г.",
    ):
        assert words in text
    assert "О внедрении системы" in text
    assert "2026г" not in text


@pytest.mark.req("R-108", "R-118")
def test_target_model_and_incentive_regulation_are_papers_of_their_own(
    client_for, school, curator, head
):
    client = client_for(curator)
    client.post(new_url(school, "target_model"), {"day": "2026-09-01"})
    client.post(
        new_url(school, "incentive_regulation"),
        {"day": "2026-09-01", "monthly_payment": "10 процентов должностного оклада"},
    )
    model = Document.objects.of(school).get(kind="target_model")
    incentive = Document.objects.of(school).get(kind="incentive_regulation")
    # The word of the kind is spaced out on paper, so spaces are no evidence.
    text = pdf_text(client.get(url("document_pdf", model, "target_model")))
    assert "ЦЕЛЕВАЯМОДЕЛЬ" in text.replace(" ", "")
    text = pdf_text(client.get(url("document_pdf", incentive, "incentive_regulation")))
    assert "10 процентов должностного оклада" in text
    client.post(url("document_send", model))
    client.post(url("document_send", incentive))
    chosen = [row.body_name for row in fresh(model).steps.all()] + [
        row.body_name for row in fresh(incentive).steps.all()
    ]
    assert chosen == ["педагогический совет", "", "педагогический совет", ""]


@pytest.mark.req("R-117")
@pytest.mark.usefixtures("real_papers")
def test_appointed_through_the_pages_the_curator_has_the_role_from_the_date(
    client_for, school, curator, head
):
    chosen = make_person(school, last_name="Бойко", first_name="Зоя", patronymic="Климовна")
    client_for(curator).post(new_url(school, "curator_order"), {**ORDER, "curators": [chosen.pk]})
    order = Document.objects.of(school).get(kind="curator_order")
    client_for(curator).post(url("document_send", order))
    data = {"dated_on": "2026-09-01", "number": "76-ТД", "signed_on_paper": "on", "edition": 1}
    answer = trusted(client_for(head)).post(url("document_approve", order), data)
    assert answer.status_code == 302
    grant = chosen.membership.grants.get(role=Role.CURATOR)
    assert grant.starts_on == DAY
    assert "№ 76-ТД" in grant.basis
    kept = client_for(curator).get(url("document_pdf", order, "curator_order"))
    assert "76-ТД" in pdf_text(kept)


def test_a_person_of_another_school_is_refused_beside_the_field(
    client_for, school, other_school, curator
):
    alien = make_person(other_school, last_name="Чужая")
    data = {**ORDER, "curators": [alien.pk], "regulation_details": "от 01.09.2026 № 80/8"}
    answer = client_for(curator).post(new_url(school, "curator_order"), data)
    assert answer.context["form"].errors == {
        "curators": ["Такого человека нет в списке сотрудников. Выберите из списка."]
    }
    assert "от 01.09.2026 № 80/8" in body(answer)
    assert "Чужая" not in body(answer)
    assert not Document.objects.exists()


def test_a_roadmap_or_annex_of_another_school_is_refused(client_for, school, stranger, curator):
    alien = make_plan(stranger)
    paper = drafts.create_draft(kind="regulation", day=DAY, by=stranger)
    data = {**ORDER_VALUES, "day": "2026-09-01", "roadmap": alien.pk, "annexes": [paper.pk]}
    answer = client_for(curator).post(new_url(school, "regulation_order"), data)
    assert set(answer.context["form"].errors) == {"roadmap", "annexes"}
    assert not Document.objects.of(school).exists()


def test_data_of_a_draft_are_mended_and_its_text_written_anew(client_for, school, curator):
    draft = make_curator_order(curator)
    other = make_person(school, last_name="Бойко", first_name="Зоя", patronymic="Климовна")
    client = client_for(curator)
    assert client.get(url("document_values", draft)).context["form"].initial["curators"] == [
        curator.person_id
    ]
    client.post(url("document_values", draft), {**ORDER, "curators": [other.pk]})
    assert "Бойко Зою Климовну" in fresh(draft).body


def test_the_curator_edits_the_text_and_numbers_follow(client_for, curator):
    draft = make_curator_order(curator)
    data = {
        "title": "О назначении",
        "body": "<ol><li><p>Первое.</p></li><li><p>Второе.</p></li></ol>",
    }
    client = client_for(curator)
    assert client.post(url("document_edit", draft), data).status_code == 302
    text = pdf_text(client.get(url("document_pdf", draft, "curator_order")))
    assert "1. Первое. 2. Второе." in text


def test_a_script_in_the_text_is_refused_and_the_text_is_kept(client_for, curator):
    draft = make_curator_order(curator)
    before = draft.body
    data = {"title": "Мой заголовок", "body": "<p>Мой текст</p><script>alert(1)</script>"}
    answer = client_for(curator).post(url("document_edit", draft), data)
    assert answer.context["form"].errors == {
        "body": ["В тексте есть программный код. Уберите его: в документе нужен только текст."]
    }
    assert "Мой заголовок" in body(answer)
    assert "Мой текст" in body(answer)
    assert "<script>alert(1)" not in body(answer)
    assert fresh(draft).body == before


def test_a_sent_paper_is_not_edited(client_for, curator, head):
    order = send(make_curator_order(curator), curator)
    answer = client_for(curator).get(url("document_edit", order))
    assert answer.status_code == 403
    assert "Править можно только черновик" in body(answer)


def test_rebuilding_asks_first_and_drops_edits(client_for, curator):
    draft = make_curator_order(curator)
    drafts.edit_draft(draft, title="Иной", body="<p>Иное</p>", by=curator)
    client = client_for(curator)
    assert "Правки текста, сделанные руками, пропадут." in body(
        client.get(url("document_rebuild", draft))
    )
    client.post(url("document_rebuild", draft))
    assert "Иное" not in fresh(draft).body


def test_what_is_missing_stands_in_red_on_the_page_and_stops_sending(client_for, curator):
    draft = make_curator_order(curator)
    drafts.edit_draft(draft, title="О назначении", body="<p>Назначить [[куратор]].</p>", by=curator)
    client = client_for(curator)
    assert '<span class="missing">Не заполнено: куратор.</span>' in body(
        client.get(url("document", draft))
    )
    answer = client.post(url("document_send", draft))
    assert answer.status_code == 200
    assert "Не заполнено: куратор." in answer.context["refusal"]
    assert fresh(draft).state == "draft"


def test_an_order_waits_for_its_annexes_and_says_so(client_for, school, curator):
    plan = make_plan(curator)
    data = {**ORDER_VALUES, "day": "2026-09-01", "roadmap": plan.pk, "create_annexes": "on"}
    client = client_for(curator)
    client.post(new_url(school, "regulation_order"), data)
    order = Document.objects.of(school).get(kind="regulation_order")
    answer = client.post(url("document_send", order))
    assert answer.status_code == 200
    assert (
        "Приложение № 1 (Положение о системе наставничества) не готово: отправьте его на утверждение."
        in answer.context["refusal"]
    )


def test_annexes_are_attached_and_taken_off_on_the_page(client_for, curator):
    order = make_package(curator)
    model = drafts.create_draft(kind="target_model", day=DAY, by=curator)
    client = client_for(curator)
    assert client.post(url("annex_add", order), {"document": model.pk}).status_code == 302
    annex = Annex.objects.get(document=model)
    assert annex.number == 3
    assert "приложение № 3" in fresh(order).body.casefold()
    assert client.post(url("annex_remove", annex)).url == url("document", order)
    assert not Annex.objects.filter(document=model).exists()
    assert "приложение № 3" not in fresh(order).body.casefold()


@pytest.mark.req("R-119")
def test_any_number_of_stamps_with_incomplete_dates_print(client_for, curator):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    client = client_for(curator)
    client.post(
        url("stamp_add", paper),
        {
            "word": "adopted",
            "body_name": "общее собрание работников",
            "minutes_number": "1",
            "year": 2026,
        },
    )
    client.post(
        url("stamp_add", paper),
        {"word": "opinion_considered", "body_name": "совет родителей", "minutes_number": "4",
         "day": 30, "month": 8, "year": 2026},
    )  # fmt: skip
    assert paper.stamps.count() == 2
    text = pdf_text(client.get(url("document_pdf", paper, "regulation")))
    for words in ("ПРИНЯТО", "Общим собранием работников", "УЧТЕНО МНЕНИЕ", "30.08.2026", "№ 4"):
        assert words.casefold() in text.casefold()


def test_a_day_that_is_not_in_the_calendar_is_refused(client_for, curator):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    data = {"word": "adopted", "body_name": "общее собрание", "day": 31, "month": 6, "year": 2026}
    answer = client_for(curator).post(url("stamp_add", paper), data)
    assert errors_of(answer) == ["Такой даты нет в календаре. Проверьте день и месяц."]
    assert "общее собрание" in body(answer)
    answer = client_for(curator).post(url("stamp_add", paper), {**data, "month": ""})
    assert errors_of(answer) == ["Укажите месяц или уберите день."]


def test_stamps_and_bases_are_removed_on_the_page(client_for, curator):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    client = client_for(curator)
    client.post(url("stamp_add", paper), {"word": "adopted", "body_name": "общее собрание"})
    client.post(
        url("basis_add", paper), {"text": "Приказ управления № 5", "dated_on": "2026-08-01"}
    )
    client.post(url("stamp_remove", Stamp.objects.get()))
    client.post(url("basis_remove", paper.bases.get()))
    assert (paper.stamps.count(), paper.bases.count()) == (0, 0)
