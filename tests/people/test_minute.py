"""The work of each minute: sweep and seal, once or again and again."""

import io

import pytest
from django.core.management import call_command
from django.db import OperationalError

from people.management.commands import minute
from people.models import JournalEntry
from people.services import journal


def test_one_run_sweeps_and_seals(curator):
    journal.record(curator, "person.updated", curator.person)
    out = io.StringIO()
    call_command("minute", stdout=out)
    assert out.getvalue() == (
        "Возвращено в очередь: 0. Снято после трёх попыток: 0. Отмечено сбоев: 0.\n"
        "Печатей: 1. Строк журнала под ними: 1.\n"
    )
    assert JournalEntry.objects.filter(seal=None).count() == 0


def test_a_database_that_is_away_for_a_moment_does_not_end_the_work(curator, monkeypatch):
    """The first minute fails, the second seals, the third is stopped from outside."""
    journal.record(curator, "person.updated", curator.person)
    real, tries, slept = minute.call_command, [], []

    def command(name, **options):
        tries.append(name)
        if len(tries) == 1:
            raise OperationalError("away")
        real(name, **options)

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(minute, "call_command", command)
    monkeypatch.setattr(minute.time, "sleep", sleep)
    monkeypatch.setattr(minute, "close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("minute", "--stay")
    assert tries == ["sweep", "sweep", "seal"]
    assert slept == [60, 60]
    assert JournalEntry.objects.filter(seal=None).count() == 0
