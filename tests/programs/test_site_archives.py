"""The section as a zip: whole, relative, without people unless they agreed; what must be replaced after a withdrawal."""

import datetime as dt
import io
import posixpath
import re
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.files import can_read_file
from people.models import Job, JournalEntry, Notice, PublicAddress
from people.models.consents import PublicItem
from people.services import consents, terms
from programs.models import Award, Practice, PracticeAuthor, SiteArchive
from programs.services import archives_on_sites, public_archiving, site_archives
from programs.services.public_sections import section_of
from programs.tasks_public import pack_section
from roadmap.models import Event
from tests.factories import make_person
from tests.programs.makers_public import agree, honour, mark, photograph, picture, publish
from tests.roadmap.makers import approve, make_package, send

TODAY = timezone.localdate()
DAYS = dt.timedelta(days=1)
LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture
def section(school):
    section = section_of(school)
    section.site_address = PublicAddress.objects.create(organization=school, url="https://school.example/n/", title="Страница на сайте школы")  # fmt: skip
    section.save()
    return section


@pytest.fixture
def person(school):
    return make_person(school, last_name="Соловьёва", first_name="Ирина", patronymic="Юрьевна")


def fill(school, curator, person) -> None:
    """The person in every place where somebody may stand."""
    award = Award.objects.create(organization=school, person=person, kind="certificate", merit="за труд", proposed_on=TODAY, proposed_by=curator, state="given", decided_on=TODAY)  # fmt: skip
    honour(person, award=award, photo=picture(school, "navy"), since=TODAY)
    event = Event.objects.create(organization=school, kind="seminar", title="Семинар", starts_at=timezone.now() + 2 * DAYS, place="актовый зал")  # fmt: skip
    mark(
        publish(curator, kind="announcement", title="Говорит {1}", publish_on=TODAY, event=event),
        person,
    )
    for number in range(23):
        row = publish(curator, publish_on=TODAY, author=person, body="<p>Занятие провела {1}.</p>", title=f"Занятие {number}")  # fmt: skip
        mark(row, person)
    report = publish(curator, kind="photo_report", publish_on=TODAY, title="Праздник")
    photograph(report, person, stored=picture(school, "red"), alt="На сцене")
    photograph(report, stored=picture(school, "green"), alt="Пустой зал")
    practice = Practice.objects.create(organization=school, title="Наставник на час", method="Встречи", state="best", published=True, made_on=TODAY)  # fmt: skip
    PracticeAuthor.objects.create(organization=school, practice=practice, person=person)


def quiet(done: int, found: int) -> None:
    """Nobody listens to the progress."""


def packed(section, *, with_people=False, on=TODAY):
    made = site_archives.collect(section, with_people=with_people, on=on, told=quiet)
    return made, unpacked(made)


def unpacked(made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kept(section, curator, **asked) -> SiteArchive:
    made, _ = packed(section, **asked)
    return site_archives.keep(section, made, on=TODAY, by=curator)


def pages(found: dict[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in found.items() if name.endswith(".html")}


@pytest.mark.req("R-901")
def test_the_archive_is_whole_and_every_link_of_it_leads_to_a_file(section, school, curator, head, person):  # fmt: skip
    order = approve(send(make_package(curator), curator), head, number="80/8")
    fill(school, curator, person)
    _, found = packed(section)
    assert {"index.html", "news/index.html", "news/page-2/index.html", "public.css", "theme.css", "favicon.svg", "feed.xml", "calendar.ics", f"documents/{order.pk}.pdf", "policy/index.html", "accessibility/index.html"} <= set(found)  # fmt: skip
    assert len([name for name in found if re.fullmatch(r"news/\d+/index.html", name)]) == 25
    assert found[f"documents/{order.pk}.pdf"].startswith(b"%PDF")
    lost = []
    for name, page in pages(found).items():
        assert "<script" not in page
        for address in LINK.findall(page):
            path = address.partition("#")[0]
            if path and not re.match(r"https?:|mailto:", path):
                assert not path.startswith("/")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
                lost += [] if target in found else [(name, address)]
    assert lost == []


def test_links_outside_are_the_portals_own(section, school, curator, head, person, settings):
    approve(send(make_package(curator), curator), head, number="80/8")
    fill(school, curator, person)
    _, found = packed(section)
    outside = {one for page in pages(found).values() for one in LINK.findall(page) if re.match(r"https?:", one)}  # fmt: skip
    norms = {one for one in outside if not one.startswith(settings.PUBLIC_URL)}
    assert {one for one in norms if not re.match(r"https?://(publication\.pravo\.gov\.ru|docs\.cntd\.ru)/", one)} == set()  # fmt: skip


@pytest.mark.req("R-910")
def test_nobody_stands_in_the_usual_archive(section, school, curator, person):
    fill(school, curator, person)
    agree(person, addresses=[section.page_address, section.site_address])
    made, found = packed(section)
    told = b"".join(found.values()).decode(errors="ignore")
    assert person.last_name not in told
    assert "Доска почёта" not in told
    assert made.people == set()
    photos = [name for name in found if name.startswith("photos/")]
    assert len(photos) == 1
    assert "Пустой зал" in told
    assert "На сцене" not in told


@pytest.mark.req("R-910")
def test_an_archive_with_people_holds_whoever_agreed_for_the_site(section, school, curator, person):
    fill(school, curator, person)
    consent = agree(person, addresses=[section.page_address])
    other = make_person(school, last_name="Дроздова")
    honour(other, since=TODAY)
    agree(other, "name", addresses=[section.site_address])
    made, found = packed(section, with_people=True)
    told = b"".join(found.values()).decode(errors="ignore")
    assert (person.last_name in told, other.full_name in told) == (False, True)
    assert made.people == {other.pk}
    consent.delete()
    agree(person, addresses=[section.site_address])
    made, found = packed(section, with_people=True)
    told = pages(found)["index.html"]
    assert (person.full_name in told, person.job_title.capitalize() in told, "На сцене" in told) == (True, True, True)  # fmt: skip
    assert len([name for name in found if name.startswith("photos/")]) == 3
    assert person.last_name in found["feed.xml"].decode()
    assert made.people == {person.pk, other.pk}
    archive = site_archives.keep(section, made, on=TODAY, by=curator)
    assert set(archive.people.all()) == {person, other}


def test_people_need_a_page_on_the_site(school, curator):
    section = section_of(school)
    with pytest.raises(RuleError, match="Не выбрана страница"):
        public_archiving.start(section, with_people=True, by=curator)
    section.opened = False
    with pytest.raises(RuleError, match="Раздел закрыт"):
        public_archiving.start(section, with_people=False, by=curator)


def test_a_consent_that_ends_while_the_archive_is_made_stops_it(section, school, curator, person):
    honour(person, since=TODAY)
    consent = agree(person, addresses=[section.site_address])
    made, _ = packed(section, with_people=True)
    consents.withdraw(consent, on=TODAY, by=curator, method="paper")
    with pytest.raises(RuleError, match="Соберите архив ещё раз"):
        site_archives.keep(section, made, on=TODAY, by=curator)
    assert SiteArchive.objects.count() == 0


def test_the_task_keeps_one_archive_and_tells_its_progress(
    section, school, curator, head, django_capture_on_commit_callbacks
):
    publish(curator, publish_on=TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        job = public_archiving.start(section, with_people=False, by=curator)
    pack_section.func(job.pk, with_people=False)  # a second worker finds it done
    job.refresh_from_db()
    archive = SiteArchive.objects.get()
    assert (job.state, job.result, job.done) == (Job.State.DONE, archive.stored, job.total)
    assert (archive.made_by, archive.with_people, archive.people.count()) == (curator, False, 0)
    with zipfile.ZipFile(io.BytesIO(archive.stored.read())) as found:
        assert "index.html" in found.namelist()
    with pytest.raises(PermissionDenied):
        public_archiving.start(section, with_people=False, by=head)


# ---- after a withdrawal -----------------------------------------------------------------------------------
@pytest.fixture
def archive(section, school, curator, person):
    honour(person, since=TODAY)
    agree(person, addresses=[section.site_address], until=TODAY + 9 * DAYS)
    return kept(section, curator, with_people=True)


def told(person, event="archive.replace") -> list[str]:
    return list(Notice.objects.filter(person=person, event=event).values_list("title", flat=True))


def replace_by(archive) -> dt.date | None:
    return SiteArchive.objects.get(pk=archive.pk).replace_by


@pytest.mark.req("R-910")
def test_a_withdrawal_asks_to_replace_the_file_within_three_working_days(archive, curator, head, person, client_for):  # fmt: skip
    later = kept(section_of(person.organization), curator)
    consents.withdraw(person.consents.get(kind="dissemination"), on=TODAY, by=curator, method="paper")  # fmt: skip
    due = terms.due(person.organization, "dissemination_stop", TODAY)
    assert (replace_by(archive), replace_by(later)) == (due, None)
    assert told(curator.person) == [f"Замените файл на сайте до {due:%d.%m.%Y}"]
    assert person.last_name not in Notice.objects.get(event="archive.replace").text
    assert JournalEntry.objects.filter(event="archive.outdated", object_id=archive.pk).count() == 1
    assert not can_read_file(curator, archive.stored)
    assert can_read_file(head, later.stored)
    desk = client_for(curator).get(reverse("home", args=[person.organization.slug])).content.decode()  # fmt: skip
    assert "Заменить на сайте: 1 архив" in desk


def test_a_consent_past_its_term_asks_the_same(archive, curator, person):
    over = TODAY + 10 * DAYS
    consents.expire_due(person.organization, on=over)
    assert replace_by(archive) == terms.due(person.organization, "dissemination_stop", over)


def test_a_person_who_leaves_asks_the_same(archive, curator, person):
    archives_on_sites.follow_leaving(person, on=TODAY, by=curator)
    archives_on_sites.follow_leaving(person, on=TODAY + 5 * DAYS, by=curator)
    assert replace_by(archive) == terms.due(person.organization, "dissemination_stop", TODAY)
    assert len(told(curator.person)) == 1


@pytest.mark.parametrize(("items", "asked"), [(list(PublicItem), False), (["name"], True)])
def test_a_new_consent_asks_the_same_if_it_allows_less_at_the_site(items, asked, archive, section, curator, person):  # fmt: skip
    (request,) = consents.ask([person], "dissemination", on=TODAY, by=curator)
    choices = [{"item": item, "address": section.site_address, "allowed": True} for item in items]
    consents.give(request, on=TODAY, method="paper", by=curator, choices=choices)
    assert (replace_by(archive) is not None) == asked


def test_other_consents_and_other_people_ask_nothing(archive, curator, school, person):
    archives_on_sites.follow_consent(person, on=TODAY, by=curator, kind="data")
    archives_on_sites.follow_consent(make_person(school), on=TODAY, by=curator, kind="dissemination")  # fmt: skip
    assert replace_by(archive) is None
    archives_on_sites.mark_replaced(archive, on=TODAY, by=curator)
    archives_on_sites.follow_leaving(person, on=TODAY, by=curator)
    assert replace_by(archive) is None


def test_the_last_day_and_each_week_after_it_are_reminded_until_it_is_done(archive, school, curator, person):  # fmt: skip
    archives_on_sites.follow_leaving(person, on=TODAY, by=curator)
    due = replace_by(archive)
    keys = [[one.key for one in archives_on_sites.unreplaced(school, due + days * DAYS)] for days in (-1, 0, 1, 8)]  # fmt: skip
    assert [len(one) for one in keys] == [0, 1, 1, 1]
    assert len({key for one in keys for key in one}) == 3
    archives_on_sites.mark_replaced(archive, on=due, by=curator)
    assert list(archives_on_sites.unreplaced(school, due)) == []
    with pytest.raises(RuleError, match="уже отмечен"):
        archives_on_sites.mark_replaced(archive, on=due, by=curator)


def test_the_daily_command_reminds_of_it(archive, school, curator, person):
    SiteArchive.objects.update(replace_by=TODAY)
    call_command("remind")
    assert told(curator.person) == [f"Замените файл на сайте до {TODAY:%d.%m.%Y}"]


# ---- cabinet ------------------------------------------------------------------------------------------------
def test_the_curator_packs_looks_and_marks_and_the_head_reads(archive, school, curator, head, teacher, stranger, person, client_for):  # fmt: skip
    listing, new = (reverse(name, args=[school.slug]) for name in ("site_archives", "site_archive_new"))  # fmt: skip
    replaced = reverse("site_archive_replaced", args=[school.slug, archive.pk])
    page = client_for(head).get(listing).content.decode()
    assert person.short_name in page
    assert "Файл заменён" not in page
    assert [client_for(one).get(listing).status_code for one in (teacher, stranger)] == [403, 404]
    assert [client_for(one).post(replaced).status_code for one in (head, stranger)] == [403, 404]
    answer = client_for(curator).post(new, {"with_people": "yes"})
    assert answer["Location"] == Job.objects.get().get_absolute_url()
    client_for(curator).post(replaced)
    archive.refresh_from_db()
    assert archive.replaced_on == TODAY
    assert "заменён" in client_for(curator).get(listing).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(rows, archive, section, curator, client_for, django_assert_max_num_queries):  # fmt: skip
    for _ in range(rows - 1):
        kept(section, curator, with_people=True)
    client, address = client_for(curator), reverse("site_archives", args=[section.organization.slug])  # fmt: skip
    with django_assert_max_num_queries(14):
        client.get(address)
