"""`Person.objects.with_consent(on=day)`: who may be shown where a consent is the ground (R-316)."""

import datetime as dt

import pytest

from people.models import Person
from tests.factories import make_person
from tests.people.makers_consents import make_consent
from tests.people.makers_pupils import make_parent, make_pupil

DAY = dt.date(2026, 11, 20)
YESTERDAY, TOMORROW = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def shown(person: Person, day=DAY) -> bool:
    return Person.objects.with_consent(on=day).filter(pk=person.pk).exists()


@pytest.mark.req("R-316")
@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, True),
        ({"given_on": DAY}, True),
        ({"given_on": TOMORROW}, False),
        ({"valid_until": DAY}, True),
        ({"valid_until": YESTERDAY}, False),
        ({"state": "withdrawn", "withdrawn_on": DAY}, False),
        ({"state": "withdrawn", "withdrawn_on": TOMORROW}, True),
        ({"state": "expired", "replaced_on": DAY}, False),
        ({"state": "asked", "given_on": None}, False),
        ({"state": "refused", "given_on": None}, False),
        ({"kind": "dissemination"}, False),
        ({"kind": "duty"}, False),
    ],
)
def test_only_a_data_consent_in_force_on_the_day_counts(school, over, expected):
    person = make_person(school)
    consent = make_consent(person, **over)
    assert shown(person) == expected
    assert (consent.valid_on(DAY) and consent.kind == "data") == expected


def test_a_fresh_consent_after_a_withdrawal_counts_again(school):
    person = make_person(school)
    make_consent(person, state="withdrawn", withdrawn_on=YESTERDAY)
    make_consent(person, given_on=DAY)
    assert [shown(person, day) for day in (YESTERDAY, DAY)] == [False, True]


@pytest.mark.req("R-307")
@pytest.mark.parametrize(
    ("birth", "kinds", "expected"),
    [
        (dt.date(2012, 11, 21), ["representative"], True),  # 13 years, tomorrow 14
        (dt.date(2012, 11, 21), ["data"], False),
        (dt.date(2012, 11, 20), ["representative"], False),  # 14 today
        (dt.date(2012, 11, 20), ["representative", "data"], True),
        (dt.date(2012, 11, 20), ["data"], False),
        (dt.date(2008, 11, 21), ["data"], False),  # 17, tomorrow 18
        (dt.date(2008, 11, 21), ["representative", "data"], True),
        (dt.date(2008, 11, 20), ["representative"], False),  # 18 today
        (dt.date(2008, 11, 20), ["data"], True),
    ],
)
def test_age_decides_whose_consent_is_needed(school, birth, kinds, expected):
    pupil = make_pupil(school, birth)
    parent = make_parent(pupil)
    for kind in kinds:
        make_consent(pupil, kind, representative=parent if kind == "representative" else None)
    assert shown(pupil) == expected


def test_born_on_29_february_becomes_14_on_1_march(school):
    pupil = make_pupil(school, dt.date(2012, 2, 29))
    make_consent(pupil, "representative", representative=make_parent(pupil))
    assert shown(pupil, dt.date(2026, 2, 27))
    assert shown(pupil, dt.date(2026, 2, 28))
    assert not shown(pupil, dt.date(2026, 3, 1))
