"""What an authority reads: its requests, summaries without hidden figures, reports handed in."""

import datetime as dt

import pytest

from programs.models import ReportFigures
from programs.services import report_requests, report_summary
from tests.api.makers import TODAY, Reader, make_token, reader
from tests.factories import make_curator, make_organization, make_person
from tests.programs.makers_reports import ask, handed_in, make_authority, owed, put_under, staffed
from tests.programs.test_indicators import pair

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def one(region) -> Reader:
    return reader(region.curator, "requests:read")


def young_mentees(school, number: int) -> None:
    """So many young teachers with mentors, and as many without: figures that need protection."""
    for _ in range(number):
        young = TODAY.year - 25
        mentor, mentee, _alone = (make_person(school, birth_year=year) for year in (1970, young, young))  # fmt: skip
        pair(mentor, mentee, starts=dt.date(TODAY.year, 1, 10))


@pytest.mark.req("R-912")
def test_requests_are_listed_with_their_progress(one, region):
    listed = one.json("requests")
    assert [(row["id"], row["state"]) for row in listed["items"]] == [(region.request.pk, "open")]
    assert one.json("requests", state="closed")["count"] == 0
    found = one.json(f"requests/{region.request.pk}")
    assert found["progress"] == {"all": 2, "asked": 2, "submitted": 0, "accepted": 0}
    assert found["due_on"] == TODAY.isoformat()
    assert one.get("requests", state="broken").json()["fields"] == {"state": "Выберите одно из значений: 'open', 'closed'."}  # fmt: skip


def test_a_summary_not_counted_yet_is_404_with_the_next_step(one, region):
    answer = one.get(f"requests/{region.request.pk}/summary")
    assert (answer.status_code, answer.json()["detail"].split(" ")[0]) == (404, "Сводка")


@pytest.mark.req("R-912")
def test_a_summary_has_the_rows_of_the_page_and_no_hidden_figure(one, region):
    small, big = region.schools
    for school, number in ((small, 1), (big, 4)):
        young_mentees(school, number)
    third = make_organization(short_name="Школа третья")
    put_under(third, region.authority)
    report_requests.sync(region.request)
    young_mentees(third, 5)
    request = report_summary.close(region.request, by=region.curator)
    answer = one.json(f"requests/{request.pk}/summary")
    rows = report_summary.shown_rows(request)
    assert [row["id"] for row in answer["items"]] == [row["id"] for row in rows]
    for given, kept in zip(answer["items"], rows, strict=True):
        cells = {cell["code"]: [cell["n"], cell["d"], cell["value"]] for cell in given["figures"]}
        assert cells == kept["values"]
        assert not cells.keys() & set(given["hidden"])
        assert cells.keys() | set(given["hidden"]) == {one["code"] for one in answer["indicators"]}
    hidden = {row["id"]: row["hidden"] for row in answer["items"]}
    assert "I-03" in hidden[small.pk]
    assert [pk for pk, codes in hidden.items() if "I-03" in codes] != [
        small.pk
    ]  # a second one goes along
    assert (answer["final"], answer["instead"], answer["count"]) == (True, None, 4)


def test_a_preliminary_summary_leaves_out_what_needs_protection(one, region):
    young_mentees(region.schools[0], 5)
    report_summary.recount(region.request, by=region.curator)
    answer = one.json(f"requests/{region.request.pk}/summary")
    assert answer["final"] is False
    assert "I-03" not in {row["code"] for row in answer["indicators"]}
    assert "I-03" not in str(answer["items"])


def test_a_second_summary_says_which_one_shows_the_rest(one, region):
    report_summary.close(region.request, by=region.curator)
    second = report_summary.close(ask(region.curator, title="Ещё раз"), by=region.curator)
    answer = one.json(f"requests/{second.pk}/summary")
    assert answer["instead"] == {"title": region.request.title, "organization": region.authority.short_name}  # fmt: skip


def test_a_summary_is_narrowed_and_cut_into_pages(one, region):
    school, other = region.schools
    report_summary.recount(region.request, by=region.curator)
    address = f"requests/{region.request.pk}/summary"
    names = {row["name"] for row in one.json(address)["items"]}
    assert names == {region.authority.short_name, school.short_name, other.short_name}
    assert [row["id"] for row in one.json(address, q=school.short_name.upper())["items"]] == [school.pk]  # fmt: skip
    assert one.json(address, kind="kindergarten")["count"] == 0
    assert one.json(address, place=region.authority.pk)["count"] == 3
    assert one.json(address, place=school.pk)["count"] == 1
    page = one.json(address, limit=1, offset=2)
    assert (page["count"], len(page["items"])) == (3, 1)
    assert one.json(address, state="asked")["count"] == 2


@pytest.mark.req("R-912")
def test_a_report_handed_in_is_read_as_it_was(one, region, staff):
    curator, head = staff
    school, other = region.schools
    row = handed_in(owed(region.request, school), curator, head)
    address = f"requests/{region.request.pk}/submissions"
    states = {item["school"]["id"]: item["state"] for item in one.json(address)["items"]}
    assert states == {school.pk: "submitted", other.pk: "asked"}
    assert one.json(address, state="asked")["count"] == 1
    found = one.json(f"{address}/{school.pk}")
    kept = ReportFigures.objects.get(document=row.document)
    assert {cell["code"]: [cell["n"], cell["d"], cell["value"]] for cell in found["figures"]} == kept.values  # fmt: skip
    assert (found["number"], found["submitted_on"]) == (row.document.number, TODAY.isoformat())
    assert {curator.person.last_name, head.person.last_name} & set(str(found).split()) == set()
    waiting = one.get(f"{address}/{other.pk}")
    assert (waiting.status_code, waiting.json()["detail"].split(",")[0]) == (404, "Отчёт этой организации ещё не представлен. Состояние – в списке submissions.")  # fmt: skip


def test_a_returned_report_is_no_longer_read(one, region, staff):
    school = region.schools[0]
    row = handed_in(owed(region.request, school), *staff)
    report_requests.return_report(row, reason="Исправьте", on=TODAY, by=region.curator)
    address = f"requests/{region.request.pk}/submissions"
    assert one.get(f"{address}/{school.pk}").status_code == 404
    assert one.json(f"requests/{region.request.pk}")["progress"]["asked"] == 2
    assert one.json(address)["count"] == 2


def test_another_authority_and_a_school_read_nothing_of_it(region, staff):
    """The neighbour authority has a request of its own; ours answers like an id of nobody."""
    curator, head = staff
    handed_in(owed(region.request, region.schools[0]), curator, head)
    report_summary.close(region.request, by=region.curator)
    neighbour = make_authority(short_name="Соседнее управление")
    by = make_curator(neighbour)
    put_under(make_organization(), neighbour)
    own = ask(by)
    one = reader(by, "requests:read")
    parts = ("", "/summary", "/submissions", f"/submissions/{region.schools[0].pk}")
    for part in parts:
        answer = one.get(f"requests/{region.request.pk}{part}")
        assert answer.status_code == 404
        assert answer.json() == one.get(f"requests/987654321{part}").json()
    assert [row["id"] for row in one.json("requests")["items"]] == [own.pk]
    assert one.get(f"requests/{own.pk}/submissions/{region.schools[0].pk}").status_code == 404
    school = Reader(make_token(curator, "reports:read"))
    assert {school.get(f"requests/{region.request.pk}{part}").status_code for part in parts} == {
        403
    }


QUERIES = {"requests": 6, "requests/{pk}": 5, "requests/{pk}/summary": 5, "requests/{pk}/submissions": 6, "requests/{pk}/submissions/{school}": 5}  # fmt: skip


@pytest.mark.parametrize("more", [0, 3])
def test_each_address_costs_the_same_with_more_rows(more, one, region, django_assert_num_queries):  # fmt: skip
    school = region.schools[0]
    extra = [make_organization() for _ in range(more)]
    for one_more in extra:
        put_under(one_more, region.authority)
        ask(region.curator, title=f"Запрос {one_more}")
    report_requests.sync(region.request)
    for one_more in [*extra, school]:
        handed_in(owed(region.request, one_more), *staffed(one_more))
    report_summary.close(region.request, by=region.curator)
    one.get("")
    for address, number in QUERIES.items():
        with django_assert_num_queries(number):
            one.json(address.format(pk=region.request.pk, school=school.pk))
