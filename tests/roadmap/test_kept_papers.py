"""Papers in «Мои данные»: every way in which a paper knows a person, at one price."""

import pytest

from roadmap.services import kept_papers, readings
from tests.factories import make_person
from tests.roadmap.makers import approve, fresh, make_curator_order, send

WAYS = ["вы названы в документе", "вы подписали", "ждёт ознакомления", "вам присылали проект", "ваше замечание: Уточните", "ваше решение: согласовано"]  # fmt: skip


def put_through(head, curator) -> None:
    """A paper that names the head, is read, remarked, approved and acknowledged by the head."""
    order = make_curator_order(curator, curators=[head.person_id])
    circulation = readings.circulate(order, readers=[head.person], by=curator)
    readings.add_remark(circulation, clause="", text="Уточните", by=head)
    readings.ask_acknowledgement(order, people=[head.person], by=curator)
    approve(send(fresh(order), curator), head)


@pytest.mark.req("R-214")
def test_papers_are_told_by_every_way_and_cost_the_same_with_one_and_three(
    head, curator, django_assert_num_queries
):
    put_through(head, curator)
    with django_assert_num_queries(6):
        rows = kept_papers.papers(head.person).rows
    assert sorted(row[3] for row in rows) == sorted(WAYS)
    for _ in range(2):
        put_through(head, curator)
    with django_assert_num_queries(6):
        rows = kept_papers.papers(head.person).rows
    assert len(rows) == 3 * len(WAYS)
    assert {row[0] for row in rows} == {rows[0][0]}
    assert kept_papers.papers(make_person(head.organization, last_name="Иная")).rows == []
