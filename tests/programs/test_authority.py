"""An authority asks, schools answer, the table shows no more than it may (R-912)."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentoring.core.errors import RuleError
from people.models import Notice, Organization
from people.services import organizations, subordination
from programs.documents.authority_report import REPORTED
from programs.models import ReportRequest, ReportSubmission
from programs.services import report_requests, report_summary
from roadmap.models import Document
from roadmap.services import drafts, evidence, plan_templates
from roadmap.services.sending import blockers
from tests.factories import make_member, make_organization, make_person
from tests.programs.makers_reports import (
    END,
    START,
    TODAY,
    ask,
    handed_in,
    make_authority,
    make_observer,
    owed,
    put_under,
    report_in_force,
    staffed,
)
from tests.programs.test_indicators import pair

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def town(db):
    """An authority with its curator and head; two schools under it, a third under nobody."""
    authority = make_authority(slug="town")
    curator, head = staffed(authority)
    schools = [make_organization(slug=f"under-{number}", short_name=f"Школа № {number}") for number in (1, 2)]  # fmt: skip
    for school in schools:
        put_under(school, authority)
    staff = [staffed(school) for school in schools]
    stranger = make_organization(slug="under-none")
    return {"authority": authority, "curator": curator, "head": head, "schools": schools, "staff": staff, "stranger": stranger}  # fmt: skip


def told(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("event", flat=True))


@pytest.mark.req("R-912")
def test_asking_reaches_every_school_under_the_authority_and_nobody_else(town):
    request = ask(town["curator"])
    assert {row.organization for row in request.submissions.all()} == set(town["schools"])
    assert [told(curator.person) for curator, _ in town["staff"]] == [["report_request"]] * 2
    assert ReportSubmission.objects.of(town["stranger"]).count() == 0


def test_asking_costs_the_same_with_few_and_many_schools(town, settings, django_assert_num_queries):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with django_assert_num_queries(22):
        ask(town["curator"])
    for number in range(6):
        school = make_organization(slug=f"more-{number}")
        put_under(school, town["authority"])
        staffed(school)
    with django_assert_num_queries(22):
        ask(town["curator"], start=END, end=END)


@pytest.mark.parametrize("over", [{"end": START - dt.timedelta(days=1)}, {"due_on": TODAY - dt.timedelta(days=1)}, {"on": dt.date(1990, 1, 1)}])  # fmt: skip
def test_a_request_that_makes_no_sense_is_refused(town, over):
    with pytest.raises(Exception, match=r"раньше|прошёл|никто не подчинён"):
        ask(town["curator"], **over)
    assert not ReportRequest.objects.exists()


def test_only_the_curator_of_an_authority_asks(town):
    for member in (town["head"], town["staff"][0][0], make_observer(town["authority"])):
        with pytest.raises(PermissionDenied):
            ask(member)


@pytest.mark.req("R-912")
def test_report_goes_out_comes_back_and_is_accepted(town):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    row = handed_in(owed(request, town["schools"][0]), curator, head)
    with pytest.raises(RuleError, match="что исправить"):
        report_requests.return_report(row, reason=" ", on=TODAY, by=town["curator"])
    report_requests.return_report(row, reason="Нет выводов", on=TODAY, by=town["curator"])
    row.refresh_from_db()
    assert (row.state, row.return_reason, row.document.number) == ("returned", "Нет выводов", f"{row.pk}-и")  # fmt: skip
    assert told(curator.person) == ["report_request", "report_returned"]
    again = handed_in(owed(request, town["schools"][0]), curator, head)
    report_requests.accept(again, on=TODAY, by=town["head"])
    with pytest.raises(RuleError, match="рассмотрен"):
        report_requests.accept(again, on=TODAY, by=town["curator"])
    assert report_summary.progress(request) == {"asked": 1, "submitted": 0, "returned": 0, "accepted": 1, "all": 2}  # fmt: skip


def test_only_a_signed_report_of_this_request_is_handed_in(town):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    row = owed(request, town["schools"][0])
    with pytest.raises(RuleError, match="не составлен"):
        report_requests.submit(row, document=None, on=TODAY, by=curator)
    draft = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"request": row.pk, "author": curator.person_id})  # fmt: skip
    with pytest.raises(RuleError, match="утверждает"):
        report_requests.submit(row, document=draft, on=TODAY, by=curator)
    other = report_in_force(owed(request, town["schools"][1]), *town["staff"][1])
    with pytest.raises(RuleError, match="не по этому"):
        report_requests.submit(row, document=other, on=TODAY, by=curator)
    with pytest.raises(PermissionDenied):
        report_requests.submit(row, document=draft, on=TODAY, by=head)


def test_a_report_cannot_name_the_request_of_another_school(town):
    theirs = owed(ask(town["curator"]), town["schools"][1])
    curator, _ = town["staff"][0]
    with pytest.raises(RuleError, match="Такого запроса нет"):
        drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"request": theirs.pk, "author": curator.person_id})  # fmt: skip


@pytest.mark.req("R-912")
def test_report_says_the_thresholds_of_the_request_and_the_own_ones(town):
    curator, _ = town["staff"][0]
    make_person(town["schools"][0], birth_year=END.year - 40)
    row = owed(ask(town["curator"], young_age=45), town["schools"][0])
    paper = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"request": row.pk, "author": curator.person_id})  # fmt: skip
    assert "не старше 45 лет" in paper.body
    assert "По порогам организации" in paper.body
    assert "не старше 35 лет" in paper.body
    assert paper.figures.young_age == 45


def test_nothing_beyond_the_report_is_told_or_frozen_with_it(town):
    """The authority reads what is frozen: staying, changes and quality of one school are not among it."""
    curator, _ = town["staff"][0]
    with_pairs(town["schools"][0], 2)
    row = owed(ask(town["curator"], young_age=20), town["schools"][0])
    paper = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"request": row.pk, "author": curator.person_id})  # fmt: skip
    assert set(paper.figures.values) == REPORTED
    assert "Закрепление" not in paper.body
    assert "Молодые педагоги" in paper.body.partition("По порогам организации")[2]
    own = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"figures": f"y{TODAY.year}", "author": curator.person_id})  # fmt: skip
    assert set(own.figures.values) == REPORTED


def test_report_without_a_request_asks_for_a_period_and_is_marked_as_sent(town):
    curator, _ = town["staff"][0]
    paper = drafts.create_draft(kind="authority_report", day=TODAY, by=curator, values={"author": curator.person_id}, complete=False)  # fmt: skip
    assert any("Выберите запрос или период" in line for line in blockers(paper))
    drafts.set_values(paper, values={"author": curator.person_id, "figures": f"y{TODAY.year}"}, day=TODAY, by=curator)  # fmt: skip
    assert not any("Выберите" in line for line in blockers(paper))
    with pytest.raises(RuleError, match="подписывает"):
        report_requests.mark_sent(paper, on=TODAY, way="почтой", by=curator)


# --- who is asked when schools move ---


def test_a_school_that_moves_is_asked_by_its_new_authority(town):
    request = ask(town["curator"])
    curator, _ = town["staff"][0]
    other = make_authority(slug="other-town")
    theirs = ask_of(other, town["schools"][1])
    subordination.subordinate(authority=other, starts_on=TODAY, by=curator)
    assert {row.organization for row in request.submissions.all()} == {town["schools"][1]}
    assert owed(theirs, town["schools"][0]).state == "asked"


def ask_of(authority: Organization, school: Organization) -> ReportRequest:
    """A request of another authority, over a school that really is under it."""
    guest = make_organization(slug=f"guest-{authority.slug}")
    put_under(guest, authority)
    return ask(staffed(authority)[0])


def test_what_was_handed_in_stays_with_the_authority_that_asked(town):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    row = handed_in(owed(request, town["schools"][0]), curator, head)
    subordination.subordinate(authority=make_authority(), starts_on=TODAY, by=curator)
    row.refresh_from_db()
    assert row.state == "submitted"
    found = report_summary.close(request, by=town["curator"])
    assert [one["name"] for one in found.summary["rows"]] == ["Управление образования", "Школа № 1", "Школа № 2"]  # fmt: skip


def test_an_organization_has_one_authority_at_a_time_and_no_circles(town):
    curator, _ = town["staff"][0]
    with pytest.raises(RuleError, match="уже подчиняется"):
        subordination.subordinate(authority=town["authority"], starts_on=TODAY, by=curator)
    with pytest.raises(RuleError, match="Выберите орган"):
        subordination.subordinate(authority=town["stranger"], starts_on=TODAY, by=curator)
    region = make_authority(slug="region")
    put_under(town["authority"], region)
    with pytest.raises(RuleError, match="сам подчиняется"):
        subordination.subordinate(authority=town["authority"], starts_on=TODAY, by=staffed(region)[0])  # fmt: skip
    bond = subordination.subordinate(authority=region, starts_on=TODAY, by=curator)
    subordination.release(bond, ends_on=TODAY, by=curator)
    assert subordination.authority_on(town["schools"][0], TODAY - dt.timedelta(days=1)) == town["authority"]  # fmt: skip
    assert subordination.authority_on(town["schools"][0], TODAY) == region
    assert subordination.authority_on(town["schools"][0], TODAY + dt.timedelta(days=1)) is None


def test_nobody_inside_makes_an_organization_an_authority(town):
    curator, _ = town["staff"][0]
    with pytest.raises(RuleError, match="обслуживает портал"):
        organizations.update_organization(by=curator, institution_type="authority")


def test_a_region_asks_through_its_municipalities(town):
    region = make_authority(slug="region")
    put_under(town["authority"], region)
    request = ask(staffed(region)[0])
    assert {row.organization for row in request.submissions.all()} == set(town["schools"])
    assert [row["name"] for row in report_summary.count(request, protected=True)["rows"]] == ["Управление образования", "Управление образования", "Школа № 1", "Школа № 2"]  # fmt: skip


# --- the table ---


def with_pairs(school: Organization, number: int) -> None:
    for _ in range(number):
        pair(make_person(school), make_person(school, birth_year=END.year - 25), starts=START)


def row_of(summary: dict, organization: Organization) -> dict:
    return next(row for row in summary["rows"] if row["id"] == organization.pk)


@pytest.mark.req("R-912", "R-222")
def test_counts_of_the_programme_are_whole_and_small_numbers_of_people_hidden(town):
    first, second = town["schools"]
    with_pairs(first, 1), with_pairs(second, 5)
    for _ in range(3):
        make_person(second, birth_year=END.year - 25)
    request = ask(town["curator"])
    report_summary.recount(request, by=town["curator"])
    request.refresh_from_db()
    assert "I-03" not in request.summary["codes"]
    request = report_summary.close(request, by=town["curator"])
    assert row_of(request.summary, first)["values"]["I-10.3"] == [1, None, 1.0]
    assert row_of(request.summary, town["authority"])["values"]["I-10.3"] == [6, None, 6.0]
    assert "I-03" not in row_of(request.summary, first)["values"]
    assert "I-03" not in row_of(request.summary, second)["values"]
    assert row_of(request.summary, town["authority"])["values"]["I-03"] == [6, 9, 66.7]


def test_a_closed_table_never_changes_and_takes_no_more_reports(town):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    row = owed(request, town["schools"][0])
    paper = report_in_force(row, curator, head)
    before = report_summary.close(request, by=town["curator"]).summary
    with_pairs(town["schools"][0], 4)
    with pytest.raises(RuleError, match="не меняется"):
        report_summary.recount(request, by=town["curator"])
    with pytest.raises(RuleError, match="завершён"):
        report_requests.submit(row, document=paper, on=TODAY, by=curator)
    request.refresh_from_db()
    assert request.summary == before


def test_of_overlapping_periods_only_the_first_table_shows_what_is_protected(town):
    region = make_authority(slug="region")
    put_under(town["authority"], region)
    keeper = staffed(region)[0]
    first = report_summary.close(ask(town["curator"]), by=town["curator"])
    shorter = report_summary.close(ask(keeper, start=END, end=END), by=keeper)
    later = report_summary.close(ask(keeper, start=dt.date(END.year + 1, 1, 1), end=dt.date(END.year + 1, 8, 31)), by=keeper)  # fmt: skip
    assert ["I-05" in one.summary["codes"] for one in (first, shorter, later)] == [True, False, True]  # fmt: skip
    assert shorter.summary["instead"] == [first.title, town["authority"].short_name]


# --- pages ---


def page(name: str, slug: str, *args) -> str:
    return reverse(name, args=[slug, *args])


@pytest.mark.req("R-912")
def test_observer_reads_the_table_and_the_paper_as_it_was_handed_in(town, client_for):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    handed_in(owed(request, town["schools"][0]), curator, head)
    report_summary.close(request, by=town["curator"])
    client = client_for(make_observer(town["authority"]))
    text = client.get(page("report_request", "town", request.pk)).content.decode()
    assert "Школа № 1" in text
    assert "Завершить сбор" not in text
    assert client.get(page("submission", "town", request.pk, "under-1")).status_code == 200
    paper = client.get(page("submission_pdf", "town", request.pk, "under-1"))
    assert paper.content == bytes(ReportSubmission.objects.get(state="submitted").document.files.first().stored.read())  # fmt: skip
    assert client.get(page("submission_pdf", "town", request.pk, "under-2")).status_code == 404
    for name in ("report_request_new", "report_request_close"):
        args = [request.pk] if "close" in name else []
        assert client.get(page(name, "town", *args)).status_code == 403
    assert client.post(page("submission", "town", request.pk, "under-1"), {"accept": "1"}).status_code == 403  # fmt: skip
    assert client.get(f"/s/under-1/documents/{request.submissions.get(state='submitted').document_id}/").status_code == 404  # fmt: skip


def test_a_neighbour_authority_sees_nothing_of_it(town, client_for):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    handed_in(owed(request, town["schools"][0]), curator, head)
    neighbour = make_authority(slug="other-town")
    client = client_for(staffed(neighbour)[0])
    for name, args in (("report_request", []), ("submission", ["under-1"]), ("submission_pdf", ["under-1"])):  # fmt: skip
        assert client.get(page(name, "other-town", request.pk, *args)).status_code == 404
        assert client.get(page(name, "town", request.pk, *args)).status_code == 404


def test_curator_of_the_authority_asks_counts_and_closes_on_the_pages(town, client_for):
    client = client_for(town["curator"])
    data = {"title": "Год", "start": START, "end": END, "on": END, "due_on": TODAY, "note": "", "satisfied_from": 7, "young_age": 35, "young_years": 3, "without_pair_days": 30}  # fmt: skip
    wrong = client.post(page("report_request_new", "town"), {**data, "end": "1999-01-01"})
    assert "заканчивается раньше" in wrong.content.decode()
    client.post(page("report_request_new", "town"), data)
    request = ReportRequest.objects.get()
    job = client.post(page("report_request_count", "town", request.pk), follow=True)
    assert "Открыть" in job.content.decode()
    client.post(page("report_request_count", "town", request.pk), {"close": "1"})
    request.refresh_from_db()
    assert (request.state, "I-05" in request.summary["codes"]) == ("closed", True)
    again = client.post(page("report_request_count", "town", request.pk), {"close": "1"}, follow=True)  # fmt: skip
    assert "больше не меняется" in again.content.decode()


def test_export_gives_the_rows_that_the_page_shows(town, client_for):
    request = report_summary.close(ask(town["curator"]), by=town["curator"])
    answer = client_for(town["curator"]).get(page("report_request", "town", request.pk), {"export": "xlsx", "q": "№ 2"})  # fmt: skip
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["Организация", "Школа № 2"]


def test_pages_cost_the_same_with_few_and_many_schools(town, client_for, django_assert_num_queries):
    client = client_for(town["curator"])
    for name in ("few", "many"):
        if name == "many":
            for number in range(5):
                put_under(make_organization(slug=f"more-{number}"), town["authority"])
        request = ask(town["curator"], title=name)
        report_summary.recount(request, by=town["curator"])
        with django_assert_num_queries(8):
            client.get(page("report_request", "town", request.pk))
        with django_assert_num_queries(6):
            client.get(page("home", "town"))


def test_school_curator_drafts_and_hands_in_on_the_pages(town, client_for):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    row, client = owed(request, town["schools"][0]), client_for(town["staff"][0][0])
    assert f"request={row.pk}" in client.get(page("incoming_requests", "under-1")).content.decode()
    assert "Представить: 1 отчёт" in client.get(page("home", "under-1")).content.decode()
    client.post(page("report_submit", "under-1", row.pk))
    assert owed(request, town["schools"][0]).state == "asked"
    report_in_force(row, curator, head)
    assert "Представить отчёт" in client.get(page("incoming_requests", "under-1")).content.decode()
    client.post(page("report_submit", "under-1", row.pk))
    assert owed(request, town["schools"][0]).state == "submitted"


@pytest.mark.parametrize("query", ["section=99&place=x&kind=нет&state=&page=-1", "q=%00", "place=999999"])  # fmt: skip
def test_garbage_in_the_address_is_as_good_as_nothing(town, client_for, query):
    request = report_summary.close(ask(town["curator"]), by=town["curator"])
    answer = client_for(town["curator"]).get(page("report_request", "town", request.pk) + f"?{query}")  # fmt: skip
    assert answer.status_code == 200


def test_a_member_of_the_authority_without_a_role_in_it_sees_no_requests(town, client_for):
    client = client_for(make_member(town["authority"], "staff"))
    assert client.get(page("home", "town")).status_code == 200
    assert client.get(page("report_requests", "town")).status_code == 403


def test_school_chooses_its_authority_on_its_own_page(town, client_for):
    curator, _ = staffed(town["stranger"])
    client = client_for(curator)
    slug = town["stranger"].slug
    assert "не выбран" in client.get(page("authority", slug)).content.decode()
    client.post(page("authority_choose", slug), {"authority": town["authority"].pk, "starts_on": TODAY})  # fmt: skip
    bond = subordination.Subordination.objects.of(town["stranger"]).get()
    assert bond.authority == town["authority"]
    client.post(page("authority_release", slug, bond.pk), {"ends_on": "1999-01-01"})
    bond.refresh_from_db()
    assert bond.ends_on is None
    client.post(page("authority_release", slug, bond.pk), {"ends_on": TODAY})
    assert "по сей день" not in client.get(page("authority", slug)).content.decode()


def test_line_of_the_roadmap_closes_when_the_report_is_handed_in(town):
    request, (curator, head) = ask(town["curator"]), town["staff"][0]
    year = TODAY.year if TODAY.month >= 9 else TODAY.year - 1
    roadmap = plan_templates.create_roadmap(template="school-21", year_start=year, by=curator)
    handed_in(owed(request, town["schools"][0]), curator, head)
    Document.objects.filter(kind="authority_report").update(dated_on=TODAY)
    evidence.settle(curator.organization, on=TODAY)
    lines = {line.code: line.progress for stage in roadmap.stages.all() for line in stage.activities.filter(code__startswith="authority")}  # fmt: skip
    assert lines == {"authority_data": "done", "authority_report": "done"}
