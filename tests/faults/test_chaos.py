"""The short form of `make chaos`, and that its ledger would see what is lost or doubled."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from people.models import JournalEntry, Letter
from people.services import outbox
from roadmap.models import Approval, Document, DocumentFile, SignatureRecord
from tests.chaos.cluster import binaries
from tests.chaos.ledger import reckon
from tests.factories import make_curator, make_head, make_person
from tests.roadmap.makers import approve, make_curator_order, send

KILLS = 6


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="нужен PostgreSQL: его и убивают")
@pytest.mark.skipif(binaries() is None, reason="нет программ PostgreSQL (initdb, postgres)")
def test_nothing_is_lost_or_doubled_while_everything_is_killed(django_db_setup):
    """On a PostgreSQL of its own, which begins as a copy of the migrated database of this run."""
    place = connection.settings_dict
    account = ":".join(filter(None, [place["USER"] or "postgres", place["PASSWORD"]]))
    url = f"postgres://{account}@{place['HOST'] or '127.0.0.1'}:{place['PORT'] or 5432}/{place['NAME']}"
    storm = [sys.executable, "-m", "tests.chaos", "--kills", str(KILLS), "--schools", "1", "--workers", "1", "--copy-of", url]  # fmt: skip
    done = subprocess.run(
        storm, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=400, check=False
    )
    told = done.stdout.splitlines() or [""]
    assert (told[-1], done.returncode) == (f"kills={KILLS} lost=0 doubled=0", 0), done.stdout + done.stderr  # fmt: skip
    assert re.search(r"Сверено: .*\bответ – [1-9]", done.stdout)


@pytest.fixture
def order(school, quick_papers) -> Document:
    curator, head = make_curator(school), make_head(school)
    return approve(send(make_curator_order(curator), curator), head, number="80")


@pytest.fixture
def letter(school) -> Letter:
    person = make_person(school, email="vetrova@school.example")
    return Letter.objects.create(
        organization=school, person=person, address=person.email, subject="Анкета: новая", text="Ответьте", state="sent",
    )  # fmt: skip


def received(path, *letters: tuple[str, str]):
    """What the mail server kept: (Message-ID, subject) of letters to one address."""
    rows = [{"id": pk, "to": ["vetrova@school.example"], "subject": subject} for pk, subject in letters]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_ledger_has_nothing_to_say_about_a_whole_school(order, letter, tmp_path):
    name = outbox.message_id(letter)
    mail = received(tmp_path / "mail", (name, letter.subject), (name, letter.subject))
    found = reckon([], mail)
    assert (found.lost, found.doubled) == ([], [])
    assert found.counted["копии писем с тем же Message-ID"] == 1


@pytest.mark.parametrize(
    ("tamper", "told", "fault"),
    [
        (lambda order: QuerySet(JournalEntry).filter(event="document.in_force").delete(), "lost", "строка «вступил в силу»"),
        (lambda order: again(JournalEntry.objects.get(event="document.approved")), "doubled", "строка «утверждён»"),
        (lambda order: again(SignatureRecord.objects.get()), "doubled", "подписи документа"),
        (lambda order: again(DocumentFile.objects.first()), "doubled", "файлы документа"),
        (lambda order: order.files.first().stored.file.delete(save=False), "lost", "пропал или испорчен"),
        (lambda order: DocumentFile.objects.update(file_hash="0" * 64), "lost", "хеш файла документа"),
        (lambda order: Approval.objects.update(content_hash="0" * 64), "lost", "verify: school"),
    ],
)  # fmt: skip
def test_the_ledger_sees_a_paper_that_is_not_whole(order, tmp_path, tamper, told, fault):
    tamper(order)
    found = reckon([], tmp_path / "mail")
    assert any(fault in line for line in getattr(found, told))


def again(row) -> None:
    """The same row once more."""
    row.pk = None
    row._state.adding = True
    row.save()


@pytest.mark.parametrize(
    ("letters", "lost", "doubled"),
    [
        ([], 1, 0),
        ([("<1@a>", "Анкета: новая"), ("<2@a>", "Анкета: новая")], 0, 1),
        ([("<1@a>", "Анкета: новая"), ("<2@a>", "Никто не писал")], 0, 1),
    ],
)
def test_the_ledger_sees_letters_lost_and_doubled(letter, tmp_path, letters, lost, doubled):
    found = reckon([], received(tmp_path / "mail", *letters))
    assert (len(found.lost), len(found.doubled)) == (lost, doubled)
