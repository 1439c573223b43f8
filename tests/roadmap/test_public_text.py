"""The public rendition names nobody but the head."""

import pytest

from mentoring.core.errors import RuleError
from roadmap.services import drafts, public_text
from tests.factories import make_person
from tests.roadmap.makers import approve, fresh, make_package, send
from tests.roadmap.pdf_text import text_of


def test_name_after_its_post_is_dropped_and_alone_becomes_the_post(school):
    make_person(
        school,
        last_name="Ким",
        first_name="Алла",
        patronymic="Сергеевна",
        job_title="заместитель директора по УВР",
    )
    body = (
        "<p>Возложить контроль на заместителя директора по УВР Ким А.С.</p>"
        "<p>Ким Алле Сергеевне подготовить отчёт.</p><p>Доклад А. С. Ким.</p>"
    )
    assert public_text.without_names(body, school) == (
        "<p>Возложить контроль на заместителя директора по УВР</p>"
        "<p>заместителю директора по УВР подготовить отчёт.</p><p>Доклад заместитель директора по УВР.</p>"
    )


def test_every_case_of_a_surname_is_found(school):
    make_person(
        school,
        last_name="Громова",
        first_name="Инна",
        patronymic="Олеговна",
        job_title="учитель химии",
    )
    for form in ("Громова", "Громовой", "Громову", "Громовой Инны Олеговны", "И.О. Громова"):
        hidden = public_text.without_names(f"<p>{form}</p>", school)
        assert "ромов" not in hidden
        assert public_text.names_left(hidden, school) == []


def test_word_that_only_looks_like_a_surname_stays(school):
    make_person(
        school, last_name="Лис", first_name="Иван", patronymic="Ильич", sex="m", job_title="учитель"
    )
    make_person(
        school, last_name="Ли", first_name="Ян", patronymic="", sex="m", job_title="учитель"
    )
    text = "<p>Лист ознакомления: согласен ли работник.</p>"
    assert public_text.without_names(text, school) == text


@pytest.mark.usefixtures("real_papers")
def test_public_file_of_an_order_hides_people_named_by_hand(head, curator):
    order = make_package(curator)
    body = order.body + "<p>Ответственная – заместитель директора по УВР Ким Алла Сергеевна.</p>"
    drafts.edit_draft(order, title=order.title, body=body, by=curator)
    order = approve(send(fresh(order), curator), head)
    official = text_of(order.files.filter(rendition="official").last())
    public = text_of(order.files.filter(rendition="public").last())
    assert "Ким Алла Сергеевна" in official
    assert "Ким" not in public
    assert "Ключевская" in public


def test_guard_stops_a_name_that_slips_through(school, monkeypatch, head, curator):
    monkeypatch.setattr(public_text, "hide_person", lambda text, person: text)
    order = make_package(curator)
    drafts.edit_draft(order, title=order.title, body=order.body + "<p>Ким А.С.</p>", by=curator)
    with pytest.raises(RuleError, match="остались фамилии: Ким"):
        approve(send(fresh(order), curator), head)
