"""What a school reads about itself."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import ApiToken
from programs.models import IndicatorSettings, ReportFigures
from programs.monitoring.registry import INDICATORS
from programs.monitoring.scope import Period
from programs.services import indicators, report_summary
from roadmap.services import drafts, signatures
from tests.api.makers import SCHOOL_SCOPES, TODAY, YEAR, Reader, make_token, reader, report_in_force
from tests.factories import make_head, make_person
from tests.programs.test_indicators import pair

START, END = dt.date(YEAR, 9, 1), dt.date(YEAR + 1, 8, 31)


@pytest.fixture
def one(curator) -> Reader:
    return reader(curator, *SCHOOL_SCOPES)


def test_a_token_says_what_it_is(one, school):
    answer = one.json()
    assert answer["organization"] == school.short_name
    assert answer["scopes"] == sorted(SCHOOL_SCOPES)
    assert answer["expires_on"] == (TODAY + dt.timedelta(days=30)).isoformat()


def test_the_card_names_nobody(one, school, curator, head):
    card = one.json("organization")
    assert card["full_name"] == school.full_name
    assert set(card) == {"id", "slug", "full_name", "short_name", "institution_type", "founder", "address", "place", "phone", "email", "site", "inn", "ogrn"}  # fmt: skip
    assert head.person.last_name not in str(card)


def two_in_a_pair(school) -> None:
    mentor, mentee = (make_person(school, last_name=name) for name in ("Орлова", "Зимина"))
    pair(mentor, mentee, starts=START)


@pytest.mark.req("R-219")
def test_figures_are_those_of_the_page_with_their_thresholds(one, school, other_school):
    two_in_a_pair(school)
    for _ in range(3):
        two_in_a_pair(other_school)
    IndicatorSettings.objects.create(organization=school, young_age=30)
    answer = one.json("indicators", start=START.isoformat(), end=END.isoformat(), on=END.isoformat())  # fmt: skip
    expected = indicators.of_school(school, Period(START, END, END))
    assert [(row["code"], row["n"], row["d"], row["value"]) for row in answer["figures"]] == [
        (code, value.n, value.d, value.value) for code, value in expected.items()
    ]
    shown = {row["code"]: row["n"] for row in answer["figures"]}
    assert (shown["I-10.1"], shown["I-10.2"], shown["I-10.3"]) == (1, 1, 1)
    assert answer["thresholds"] == {"satisfied_from": 7, "young_age": 30, "young_years": 3, "without_pair_days": 30}  # fmt: skip
    assert len(answer["figures"]) == len(INDICATORS)


def test_without_dates_the_figures_are_of_this_school_year(one):
    period = one.json("indicators")["period"]
    assert period == {"start": START.isoformat(), "end": END.isoformat(), "on": TODAY.isoformat()}
    past = one.json("indicators", start="2020-01-01", end="2020-12-31")["period"]
    assert past["on"] == "2020-12-31"


BAD = [
    ({"start": "2026-09-01", "end": "2026-08-31"}, "end", "Период заканчивается раньше, чем начинается."),
    ({"start": "2026-09-01"}, "end", "Укажите обе даты периода: start и end."),
    ({"end": "2026-09-01"}, "start", "Укажите обе даты периода: start и end."),
    ({"on": "31.12.2026"}, "on", "Укажите дату как ГГГГ-ММ-ДД."),
    ({"on": "2026-02-30"}, "on", "Укажите дату как ГГГГ-ММ-ДД."),
    ({"start": "0001-01-01", "end": "2026-01-01"}, "start", "Не меньше 2000-01-01."),
    ({"on": "9999-12-31"}, "on", "Не больше 2100-12-31."),
]  # fmt: skip


@pytest.mark.parametrize(("query", "field", "words"), BAD)
def test_wrong_dates_are_named_in_russian(query, field, words, one):
    answer = one.get("indicators", **query)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {field: words}


LISTS = [
    ({"limit": "101"}, {"limit": "Не больше 100."}),
    ({"limit": "9" * 400}, {"limit": "Не больше 100."}),
    ({"limit": "0"}, {"limit": "Не меньше 1."}),
    ({"limit": "много"}, {"limit": "Укажите целое число."}),
    ({"offset": "-1"}, {"offset": "Не меньше 0."}),
    ({"offset": "99999999999999999999"}, {"offset": "Не больше 1000000."}),
    ({"limit": "", "offset": "1.5"}, {"limit": "Укажите целое число.", "offset": "Укажите целое число."}),
    ({"kind": "я" * 41}, {"kind": "Не длиннее 40 знаков."}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "fields"), LISTS)
def test_wrong_pages_are_named_in_russian(query, fields, one):
    answer = one.get("reports", **query)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)


@pytest.mark.req("R-221")
@pytest.mark.usefixtures("quick_papers")
def test_reports_in_force_give_their_frozen_figures(school, staff):
    curator, head = staff
    two_in_a_pair(school)
    paper = report_in_force(curator, head)
    drafts.create_draft(kind="annual_report", day=TODAY, by=curator, values={"figures": str(YEAR), "author": curator.person_id})  # fmt: skip
    two_in_a_pair(school)  # after the report: what it holds does not move
    one = reader(curator, "reports:read")
    listed = one.json("reports")
    assert (listed["count"], [row["id"] for row in listed["items"]]) == (1, [paper.pk])
    assert "figures" not in listed["items"][0]
    found = one.json(f"reports/{paper.pk}")
    kept = ReportFigures.objects.get(document=paper)
    assert {row["code"]: [row["n"], row["d"], row["value"]] for row in found["figures"]} == kept.values  # fmt: skip
    assert (found["number"], found["kind"], found["period"]["start"]) == ("1", "annual_report", START.isoformat())  # fmt: skip
    assert curator.person.last_name not in str(found)


@pytest.mark.usefixtures("quick_papers")
def test_reports_of_the_neighbour_and_cancelled_ones_are_not_there(staff, stranger, other_school):
    curator, head = staff
    theirs = report_in_force(stranger, make_head(other_school))
    ours = report_in_force(curator, head)
    one = reader(curator, "reports:read")
    assert one.get(f"reports/{theirs.pk}").status_code == 404
    assert one.get(f"reports/{theirs.pk}").json() == one.get("reports/987654321").json()
    assert [row["id"] for row in one.json("reports")["items"]] == [ours.pk]
    signatures.cancel(ours, reason="Ошибка", by=head)
    assert one.get(f"reports/{ours.pk}").status_code == 404
    assert one.json("reports") == {"count": 0, "items": []}


@pytest.mark.usefixtures("quick_papers")
def test_lists_are_cut_into_pages(staff):
    curator, head = staff
    papers = [report_in_force(curator, head, str(number)) for number in range(3)]
    one = reader(curator, "reports:read")
    pages = [one.json("reports", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [page["count"] for page in pages] == [3, 3, 3]
    assert [row["id"] for page in pages for row in page["items"]] == [paper.pk for paper in reversed(papers)]  # fmt: skip
    assert one.json("reports", kind="program")["count"] == 0


WORDS = st.one_of(
    st.text(max_size=30), st.integers().map(str), st.dates().map(str), st.floats().map(str),
    st.sampled_from(["", "null", "0", "-0", "2026-09-01T00:00:00", "2026-W01-1", "١٢", "\x00", "open", "closed"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["start", "end", "on", "limit", "offset", "kind", "state", "q", "place", "x"]
)
ADDRESSES = ["", "organization", "indicators", "reports", "requests", "requests/{pk}/summary", "requests/{pk}/submissions"]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(address=st.sampled_from(ADDRESSES), query=st.dictionaries(NAMES, WORDS, max_size=5))
def test_no_query_breaks_the_api(address, query, region, summarised):
    ApiToken.objects.update(in_minute=0)
    one = Reader(summarised)
    answer = one.get(address.format(pk=region.request.pk), **query)
    assert answer.status_code in (200, 422), (address, query, answer.content.decode())
    if answer.status_code == 422:
        sentences = [answer.json()["detail"], *answer.json()["fields"].values()]
        assert all(any("а" <= letter <= "я" for letter in words.lower()) for words in sentences)
    assert not connection.needs_rollback


@pytest.fixture
def summarised(region) -> str:
    """A token of the authority, whose request has its summary."""
    report_summary.close(region.request, by=region.curator)
    return make_token(region.curator, *SCHOOL_SCOPES, "requests:read")
