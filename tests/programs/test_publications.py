"""Publications: drafted, checked, published, withdrawn (R-906, R-907, R-911, R-913)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.core.errors import RuleError
from people.models import StoredFile
from programs.models import Program, Publication, PublicationMark, PublicationPhoto
from programs.services import publication_people as people
from programs.services import publications
from roadmap.models import Event, Posting
from roadmap.services.public_text import names_said
from tests.core.test_pictures import HTML, SVG, drawn
from tests.factories import make_person
from tests.programs.makers_programs import moment
from tests.programs.makers_publications import DAY, a_draft, a_photo, published, with_photo
from tests.roadmap.makers import make_plan

FORMS = ["Ветрова", "Ветровой", "Ветрову"]


def an_event(school, day=DAY + dt.timedelta(days=5)) -> Event:
    return Event.objects.create(organization=school, kind="seminar", title="Семинар", starts_at=moment(day))  # fmt: skip


@pytest.mark.req("R-906", "R-133")
def test_a_draft_is_shown_to_nobody_and_a_published_one_from_its_day(school, curator):
    news = a_draft(curator, publish_on=DAY + dt.timedelta(days=3))
    assert not Publication.objects.of(school).shown_on(DAY + dt.timedelta(days=3)).exists()
    publications.publish(news, by=curator)
    shown = Publication.objects.of(school).shown_on
    assert [shown(DAY + dt.timedelta(days=days)).count() for days in (2, 3, 400)] == [0, 1, 1]


@pytest.mark.req("R-913", "R-908")
def test_news_tell_of_a_stage_and_where_else_it_appeared(school, curator):
    stage = make_plan(curator).stages.first()
    posting = Posting.objects.create(organization=school, title="Запись", place="Газета", posted_on=DAY)  # fmt: skip
    news = published(curator, stage=stage, postings=[posting])
    assert (news.stage, list(news.postings.all())) == (stage, [posting])


def test_rows_of_another_school_are_refused(other_school, stranger, curator):
    stage = make_plan(stranger).stages.first()
    posting = Posting.objects.create(organization=other_school, title="Запись", place="Газета", posted_on=DAY)  # fmt: skip
    with pytest.raises(ValidationError):
        a_draft(curator, stage=stage)
    with pytest.raises(RuleError, match="Выберите из списка"):
        a_draft(curator, postings=[posting])
    assert list(Publication.objects.filter(stage__isnull=False)) == []


def test_head_reads_and_may_not_write(curator, head):
    news = a_draft(curator)
    for act in (lambda: a_draft(head), lambda: publications.publish(news, by=head), lambda: publications.change(news, title="Иначе", by=head), lambda: publications.withdraw(news, by=head), lambda: publications.remove(news, by=head)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", ["title", "lead", "body"])
def test_a_surname_in_plain_text_is_refused(school, curator, form, field):
    make_person(school)
    news = a_draft(curator, **{field: f"Мы поздравили <b>{form}</b> с победой"})
    with pytest.raises(RuleError, match="стоит фамилия: Ветрова") as refused:
        publications.publish(news, by=curator)
    assert refused.value.field == field
    news.refresh_from_db()
    assert news.state == "draft"


@pytest.mark.parametrize("said", ["Королева рада", "КОРОЛЁВУ поздравили", "ли-ли, Ли и КОРОЛЕВОЙ", "с Королёвой-мамой"])  # fmt: skip
def test_a_surname_is_found_without_its_dots_and_in_capitals(school, said):
    make_person(school, last_name="Королёва")
    make_person(school, last_name="Ли")
    expected = {"Королева рада": ["Королёва"], "КОРОЛЁВУ поздравили": ["Королёва"], "ли-ли, Ли и КОРОЛЕВОЙ": ["Королёва", "Ли"]}  # fmt: skip
    assert names_said(said, school) == expected.get(said, [])


def test_the_same_text_with_a_mark_is_published(school, curator):
    person = make_person(school)
    news = a_draft(curator, body="<p>Мы поздравили {1}.</p>")
    with pytest.raises(RuleError, match=r"отметка \{1\}, а человека к ней нет"):
        publications.publish(news, by=curator)
    people.add_mark(news, person=person, instead="учителя математики", by=curator)
    publications.publish(news, by=curator)
    assert news.state == "published"


def test_words_instead_of_the_name_hold_no_name(school, curator):
    person = make_person(school)
    news = a_draft(curator)
    with pytest.raises(RuleError, match="Ветрова"):
        people.add_mark(news, person=person, instead="М. И. Ветрова", by=curator)
    assert not PublicationMark.objects.exists()


def test_a_removed_person_leaves_a_readable_text(school, curator):
    news = a_draft(curator, body="<p>Выступила {1}.</p>")
    mark = people.add_mark(news, person=make_person(school), instead="учитель & методист", by=curator)  # fmt: skip
    people.remove_mark(mark, by=curator)
    news.refresh_from_db()
    assert news.body == "<p>Выступила учитель &amp; методист.</p>"


def test_a_published_text_cannot_get_a_surname_later(school, curator):
    make_person(school)
    news = published(curator)
    with pytest.raises(RuleError, match="Ветрова"):
        publications.change(news, body="<p>Ветрова рада</p>", by=curator)
    news.refresh_from_db()
    assert news.body == "<p>Прошло первое занятие.</p>"


def test_scripts_do_not_reach_the_text(curator):
    news = a_draft(curator, body='<p onclick="x()">Да<script>alert(1)</script></p>')
    assert news.body == "<p>Да</p>"


@pytest.mark.req("R-906")
def test_an_announcement_needs_a_day_and_ends_with_its_event(school, curator):
    notice = a_draft(curator, kind="announcement")
    with pytest.raises(RuleError, match="У анонса нет даты"):
        publications.publish(notice, by=curator)
    publications.change(notice, event=an_event(school), by=curator)
    publications.publish(notice, by=curator)
    assert notice.until == DAY + dt.timedelta(days=5)
    assert not Publication.objects.of(school).shown_on(DAY + dt.timedelta(days=6)).exists()


def test_an_event_that_is_over_is_not_announced(school, curator):
    notice = a_draft(curator, kind="announcement", event=an_event(school, DAY - dt.timedelta(days=1)))  # fmt: skip
    with pytest.raises(RuleError, match="Событие прошло"):
        publications.publish(notice, by=curator)


@pytest.mark.req("R-907")
def test_the_result_of_a_running_programme_is_refused_by_the_service(program, curator):
    with pytest.raises(ValidationError, match="после завершения программы"):
        a_draft(curator, kind="result", program=program)
    result = a_draft(curator)
    with pytest.raises(ValidationError, match="после завершения программы"):
        publications.change(result, kind="result", program=program, by=curator)
    with pytest.raises(ValidationError, match="Выберите завершённую программу"):
        a_draft(curator, kind="result")
    assert not Publication.objects.filter(kind="result").exists()


@pytest.mark.req("R-907")
def test_the_result_of_a_completed_programme_is_published(school, program, curator):
    Program.objects.filter(pk=program.pk).update(state="completed", completed_on=DAY, completion_reason="plan_fulfilled")  # fmt: skip
    program.refresh_from_db()
    published(curator, kind="result", program=program)
    assert Publication.objects.of(school).shown_on(DAY).get().program == program


def test_a_withdrawn_one_is_gone_at_once_and_can_return(school, curator):
    news = published(curator)
    publications.withdraw(news, by=curator)
    assert not Publication.objects.of(school).shown_on(DAY).exists()
    with pytest.raises(RuleError, match="Обновите страницу"):
        publications.withdraw(news, by=curator)
    publications.publish(news, by=curator)
    assert Publication.objects.of(school).shown_on(DAY).exists()


def test_only_a_draft_is_removed(curator):
    news = published(curator)
    with pytest.raises(RuleError, match="снимают с сайта"):
        publications.remove(news, by=curator)
    publications.remove(a_draft(curator), by=curator)
    assert Publication.objects.get() == news


@pytest.mark.req("R-911")
def test_a_photo_without_an_answer_who_is_on_it_is_not_published(school, curator):
    report = a_draft(curator, kind="photo_report", body="")
    with pytest.raises(RuleError, match="нет фотографий"):
        publications.publish(report, by=curator)
    photo = people.add_photo(report, file=a_photo(), alt="Класс", by=curator)
    with pytest.raises(RuleError, match="без ответа «кого можно узнать»: 1"):
        publications.publish(report, by=curator)
    with pytest.raises(RuleError, match="одно из двух"):
        people.mark_people(photo, by=curator)
    person = make_person(school)
    with pytest.raises(RuleError, match="одно из двух"):
        people.mark_people(photo, people=[person], nobody=True, by=curator)
    people.mark_people(photo, people=[person], by=curator)
    publications.publish(report, by=curator)
    assert list(PublicationPhoto.objects.get().people.all()) == [person]


def test_a_neighbours_person_is_not_marked(other_school, curator):
    photo = with_photo(a_draft(curator), curator)
    with pytest.raises(RuleError, match="Выберите из списка"):
        people.mark_people(photo, people=[make_person(other_school)], by=curator)


@pytest.mark.req("R-911")
@pytest.mark.parametrize(("name", "content", "why"), [
    ("огромная.png", drawn("PNG", size=(10000, 5000), mode="1", colour=0), "На снимке 50 млн точек"),
    ("рисунок.svg", SVG, "Это не фотография"), ("фото.jpg", SVG, "Это не фотография"), ("фото.jpg", HTML, "Это не фотография"),
])  # fmt: skip
def test_a_bad_photo_is_refused_and_nothing_is_kept(curator, name, content, why):
    news = a_draft(curator)
    with pytest.raises(RuleError, match=why) as refused:
        people.add_photo(news, file=SimpleUploadedFile(name, content), alt="Снимок", by=curator)
    assert refused.value.field == "file"
    assert not StoredFile.objects.filter(purpose="publication").exists()


def test_photos_are_ordered(curator):
    news = a_draft(curator)
    first, second, third = (with_photo(news, curator) for _ in range(3))
    people.move_photo(third, step=-1, by=curator)
    people.move_photo(first, step=-1, by=curator)
    assert list(news.photos.all()) == [first, third, second]
    people.remove_photo(third, by=curator)
    assert list(news.photos.all()) == [first, second]
