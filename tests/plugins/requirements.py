"""Pytest plugin: `@pytest.mark.req("R-109", "R-110")` ties a test to rows of requirements.csv.

More than three rows or an unknown row is a collection error. With `--results=FILE` the outcome of
every test, its rows and its seconds are written there as JSON: {"tests": {nodeid: {"outcome", "req", "seconds"}}}. Under
xdist the rows travel in the reports and the controller writes the file.
"""

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

ROWS_FILE = Path(__file__).resolve().parents[1] / "requirements.csv"
MOST_ROWS = 3
# xdist's loadgroup adds «@group» to the id of a test; our file keeps the plain id.
GROUP_SUFFIX = re.compile(r"(?<=[\w\]])@[\w.-]+$")


@cache
def rows() -> dict[str, str]:
    """Row id → Russian title, in the order of the file."""
    with ROWS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["title"] for row in csv.DictReader(file, delimiter=";")}


def rows_of(item: pytest.Item) -> list[str]:
    """Rows named by the marks of a test, of its class and of its module; sorted, each once."""
    return sorted({row for mark in item.iter_markers("req") for row in mark.args})


def fault_of(item: pytest.Item) -> str:
    """What is wrong with the marks of a test, or an empty string."""
    named = rows_of(item)
    unknown = [row for row in named if row not in rows()]
    if unknown:
        return f"{item.nodeid}: unknown requirement {', '.join(map(str, unknown))}"
    if len(named) > MOST_ROWS:
        return f"{item.nodeid}: {len(named)} requirements, at most {MOST_ROWS} a test"
    if not named and item.get_closest_marker("req"):
        return f"{item.nodeid}: mark req names no requirement"
    return ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--results", help="write outcomes and requirement rows of all tests to FILE")


def pytest_configure(config: pytest.Config) -> None:
    target = config.getoption("--results")
    if target and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results(Path(target)), "requirement-results")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """Check the marks of the tests just collected; keep the rows where reports carry them."""
    report = yield
    if report.outcome != "passed":
        return report
    items = [node for node in report.result if isinstance(node, pytest.Item)]
    faults = [fault for item in items if (fault := fault_of(item))]
    if faults:
        report.outcome, report.result = "failed", []
        report.longrepr = "\n".join(faults)
    for item in items:
        item.user_properties.append(("req", rows_of(item)))
    return report


class Results:
    """Gathers the reports of one run and writes them when the session ends."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.tests: dict[str, dict] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        nodeid = GROUP_SUFFIX.sub("", report.nodeid)
        entry = self.tests.setdefault(nodeid, {"outcome": "passed", "req": [], "seconds": 0})
        entry["seconds"] = round(entry["seconds"] + report.duration, 2)
        entry["req"] = dict(report.user_properties).get("req", entry["req"])
        # A failing teardown fails the test; an expected failure is a skip and proves nothing.
        if report.failed:
            entry["outcome"] = "failed"
        elif report.skipped and entry["outcome"] != "failed":
            entry["outcome"] = "skipped"

    def pytest_sessionfinish(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({"tests": self.tests}, ensure_ascii=False)
        self.target.write_text(content, encoding="utf-8")
