"""`make test`: two runs, one result file."""

import json

import pytest

from mentoring.deploy import suite
from mentoring.deploy.suite import Run, merged, postgres_url, write_results
from tests import databases


def run(**outcomes: str) -> Run:
    tests = {name: {"outcome": outcome, "req": []} for name, outcome in outcomes.items()}
    return Run("any", {}, tests=tests)


def test_worst_outcome_wins_and_a_pass_outweighs_a_skip():
    sqlite = run(locks="skipped", both="passed", breaks="passed", page="passed")
    postgres = run(locks="passed", both="passed", breaks="failed")
    outcomes = {name: entry["outcome"] for name, entry in merged([sqlite, postgres]).items()}
    assert outcomes == {"locks": "passed", "both": "passed", "breaks": "failed", "page": "passed"}
    assert merged([postgres, sqlite]) == merged([sqlite, postgres])


@pytest.mark.parametrize(
    ("before", "after", "dirty"),
    [
        (("a", False), ("a", False), False),
        (("a", False), ("a", True), True),
        (("a", True), ("a", False), True),
        (("a", False), ("b", False), True),
    ],
)
def test_a_tree_that_moved_during_the_run_is_dirty(tmp_path, monkeypatch, before, after, dirty):
    monkeypatch.setattr(suite, "snapshot", lambda: after)
    write_results([run(one="passed")], before, tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text()) == {
        "commit": "a",
        "dirty": dirty,
        "tests": {"one": {"outcome": "passed", "req": []}},
    }


def test_given_server_is_taken_and_another_database_is_named(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@db.example/x")
    assert postgres_url() == ("postgres://u@db.example/x", "")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    assert postgres_url() == ("", "DATABASE_URL указывает не на PostgreSQL")


def test_without_a_server_the_reason_is_told(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(suite, "LOCAL_SERVER", "postgres://postgres@127.0.0.1:1/mentoring")
    assert postgres_url() == ("", "нет DATABASE_URL и 127.0.0.1:5432 не пускает")


def test_a_test_that_asks_for_no_database_is_not_repeated_on_postgresql(request):
    assert not databases.asked_by(request.node)


def test_a_test_that_asks_for_one_through_a_fixture_is_repeated(request, school):
    assert databases.asked_by(request.node)


@pytest.mark.django_db
def test_a_test_that_asks_for_one_by_its_mark_is_repeated(request):
    assert databases.asked_by(request.node)
