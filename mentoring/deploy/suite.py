"""The full test run: `python -m mentoring.deploy.suite`.

All tests on SQLite, then on PostgreSQL where one answers. Both results are merged into
var/test-results.json, which `make requirements` reads; a run by hand never writes that file.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from mentoring.deploy import stamps

RESULTS = stamps.ROOT / "var" / "test-results.json"
LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/mentoring"
# The browser and the papers do not depend on the database: once, on SQLite, is enough. Nor do tests that
# never ask for one: pytest-django refuses every query of theirs, so PostgreSQL could not answer otherwise.
ONCE = ["--on-database", "-m", "not browser and not papers and not access and not sqlite"]
RANK = {"skipped": 0, "passed": 1, "failed": 2}


@dataclass
class Run:
    name: str
    environment: dict[str, str]
    options: list[str] = field(default_factory=list)
    code: int = 0
    closing: str = ""
    tests: dict[str, dict] = field(default_factory=dict)

    def go(self) -> None:
        """Run pytest, passing its output through and keeping its closing line."""
        part = RESULTS.with_name(f"test-results-{self.name}.json")
        part.unlink(missing_ok=True)
        print(f"\n=== {self.name} ===", flush=True)
        process = subprocess.Popen(
            [*pytest_command(), f"--results={part}", *self.options],
            cwd=stamps.ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        for line in process.stdout:
            print(line, end="", flush=True)
            self.closing = line.strip() or self.closing
        self.code = process.wait()
        self.tests = stamps.read(part).get("tests", {})


def pytest_command() -> list[str]:
    # One more than cores: tests often wait for a server or Chromium. Each worker holds a database and perhaps
    # a browser: more than four only fight for memory.
    workers = min(4, (os.cpu_count() or 1) + 1)
    return [sys.executable, "-m", "pytest", "-q", "-rs", f"-n{workers}", "--dist=loadgroup"]


def migrate(runs: list[Run]) -> None:
    """A database of each kind is migrated anew, both at once; the workers copy it (tests/databases.py)."""
    command = [sys.executable, "-m", "tests.databases"]
    started = [subprocess.Popen(command, cwd=stamps.ROOT, env=run.environment) for run in runs]
    codes = [process.wait() for process in started]
    if any(codes):
        sys.exit("Миграции не прошли, тесты не начаты.")


def postgres_url() -> tuple[str, str]:
    """(address of a PostgreSQL to test on or "", why there is none)."""
    given = os.environ.get("DATABASE_URL", "")
    if given and not urlsplit(given).scheme.startswith(("postgres", "pgsql")):
        return "", "DATABASE_URL указывает не на PostgreSQL"
    if given:
        return given, ""
    return (
        (LOCAL_SERVER, "")
        if answers(LOCAL_SERVER)
        else ("", "нет DATABASE_URL и 127.0.0.1:5432 не пускает")
    )


def answers(url: str) -> bool:
    import psycopg2

    parts = urlsplit(url)
    try:
        psycopg2.connect(
            host=parts.hostname,
            port=parts.port,
            user=parts.username,
            dbname="postgres",
            connect_timeout=3,
        ).close()
    except psycopg2.Error:
        return False
    return True


def merged(runs: list[Run]) -> dict[str, dict]:
    """One entry a test: the worst outcome of the runs, where a pass outweighs a skip."""
    tests: dict[str, dict] = {}
    for run in runs:
        for nodeid, entry in run.tests.items():
            known = tests.setdefault(nodeid, entry)
            if RANK[entry["outcome"]] > RANK[known["outcome"]]:
                tests[nodeid] = entry
    return tests


def git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=stamps.ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def snapshot() -> tuple[str, bool]:
    """(commit, are there changes outside it), as tests bear witness to one commit only."""
    return git("rev-parse", "HEAD"), bool(git("status", "--porcelain"))


def write_results(runs: list[Run], before: tuple[str, bool], path: Path = RESULTS) -> None:
    after = snapshot()
    content = {
        "commit": before[0],
        "dirty": before[1] or after[1] or before[0] != after[0],
        "tests": merged(runs),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> int:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.unlink(missing_ok=True)
    before = snapshot()
    clean = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    runs, skipped = [Run("sqlite", clean)], []
    url, reason = postgres_url()
    if url:
        runs.append(Run("postgresql", {**clean, "DATABASE_URL": url}, ONCE))
        skipped.append(
            "На PostgreSQL не повторялись тесты браузера, бумаг, чужих номеров и те, что базы не касаются."
        )
    else:
        skipped.append(f"PostgreSQL пропущен: {reason}. Тесты с меткой postgres не выполнялись.")
    migrate(runs)
    for run in runs:
        run.go()
    write_results(runs, before)
    print("", *skipped, sep="\n")
    for run in runs:
        print(f"{run.name}:", run.closing, sep="\n")
    return max(run.code for run in runs)


if __name__ == "__main__":
    sys.exit(main())
