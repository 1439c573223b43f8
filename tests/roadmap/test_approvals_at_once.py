"""Two heads at once: one decision, the other gets a sentence. SQLite writes one at a time by itself."""

import threading

import pytest
from django.db import connection, connections

from mentoring.core.errors import RuleError
from roadmap.models import Approval, Document, DocumentFile
from roadmap.services import approvals, drafts
from tests.factories import make_curator, make_head, make_organization
from tests.roadmap.makers import DAY, approve, fresh, make_curator_order, send

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _only_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("нужен PostgreSQL: на SQLite запись и так идёт по одной")


def at_once(*calls) -> list[str]:
    """Run the calls in threads that start together; «готово» or the sentence of each."""
    barrier, answers = threading.Barrier(len(calls)), [""] * len(calls)

    def run(place: int, call) -> None:
        try:
            barrier.wait(10)
            call()
            answers[place] = "готово"
        except RuleError as error:
            answers[place] = error.message
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def test_two_clicks_at_once_give_one_decision_and_one_file():
    school = make_organization()
    head, curator = make_head(school), make_curator(school)
    order = send(make_curator_order(curator), curator)
    answers = at_once(
        *(
            lambda: approvals.approve(fresh(order), by=head, dated_on=DAY, edition=1)
            for _ in range(2)
        )
    )
    assert answers == sorted(["готово", approvals.STALE])
    assert Approval.objects.filter(step__document=order).count() == 1
    assert DocumentFile.objects.filter(document=order).count() == 1
    assert fresh(order).state == "approved"


def test_two_orders_never_take_one_number():
    school = make_organization()
    head, curator = make_head(school), make_curator(school)
    orders = [send(make_curator_order(curator), curator) for _ in range(2)]
    answers = at_once(
        *(
            lambda order=order: approvals.approve(fresh(order), by=head, dated_on=DAY, number="15")
            for order in orders
        )
    )
    assert answers.count("готово") == 1
    assert any("уже занят" in answer for answer in answers)
    assert sorted(fresh(order).number for order in orders) == ["", "15"]


def test_a_return_and_an_approval_at_once_leave_one_of_them():
    school = make_organization()
    head, curator = make_head(school), make_curator(school)
    order = send(make_curator_order(curator), curator)
    answers = at_once(
        lambda: approvals.approve(fresh(order), by=head, dated_on=DAY, edition=1),
        lambda: approvals.return_to_draft(
            fresh(order), reason="Исправьте дату", by=head, edition=1
        ),
    )
    assert answers.count("готово") == 1
    assert fresh(order).state in ("approved", "draft")


def test_two_clicks_at_once_begin_one_new_edition():
    school = make_organization()
    head, curator = make_head(school), make_curator(school)
    order = approve(send(make_curator_order(curator), curator), head)
    answers = at_once(*(lambda: drafts.amend(fresh(order), day=DAY, by=curator) for _ in range(2)))
    assert answers.count("готово") == 1
    assert Document.objects.filter(replaces=order).count() == 1
