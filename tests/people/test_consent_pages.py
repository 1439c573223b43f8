"""Pages of consents as their users: curator at the desk, teacher on the phone, others outside."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.core.paper_checks import check_print
from people.models import Consent, ConsentText, PublicAddress, SignatureJoining
from people.models.accounts import Role
from people.prints.consents import print_consents
from people.services import consent_signing, consents
from tests.factories import PASSWORD, make_member, make_person
from tests.people.makers_consents import make_consent
from tests.people.prints import png_upload, text_of_pdf

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def asked(curator, teacher):
    return consents.ask([teacher.person], "data", on=YESTERDAY, by=curator)[0]


@pytest.fixture
def joined(school, teacher, curator):
    school.simple_signature_allowed, school.simple_signature_basis = True, "приказ № 12"
    school.save()
    consent_signing.record_joining([teacher.person], on=YESTERDAY, by=curator)


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


@pytest.mark.req("R-306", "R-312")
def test_the_teacher_signs_on_the_phone(school, teacher, asked, joined, client_for):
    client = client_for(teacher)
    page = client.get(url("my_consent", school, asked.pk)).content.decode()
    assert page.count('type="checkbox"') == 0
    client.post(url("my_consent", school, asked.pk), {"password": PASSWORD})
    asked.refresh_from_db()
    assert (asked.state, asked.method) == ("given", "portal")


def test_a_wrong_password_is_said_on_the_page(school, teacher, asked, joined, client_for):
    answer = client_for(teacher).post(url("my_consent", school, asked.pk), {"password": "нет"})
    assert answer.status_code == 200
    assert "Пароль не подходит. Попробуйте ещё раз." in answer.content.decode()


def test_without_the_act_the_page_offers_the_blank(school, teacher, asked, client_for):
    page = client_for(teacher).get(url("my_consent", school, asked.pk)).content.decode()
    assert consent_signing.NO_ACT in page
    assert page.count("Скачать бланк") == 1
    assert page.count("Подписать согласие") == 0


def test_dissemination_keeps_each_choice_of_the_phone(school, teacher, curator, joined, client_for):
    site = PublicAddress.objects.create(organization=school, url="school.example/n", title="Сайт")
    consent = consents.ask([teacher.person], "dissemination", on=YESTERDAY, by=curator)[0]
    page = client_for(teacher).get(url("my_consent", school, consent.pk)).content.decode()
    assert page.count(" checked") == 0
    client_for(teacher).post(
        url("my_consent", school, consent.pk),
        {f"choice-name-{site.pk}": "on", "choice-name-condition": "без отчества", "password": PASSWORD},
    )  # fmt: skip
    chosen = consent.choices.filter(allowed=True).values_list("item", "address", "condition")
    assert list(chosen) == [("name", site.pk, "без отчества")]


@pytest.mark.parametrize("name", ["my_consent", "my_consent_withdraw"])
def test_anothers_consent_is_not_there(school, head, asked, client_for, name):
    assert client_for(head).get(url(name, school, asked.pk)).status_code == 404


def test_refusing_and_withdrawing_from_the_phone(school, teacher, asked, client_for):
    client = client_for(teacher)
    client.post(url("my_consent_refuse", school, asked.pk))
    asked.refresh_from_db()
    assert asked.state == "refused"
    again = Consent.objects.create(
        organization=school, person=teacher.person, kind="data", text=asked.text, state="given",
        asked_on=YESTERDAY, given_on=YESTERDAY, method="paper",
    )  # fmt: skip
    page = client.get(url("my_consent_withdraw", school, again.pk)).content.decode()
    assert "уничтожат в течение 30 дней" in page
    client.post(url("my_consent_withdraw", school, again.pk))
    again.refresh_from_db()
    assert (again.state, again.withdrawn_on) == ("withdrawn", TODAY)


@pytest.mark.req("R-213")
def test_the_administrator_sees_states_and_no_text(school, portal_admin, asked, client_for):
    client = client_for(portal_admin)
    page = client.get(url("consent_register", school)).content.decode()
    assert ("ждёт ответа" in page, url("consent", school, asked.pk) in page) == (True, False)
    for path in (
        url("consent", school, asked.pk), url("consent_pdf", school, asked.pk), url("consent_texts", school),
        url("consent_text", school, asked.text_id), url("consent_register", school) + "?export=xlsx",
        url("person_consents", school, asked.person_id),
    ):  # fmt: skip
        assert client.get(path).status_code == 403


def test_the_curator_marks_many_papers_at_once(school, curator, teacher, asked, client_for):
    other = make_person(school, last_name="Орлова")
    second = consents.ask([other], "data", on=YESTERDAY, by=curator)[0]
    client_for(curator).post(
        url("consent_papers", school),
        {"consent": [asked.pk, second.pk], "outcome": "given", "on": f"{TODAY}", "saw_original": curator.pk},
    )  # fmt: skip
    found = Consent.objects.values_list("state", "method", "saw_original")
    assert list(found) == [("given", "paper", curator.pk)] * 2


def test_a_future_date_or_no_tick_keeps_the_form(school, curator, asked, client_for):
    client = client_for(curator)
    values = {
        "outcome": "given",
        "on": f"{TODAY + dt.timedelta(days=1)}",
        "saw_original": curator.pk,
    }
    page = client.post(url("consent_papers", school), {**values, "consent": [asked.pk]})
    assert "Эта дата ещё не наступила." in page.content.decode()
    assert f'value="{asked.pk}" id="consent-{asked.pk}" checked' in page.content.decode()
    page = client.post(url("consent_papers", school), {**values, "on": f"{TODAY}"})
    assert "Отметьте хотя бы одно согласие." in page.content.decode()


@pytest.mark.papers
@pytest.mark.req("R-306", "R-317")
def test_one_pdf_holds_a_sheet_for_each_consent_in_the_asked_order(
    school, head, curator, teacher, client_for
):
    other = make_person(school, last_name="Абрамова")
    for kind in ("data", "duty"):
        consents.ask([teacher.person, other], kind, on=YESTERDAY, by=curator)
    client = client_for(curator)
    pages = text_of_pdf(client.get(url("consent_blanks", school) + "?sort=person").content)
    flat = " ".join(pages.split())
    places = [flat.index(name) for name in ("Я, Абрамова", "Я, Ветрова")]
    assert places == sorted(places)
    assert flat.count("документ, удостоверяющий личность:") == 2
    assert flat.count("статьёй 351.8") == 0  # neither is in the bank of mentors
    assert flat.count("Директору МБОУ") == 2


@pytest.mark.papers
@pytest.mark.req("R-306", "R-317")
@pytest.mark.parametrize("until", [None, dt.date(2027, 11, 25)])
@pytest.mark.parametrize("months", [0, 12])
@pytest.mark.parametrize("kind", ["data", "dissemination", "representative"])
def test_sheet_reads_well_whatever_its_term_and_the_typed_words(teacher, kind, months, until):
    """A term that ends with «г.» or a purpose typed with a full stop leaves no second one."""
    consent = make_consent(teacher.person, kind, valid_until=until)
    consent.text.purpose, consent.text.term_months = "рассказ о наставничестве.", months
    consent.text.save()
    PublicAddress.objects.create(
        organization=teacher.organization, title="Сайт", url="school.example"
    )
    assert check_print(print_consents([consent], on=TODAY)) == []


def test_scan_is_open_to_the_person_and_the_curator_only(
    school, curator, teacher, head, asked, client_for
):
    client_for(curator).post(
        url("consent_record", school, asked.pk),
        {"on": f"{TODAY}", "saw_original": curator.pk, "scan": png_upload()},
    )
    asked.refresh_from_db()
    path = asked.scan.get_absolute_url()
    colleague = make_member(school, Role.STAFF, last_name="Зимина")
    codes = []
    for member in (curator, teacher, head, colleague):
        answer = client_for(member).get(path)
        if answer.streaming:
            assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"
        codes.append(answer.status_code)
    assert codes == [200, 200, 200, 403]


def test_a_new_version_leaves_the_old_text_with_those_who_signed(
    school, curator, asked, client_for
):
    client = client_for(curator)
    answer = client.post(
        url("consent_text", school, asked.text_id),
        {"title": "Новый заголовок", "purpose": "цель", "data_items": "имя\nдолжность", "body": "<p>Новый</p>", "term_months": 6},
    )  # fmt: skip
    fresh = ConsentText.objects.get(number=2)
    assert answer.url == url("consent_text", school, fresh.pk)
    assert fresh.data_items == ["имя", "должность"]
    client.post(url("consent_publish", school, fresh.pk))
    fresh.refresh_from_db()
    assert fresh.published_on == TODAY
    page = client.get(url("consent", school, asked.pk)).content.decode()
    assert page.count("Новый заголовок") == 0


def test_joining_is_written_down_and_ended(school, curator, teacher, client_for):
    client = client_for(curator)
    client.post(url("joining_new", school), {"people": [teacher.person_id], "on": f"{YESTERDAY}"})
    joining = SignatureJoining.objects.get()
    assert joining.active_on(TODAY)
    client.post(url("joining_end", school, joining.pk))
    joining.refresh_from_db()
    assert not joining.active_on(TODAY)


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_costs_the_same(
    school, curator, client_for, django_assert_num_queries, number
):
    people = [make_person(school, last_name=f"Орлова{letter}") for letter in "абв"[:number]]
    consents.ask(people, "data", on=TODAY, by=curator)
    client = client_for(curator)
    client.get(url("consent_register", school))
    with django_assert_num_queries(6):
        client.get(url("consent_register", school))


def test_statements_of_joining_are_printed_for_those_who_have_not_joined(
    school, curator, head, joined, client_for
):
    answer = client_for(curator).get(url("joining_blanks", school))
    sheets = text_of_pdf(answer.content).split("\f")
    assert len(sheets) == 2  # the curator and the head; the teacher has joined
    assert all("приказ № 12" in sheet for sheet in sheets)
    assert not any("Ветрова" in sheet for sheet in sheets)


def test_without_the_local_act_no_statement_is_printed(school, curator, client_for):
    answer = client_for(curator).get(url("joining_blanks", school), follow=True)
    assert "введите простую подпись локальным актом" in answer.content.decode()
