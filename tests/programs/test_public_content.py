"""What the public section shows: blocks, people by consent, the day, the number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Consent, PublicAddress
from programs.models import (
    Award,
    Contest,
    ContestEntry,
    Material,
    Practice,
    PracticeAuthor,
    Program,
    ProgramResult,
    Publication,
)
from programs.publication import content as contents
from programs.publication.blocks import BLOCKS
from programs.publication.gate import Place
from programs.publication.items import Photo
from programs.publication.marks import paragraphs
from programs.services.public_sections import section_of
from roadmap.models import Event
from tests.factories import make_person
from tests.programs.makers_public import DAY, agree, honour, mark, photograph, publish
from tests.roadmap.makers import approve, make_package, send

DAYS = dt.timedelta(days=1)
MOST_QUERIES = 25


def content(school, on: dt.date = DAY, place: Place = Place.PAGE):
    return contents.build(section_of(school), place, on)


def items(school, code: str, **asked) -> tuple:
    block = content(school, **asked).block(code)
    return block.items if block else ()


@pytest.fixture
def person(school):
    return make_person(school, last_name="Соловьёва", first_name="Ирина", patronymic="Юрьевна")


def completed(program: Program) -> Program:
    Program.objects.filter(pk=program.pk).update(
        state="completed", completed_on=DAY, completion_reason="plan_fulfilled"
    )
    program.refresh_from_db()
    return program


@pytest.mark.req("R-901")
def test_a_new_section_shows_only_blocks_that_have_something(school):
    assert [block.code for block in content(school).blocks] == ["about", "join", "contacts"]


@pytest.mark.req("R-901")
def test_blocks_follow_the_order_titles_and_hiding_of_the_school(school, curator):
    publish(curator)
    section = section_of(school)
    section.blocks = [
        {"code": "contacts", "title": "Как нас найти"},
        {"code": "about", "hidden": True},
        {"code": "news"},
    ]
    section.save()
    shown = [(block.code, block.title) for block in content(school).blocks]
    assert shown == [("contacts", "Как нас найти"), ("news", "Новости"), ("join", "Стать наставником")]  # fmt: skip
    assert contents.build_list(section, Place.PAGE, DAY, "about") is None


@pytest.mark.req("R-906")
def test_a_publication_is_shown_from_its_day_to_its_last(school, curator):
    row = publish(curator, publish_on=DAY, until=DAY + DAYS)
    publish(curator, state="draft")
    publish(curator, state="withdrawn")
    days = [DAY - DAYS, DAY, DAY + DAYS, DAY + 2 * DAYS]
    assert [[one.pk for one in items(school, "news", on=day)] for day in days] == [
        [], [row.pk], [row.pk], [],
    ]  # fmt: skip


def test_the_content_ends_with_whatever_ends_first(school, curator, person):
    assert content(school).ends_on is None
    publish(curator, until=DAY + 9 * DAYS)
    assert content(school).ends_on == DAY + 9 * DAYS
    publish(curator, publish_on=DAY + 8 * DAYS)
    assert content(school).ends_on == DAY + 7 * DAYS
    agree(person, until=DAY + 6 * DAYS)
    honour(person)
    assert content(school).ends_on == DAY + 6 * DAYS
    Event.objects.create(organization=school, kind="seminar", title="Семинар", starts_at=moment(5))
    publish(curator, kind="announcement", event=Event.objects.get())
    assert content(school).ends_on == DAY + 5 * DAYS


def moment(days: int) -> dt.datetime:
    return dt.datetime.combine(DAY + days * DAYS, dt.time(15), tzinfo=timezone.get_default_timezone())  # fmt: skip


@pytest.mark.req("R-133", "R-906")
def test_an_announcement_leaves_when_its_event_is_over(school, curator):
    for days, title in ((3, "Круглый стол"), (1, "Семинар")):
        event = Event.objects.create(organization=school, kind="seminar", title=title, starts_at=moment(days), place="актовый зал")  # fmt: skip
        publish(curator, kind="announcement", title=title, event=event)
    assert [one.title for one in items(school, "announcements")] == ["Семинар", "Круглый стол"]
    assert [one.title for one in items(school, "announcements", on=DAY + 2 * DAYS)] == ["Круглый стол"]  # fmt: skip
    assert items(school, "announcements")[0].meeting.place == "актовый зал"


@pytest.mark.req("R-910")
def test_each_item_of_the_board_needs_its_own_consent(school, curator, person):
    award = Award.objects.create(
        organization=school, person=person, kind="certificate", merit="за труд", proposed_on=DAY,
        proposed_by=curator, state="given", decided_on=DAY,
    )  # fmt: skip
    honour(person, award=award)
    consent = agree(person, "post", "photo", "results")
    assert items(school, "honours") == ()
    consent.delete()
    consent = agree(person, "name")
    (only,) = items(school, "honours")
    assert (only.name, only.post, only.merit, only.award, only.photo) == (person.full_name, "", "", "", None)  # fmt: skip
    consent.delete()
    agree(person)
    (whole,) = items(school, "honours")
    assert (whole.post, whole.award, whole.merit) == (person.job_title, "почётная грамота", "за поддержку молодых педагогов")  # fmt: skip


@pytest.mark.req("R-910")
def test_a_payment_is_never_told(school, curator, person):
    agree(person)
    award = Award.objects.create(organization=school, person=person, kind="payment", merit="за труд", amount="5000", proposed_on=DAY, proposed_by=curator, state="given", decided_on=DAY)  # fmt: skip
    honour(person, award=award)
    assert [one.award for one in items(school, "honours")] == [""]


def test_the_frame_needs_a_consent_for_both_addresses(school, person):
    section = section_of(school)
    section.site_address = PublicAddress.objects.create(organization=school, url="https://school.example/n/", title="Сайт")  # fmt: skip
    section.save()
    honour(person)
    agree(person)
    assert len(items(school, "honours")) == 1
    assert items(school, "honours", place=Place.EMBED) == ()
    Consent.objects.all().delete()
    agree(person, addresses=[section.page_address, section.site_address])
    assert len(items(school, "honours", place=Place.EMBED)) == 1


@pytest.mark.req("R-911")
def test_a_photo_waits_for_marks_and_for_everybody_on_it(school, curator, person):
    other = make_person(school, last_name="Дроздова")
    report = publish(curator, kind="photo_report")
    photograph(report, marked=False)
    nobody, both = photograph(report), photograph(report, person, other)
    agree(person)

    def seen() -> set:
        return {photo.pk for photo in items(school, "photo_reports")[0].photos}

    assert seen() == {nobody.stored_id}
    agree(other, "photo")
    assert seen() == {nobody.stored_id, both.stored_id}
    assert Photo(1, "abcdef01", "").name == "photos/1-abcdef01.jpg"


def test_marks_are_names_only_with_a_consent(school, curator, person):
    row = publish(
        curator, title="О {1}", body="<p>Занятие провела {1}.</p>\n<p>Следом – {2}{7}.</p>"
    )
    mark(row, person, instead="наш педагог")
    mark(row, make_person(school, last_name="Дроздова"), 2)
    agree(person, "name")

    def whole(on):
        return contents.build_news(section_of(school), Place.PAGE, on, row.pk).blocks[0].items[0]

    assert whole(DAY).title == "О Соловьёва Ирина Юрьевна"
    assert whole(DAY).html == "<p>Занятие провела Соловьёва Ирина Юрьевна.</p>\n<p>Следом – педагог.</p>"  # fmt: skip
    Consent.objects.update(state="withdrawn", withdrawn_on=DAY)
    assert whole(DAY).html == "<p>Занятие провела наш педагог.</p>\n<p>Следом – педагог.</p>"


def test_typed_markup_is_text_and_typed_addresses_are_links():
    found = paragraphs("<script>x</script>\n- раз\n- два\nСм. https://gov.example/a?b=1&c=2.")
    assert found == (
        "<p>&lt;script&gt;x&lt;/script&gt;</p><ul><li>раз</li><li>два</li></ul><p>См. "
        '<a target="_blank" rel="noopener nofollow" href="https://gov.example/a?b=1&amp;c=2">'
        "https://gov.example/a?b=1&amp;c=2</a>.</p>"
    )


def test_a_rich_text_is_cleaned_once_more_and_its_links_leave_the_frame(school, curator):
    row = publish(curator, body='<p onclick="x()">А <script>x</script><a href="https://gov.example/">закон</a></p>')  # fmt: skip
    (one,) = contents.build_news(section_of(school), Place.PAGE, DAY, row.pk).blocks[0].items
    assert one.html == '<p>А <a target="_blank" rel="noopener nofollow" href="https://gov.example/">закон</a></p>'  # fmt: skip


@pytest.mark.req("R-907")
def test_nothing_of_a_running_programme_passes_whatever_the_rows_say(program, school, curator):
    """Written past the models on purpose: no door may have kept the rule."""
    own = {"organization": school, "program": program}
    ProgramResult.objects.create(person=program.group.mentor, role="mentor", text="Итог", completed_on=DAY, published=True, **own)  # fmt: skip
    Practice.objects.create(title="Опыт", state="best", published=True, made_on=DAY, **own)
    story = publish(curator, kind="result", program=program)
    assert [content(school).block(code) for code in ("results", "practices")] == [None, None]
    assert contents.build_news(section_of(school), Place.PAGE, DAY, story.pk) is None
    completed(program)
    assert len(items(school, "results")) == 2
    assert [one.title for one in items(school, "practices")] == ["Опыт"]


@pytest.mark.req("R-902")
def test_running_programmes_are_listed_without_titles_and_names(program, school):
    (one,) = items(school, "programs")
    assert program.title not in repr(one)
    assert program.group.mentor.last_name not in repr(one)
    assert (one.starts_on, one.ends_on) == (program.starts_on, program.ends_on)


@pytest.mark.req("R-903")
def test_a_practice_names_its_author_only_with_that_consent(school, person):
    row = Practice.objects.create(organization=school, title="Наставник на час", method="Встречи", state="best", published=True, made_on=DAY)  # fmt: skip
    PracticeAuthor.objects.create(organization=school, practice=row, person=person)
    consent = agree(person, "name", "post")
    assert items(school, "practices")[0].authors == ()
    consent.delete()
    agree(person, "name", "practice")
    assert items(school, "practices")[0].authors == (person.full_name,)


@pytest.mark.req("R-905")
def test_only_materials_marked_for_the_site_leave_the_library(school):
    for title, tags in (("Памятка", ["На сайте", "старт"]), ("Внутреннее", ["старт"])):
        Material.objects.create(organization=school, title=title, tags=tags, added_on=DAY)
    assert [one.title for one in items(school, "recommendations")] == ["Памятка"]


def test_contest_results_name_people_only_with_a_consent(school, curator, person):
    contest = Contest.objects.create(organization=school, title="Педагог года", held_on=DAY)
    ContestEntry.objects.create(organization=school, contest=contest, person=person, recommended_by=curator.person, state="result", result="призёр")  # fmt: skip
    assert [(one.result, one.person) for one in items(school, "contests")] == [("призёр", "")]
    agree(person, "name", "results")
    assert [one.person for one in items(school, "contests")] == [person.full_name]


@pytest.mark.req("R-904", "R-901")
def test_papers_norms_glossary_and_roadmap_stand_side_by_side(school, curator, head):
    approve(send(make_package(curator), curator), head, number="80/8")
    shown = content(school)
    assert {one.title for one in shown.block("documents").items} == {
        "Приказ об утверждении Положения", "Положение о системе наставничества", "Дорожная карта",
    }  # fmt: skip
    assert "Наставник" in {one.word.capitalize() for one in shown.block("glossary").items}
    stages = shown.block("roadmap").items
    assert len(stages) == 7
    assert all(stage.total >= stage.done >= 0 for stage in stages)
    assert sum(stage.total for stage in stages) > 0


def fill(school, curator, number: int) -> None:
    for place in range(number):
        one = make_person(school, last_name=f"Фамилия{place}")
        agree(one)
        honour(one)
        event = Event.objects.create(organization=school, kind="seminar", title="Семинар", starts_at=moment(2))  # fmt: skip
        for kind in ("news", "announcement", "photo_report"):
            row = publish(curator, kind=kind, author=one, event=event)
            mark(row, one)
            photograph(row, one)
        practice = Practice.objects.create(organization=school, title="Опыт", state="best", published=True, made_on=DAY, directions=["method"])  # fmt: skip
        PracticeAuthor.objects.create(organization=school, practice=practice, person=one)
        Material.objects.create(organization=school, title="Памятка", tags=["на сайте"], added_on=DAY)  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_rows(school, curator, head, program):
    approve(send(make_package(curator), curator), head, number="80/8")
    numbers = []
    for rows in (1, 5):
        fill(school, curator, rows)
        section = section_of(school)
        with CaptureQueriesContext(connection) as queries:
            contents.build(section, Place.PAGE, DAY)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= MOST_QUERIES


def test_ten_thousand_news_are_read_twenty_at_a_time(school, curator):
    rows = [
        Publication(organization=school, created_by=curator, title=f"Новость {n}", state="published", publish_on=DAY)
        for n in range(10_000)
    ]  # fmt: skip
    Publication.objects.bulk_create(rows)
    section = section_of(school)
    first = contents.build_list(section, Place.PAGE, DAY, "news")
    last = contents.build_list(section, Place.PAGE, DAY, "news", 500)
    assert [(len(one.blocks[0].items), one.blocks[0].more) for one in (first, last)] == [(20, True), (20, False)]  # fmt: skip
    assert contents.build_list(section, Place.PAGE, DAY, "news", 501) is None


def test_results_of_both_kinds_are_one_list(program, school, curator):
    completed(program)
    people = [make_person(school, last_name=f"Итог{n}") for n in range(30)]
    ProgramResult.objects.bulk_create(
        ProgramResult(organization=school, program=program, person=one, role="mentee", text=one.last_name, completed_on=DAY, published=True)
        for one in people
    )  # fmt: skip
    for _ in range(12):
        publish(curator, kind="result", program=program)
    section = section_of(school)
    pages = [contents.build_list(section, Place.PAGE, DAY, "results", n) for n in (1, 2, 3)]
    assert [len(page.blocks[0].items) for page in pages] == [20, 20, 2]
    texts = [getattr(one, "text", one.title if hasattr(one, "title") else "") for page in pages for one in page.blocks[0].items]  # fmt: skip
    assert len(set(texts)) == 42


def test_every_block_of_the_list_can_be_read(school):
    reader = contents.Readers(contents.Asked(section_of(school), Place.PAGE, DAY), {})
    assert [block.code for block in BLOCKS if not hasattr(reader, f"read_{block.code}")] == []
