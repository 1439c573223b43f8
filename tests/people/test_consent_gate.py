"""Without a valid data consent nobody but the person, the curator and the head sees the person in the banks."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models.accounts import Role
from tests.factories import make_member, make_person
from tests.people.makers_banks import make_mentee, make_mentor
from tests.people.makers_consents import make_consent

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)
MAKERS = {"mentors": make_mentor, "mentees": make_mentee}
LOST = {
    "never": None,
    "asked": {"state": "asked", "given_on": None},
    "refused": {"state": "refused", "given_on": None, "refused_on": YESTERDAY},
    "expired": {"valid_until": YESTERDAY},
    "withdrawn": {"state": "withdrawn", "withdrawn_on": TODAY},
}


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


@pytest.fixture
def council(school):
    return make_member(school, Role.COUNCIL, Role.STAFF, last_name="Громова")


def text(client, path) -> str:
    answer = client.get(path)
    return answer.getvalue().decode(errors="replace") if answer.status_code == 200 else ""


@pytest.mark.req("R-316")
@pytest.mark.parametrize("bank", ["mentors", "mentees"])
@pytest.mark.parametrize("case", sorted(LOST))
def test_nobody_else_sees_who_has_no_consent(
    school, council, portal_admin, curator, head, client_for, bank, case
):
    hidden = make_person(school, last_name="Невидимова")
    card = MAKERS[bank](hidden, consent=False)
    if LOST[case]:
        make_consent(hidden, **LOST[case])
    MAKERS[bank](make_person(school, last_name="Видимова"))
    for member in (council, portal_admin):
        client = client_for(member)
        page = text(client, url(bank, school))
        assert ("Видимова" in page, "Невидимова" in page) == (True, False)
        assert "1</strong> человек" in page or "1 человек" in " ".join(page.split())
        for query in ("?q=Невидимова", "?state=candidate", "?export=xlsx"):
            assert "Невидимова Мария" not in text(client, url(bank, school) + query)
        assert client.get(card.get_absolute_url()).status_code == 404
    for member in (curator, head):
        page = text(client_for(member), url(bank, school))
        assert page.count("Не показаны: нет согласия (1)") == 1
        assert client_for(member).get(card.get_absolute_url()).status_code == 200


@pytest.mark.req("R-316")
def test_the_export_leaves_them_out_for_the_curator_too(school, curator, client_for):
    from io import BytesIO

    from openpyxl import load_workbook

    make_mentor(make_person(school, last_name="Невидимова"), consent=False)
    make_mentor(make_person(school, last_name="Видимова"))
    answer = client_for(curator).get(url("mentors", school) + "?export=xlsx")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert [row[0].value.split()[0] for row in sheet.iter_rows(min_row=2)] == ["Видимова"]


@pytest.mark.req("R-316")
def test_the_person_sees_the_own_card_and_why_it_is_hidden(school, teacher, client_for):
    card = make_mentee(teacher.person, consent=False)
    page = text(client_for(teacher), card.get_absolute_url())
    assert "Согласие ещё не запрошено. Запросите его." in page


def test_a_colleague_sees_no_card_at_all(school, teacher, client_for):
    card = make_mentee(make_person(school, last_name="Орлова"))
    assert client_for(teacher).get(card.get_absolute_url()).status_code == 403


def test_the_staff_list_keeps_the_person_without_a_consent(school, curator, client_for):
    make_mentor(make_person(school, last_name="Невидимова"), consent=False)
    assert "Невидимова" in text(client_for(curator), url("people", school))


def test_candidates_without_a_consent_are_not_offered_to_the_head(school, head, client_for):
    make_mentee(make_person(school, last_name="Невидимова"), consent=False)
    make_mentee(make_person(school, last_name="Видимова"))
    page = text(client_for(head), url("bank_approve", school))
    assert ("Видимова" in page, "Невидимова" in page) == (True, False)


def test_the_psychologist_sees_own_cases_only(school, curator, client_for):
    from people.services import notes

    psychologist = make_member(school, Role.PSYCHOLOGIST, Role.STAFF, last_name="Тихонова")
    mine = make_mentee(make_person(school, last_name="Видимова"))
    make_mentee(make_person(school, last_name="Другая"))
    notes.open_case(mine.person, psychologist=psychologist, on=TODAY, by=curator)
    page = text(client_for(psychologist), url("mentees", school))
    assert ("Видимова" in page, "Другая" in page) == (True, False)


@pytest.mark.req("R-213")
def test_the_administrator_sees_the_list_but_no_request_and_no_note(
    school, portal_admin, curator, client_for
):
    from people.services import notes

    person = make_person(school, last_name="Видимова")
    card = make_mentee(person, request="Личный запрос", mentor_wishes="Тихий наставник")
    note = notes.add_note(
        person, kind="third_party", author_role="methodist", text="сведения", on=TODAY, by=curator
    )
    client = client_for(portal_admin)
    page = text(client, card.get_absolute_url())
    assert ("Видимова" in page, "Личный запрос" in page, "Тихий наставник" in page) == (True, False, False)  # fmt: skip
    codes = [client.get(path).status_code for path in (url("note", school, note.pk), url("person_notes", school, person.pk), url("surveys", school))]  # fmt: skip
    assert codes == [403, 403, 403]
