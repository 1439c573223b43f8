"""Daily commands run on one host at a time, wherever their timers stand."""

import io
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from mentoring.core.turns import BUSY, turn
from people.models import Notice

pytestmark = pytest.mark.postgres


def test_a_turn_belongs_to_one(db):
    with turn("daily") as first, turn("daily") as second, turn("other") as another:
        assert (first, second, another) == (True, False, True)
    with turn("daily") as again:
        assert again is True


def test_a_turn_ends_with_the_work_that_fails(db):
    with pytest.raises(RuntimeError), turn("daily"):
        raise RuntimeError("the host went down")
    with turn("daily") as again:
        assert again is True


def test_who_waits_gets_the_turn_when_the_first_is_done(db):
    order = []

    def second() -> None:
        with turn("migrate", wait=True) as mine:
            order.append(("second", mine))
        connection.close()

    with turn("migrate", wait=True) as first:
        late = threading.Thread(target=second)
        late.start()
        late.join(0.5)
        order.append(("first", first))
    late.join()
    assert order == [("first", True), ("second", True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a lock of PostgreSQL")
def test_a_turn_ends_with_its_connection(db):
    held = turn("daily")
    assert held.__enter__() is True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
        (holder,) = cursor.fetchone()
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [holder])
    with turn("daily") as again:
        assert again is True
    held.gen.close()


@pytest.mark.parametrize("command", [["remind"], ["purge", "--apply"]])
def test_a_command_that_runs_elsewhere_is_not_run_again(db, school, command):
    out = io.StringIO()
    with turn(command[0]):
        call_command(*command, stdout=out)
    assert out.getvalue().strip() == BUSY
    assert Notice.objects.count() == 0
    call_command(*command, stdout=out)
    assert out.getvalue().count(BUSY) == 1
