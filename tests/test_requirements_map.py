"""The map from requirements to tests: the plugin that marks, and the report that counts."""

import json
from pathlib import Path

import pytest

from tests.plugins import requirements_report
from tests.plugins.requirements import rows
from tests.plugins.requirements_report import doubt, proofs, report

pytest_plugins = ["pytester"]
SAMPLE = """
    import pytest

    @pytest.mark.req("R-109", "R-110")
    @pytest.mark.parametrize("mail", ["a@b.example"])
    def test_passes(mail):
        pass

    @pytest.mark.req("R-110")
    @pytest.mark.xdist_group("one")
    def test_fails():
        assert False

    @pytest.mark.req("R-111")
    def test_skipped():
        pytest.skip("no reason")
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest on a module in a process of its own, with the plugin and without Django."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)

    def inner(source: str, *options: str):
        pytester.makepyfile(test_sample=source)
        plugins = ("-p", "no:django", "-p", "tests.plugins.requirements")
        return pytester.runpytest_subprocess(*plugins, *options)

    return inner


def test_every_row_of_the_requirements_has_a_title():
    assert len(rows()) == 188
    assert [*rows()][:2] == ["R-101", "R-102"]
    assert list(rows())[-1] == "R-916"
    assert all(rows().values())


@pytest.mark.parametrize("options", [(), ("-n2", "--dist=loadgroup")], ids=["one", "xdist"])
def test_outcomes_and_rows_are_written(run, pytester, options):
    run(SAMPLE, "--results=out.json", *options)
    tests = json.loads((pytester.path / "out.json").read_text())["tests"]
    assert all(0 <= entry.pop("seconds") < 60 for entry in tests.values())
    assert tests == {
        "test_sample.py::test_passes[a@b.example]": {
            "outcome": "passed",
            "req": ["R-109", "R-110"],
        },
        "test_sample.py::test_fails": {"outcome": "failed", "req": ["R-110"]},
        "test_sample.py::test_skipped": {"outcome": "skipped", "req": ["R-111"]},
    }


def test_failing_teardown_fails_the_test(run, pytester):
    source = """
        import pytest

        @pytest.fixture
        def broken():
            yield
            raise ValueError

        @pytest.mark.req("R-109")
        def test_it(broken):
            pass
    """
    run(source, "--results=out.json")
    tests = json.loads((pytester.path / "out.json").read_text())["tests"]
    assert tests["test_sample.py::test_it"]["outcome"] == "failed"


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ('"R-109", "R-110", "R-111", "R-112"', "*4 requirements, at most 3 a test*"),
        ('"R-999"', "*unknown requirement R-999*"),
        ("", "*mark req names no requirement*"),
    ],
)
def test_wrong_mark_is_a_collection_error(run, mark, message):
    source = f"import pytest\n@pytest.mark.req({mark})\ndef test_it():\n    pass\n"
    result = run(source)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([message])
    result.assert_outcomes(errors=1)


def test_marks_of_class_and_test_count_together(run):
    source = """
        import pytest

        @pytest.mark.req("R-109", "R-110")
        class TestIt:
            @pytest.mark.req("R-111", "R-112")
            def test_it(self):
                pass
    """
    run(source).stdout.fnmatch_lines(["*4 requirements, at most 3 a test*"])


def test_row_with_a_failed_test_is_not_proven():
    tests = {
        "a": {"outcome": "passed", "req": ["R-109", "R-110"]},
        "b": {"outcome": "failed", "req": ["R-110"]},
        "c": {"outcome": "skipped", "req": ["R-111"]},
        "d": {"outcome": "passed", "req": ["R-109"]},
    }
    assert proofs(tests) == {"R-109": ["a", "d"]}


def test_report_has_a_line_for_each_row_and_the_count():
    lines = report({"t::a": {"outcome": "passed", "req": ["R-109"]}})
    assert len(lines) == 189
    assert "R-109\tproven\tt::a" in lines
    assert f"R-110\tUNPROVEN\t{rows()['R-110']}" in lines
    assert lines[-1] == "188 rows, 1 proven"


@pytest.mark.parametrize(
    ("results", "dirty", "words"),
    [
        ({}, False, "ещё не было"),
        ({"commit": "other", "dirty": False}, False, "на другом коммите"),
        ({"commit": "head", "dirty": True}, False, "вне коммита"),
        ({"commit": "head", "dirty": False}, True, "вне коммита"),
    ],
)
def test_results_of_another_state_prove_nothing(results, dirty, words):
    assert words in doubt(results, head="head", dirty=dirty)


def test_results_of_this_commit_count():
    assert doubt({"commit": "head", "dirty": False}, head="head", dirty=False) == ""


def test_command_prints_unproven_rows_without_a_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(requirements_report, "RESULTS", tmp_path / "none.json")
    assert requirements_report.main() == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "188 rows, 0 proven"
    assert err == "Полного прогона тестов ещё не было. Выполните make test.\n"
