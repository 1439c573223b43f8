"""Terms and norms: the fixture, own values, working days of the school, the page."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import CalendarDay, TermSetting
from people.services import calendar, terms

DAY = dt.date(2026, 11, 20)


def test_fixture_names_a_source_for_every_term():
    for term in terms.usual_terms().values():
        assert term.norm, term.code
        assert term.group in terms.GROUPS, term.code
        assert term.words, term.code
        if term.bound:
            assert term.usual >= 1, term.code


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        # 20 November 2026 is a Friday; the next days off are 21–22 November.
        ("dissemination_stop", "2026-11-20", "2026-11-25"),
        ("stop_on_demand", "2026-11-20", "2026-12-04"),
        ("destroy_after_withdrawal", "2026-11-20", "2026-12-20"),
        ("consents", "2026-11-20", "2029-11-20"),
        # 31 December 2026 is off by the Government, 1–10 January 2027 by art. 112 and the weekend.
        ("mentor_notice", "2026-12-29", "2027-01-12"),
    ],
)
def test_due_counts_by_unit_and_calendar(school, code, day, expected):
    found = terms.due(school, code, dt.date.fromisoformat(day))
    assert found == dt.date.fromisoformat(expected)


def test_own_day_of_the_school_moves_the_term(school, other_school, curator):
    calendar.set_day(day=dt.date(2026, 11, 23), working=False, title="Карантин", by=curator)
    assert terms.due(school, "dissemination_stop", DAY) == dt.date(2026, 11, 26)
    assert terms.due(other_school, "dissemination_stop", DAY) == dt.date(2026, 11, 25)


def test_a_holiday_may_be_made_working_but_not_repeated(school, curator):
    with pytest.raises(RuleError, match="и так выходной"):
        calendar.set_day(day=dt.date(2026, 11, 4), working=False, title="Праздник", by=curator)
    row = calendar.set_day(day=dt.date(2026, 11, 4), working=True, title="Дежурство", by=curator)
    assert dt.date(2026, 11, 4) in calendar.exceptions(school, DAY).working
    calendar.set_day(day=row.day, working=True, title="Рабочий по приказу", by=curator)
    assert CalendarDay.objects.of(school).get().title == "Рабочий по приказу"
    calendar.remove_day(row, by=curator)
    assert dt.date(2026, 11, 4) in calendar.exceptions(school, DAY).off


def change(code, value, by, note="Положение, п. 5"):
    return terms.change_term(code, value=value, note=note, on=DAY, by=by)


def test_own_term_longer_than_not_less_is_kept(school, other_school, curator):
    change("consents", 5, curator)
    assert terms.term(school, "consents").words == "5 лет"
    assert terms.term(other_school, "consents").words == "3 года"
    assert terms.passed_for(school, "consents", DAY) == dt.date(2021, 11, 19)


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        ("consents", 2, "Норма требует не менее 3 лет"),
        ("destroy_after_withdrawal", 31, "Норма разрешает не более 30 дней"),
        ("orders_core", 5, "здесь не меняют"),
        ("mentor_notice", 5, "здесь не меняют"),
        ("survey_answers", 0, "от 1 до 100"),
    ],
)
def test_a_term_against_the_norm_is_refused(school, curator, code, value, sentence):
    with pytest.raises(RuleError, match=sentence):
        change(code, value, curator)
    assert not TermSetting.objects.exists()


def test_own_term_needs_its_basis_and_the_norm_takes_it_away(school, curator):
    with pytest.raises(RuleError, match="локальным актом"):
        change("survey_answers", 2, curator, note=" ")
    change("survey_answers", 2, curator)
    assert change("survey_answers", 3, curator, note="") is None
    assert not TermSetting.objects.of(school).exists()


def test_teacher_changes_no_term(school, teacher):
    with pytest.raises(PermissionDenied):
        change("consents", 5, teacher)


def test_page_shows_every_term_with_its_source(school, head, client_for, django_assert_num_queries):
    client, url = client_for(head), reverse("terms", args=[school.slug])
    page = client.get(url).content.decode()
    assert page.count('data-label="По норме"') == len(terms.usual_terms())
    assert "Изменить<" not in page
    assert "152-ФЗ, ст. 21 ч. 5" in page
    found = client.get(url, {"q": "согласия росархив"}).content.decode()
    assert found.count('data-label="По норме"') == 1
    answer = client.get(url, {"export": "xlsx"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    with django_assert_num_queries(5):  # session, user, membership, grants, own terms
        client.get(url)


def test_curator_changes_a_term_on_the_page(school, curator, client_for):
    client = client_for(curator)
    url = reverse("term_edit", args=[school.slug, "consents"])
    refused = client.post(url, {"value": "1", "note": "Положение"})
    assert "Сократить срок нельзя" in refused.content.decode()
    assert client.post(url, {"value": "4", "note": "Положение, п. 5"}).status_code == 302
    assert TermSetting.objects.of(school).get().value == 4
    assert client.get(reverse("term_edit", args=[school.slug, "orders_core"])).status_code == 404
    assert client.get(reverse("term_edit", args=[school.slug, "nothing"])).status_code == 404


def test_calendar_page_adds_and_removes_a_day(school, curator, stranger, client_for):
    client, url = client_for(curator), reverse("calendar_days", args=[school.slug])
    assert "Рождество Христово" in client.get(url).content.decode()
    client.post(url, {"day": "2026-11-23", "working": "0", "title": "Карантин"})
    row = CalendarDay.objects.of(school).get()
    assert (row.day, row.working) == (dt.date(2026, 11, 23), False)
    empty = client.post(url, {"day": "завтра", "working": "", "title": ""}).content.decode()
    assert "Введите правильную дату" in empty
    remove = reverse("calendar_day_remove", args=[school.slug, row.pk])
    foreign = reverse("calendar_day_remove", args=[stranger.organization.slug, row.pk])
    assert client_for(stranger).post(foreign).status_code == 404
    assert client.get(remove).status_code == 405
    client.post(remove)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("teacher", 403), ("stranger", 404), ("head", 200)])
def test_who_reads_terms_and_calendar(school, client_for, request, who, code):
    client = client_for(request.getfixturevalue(who))
    for name in ("terms", "calendar_days"):
        assert client.get(reverse(name, args=[school.slug])).status_code == code
    edit = reverse("term_edit", args=[school.slug, "consents"])
    assert client.get(edit).status_code == (404 if who == "stranger" else 403)
