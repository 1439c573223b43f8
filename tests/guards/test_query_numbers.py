"""Lists cost the same with one row and with three; the numbers stand here."""

import pytest
from django.urls import reverse

from programs.services import public_snapshots
from roadmap.services import plan_edit
from tests.factories import make_person
from tests.roadmap.makers import approve, make_curator_order, make_package, make_plan, send

pytestmark = pytest.mark.usefixtures("quick_papers")

# home: one line of queries more for each kind of work it may name (R-218 will keep it under 15).
PAGES = {"home": 6, "documents": 8, "approvals": 8, "people": 9, "roadmaps": 5}


def fill(school, curator, head, times: int) -> None:
    for _ in range(times):
        make_person(school)
        make_plan(curator)
        make_curator_order(curator)
        send(make_curator_order(curator), curator)
        approve(send(make_package(curator), curator), head)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "number"), PAGES.items())
def test_a_list_costs_the_same(
    name, number, rows, client_for, school, head, curator, django_assert_num_queries
):
    fill(school, curator, head, rows)
    client = client_for(curator)
    address = reverse(name, args=[school.slug])
    client.get(address)
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_working_plan_costs_the_same(
    rows, client_for, school, curator, django_assert_max_num_queries
):
    plan = make_plan(curator)
    for number in range(rows):
        plan_edit.add_stage(plan, title=f"Этап {number}", by=curator)
    client = client_for(curator)
    client.get(plan.get_absolute_url())
    with django_assert_max_num_queries(12):
        assert client.get(plan.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_costs_nothing_once_it_is_kept(
    rows, client, school, head, curator, django_assert_num_queries, django_assert_max_num_queries
):
    fill(school, curator, head, rows)
    address = reverse("public", args=[school.slug])
    client.get(address)  # makes the row of the section
    public_snapshots.forget(school.slug)
    with django_assert_max_num_queries(25):
        client.get(address)
    with django_assert_num_queries(0):
        client.get(address)
