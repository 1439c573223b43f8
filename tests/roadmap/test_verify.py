"""`manage.py verify`: each kind of fault, planted past the portal, is found by one line."""

import datetime as dt
import gc
import os
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from people.models import Consent, JournalEntry, JournalSeal, PurgeRun, StoredFile
from people.services import journal, purging, sealing
from people.services.consents import content_hash
from people.services.files import store
from people.verification import Counter, checked
from roadmap.models import Approval, Document, DocumentFile, Edition
from tests.factories import make_curator, make_organization
from tests.guards.test_verify import verify
from tests.people.makers_consents import make_consent
from tests.people.makers_retention import make_old_life
from tests.roadmap.makers import approve, make_curator_order, send

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def kept(curator, head, settings):
    """A school with an order in force, three seals of two and more lines, and a neighbour with a seal."""
    order = approve(send(make_curator_order(curator), curator), head)
    sealing.seal_all(curator.organization_id)  # whatever the approval left
    for _ in range(2):
        for _ in range(3):
            journal.record(curator, "person.updated", curator.person)
        sealing.seal_all(curator.organization_id)
    assert verify() == (0, verify()[1])
    return order


def sql(text: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def plants(order) -> dict[str, tuple]:
    """What is done past the portal: statement, its values; the beginning of the line that tells it."""
    school = order.organization
    seals = list(JournalSeal.objects.of(school).order_by("number"))
    seal, before = seals[-2], seals[-3]
    lines = list(JournalEntry.objects.filter(seal=seal).order_by("pk"))
    edition = Edition.objects.get(document=order)
    paper = DocumentFile.objects.filter(document=order).first()
    approval = Approval.objects.get(edition=edition)
    text = f"{school.slug}\tпечать журнала\t{seal.number}\t"
    entry, seals_table = "people_journalentry", "people_journalseal"
    return {
        "line changed": (f"UPDATE {entry} SET event = %s WHERE id = %s", ["person.created", lines[0].pk],
                         text + "строки изменены или переставлены"),
        "line deleted": (f"DELETE FROM {entry} WHERE id = %s", [lines[1].pk], text + "удалены строки: было 3, осталось 2"),
        "line put in": (f"INSERT INTO {entry} (at, event, object_type, organization_id, seal_id) SELECT at, event, object_type, organization_id, seal_id FROM {entry} WHERE id = %s",
                        [lines[0].pk], text + "вставлены строки: было 3, стало 4"),
        "lines swapped": (f"UPDATE {entry} SET at = CASE WHEN id = %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
                          [lines[0].pk, lines[1].at, lines[0].at, lines[0].pk, lines[1].pk], text + "строки изменены или переставлены"),
        "seal deleted in the middle": (f"DELETE FROM {seals_table} WHERE id = %s", [seal.pk], text + "печать пропала"),
        "seal deleted at the end": (f"DELETE FROM {seals_table} WHERE id = %s", [seals[-1].pk],
                                    f"{school.slug}\tпечать журнала\t{seals[-1].number}\tпечать пропала, под ней строк: 3"),
        "seal changed": (f"UPDATE {seals_table} SET digest = %s WHERE id = %s", ["0" * 64, seal.pk], text + "строки изменены"),
        "chain turned": (f"UPDATE {seals_table} SET previous = %s WHERE id = %s", [before.previous, seal.pk], text + "строки изменены"),
        "line moved to another school": (f"UPDATE {entry} SET organization_id = %s WHERE id = %s", [make_organization().pk, lines[0].pk],
                                         text + "строки изменены"),
        "hash of a file changed": ("UPDATE people_storedfile SET sha256 = %s WHERE id = %s", ["1" * 64, paper.stored_id],
                                   f"{school.slug}\tфайл\t{paper.stored_id}\tсодержимое"),
        "file of a paper exchanged": ("UPDATE roadmap_documentfile SET file_hash = %s WHERE id = %s", ["1" * 64, paper.pk],
                                      f"{school.slug}\tфайл документа\t{paper.pk}\tфайл документа {order.pk} не тот"),
        "row of a file without a name": ("UPDATE people_storedfile SET file = '' WHERE id = %s", [paper.stored_id],
                                         f"{school.slug}\tфайл\t{paper.stored_id}\tфайла «» нет"),
        "file of a paper deleted": ("DELETE FROM roadmap_documentfile WHERE document_id = %s", [order.pk],
                                    f"{school.slug}\tдокумент\t{order.pk}\tу утверждённого документа нет файла"),
        "text of an edition changed": ("UPDATE roadmap_edition SET body = %s WHERE id = %s", ["<p>Иначе</p>", edition.pk],
                                       f"{school.slug}\tдокумент\t{order.pk}\tсодержание редакции 1"),
        "hash of a decision changed": ("UPDATE roadmap_approval SET content_hash = %s WHERE id = %s", ["2" * 64, approval.pk],
                                       f"{school.slug}\tдокумент\t{order.pk}\tрешения по редакции 1 относятся к другому содержанию: 1"),
    }  # fmt: skip


def test_each_kind_of_fault_is_found_by_one_line(kept):
    told = {}
    for name, (text, values, start) in plants(kept).items():
        with transaction.atomic():
            sql(text, *values)
            code, lines = verify()
            transaction.set_rollback(True)
        told[name] = (code, len(lines), lines[0].startswith(start), lines[0])
    assert {name: found for name, found in told.items() if found[:3] != (1, 2, True)} == {}


def test_bytes_changed_or_gone_are_found_by_one_line_and_lonely_bytes_are_a_note(kept, settings):
    stored = DocumentFile.objects.filter(document=kept).first().stored
    path = Path(stored.file.path)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content + b" ")
    slug = kept.organization.slug
    assert verify()[1][:-1] == [
        f"{slug}\tфайл\t{stored.pk}\tсодержимое файла «{stored.file.name}» не то, что было записано. Верните его из резервной копии."
    ]
    path.unlink()
    assert verify()[1][:-1] == [
        f"{slug}\tфайл\t{stored.pk}\tфайла «{stored.file.name}» нет в хранилище. Верните его из резервной копии."
    ]
    path.write_bytes(content)
    lonely = path.with_name("lonely")
    lonely.write_bytes(b"?")
    assert verify()[1][:-1] == []  # may be waiting for the commit of its row
    os.utime(lonely, (1, 1))
    code, lines = verify()
    assert code == 0
    assert lines[0].startswith(f"заметка\t{slug}\tхранилище\t1\t")


def test_head_noted_earlier_finds_a_journal_cut_off_or_written_anew(kept):
    slug = kept.organization.slug
    last = JournalSeal.objects.of(kept.organization).order_by("-number").first()
    head = f"{slug}={last.number}:{last.digest}"
    assert verify("--head", head)[0] == 0
    with transaction.atomic():
        sql("DELETE FROM people_journalentry WHERE seal_id = %s", last.pk)
        sql("DELETE FROM people_journalseal WHERE id = %s", last.pk)
        assert verify()[0] == 0  # the chain alone cannot know
        code, lines = verify("--head", head)
        transaction.set_rollback(True)
    assert (code, len(lines)) == (1, 2)
    assert lines[0].startswith(f"{slug}\tпечать журнала\t{last.number}\tпечати нет")
    code, lines = verify("--head", f"{slug}={last.number}:{'0' * 64}")
    assert lines[0].startswith(f"{slug}\tпечать журнала\t{last.number}\tпечать не та")


def test_consent_is_compared_with_the_name_it_was_signed_with(curator, teacher):
    consent = make_consent(teacher.person)
    Consent.objects.filter(pk=consent.pk).update(content_hash=content_hash(consent))
    person = teacher.person
    person.last_name = "Новикова"
    person.save()
    assert verify()[0] == 0
    sql("UPDATE people_consent SET given_on = %s WHERE id = %s", "2016-01-01", consent.pk)
    code, lines = verify()
    assert (code, len(lines)) == (1, 2)
    assert lines[0].startswith(f"{person.organization.slug}\tсогласие\t{consent.pk}\tсодержание")


def test_destroyed_by_an_act_is_a_note_and_no_fault(school, curator, head):
    make_old_life(make_curator(school, last_name="Давняя").person, curator)
    sealing.seal_all(school.pk)
    purging.purge(school, on=dt.date(2026, 11, 20), by=curator)
    run = PurgeRun.objects.of(school).get()
    act = Document.objects.get(pk=run.act_document_id)
    code, lines = verify()
    assert (code, lines[0]) == (
        0,
        f"заметка\t{school.slug}\tуничтожение данных\t{run.pk}\t"
        f"уничтожено 20.11.2026, акт без номера (документ {act.pk}): записей {len(run.lines)}",
    )
    Document.objects.filter(pk=act.pk).update(number="3-У", dated_on=dt.date(2026, 11, 21))
    code, lines = verify()
    assert code == 0
    assert lines[0].endswith(f"уничтожено по акту № 3-У от 21.11.2026: записей {len(run.lines)}")


@pytest.fixture
def _prompt_collector():
    """The tests let the collector wait long; here garbage must not pass for memory in use."""
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*usual)


@pytest.mark.usefixtures("_prompt_collector")
def test_thousand_files_are_read_in_constant_memory(school):
    stored = store(b"x" * 1_000_000, organization=school, purpose="scan", name="а", content_type="image/png")  # fmt: skip
    values = StoredFile.objects.filter(pk=stored.pk).values().get()
    del values["id"]

    def peak(number: int) -> int:
        StoredFile.objects.bulk_create(StoredFile(**values) for _ in range(number))
        tracemalloc.start()
        assert list(checked(school, Counter({}))) == []
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few = peak(1)
    assert peak(999) < few + 1_000_000


def test_unknown_school_and_broken_head_are_named(school):
    for arguments, words in (
        (["--school", "нет"], "Организации «нет» нет"),
        (["--head", "нет=1:a"], "Организации «нет» нет"),
        (["--head", "12"], "не отметка печати"),
    ):
        with pytest.raises(CommandError, match=words):
            verify(*arguments)
