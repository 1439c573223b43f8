"""What the second `make run` may skip."""

import pytest

from mentoring.deploy import prepare, stamps


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project folder in place of ours."""
    for module, name, path in [
        (stamps, "ROOT", tmp_path),
        (prepare, "ROOT", tmp_path),
        (stamps, "VAR", tmp_path / "var"),
        (stamps, "LOCK", tmp_path / "requirements.lock"),
        (prepare, "DATABASE_STAMP", tmp_path / "var/stamps/database.json"),
    ]:
        monkeypatch.setattr(module, name, path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "people/migrations").mkdir(parents=True)
    (tmp_path / "requirements.lock").write_text("django==5.2\n")
    return tmp_path


def test_new_migration_changes_the_state_and_bytecode_does_not(project):
    state = prepare.database_state()
    (project / "people/migrations/__pycache__").mkdir()
    (project / "people/migrations/__pycache__/x.pyc").write_bytes(b"x")
    assert prepare.database_state() == state
    (project / "people/migrations/0002_new.py").write_text("")
    assert prepare.database_state() != state


def test_database_is_fresh_only_with_its_file_and_its_stamp(project):
    state = prepare.database_state()
    assert not prepare.database_is_fresh(state)
    stamps.write(prepare.DATABASE_STAMP, state=state)
    assert not prepare.database_is_fresh(state)
    (project / "var/db.sqlite3").write_bytes(b"")
    assert prepare.database_is_fresh(state)
    assert not prepare.database_is_fresh("other")


def test_database_of_a_server_is_asked_every_time(project, monkeypatch):
    state = prepare.database_state()
    stamps.write(prepare.DATABASE_STAMP, state=state)
    (project / "var/db.sqlite3").write_bytes(b"")
    monkeypatch.setenv("DATABASE_URL", "postgres://u@db.example/x")
    assert not prepare.database_is_fresh(state)


def test_collected_files_do_not_change_the_state_of_their_sources(project):
    (project / "static").mkdir()
    state = prepare.static_state()
    (project / "var/static").mkdir(parents=True)
    (project / "var/static/site.css").write_text("")
    assert prepare.static_state() == state
    (project / "static/site.css").write_text("")
    assert prepare.static_state() != state


def test_broken_stamp_means_the_work_is_done_again(project):
    prepare.DATABASE_STAMP.parent.mkdir(parents=True)
    prepare.DATABASE_STAMP.write_text("{")
    assert stamps.read(prepare.DATABASE_STAMP) == {}
