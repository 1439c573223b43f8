"""The cabinet of the public section: pages, rights, what is seen, what waits, numbers of queries."""

import datetime as dt

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from people.models import Consent, PublicAddress
from programs.models import HonourEntry, Publication, PublicationPhoto, PublicSection
from programs.services import honours, public_sections
from programs.services import publication_people as people
from roadmap.services import evidence
from tests.core.test_pictures import HTML
from tests.factories import make_person
from tests.programs.makers_publications import a_draft, a_photo, allow, published, with_photo
from tests.roadmap.makers import make_plan

TODAY = timezone.localdate()
FILLED = {"kind": "news", "title": "Новость дня", "body": "<p>Прошла встреча.</p>", "publish_on": TODAY.isoformat()}  # fmt: skip


@pytest.fixture
def visit(school, curator, client_for):
    """`visit(name, *args, by=…, **data)`: GET, or POST when there is data."""

    def go(name, *args, by=None, **data):
        client = client_for(by or curator)
        address = reverse(name, args=[school.slug, *args])
        return client.post(address, data) if data else client.get(address)

    return go


@pytest.fixture
def section(school):
    return public_sections.section_of(school)


def test_only_curator_and_head_open_the_cabinet_and_only_the_curator_writes(client, visit, school, head, teacher, stranger):  # fmt: skip
    address = reverse("public_section", args=[school.slug])
    assert client.get(address).status_code == 302
    assert visit("public_section", by=stranger).status_code == 404
    refused = visit("public_section", by=teacher)
    assert (refused.status_code, "готовят куратор и руководитель" in refused.content.decode()) == (403, True)  # fmt: skip
    assert [visit(name, by=head).status_code for name in ("public_section", "public_settings", "publications", "publication_new", "honours", "honour_new")] == [200, 403, 200, 403, 200, 403]  # fmt: skip


def test_curator_writes_publishes_and_withdraws(visit, school):
    visit("publication_new", **FILLED)
    news = Publication.objects.get()
    assert news.state == "draft"
    visit("publication_state", news.pk, do="publish")
    assert Publication.objects.of(school).shown_on(TODAY).get() == news
    visit("publication_state", news.pk, do="withdraw")
    assert not Publication.objects.of(school).shown_on(TODAY).exists()


def test_a_refusal_is_said_on_the_page(visit, school, curator):
    make_person(school)
    news = a_draft(curator, body="<p>Выступила Ветрова</p>")
    client_page = visit("publication_state", news.pk, do="publish")
    told = visit("publication", news.pk).content.decode()
    assert client_page.status_code == 302
    assert Publication.objects.get().state == "draft"
    assert "Добавить человека" in told


@pytest.mark.req("R-907")
def test_the_page_offers_no_running_programme_and_takes_none(visit, program):
    form = visit("publication_new").context["form"]
    assert list(form.fields["program"].queryset) == []
    answer = visit("publication_new", **FILLED | {"kind": "result", "program": program.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["program"])
    assert not Publication.objects.exists()


@pytest.mark.req("R-907")
def test_the_admin_cannot_add_or_change_a_publication(visit, program, school, curator, client_for):
    news, client = published(curator), client_for(curator)
    data = {**FILLED, "kind": "result", "program": program.pk, "organization": school.pk, "state": "published"}  # fmt: skip
    assert client.post(reverse("admin:programs_publication_add"), data).status_code == 403
    assert client.post(reverse("admin:programs_publication_change", args=[news.pk]), data).status_code == 403  # fmt: skip
    news.refresh_from_db()
    assert (news.kind, news.program, Publication.objects.count()) == ("news", None, 1)
    assert not any(admin.site._registry.get(model) for model in (PublicationPhoto, PublicSection))


def test_news_begin_at_a_stage_of_the_roadmap(visit, curator):
    stage = make_plan(curator).stages.first()
    address = reverse("publication_new", args=[curator.organization.slug]) + f"?stage={stage.pk}"
    assert address in visit("roadmap", stage.roadmap_id).content.decode()
    visit("publication_new", **FILLED, stage=stage.pk)
    assert Publication.objects.get().stage == stage


@pytest.mark.req("R-911")
def test_a_photo_that_is_html_is_refused_in_the_form(visit, curator):
    news = a_draft(curator)
    answer = visit("publication_photo_new", news.pk, file=SimpleUploadedFile("фото.jpg", HTML), alt="Снимок")  # fmt: skip
    assert answer.context["form"].errors["file"] == ["Это не фотография JPEG, PNG или WebP, или файл повреждён. Сохраните снимок в одном из этих видов и приложите снова."]  # fmt: skip


def test_a_photo_is_added_and_its_people_are_marked(visit, school, curator):
    news, person = a_draft(curator), make_person(school)
    visit("publication_photo_new", news.pk, file=a_photo(), alt="Семинар")
    photo = PublicationPhoto.objects.get()
    visit("publication_photo_people", photo.pk, people=[person.pk])
    photo.refresh_from_db()
    assert (photo.people_marked, list(photo.people.all())) == (True, [person])


@pytest.mark.req("R-910", "R-911")
def test_preview_shows_names_and_photos_only_where_the_consent_says_so(visit, school, curator, section):  # fmt: skip
    site = PublicAddress.objects.create(organization=school, url="school.example/n", title="Сайт")
    public_sections.save_section(section, site_address=site, by=curator)
    allowed, silent = make_person(school, last_name="Ясная"), make_person(school, last_name="Тихая")
    allow(allowed, "name", "photo", at=section.page_address, given_on=TODAY)
    news = a_draft(curator, body="<p>Выступили {1} и {2}.</p>")
    people.add_mark(news, person=allowed, instead="учитель", by=curator)
    people.add_mark(news, person=silent, instead="методист", by=curator)
    shown, hidden = with_photo(news, curator, allowed), with_photo(news, curator, allowed, silent)
    seen = visit("publication_preview", news.pk).context["seen"]
    assert (seen.body, seen.photos, seen.hidden) == ("<p>Выступили Ясная Мария Ильинична и методист.</p>", [shown], 1)  # fmt: skip
    inside = visit("publication_preview", news.pk).client.get(reverse("publication_preview", args=[school.slug, news.pk]) + "?place=embed")  # fmt: skip
    assert inside.context["seen"].body == "<p>Выступили учитель и методист.</p>"
    told = {photo.pk: photo.hidden for photo in visit("publication", news.pk).context["photos"]}
    assert told[hidden.pk] == [(section.page_address, ["Тихая М. И."]), (site, ["Тихая М. И.", "Ясная М. И."])]  # fmt: skip


@pytest.mark.req("R-910")
def test_the_board_says_what_is_shown_where_and_why_not(visit, school, curator, section):
    site = PublicAddress.objects.create(organization=school, url="school.example/n", title="Сайт")
    public_sections.save_section(section, site_address=site, by=curator)
    one, other = make_person(school, last_name="Ясная"), make_person(school, last_name="Тихая")
    allow(one, "name", "post", at=section.page_address)
    for person in (one, other):
        honours.add(person=person, merit="За помощь", since=TODAY, by=curator)
    first, second = visit("honours").context["page"].object_list
    portal, outside = first.standing.places
    assert [answer.shown for answer in portal.answers] == [True, True, False]
    assert {answer.why for answer in outside.answers} == {"в согласии не названо"}
    assert second.standing.why == "Согласие ещё не запрошено. Запросите его."
    ask = reverse("consent_ask", args=[school.slug]) + f"?kind=dissemination&amp;person={other.pk}"
    assert ask in visit("honours").content.decode()


def test_conditions_and_archived_addresses_are_told(visit, school, curator, section):
    person = make_person(school, last_name="Ясная")
    consent = allow(person, "name", at=section.page_address)
    consent.choices.update(condition="только фамилия")
    honours.add(person=person, merit="За помощь", since=TODAY, by=curator)

    def whys() -> list[str]:
        entry = visit("honours").context["page"].object_list[0]
        return [one.why for one in entry.standing.places[0].answers]

    assert whys() == ["с условием «только фамилия»", "в согласии не названо", "в согласии не названо"]  # fmt: skip
    PublicAddress.objects.filter(pk=section.page_address_id).update(archived=True)
    assert whys() == ["адрес больше не используется"] * 3


@pytest.mark.req("R-910")
def test_the_board_lists_people_only_and_without_names_in_the_merit(visit, school):
    person = make_person(school)
    visit("honour_new", person=person.pk, merit="За работу Ветровой", since=TODAY.isoformat())
    assert not HonourEntry.objects.exists()
    visit("honour_new", person=person.pk, merit="За работу с молодыми", since=TODAY.isoformat())
    entry = HonourEntry.objects.get()
    visit("honour_photo", entry.pk, file=a_photo())
    entry.refresh_from_db()
    assert (entry.person, entry.photo.content_type) == (person, "image/jpeg")


def test_blocks_are_saved_and_moved_without_javascript(visit, school, section):
    rows = public_sections.rows_of(section)
    data = {"code": [row["code"] for row in rows], "title-news": "Что нового", **{f"shown-{row['code']}": "on" for row in rows if row["code"] != "glossary"}}  # fmt: skip
    visit("public_blocks", **data, up="news")
    kept = PublicSection.objects.get().blocks
    assert kept[1] == {"code": "news", "title": "Что нового", "hidden": False}
    assert [row["code"] for row in kept if row["hidden"]] == ["glossary"]


def test_overview_gives_lines_to_paste_and_says_whether_the_site_may_show_it(visit, school, section, curator):  # fmt: skip
    told = visit("public_section").content.decode()
    assert "Сайта https://school.example нет в списке" in told
    public_sections.save_section(section, parents=["school.example"], by=curator)
    told = visit("public_section").content.decode()
    assert "Сайт https://school.example может показывать раздел" in told
    assert "&lt;iframe src=&quot;http://127.0.0.1:8000/p/school/embed/&quot;" in told


def test_overview_names_what_waits(visit, school, curator, section):
    person = make_person(school, last_name="Ясная")
    consent = allow(person, "name", at=section.page_address, valid_until=TODAY + dt.timedelta(days=20))  # fmt: skip
    news = published(curator, publish_on=TODAY)
    people.add_mark(news, person=person, by=curator)
    planned = published(curator, title="Завтра", publish_on=TODAY + dt.timedelta(days=1))
    draft = a_draft(curator, title="Черновик")
    photo = people.add_photo(draft, file=a_photo(), alt="Класс", by=curator)
    waiting = visit("public_section").context["waiting"]
    assert (waiting.drafts, waiting.planned, waiting.photos, waiting.consents) == ([draft], [planned], [photo], [consent])  # fmt: skip
    Consent.objects.update(valid_until=TODAY + dt.timedelta(days=40))
    assert visit("public_section").context["waiting"].consents == []


def fill(school, curator, section, times: int) -> Publication:
    for place in range(times):
        person = make_person(school, last_name=f"Ясная{'абв'[place]}")
        allow(person, "name", at=section.page_address, valid_until=TODAY + dt.timedelta(days=20))
        news = published(curator, publish_on=TODAY)
        people.add_mark(news, person=person, by=curator)
        with_photo(news, curator, person)
        people.add_photo(a_draft(curator), file=a_photo(), alt="Класс", by=curator)
        entry = honours.add(person=person, merit="За помощь", since=TODAY, by=curator)
        honours.set_photo(entry, file=a_photo(), by=curator)
    return news


PAGES = {"public_section": 10, "publications": 6, "honours": 9}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "number"), PAGES.items())
def test_lists_cost_the_same(name, number, rows, client_for, school, curator, section, django_assert_num_queries):  # fmt: skip
    fill(school, curator, section, rows)
    client, address = client_for(curator), reverse(name, args=[school.slug])
    client.get(address)
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_publication_costs_the_same(rows, client_for, school, curator, section, django_assert_num_queries):  # fmt: skip
    news = a_draft(curator)
    for place in range(rows):
        person = make_person(school, last_name=f"Ясная{'абв'[place]}")
        people.add_mark(news, person=person, by=curator)
        with_photo(news, curator, person)
    client, address = client_for(curator), reverse("publication", args=[school.slug, news.pk])
    client.get(address)
    with django_assert_num_queries(15):
        assert client.get(address).status_code == 200


@pytest.mark.req("R-913", "R-133")
@pytest.mark.parametrize(("fact", "more"), [("public:news", {}), ("public:coverage", {"stage": True}), ("public:results", {"kind": "result"})])  # fmt: skip
def test_lines_of_the_roadmap_close_by_what_stands_on_the_site(fact, more, curator, request):
    plan, more = make_plan(curator), dict(more)
    if more.get("stage"):
        more["stage"] = plan.stages.first()
    if more.get("kind"):
        program = request.getfixturevalue("program")
        program.state, program.completed_on, program.completion_reason = "completed", TODAY, "plan_fulfilled"  # fmt: skip
        program.save()
        more["program"] = program
    day = evidence.window_of(plan, TODAY).since + dt.timedelta(days=40)
    window = evidence.window_of(plan, day)
    draft = a_draft(curator, publish_on=day, **more)
    assert evidence.states(window, [fact])[fact].day is None
    Publication.objects.filter(pk=draft.pk).update(state="published")
    assert evidence.states(window, [fact])[fact].day == day
