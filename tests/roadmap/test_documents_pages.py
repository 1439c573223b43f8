"""The papers through their pages: list, drafting, text, annexes, editions, files."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models.accounts import Role
from roadmap.models import Annex, Document, Stamp
from roadmap.services import drafts
from tests.factories import make_member, make_person
from tests.roadmap.doors import body, errors_of, pdf_text, trusted, url
from tests.roadmap.makers import (
    DAY,
    ORDER_VALUES,
    approve,
    fresh,
    make_curator_order,
    make_package,
    make_plan,
    send,
)

TODAY = timezone.localdate
ORDER = {
    "starts_on": "2026-09-01",
    "roadmap_due": "2026-09-15",
    "report_due": "2027-05-25",
    "day": "2026-09-01",
}


def new_url(school, kind: str) -> str:
    return reverse("document_new", args=[school.slug]) + f"?kind={kind}"


def issued(curator, head, **over) -> Document:
    """The order with its annexes in force."""
    return approve(send(make_package(curator), curator), head, **over)


# ---- who may open what -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code"), [("curator", 200), ("head", 200), ("teacher", 403), ("portal_admin", 403)]
)
def test_a_draft_is_open_to_head_and_curator_only(who, code, request, client_for, curator):
    draft = make_curator_order(curator)
    client = client_for(request.getfixturevalue(who))
    for name in ("document", "document_history", "document_readers"):
        assert client.get(url(name, draft)).status_code == code


def test_a_neighbour_meets_404_on_every_page_of_a_paper(client_for, stranger, curator):
    draft = make_curator_order(curator)
    client = client_for(stranger)
    for name in ("document", "document_edit", "document_approve", "document_sign", "document_cancel"):
        assert client.get(url(name, draft)).status_code == 404
    own_school = reverse("document", args=[stranger.organization.slug, draft.pk])
    assert client.get(own_school).status_code == 404


def test_only_the_curator_drafts(client_for, school, head, teacher, curator):
    for member, code in ((head, 403), (teacher, 403), (curator, 200)):
        assert client_for(member).get(new_url(school, "curator_order")).status_code == code


def test_a_teacher_reads_a_publishable_paper_in_force_and_not_an_appointment(
    client_for, head, curator, teacher
):
    order = issued(curator, head)
    appointment = approve(send(make_curator_order(curator), curator), head)
    client = client_for(teacher)
    assert client.get(url("document", order)).status_code == 200
    answer = client.get(url("document", appointment))
    assert answer.status_code == 403
    assert "вам пока не открыт" in body(answer)


# ---- the list ----------------------------------------------------------------------------------


def test_the_list_is_searched_filtered_and_counted(client_for, school, head, curator):
    issued(curator, head, number="80/8")
    make_curator_order(curator)
    client, address = client_for(curator), reverse("documents", args=[school.slug])
    assert client.get(address).context["page"].paginator.count == 4
    for query, count in (
        ("?q=КУРАТОРА", 1),
        ("?q=80/8", 1),
        ("?state=in_force", 3),
        ("?kind=roadmap", 1),
        ("?register=personnel", 1),
        ("?year=2026", 3),
        ("?q=нет такого", 0),
        ("?sort=number", 4),
    ):
        assert client.get(address + query).context["page"].paginator.count == count, query


def test_the_list_hides_drafts_from_a_teacher(client_for, school, head, curator, teacher):
    issued(curator, head)
    make_curator_order(curator)
    page = client_for(teacher).get(reverse("documents", args=[school.slug])).context["page"]
    assert {paper.state for paper in page} == {"in_force"}
    assert page.paginator.count == 3


# ---- drafting ----------------------------------------------------------------------------------


def test_kinds_are_proposed_by_the_roadmap_and_any_may_be_added(client_for, school, curator):
    make_plan(curator, "licey-45")
    context = client_for(curator).get(reverse("document_new", args=[school.slug])).context
    proposed = [row["kind"].code for row in context["proposed"]]
    assert "target_model" in proposed
    assert [row["kind"].code for row in context["others"]] == ["incentive_regulation"]


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
    assert errors_of(answer) == ["Выберите, что утверждает приказ, или отметьте «Создать и приложить»."]


@pytest.mark.req("R-105", "R-914", "R-916")
def test_an_implementation_order_prints_the_requisites_and_one_form_of_dates(client_for, school, curator):
    data = {
        "mode": "introduce", "starts_on": "2026-09-01", "papers_due": "2026-09-15",
        "survey_due": "2026-10-15", "pairs_due": "2026-11-15", "day": "2026-09-01",
    }  # fmt: skip
    client = client_for(curator)
    client.post(new_url(school, "implementation_order"), data)
    order = Document.objects.of(school).get(kind="implementation_order")
    text = pdf_text(client.get(url("document_pdf", order, "implementation_order")))
    for words in (school.founder, school.full_name, school.address, "1 сентября 2026 г.", "15 ноября 2026 г."):
        assert words in text
    assert "О внедрении системы" in text
    assert "2026г" not in text


@pytest.mark.req("R-108", "R-118")
def test_target_model_and_incentive_regulation_are_papers_of_their_own(client_for, school, curator, head):
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
    assert client.get(url("document_values", draft)).context["form"].initial["curators"] == [curator.person_id]
    client.post(url("document_values", draft), {**ORDER, "curators": [other.pk]})
    assert "Бойко Зою Климовну" in fresh(draft).body


# ---- the text ----------------------------------------------------------------------------------


def test_the_curator_edits_the_text_and_numbers_follow(client_for, curator):
    draft = make_curator_order(curator)
    data = {"title": "О назначении", "body": "<ol><li><p>Первое.</p></li><li><p>Второе.</p></li></ol>"}
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
    assert "Правки текста, сделанные руками, пропадут." in body(client.get(url("document_rebuild", draft)))
    client.post(url("document_rebuild", draft))
    assert "Иное" not in fresh(draft).body


def test_what_is_missing_stands_in_red_on_the_page_and_stops_sending(client_for, curator):
    draft = make_curator_order(curator)
    drafts.edit_draft(draft, title="О назначении", body="<p>Назначить [[куратор]].</p>", by=curator)
    client = client_for(curator)
    assert '<span class="missing">Не заполнено: куратор.</span>' in body(client.get(url("document", draft)))
    answer = client.post(url("document_send", draft))
    assert answer.status_code == 200
    assert "Не заполнено: куратор." in answer.context["refusal"]
    assert fresh(draft).state == "draft"


# ---- annexes, stamps, bases --------------------------------------------------------------------


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
    assert client.post(url("annex_remove", annex)).url == url("document", order)
    assert not Annex.objects.filter(document=model).exists()


@pytest.mark.req("R-119")
def test_any_number_of_stamps_with_incomplete_dates_print(client_for, curator):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    client = client_for(curator)
    client.post(
        url("stamp_add", paper),
        {"word": "adopted", "body_name": "общее собрание работников", "minutes_number": "1", "year": 2026},
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
    client.post(url("basis_add", paper), {"text": "Приказ управления № 5", "dated_on": "2026-08-01"})
    client.post(url("stamp_remove", Stamp.objects.get()))
    client.post(url("basis_remove", paper.bases.get()))
    assert (paper.stamps.count(), paper.bases.count()) == (0, 0)


# ---- after approval ----------------------------------------------------------------------------


@pytest.mark.req("R-107", "R-120", "R-121")
def test_a_new_edition_replaces_the_old_one_and_the_chain_is_shown(client_for, school, head, curator):
    issued(curator, head, number="80/8")
    old = Document.objects.of(school).get(kind="regulation")
    client = client_for(curator)
    answer = client.post(url("document_amend", old), {"day": TODAY().isoformat()})
    new = Document.objects.of(school).get(replaces=old)
    assert answer.url == url("document", new)
    assert new.body == old.body
    assert client.post(url("document_amend", old), {"day": TODAY().isoformat()}).status_code == 200
    client.post(url("document_edit", new), {"title": new.title, "body": new.body.replace("</h2>", "</h2>", 1)})
    client.post(url("document_send", new))
    minutes = {"minutes_number": "2", "decided_on": TODAY().isoformat()}
    client.post(url("document_body_decision", new), minutes)
    boss = trusted(client_for(head))
    boss.post(url("document_approve", new), {"dated_on": TODAY().isoformat(), "signed_on_paper": "on"})
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
def test_the_archived_roadmap_bears_the_mark_of_the_order_that_approved_it(client_for, school, head, curator):
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
    from roadmap.services import rendering

    monkeypatch.setattr(rendering, "render_pdf", None)
    answer = client_for(curator).get(url("document_pdf", order, "regulation_order"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'inline; filename="regulation_order.pdf"'


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
    assert errors_of(client.post(url("document_cancel", order), {"reason": ""})) == ["Укажите причину отмены."]
    client.post(url("document_cancel", order), {"reason": "Издан ошибочно"})
    assert fresh(order).state == "cancelled"


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_number_of_queries(rows, client_for, school, head, curator, django_assert_max_num_queries):
    order = issued(curator, head)
    for number in range(rows):
        draft = make_curator_order(curator, curators=[curator.person_id])
        drafts.add_basis(draft, text=f"Приказ № {number}", dated_on=dt.date(2026, 8, 1), by=curator)
        send(draft, curator)
    client = client_for(curator)
    addresses = [
        reverse("documents", args=[school.slug]),
        reverse("approvals", args=[school.slug]),
        *(url(name, order) for name in ("document", "document_history", "document_readers")),
        url("document", draft),
    ]
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    boss = client_for(head)
    with django_assert_max_num_queries(12):
        assert boss.get(url("document_approve", draft)).status_code == 200


def test_the_margin_of_the_regulation_is_for_the_curator(client_for, curator, head):
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    assert "Пометки на полях" in body(client_for(curator).get(url("document", paper)))
    assert "Пометки на полях" not in body(client_for(head).get(url("document", paper)))


def test_the_council_member_reads_what_waits_for_the_council(client_for, school, curator, head):
    from roadmap.models import KindSetting

    KindSetting.objects.create(organization=school, kind="curator_order", chain=["mentor_council"])
    council = make_member(school, Role.COUNCIL, Role.STAFF, last_name="Орлик")
    order = make_curator_order(curator)
    client = client_for(council)
    assert client.get(url("document", order)).status_code == 403
    client_for(curator).post(url("document_send", order))
    assert client.get(url("document", order)).status_code == 200
    trusted(client).post(url("document_approve", order), {"edition": 1})
    assert [step.state for step in fresh(order).steps.all()] == ["approved", "open"]
