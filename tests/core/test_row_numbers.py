"""Numbers and addresses that no row can have."""

import pytest

from mentoring.core.row_numbers import GREATEST, row_number, row_numbers
from people.models import Membership, Person


@pytest.mark.parametrize(("text", "number"), [
    ("12", 12), ("0", 0), ("٣", 3), (str(GREATEST), GREATEST), (str(GREATEST + 1), None), ("9" * 5000, None),
    ("-1", None), ("1.5", None), ("²", None), ("", None), (None, None), ("a", None),
])  # fmt: skip
def test_a_typed_number_is_a_row_number_or_none(text, number):
    assert row_number(text) == number


def test_what_is_no_number_is_left_out_of_a_list():
    assert row_numbers(["1", "x", str(GREATEST + 1), "2"]) == [1, 2]


def test_too_great_numbers_are_in_no_row(school, teacher):
    pk, great = teacher.person_id, GREATEST + 1
    assert list(Person.objects.filter(pk__in=[pk, great]).values_list("pk", flat=True)) == [pk]
    assert Membership.objects.filter(person__in=[pk, great, -great - 1]).get() == teacher
    assert not Membership.objects.filter(person=great).exists()
    assert not Person.objects.filter(pk__in=[great]).exists()
    assert Membership.objects.exclude(person=great).filter(pk=teacher.pk).exists()


def test_a_path_with_nul_is_not_understood(client):
    answer = client.get("/v/a%00b/")
    assert answer.status_code == 400
    assert "Портал не понял запрос" in answer.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=%%0000", "q=%%%000000&sort=%00"])
def test_a_filter_with_nul_is_as_good_as_an_empty_one(curator, client_for, query):
    address = "/s/school/people/"
    answer = client_for(curator).get(address, QUERY_STRING=query)
    assert (answer.status_code, "\0" in answer.content.decode()) == (200, False)
    assert answer.context["page"].paginator.count == Person.objects.count()


def test_the_api_says_what_is_wrong_with_such_a_parameter(curator):
    from tests.api.makers import reader

    answer = reader(curator, "reports:read").get("reports", kind="a\0b")
    assert (answer.status_code, answer.json()["fields"]) == (
        422, {"kind": "Только латинские буквы и знак «_», как в описании."},
    )  # fmt: skip
