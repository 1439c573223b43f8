"""`manage.py backup` and `restore`: nothing half-done looks whole, nothing is lost when it breaks off."""

import datetime as dt
import errno
import io
import json
import resource
import signal

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring.core.backups import last_backup
from mentoring.portal.backup import making, restoring, schema, tables
from mentoring.portal.backup.archive import Broken, read_through
from mentoring.portal.backup.encryption import Key
from people.models import JournalEntry, JournalSeal, Letter, Notice, Organization, StoredFile
from people.services import after_restore, journal, sealing
from people.services.files import store
from people.tasks import seal_journal
from tests.factories import make_curator, make_person

OPEN = Key()


def run(command: str, *args) -> str:
    out = io.StringIO()
    call_command(command, *args, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def small(curator):
    """A school with a file and a sealed journal."""
    store(b"%PDF-1.4 one", organization=curator.organization, purpose="scan", name="а.pdf", content_type="application/pdf")  # fmt: skip
    for _ in range(3):
        journal.record(curator, "person.updated", curator.person)
    sealing.seal_all(curator.organization_id)
    return curator.organization


@pytest.fixture
def archive(small, tmp_path):
    run("backup", "--to", str(tmp_path / "a.tar"))
    return tmp_path / "a.tar"


def lists() -> dict[str, tuple[int, str]]:
    return {tables.label(model): tables.measure(tables.rows(model)) for model in tables.kept_models()}  # fmt: skip


def left(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_rows_changed_since_are_as_they_were_and_numbers_are_not_given_again(archive, small):
    before = lists()
    number = tables.last_number(StoredFile)
    stored = StoredFile.objects.get()
    Organization.objects.filter(pk=small.pk).update(short_name="Иначе")
    make_person(small)
    stored.file.storage.delete(stored.file.name)
    text = run("restore", str(archive), "--replace")
    assert lists() == before
    assert stored.read() == b"%PDF-1.4 one"
    assert text.splitlines()[-1].endswith("Нарушений: 0.")
    assert tables.last_number(StoredFile) == number
    StoredFile.objects.all().delete()
    fresh = store(b"x", organization=small, purpose="scan", name="б", content_type="image/png")
    assert fresh.pk == number + 1


def test_times_keep_their_microseconds_so_seals_still_hold(archive, small):
    at = list(JournalEntry.objects.order_by("pk").values_list("at", flat=True))
    assert any(moment.microsecond % 1000 for moment in at)
    run("restore", str(archive), "--replace")
    assert list(JournalEntry.objects.order_by("pk").values_list("at", flat=True)) == at


def test_journal_cut_off_after_the_copy_is_told_by_the_head_it_keeps(archive, small):
    manifest = read_through(archive, OPEN)
    seal = JournalSeal.objects.get()
    assert manifest["heads"] == {small.slug: f"1:{seal.digest}"}


def test_database_with_schools_is_replaced_only_on_demand(archive):
    before = lists()
    with pytest.raises(CommandError, match="добавьте --replace"):
        run("restore", str(archive))
    assert lists() == before


def test_restore_that_breaks_off_leaves_the_old_data(archive, small, monkeypatch):
    make_person(small)
    before = lists()

    def away(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "check", away)
    with pytest.raises(CommandError, match="Прежние данные на месте"):
        run("restore", str(archive), "--replace")
    assert lists() == before


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.95])
def test_changed_byte_is_found_before_anything_is_touched(archive, place):
    content = bytearray(archive.read_bytes())
    members = content.rstrip(b"\0")
    at = int(len(members) * place)
    content[at] ^= 1
    archive.write_bytes(content)
    try:
        read_through(archive, OPEN)
    except Broken:
        return
    # Padding between members carries nothing: all that is read is as it was written.
    assert members[at] in (0, 1)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.9])
def test_cut_archive_is_refused(archive, part):
    content = archive.read_bytes().rstrip(b"\0")
    archive.write_bytes(content[: int(len(content) * part)])
    before = lists()
    with pytest.raises(CommandError, match="Архив повреждён или записан не до конца"):
        run("restore", str(archive), "--replace")
    assert lists() == before


def test_archive_of_a_newer_portal_is_refused_with_the_next_step(archive, monkeypatch):
    monkeypatch.setattr(schema, "unknown", lambda migrations: ["people.0999_later"])
    with pytest.raises(CommandError, match=r"нет people\.0999_later\)\. Обновите портал"):
        run("restore", str(archive), "--replace")
    monkeypatch.undo()
    assert schema.unknown({"people": ["0001_initial", "0999_later"]}) == ["people.0999_later"]


def test_older_archive_is_written_and_read_back_with_the_models_of_its_time(small):
    """Their columns stand in another order than today's: the lines must not."""
    state = schema.applied_migrations()
    state["people"] = [name for name in state["people"] if name < "0013"]
    assert ("people", "0012_limit_of_tokens") in schema.leaves(state)
    old = {tables.label(model): model for model in tables.kept_models(schema.models_of(state))}
    assert "seal_id" not in tables.columns(old["people.journalentry"])
    assert "people.journalseal" not in old
    today = {tables.label(model): model for model in tables.kept_models()}
    same = [
        label
        for label in old.keys() & today.keys()
        if sorted(tables.columns(old[label])) == sorted(tables.columns(today[label]))
    ]
    assert any(tables.columns(old[label]) != tables.columns(today[label]) for label in same)
    for label in same:
        names = tables.columns(today[label])
        assert list(tables.rows(old[label], names)) == list(tables.rows(today[label]))


def test_passphrase_and_public_key_lock_the_archive(small, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_PASSPHRASE", "верная")
    run("backup", "--to", str(tmp_path))
    (locked,) = tmp_path.glob("mentoring-*.tar.locked")
    assert b"tables/" not in locked.read_bytes()
    before = lists()
    run("restore", str(locked), "--replace")
    assert lists() == before
    for phrase, words in (("неверная", "Пароль не подходит"), ("", "Архив закрыт паролем")):
        monkeypatch.setenv("BACKUP_PASSPHRASE", phrase)
        with pytest.raises(CommandError, match=words):
            run("restore", str(locked), "--replace")
    secret = pyrage.x25519.Identity.generate()
    run("backup", "--to", str(tmp_path), "--encrypt-to", str(secret.to_public()))
    (sealed,) = tmp_path.glob("mentoring-*.tar.age")
    with pytest.raises(CommandError, match="Укажите файл закрытого ключа"):
        run("restore", str(sealed), "--replace")
    key_file = tmp_path / "key.txt"
    key_file.write_text(f"# ключ\n{secret}\n")
    run("restore", str(sealed), "--replace", "--identity", str(key_file))
    assert lists() == before
    key_file.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(CommandError, match="ключ не тот или файл повреждён"):
        run("restore", str(sealed), "--replace", "--identity", str(key_file))


def test_folder_of_somebody_else_is_named(small, tmp_path, monkeypatch):
    def refused(path, flags):  # root may write anywhere, so the system's refusal is played
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(making, "private", refused)
    with pytest.raises(CommandError, match=rf"^Копия не записана: нет доступа к {tmp_path}.* от имени пользователя портала"):  # fmt: skip
        run("backup", "--to", str(tmp_path))


def test_disk_that_is_full_leaves_the_older_copies_and_nothing_half_done(small, tmp_path):
    run("backup", "--to", str(tmp_path), "--keep", "1")
    before, noted = left(tmp_path), last_backup()
    store(b"x" * 400_000, organization=small, purpose="scan", name="б", content_type="image/png")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
        with pytest.raises(CommandError, match=r"^Копия не записана: .*Прежние копии на месте\.$"):
            run("backup", "--to", str(tmp_path), "--keep", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert left(tmp_path) == before
    assert last_backup() == noted


def test_copy_that_does_not_read_back_is_no_copy(small, tmp_path, monkeypatch):
    def broken(path, key):
        raise Broken("Архив повреждён.")

    monkeypatch.setattr("mentoring.portal.backup.making.read_through", broken)
    with pytest.raises(CommandError, match="не прочиталась после записи"):
        run("backup", "--to", str(tmp_path))
    assert left(tmp_path) == []
    assert last_backup() is None


def test_older_copies_go_only_beyond_the_number_kept(small, tmp_path):
    for day in (1, 2, 3):
        (tmp_path / f"mentoring-2026010{day}-030000.tar").write_bytes(b"old")
    (tmp_path / "mentoring-notes.txt").write_bytes(b"not ours")
    run("backup", "--to", str(tmp_path), "--keep", "2")
    names = left(tmp_path)
    assert names[:1] == ["mentoring-20260103-030000.tar"]
    assert len(names) == 3
    assert "mentoring-notes.txt" in names


def test_file_destroyed_while_copying_is_named_and_does_not_break_the_copy(small, tmp_path):
    stored = StoredFile.objects.get()
    stored.file.storage.delete(stored.file.name)
    text = run("backup", "--to", str(tmp_path / "a.tar"))
    assert "Файлов, которых нет в хранилище: 1" in text
    assert read_through(tmp_path / "a.tar", OPEN)["files"]["names"] == [stored.file.name]


def test_damaged_file_in_the_storage_is_written_anew(archive):
    stored = StoredFile.objects.get()
    default_storage.delete(stored.file.name)
    default_storage.save(stored.file.name, ContentFile(b"damaged"))
    run("restore", str(archive), "--replace")
    assert stored.read() == b"%PDF-1.4 one"


def test_nobody_is_written_to_twice_and_interrupted_tasks_begin_again(school, curator):
    person = curator.person
    common = {"organization": school, "address": "a@school.example", "subject": "т", "text": "т"}
    for state in Letter.State.values:
        Letter.objects.create(state=state, **common)
    notice = Notice.objects.create(organization=school, person=person, event="e.e", key="1", title="т", told_on=dt.date(2026, 11, 1))  # fmt: skip
    task = DBTaskResult.objects.create(
        status="RUNNING", started_at=timezone.now(), args_kwargs={"args": [1], "kwargs": {}},
        task_path=seal_journal.module_path, backend_name="default", run_after=timezone.now(),
    )  # fmt: skip
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    assert after_restore.settle(at, moved=True) == after_restore.Settled(0, 1)
    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)
    assert after_restore.settle(at, moved=False) == after_restore.Settled(2, 0)
    states = sorted(Letter.objects.values_list("state", flat=True))
    assert states == ["dropped", "failed", "failed", "failed", "held", "sent"]
    errors = set(Letter.objects.exclude(error="").values_list("error", flat=True))
    assert errors == {
        "Портал восстановлен из копии от 20.11.2026 03:00: письмо могло уйти раньше. "
        "Отправьте снова, если адресат его не получил."
    }
    notice.refresh_from_db()
    assert notice.told_on is None


def test_each_row_is_one_line_that_is_the_same_everywhere(curator):
    make_curator(curator.organization, name_forms={"я": 1, "а": 2})
    for line in tables.rows(type(curator.person)):
        values = json.loads(line)
        assert line == json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
