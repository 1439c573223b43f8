"""Seals of the journal: every line exactly once under one, writers never wait, the chain is one."""

import io
import logging
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from people.journal_chain import FIELDS, Chain, Seal
from people.models import JournalEntry, JournalSeal
from people.services import journal, sealing
from roadmap.services import approvals
from tests.factories import make_curator, make_organization
from tests.roadmap.makers import DAY, make_curator_order, send


def write(member, number: int = 1) -> None:
    for _ in range(number):
        journal.record(member, "person.updated", member.person)


def chain_of(school) -> list[str]:
    """Flaws of the chain as stored, read by the same rule as `verify`."""
    chain, found = Chain(school.pk), []
    for row in JournalSeal.objects.of(school).order_by("number"):
        lines = JournalEntry.objects.filter(seal=row).order_by("pk").values_list(*FIELDS)
        seal = Seal(row.pk, row.number, row.at, row.lines, row.previous, row.digest)
        found += [flaw.text for flaw in chain.look(seal, list(lines))]
    return found


def run(command: str, *args) -> str:
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def test_first_run_seals_the_journal_of_every_school_and_the_next_finds_nothing(
    curator, stranger, monkeypatch
):
    monkeypatch.setattr(sealing, "BATCH", 4)
    write(curator, 9)
    write(stranger, 2)
    assert run("seal") == "Печатей: 4. Строк журнала под ними: 11.\n"
    assert JournalEntry.objects.filter(seal=None).count() == 0
    seals = JournalSeal.objects.of(curator.organization).order_by("number")
    assert list(seals.values_list("number", "lines")) == [(1, 4), (2, 4), (3, 1)]
    assert [row.previous for row in seals] == ["", seals[0].digest, seals[1].digest]
    assert chain_of(curator.organization) == chain_of(stranger.organization) == []
    assert run("seal") == "Печатей: 0. Строк журнала под ними: 0.\n"


def test_schools_with_new_lines_are_found_by_one_query(
    curator, stranger, django_assert_num_queries
):
    write(curator)
    write(stranger)
    with django_assert_num_queries(1):
        assert len(sealing.waiting()) == 2
    sealing.seal_all(curator.organization_id)
    assert list(sealing.waiting()) == [stranger.organization]


def test_sealing_a_school_costs_the_same_queries_for_one_line_and_for_a_hundred(
    curator, django_assert_num_queries
):
    for number in (1, 100):
        write(curator, number)
        with django_assert_num_queries(6):
            sealing.seal_all(curator.organization_id)


def test_seal_of_one_school_and_of_a_school_that_is_not_there(curator, stranger):
    write(curator)
    write(stranger)
    run("seal", "--school", curator.organization.slug)
    assert list(sealing.waiting()) == [stranger.organization]
    with pytest.raises(CommandError, match="Организации «нет» нет"):
        run("seal", "--school", "нет")


def test_line_committed_later_with_a_smaller_id_comes_under_the_next_seal(curator):
    write(curator, 3)
    first, second, third = JournalEntry.objects.order_by("pk")
    late = JournalEntry.objects.filter(pk=second.pk).values().get()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_journalentry WHERE id = %s", [second.pk])
    sealing.seal_all(curator.organization_id)
    JournalEntry.objects.create(**late)
    sealing.seal_all(curator.organization_id)
    numbers = dict(JournalEntry.objects.values_list("pk", "seal__number"))
    assert numbers == {first.pk: 1, second.pk: 2, third.pk: 1}
    assert chain_of(curator.organization) == []


def test_approval_seals_its_lines(curator, head, quick_papers):
    order = send(make_curator_order(curator), curator)
    before = JournalSeal.objects.count()
    approvals.approve(order, by=head, dated_on=DAY, signed_on_paper=True)
    assert JournalSeal.objects.count() == before + 1
    assert JournalEntry.objects.filter(seal=None).count() == 0


def test_each_seal_is_a_line_of_the_log(curator, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.INFO, "people.seals")
    write(curator, 2)
    with django_capture_on_commit_callbacks(execute=True):
        (seal,) = sealing.seal_all(curator.organization_id)
    (record,) = caplog.records
    assert record.getMessage() == "seal"
    facts = (record.school, record.number, record.lines, record.digest)
    assert facts == (seal.organization_id, 1, 2, seal.digest)
    assert sealing.heads() == {curator.organization.slug: f"1:{seal.digest}"}


def test_lines_and_seals_have_no_door_for_change(curator):
    write(curator)
    sealing.seal_all(curator.organization_id)
    entry, seal = JournalEntry.objects.get(), JournalSeal.objects.get()
    for row in (entry, seal):
        rows = type(row).objects.filter(pk=row.pk)
        for change in (row.save, row.delete, rows.delete, lambda rows=rows: rows.update(at=DAY)):
            with pytest.raises(TypeError, match="не меняют и не удаляют"):
                change()


def test_a_name_does_not_get_into_a_line(curator):
    with pytest.raises(ValueError, match="not a code"):
        journal.record(curator, "Ветрова", curator.person)
    line = JournalEntry(organization=curator.organization, event="Ветрова", object_type="Мария")
    with pytest.raises(ValidationError) as caught:
        line.full_clean()
    assert set(caught.value.message_dict) == {"event", "object_type"}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_three_writers_at_once_make_one_chain_and_lose_no_line():
    if connection.vendor != "postgresql":
        pytest.skip("на SQLite запись и так идёт по одной")
    school = make_organization()
    curator = make_curator(school)
    stop, failed = threading.Event(), []

    def guarded(work):
        def thread():
            try:
                work()
            except BaseException as error:
                failed.append(error)
            finally:
                connection.close()

        return threading.Thread(target=thread)

    def writer():
        for _ in range(40):
            with transaction.atomic():  # holds the line back for a moment, as a service does
                write(curator, 2)
                connection.cursor().execute("SELECT pg_sleep(0.003)")

    def sealer():
        while not stop.is_set():
            sealing.seal_all(school.pk)

    writers = [guarded(writer) for _ in range(3)]
    sealers = [guarded(sealer) for _ in range(2)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    sealing.seal_all(school.pk)
    assert failed == []
    assert chain_of(school) == []
    assert JournalEntry.objects.exclude(seal=None).count() == 240
    assert sum(JournalSeal.objects.values_list("lines", flat=True)) == 240
    assert JournalSeal.objects.count() > 3
