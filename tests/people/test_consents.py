"""Consents from the request to the end, and what the loss of one sets off."""

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from mentoring.core.errors import RuleError
from people import hooks
from people.consent_rules import dissemination, standing, why_hidden
from people.models import Consent, PublicAddress
from people.models.consents import PublicItem
from people.services import consent_signing, consent_texts, consents
from tests.factories import PASSWORD, make_person
from tests.people.makers_pupils import make_parent, make_pupil

DAY = dt.date(2026, 11, 20)
YESTERDAY, TOMORROW = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
State = Consent.State


@pytest.fixture
def signing_school(school):
    school.simple_signature_allowed = True
    school.simple_signature_basis = "приказ от 01.09.2026 № 12"
    school.save()
    return school


@pytest.fixture
def joined(signing_school, teacher, curator):
    """A teacher who joined the rules of the simple signature on paper."""
    consent_signing.record_joining([teacher.person], on=YESTERDAY, by=curator)
    return teacher


@pytest.fixture
def lost(monkeypatch):
    """Calls of the hook."""
    calls = []
    monkeypatch.setattr(
        hooks, "on_consent_lost", [lambda person, **facts: calls.append((person, facts))]
    )
    return calls


def ask(person, curator, kind="data", on=YESTERDAY) -> Consent:
    return consents.ask([person], kind, on=on, by=curator)[0]


def give(consent, curator, on=DAY, **over) -> Consent:
    return consents.give(consent, on=on, method="paper", by=curator, **over)


@pytest.mark.req("R-306", "R-312", "R-316")
def test_a_consent_lives_from_the_request_to_the_withdrawal(curator, teacher, lost):
    person = teacher.person
    consent = ask(person, curator)
    assert standing([person.pk], "data", DAY)[person.pk].why == (
        "Согласие запрошено 19.11.2026 и ещё не дано. Напомните или примите на бумаге."
    )
    given = give(consent, curator)
    assert (given.state, given.valid_until) == ("given", dt.date(2029, 11, 19))
    assert len(given.content_hash) == 64
    assert why_hidden(person, DAY) == ""
    consents.withdraw(given, on=TOMORROW, by=teacher, method="portal")
    assert why_hidden(person, DAY) == ""
    assert why_hidden(person, TOMORROW) == (
        "Согласие отозвано 21.11.2026. Без нового согласия человека нельзя показывать."
    )
    assert lost == [(person, {"on": TOMORROW, "by": teacher, "kind": "data"})]


def test_asking_twice_is_asking_once(curator, teacher):
    ask(teacher.person, curator)
    assert consents.ask([teacher.person], "data", on=DAY, by=curator) == []


def test_only_the_curator_asks(head, teacher):
    with pytest.raises(PermissionDenied):
        consents.ask([teacher.person], "data", on=DAY, by=head)


def test_a_fresh_consent_replaces_the_older_without_a_loss(curator, teacher, lost):
    first = give(ask(teacher.person, curator), curator, on=YESTERDAY)
    second = give(ask(teacher.person, curator, on=DAY), curator)
    first.refresh_from_db()
    assert (first.state, first.replaced_on, second.state) == ("expired", DAY, "given")
    assert [first.valid_on(YESTERDAY), first.valid_on(DAY), second.valid_on(DAY)] == [True, False, True]  # fmt: skip
    assert lost == []


def test_a_refusal_is_an_answer(curator, teacher):
    consent = consents.refuse(ask(teacher.person, curator), on=DAY, by=teacher, method="portal")
    assert consent.state == "refused"
    with pytest.raises(RuleError, match="Согласие уже отказ"):
        give(consent, curator)


def test_expiry_is_written_down_and_told(school, curator, teacher, lost):
    consent = give(ask(teacher.person, curator), curator)
    Consent.objects.filter(pk=consent.pk).update(valid_until=DAY)
    assert consents.expire_due(school, on=DAY) == 0
    assert consents.expire_due(school, on=TOMORROW) == 1
    assert consents.expire_due(school, on=TOMORROW) == 0
    consent.refresh_from_db()
    assert consent.state == "expired"
    assert [facts["kind"] for _, facts in lost] == ["data"]


def test_a_failing_hook_keeps_the_consent(curator, teacher, monkeypatch):
    def refuse(person, **facts):
        raise RuleError("Сначала завершите пару.")

    monkeypatch.setattr(hooks, "on_consent_lost", [refuse])
    consent = give(ask(teacher.person, curator), curator)
    with pytest.raises(RuleError), transaction.atomic():
        consents.withdraw(consent, on=DAY, by=teacher, method="portal")
    consent.refresh_from_db()
    assert consent.state == "given"


def test_nobody_withdraws_for_another_but_the_curator_on_paper(curator, teacher, head):
    consent = give(ask(teacher.person, curator), curator)
    with pytest.raises(PermissionDenied):
        consents.withdraw(consent, on=DAY, by=head, method="paper")
    assert consents.withdraw(consent, on=DAY, by=curator, method="paper").state == "withdrawn"


@pytest.mark.req("R-317")
@pytest.mark.parametrize("kind", ["duty"])
def test_the_duty_consent_is_never_signed_in_the_portal(joined, curator, kind):
    consent = ask(joined.person, curator, kind)
    with pytest.raises(RuleError, match="только на бумаге"):
        consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD)
    assert give(consent, curator).state == "given"


def test_signing_in_the_portal_needs_the_act_and_the_statement(school, teacher, curator):
    consent = ask(teacher.person, curator)
    with pytest.raises(RuleError) as error:
        consent_signing.sign_own(consent, by=teacher, on=DAY, password=PASSWORD)
    assert error.value.message == consent_signing.NO_ACT
    school.simple_signature_allowed, school.simple_signature_basis = True, "приказ № 12"
    school.save()
    consent = Consent.objects.select_related("person__organization").get()
    with pytest.raises(RuleError) as error:
        consent_signing.sign_own(consent, by=teacher, on=DAY, password=PASSWORD)
    assert error.value.message == consent_signing.NO_JOINING


def test_the_password_signs_and_a_wrong_one_does_not(joined, curator):
    consent = ask(joined.person, curator)
    with pytest.raises(RuleError, match="Пароль не подходит"):
        consent_signing.sign_own(consent, by=joined, on=DAY, password="не тот")
    signed = consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD)
    assert (signed.state, signed.method, signed.recorded_by) == ("given", "portal", joined)


def test_guessing_the_password_stops_after_five_tries(joined, curator):
    consent = ask(joined.person, curator)
    for _ in range(5):
        with pytest.raises(RuleError, match="Пароль не подходит"):
            consent_signing.sign_own(consent, by=joined, on=DAY, password="не тот")
    with pytest.raises(RuleError, match="Слишком много попыток"):
        consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD)


def test_tries_are_counted_for_the_account_whatever_the_consent_and_the_cache(joined, curator):
    waiting = [ask(joined.person, curator), ask(joined.person, curator, "dissemination")]
    for place in range(5):
        cache.clear()
        with pytest.raises(RuleError, match="Пароль не подходит"):
            consent_signing.sign_own(waiting[place % 2], by=joined, on=DAY, password="не тот")
    for consent in waiting:
        with pytest.raises(RuleError, match="Слишком много попыток"):
            consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD)


def test_letters_with_codes_are_few(joined, curator):
    consent = ask(joined.person, curator)
    for _ in range(consent_signing.LETTERS):
        consent_signing.send_code(consent, by=joined)
    with pytest.raises(RuleError, match="Проверьте почту"):
        consent_signing.send_code(consent, by=joined)
    assert len(mail.outbox) == consent_signing.LETTERS
    code = mail.outbox[-1].subject.split()[1]
    assert consent_signing.sign_own(consent, by=joined, on=DAY, code=code).state == "given"


def test_a_code_is_for_one_text_and_works_once(joined, curator):
    data, public = ask(joined.person, curator), ask(joined.person, curator, "dissemination")
    consent_signing.send_code(data, by=joined)
    code = mail.outbox[0].subject.split()[1]
    with pytest.raises(RuleError, match="Код не подходит"):
        consent_signing.sign_own(public, by=joined, on=DAY, code=code)
    assert consent_signing.sign_own(data, by=joined, on=DAY, code=code).state == "given"
    again = ask(joined.person, curator, on=DAY)
    with pytest.raises(RuleError, match="Код не подходит"):
        consent_signing.sign_own(again, by=joined, on=DAY, code=code)


def test_nobody_signs_for_another(joined, curator):
    consent = ask(make_person(joined.organization, last_name="Орлова"), curator)
    with pytest.raises(RuleError, match="за другого человека"):
        consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD)


def test_dissemination_is_item_by_item_and_address_by_address(school, joined, curator):
    site = PublicAddress.objects.create(organization=school, url="school.example/nastavnichestvo", title="Сайт")  # fmt: skip
    page = PublicAddress.objects.create(organization=school, url="vk.example/school", title="Сообщество")  # fmt: skip
    consent = ask(joined.person, curator, "dissemination")
    choices = [
        {"item": PublicItem.NAME, "address": site, "allowed": True, "condition": ""},
        {"item": PublicItem.NAME, "address": page, "allowed": False, "condition": ""},
        {"item": PublicItem.PHOTO, "address": page, "allowed": True, "condition": "без учеников"},
    ]
    consent_signing.sign_own(consent, by=joined, on=DAY, password=PASSWORD, choices=choices)
    pk = joined.person_id
    assert dissemination([pk], DAY) == {pk: {("name", site.pk), ("photo", page.pk)}}
    assert dissemination([pk], YESTERDAY) == {pk: set()}
    consents.withdraw(Consent.objects.get(), on=TOMORROW, by=joined, method="portal")
    assert dissemination([pk], TOMORROW) == {pk: set()}


@pytest.mark.req("R-307")
def test_a_pupils_consent_ends_on_the_eve_of_the_18th_birthday(school, curator):
    pupil = make_pupil(school, dt.date(2009, 3, 1))
    make_parent(pupil)
    consent = give(ask(pupil, curator, "representative"), curator)
    assert consent.valid_until == dt.date(2027, 2, 28)


def test_one_of_two_representatives_withdrawing_is_no_loss(school, curator, lost):
    pupil = make_pupil(school, dt.date(2014, 3, 1))
    make_parent(pupil)
    make_parent(pupil, first_name="Пётр", last_name="Соколов", sex="m")
    both = consents.ask([pupil], "representative", on=YESTERDAY, by=curator)
    first, second = [give(row, curator) for row in both]
    consents.withdraw(first, on=DAY, by=curator, method="paper")
    assert lost == []
    consents.withdraw(second, on=DAY, by=curator, method="paper")
    assert [facts["kind"] for _, facts in lost] == ["representative"]


def test_marking_papers_is_all_or_none(school, curator, teacher):
    good = ask(teacher.person, curator)
    other = ask(make_person(school, last_name="Орлова"), curator, on=TOMORROW)
    with pytest.raises(RuleError, match=r"Орлова М. И.: Согласие не может быть дано раньше"):
        consent_signing.record_paper(
            [good, other], outcome="given", on=DAY, saw_original=curator, by=curator
        )
    assert {row.state for row in Consent.objects.all()} == {"asked"}


def test_a_text_somebody_was_asked_with_is_never_changed(curator, teacher):
    consent = ask(teacher.person, curator)
    values = {"title": consent.text.title, "purpose": "новая цель", "data_items": [], "body": "<p>Новый</p>", "term_months": 12}  # fmt: skip
    fresh = consent_texts.save_text(consent.text, by=curator, **values)
    assert (fresh.number, fresh.published_on) == (2, None)
    consent.text.refresh_from_db()
    assert consent.text.purpose != "новая цель"
    other = make_person(curator.organization, last_name="Орлова")
    assert ask(other, curator).text.number == 1
    consent_texts.publish(fresh, on=YESTERDAY, by=curator)
    last = make_person(curator.organization, last_name="Зимина")
    assert ask(last, curator).text.number == 2


def test_a_text_with_gaps_is_not_published(curator, teacher):
    text = ask(teacher.person, curator).text
    values = {"title": text.title, "purpose": "", "data_items": [], "body": "<p>[[учредитель]]</p>", "term_months": None}  # fmt: skip
    fresh = consent_texts.save_text(text, by=curator, **values)
    with pytest.raises(RuleError, match="В тексте не заполнено: учредитель"):
        consent_texts.publish(fresh, on=DAY, by=curator)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 3, 1)),
        (dt.date(2026, 11, 20), 12, dt.date(2027, 11, 20)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 3, 1)),
        (dt.date(2026, 12, 31), 2, dt.date(2027, 3, 1)),
        (dt.date(2026, 10, 31), 1, dt.date(2026, 12, 1)),
    ],
)
def test_months_are_counted_to_the_same_number_or_the_next_first(day, months, expected):
    assert consents.months_after(day, months) == expected


def test_standing_costs_one_query(school, curator, django_assert_num_queries):
    people = [make_person(school, last_name=name) for name in ("Орлова", "Зимина", "Лисова")]
    consents.ask(people, "data", on=DAY, by=curator)
    with django_assert_num_queries(1):
        assert len(standing([person.pk for person in people], "data", DAY)) == 3
