"""Reading through the pages: drafts with remarks, acquaintance, concepts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models.accounts import Role
from roadmap.models import Acknowledgement, Circulation, Remark
from roadmap.services import drafts, readings
from roadmap.templatetags import glossary
from tests.factories import make_member, make_person
from tests.roadmap.doors import body, errors_of, url
from tests.roadmap.makers import DAY, approve, make_package, make_plan, send


@pytest.fixture
def draft(curator):
    return drafts.create_draft(kind="regulation", day=DAY, by=curator)


def circulated(client, paper, **data) -> Circulation:
    answer = client.post(url("circulation_new", paper), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Circulation.objects.get(document=paper)


# ---- drafts sent to read -----------------------------------------------------------------------


@pytest.mark.req("R-102")
def test_a_draft_is_read_and_remarked_by_clause_and_the_curator_sees_who_and_when(
    client_for, curator, teacher, draft
):
    keeper, reader = client_for(curator), client_for(teacher)
    sent = circulated(
        keeper, draft, readers=[teacher.person_id], due_on=timezone.localdate().isoformat()
    )
    page = reader.get(url("circulation", sent))
    assert "1.1." in page.context["text"]
    numbers = [value for value, _ in page.context["form"].fields["clause"].choices]
    assert {"", "1.1", "9.1"} <= set(numbers)
    reader.post(url("circulation", sent), {"clause": "1.1", "text": "Уточните название школы"})
    reader.post(url("circulation_read", sent))
    seen = body(keeper.get(url("document_readers", draft)))
    assert "прочитано " + f"{timezone.localdate():%d.%m.%Y}" in seen
    assert "К пункту 1.1" in seen
    assert "Уточните название школы" in seen
    remark = Remark.objects.get()
    keeper.post(url("remark_answer", remark), {"answer": "Исправлено"})
    assert "Исправлено" in body(reader.get(url("circulation", sent)))


def test_a_draft_goes_to_the_whole_staff_by_one_tick(
    client_for, school, head, curator, teacher, draft
):
    make_person(school, last_name="Внешняя", kind="external", institution="ГБОУ № 5")
    make_person(school, last_name="Ушедшая", employed_to=dt.date(2020, 1, 1))
    sent = circulated(client_for(curator), draft, all_staff="on")
    readers = set(sent.readings.values_list("person", flat=True))
    assert readers == {head.person_id, curator.person_id, teacher.person_id}


def test_a_sent_text_does_not_follow_later_edits(client_for, curator, teacher, draft):
    sent = circulated(client_for(curator), draft, readers=[teacher.person_id])
    drafts.edit_draft(draft, title=draft.title, body="<p>Другое</p>", by=curator)
    page = body(client_for(teacher).get(url("circulation", sent)))
    assert "Другое" not in page
    assert "1.1." in page


def test_a_plan_is_read_as_its_table(client_for, curator, teacher):
    paper = drafts.create_draft(kind="roadmap", day=DAY, by=curator, roadmap=make_plan(curator))
    sent = circulated(client_for(curator), paper, readers=[teacher.person_id])
    page = client_for(teacher).get(url("circulation", sent))
    assert "<table" in page.context["text"]
    assert [value for value, _ in page.context["form"].fields["clause"].choices] == [""]


def test_sending_asks_whom_and_refuses_a_past_date_and_a_stranger(
    client_for, other_school, curator, draft
):
    client = client_for(curator)
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    answer = client.post(url("circulation_new", draft), {"due_on": yesterday})
    assert answer.context["form"].errors == {
        "readers": ["Выберите людей или отметьте «Всем работникам»."],
        "due_on": ["Эта дата уже прошла. Укажите сегодняшнюю или более позднюю."],
    }
    assert f'value="{yesterday}"' in body(answer)
    alien = make_person(other_school, last_name="Чужая")
    answer = client.post(url("circulation_new", draft), {"readers": [alien.pk]})
    assert errors_of(answer) == ["Такого человека нет в списке сотрудников. Выберите из списка."]
    assert not Circulation.objects.exists()


def test_a_project_is_closed_to_those_it_was_not_sent_to(
    client_for, school, stranger, curator, teacher, draft
):
    sent = circulated(client_for(curator), draft, readers=[teacher.person_id])
    other = make_member(school, Role.STAFF, last_name="Бойко")
    assert client_for(other).get(url("circulation", sent)).status_code == 403
    assert client_for(stranger).get(url("circulation", sent)).status_code == 404
    assert client_for(other).post(url("circulation_read", sent)).status_code == 403


def test_an_empty_remark_and_an_unknown_clause_are_refused(client_for, curator, teacher, draft):
    sent = circulated(client_for(curator), draft, readers=[teacher.person_id])
    answer = client_for(teacher).post(url("circulation", sent), {"clause": "77.7", "text": ""})
    assert answer.context["form"].errors == {
        "clause": ["Такого пункта в этом тексте нет. Выберите из списка."],
        "text": ["Напишите замечание."],
    }
    assert not Remark.objects.exists()


def test_remarks_are_answered_by_the_curator_only(client_for, curator, teacher, draft):
    sent = circulated(client_for(curator), draft, readers=[teacher.person_id])
    remark = readings.add_remark(sent, clause="1.1", text="Почему?", by=teacher)
    assert client_for(teacher).get(url("remark_answer", remark)).status_code == 403
    answer = client_for(curator).post(url("remark_answer", remark), {"answer": " "})
    assert errors_of(answer) == ["Напишите ответ."]


# ---- acquaintance ------------------------------------------------------------------------------


@pytest.fixture
def order(curator, head):
    return approve(send(make_package(curator), curator), head)


@pytest.mark.req("R-227")
def test_a_member_acknowledges_a_paper_in_force_with_the_date(client_for, curator, teacher, order):
    client_for(curator).post(url("acknowledgement_ask", order), {"people": [teacher.person_id]})
    client = client_for(teacher)
    assert "Ознакомлен(а)" in body(client.get(url("document", order)))
    client.post(url("acknowledge", order))
    row = Acknowledgement.objects.get(document=order, person=teacher.person)
    assert (row.acknowledged_on, row.method) == (timezone.localdate(), "portal")
    assert "Ознакомлен(а)</button>" not in body(client.get(url("document", order)))
    assert f"{row.acknowledged_on:%d.%m.%Y}, отметка в портале" in body(
        client_for(curator).get(url("document_readers", order))
    )


def test_who_was_not_asked_cannot_acknowledge(client_for, teacher, order):
    answer = client_for(teacher).post(url("acknowledge", order))
    assert answer.context["refusal"] == "Ознакомление с этим документом у вас не запрашивали."


@pytest.mark.req("R-227")
def test_signatures_of_the_paper_sheet_are_entered_many_at_once(
    client_for, school, curator, teacher, order
):
    client = client_for(curator)
    client.post(url("acknowledgement_ask", order), {"all_staff": "on"})
    rows = list(order.acknowledgements.filter(acknowledged_on=None))
    assert len(rows) == 3
    page = url("acknowledgement_paper", order)
    early = client.post(page, {"rows": [row.pk for row in rows], "on": "2026-08-31"})
    assert errors_of(early) == ["Ознакомление не может быть раньше даты документа."]
    assert Acknowledgement.objects.filter(acknowledged_on__isnull=False).count() == 0
    client.post(page, {"rows": [row.pk for row in rows], "on": "2026-09-02"})
    assert set(order.acknowledgements.values_list("acknowledged_on", "method")) == {
        (dt.date(2026, 9, 2), "paper")
    }
    again = client.post(page, {"rows": [rows[0].pk], "on": "2026-09-02"})
    assert errors_of(again) == ["Этого человека нет среди неознакомленных. Обновите страницу."]


# ---- concepts ----------------------------------------------------------------------------------


@pytest.mark.req("R-122")
def test_concepts_of_the_regulation_in_force_explain_words_on_screen(
    client_for, school, curator, teacher, order
):
    page = client_for(teacher).get(reverse("glossary", args=[school.slug]))
    concepts = dict(page.context["concepts"])
    assert len(concepts) >= 6
    explanation = next(text for name, text in concepts.items() if name.casefold() == "куратор")
    asked = client_for(curator).get(
        reverse("document_new", args=[school.slug]) + "?kind=curator_order"
    )
    assert f'<dfn class="term" title="{explanation}"' in body(asked).replace("&quot;", '"')


def test_without_a_regulation_a_word_is_plain(client_for, school, curator):
    assert "Положение ещё не действует" in body(
        client_for(curator).get(reverse("glossary", args=[school.slug]))
    )
    assert glossary.term({}, "куратор", "куратора") == "куратора"
