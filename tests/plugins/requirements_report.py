"""Which requirements are proven: `python -m tests.plugins.requirements_report`.

One line a row, tab-separated, in the order of tests/requirements.csv, then the count. A row is
proven when a test marked with it passed, and none failed, in the last full `make test` of this
very commit.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.plugins.requirements import rows

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "var" / "test-results.json"


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def load(path: Path) -> dict:
    """The result file; empty when `make test` has not run to its end."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def doubt(results: dict, *, head: str, dirty: bool) -> str:
    """Why the results say nothing about the working tree, or an empty string."""
    if not results:
        return "Полного прогона тестов ещё не было. Выполните make test."
    if not head or results["commit"] != head:
        return "Последний make test был на другом коммите. Выполните make test ещё раз."
    if results["dirty"] or dirty:
        return "Есть изменения вне коммита. Зафиксируйте их и выполните make test."
    return ""


def proofs(tests: dict[str, dict]) -> dict[str, list[str]]:
    """Row id → sorted ids of its passed tests; a row with a failed test is left out."""
    passed: dict[str, list[str]] = {}
    failed: set[str] = set()
    for nodeid, entry in sorted(tests.items()):
        for row in entry["req"]:
            if entry["outcome"] == "passed":
                passed.setdefault(row, []).append(nodeid)
            elif entry["outcome"] == "failed":
                failed.add(row)
    return {row: ids for row, ids in passed.items() if row not in failed}


def report(tests: dict[str, dict]) -> list[str]:
    """Lines to print: `id⇥proven⇥tests` or `id⇥UNPROVEN⇥title`, and the count at the end."""
    proven = proofs(tests)
    lines = [
        f"{row}\tproven\t{','.join(proven[row])}" if row in proven else f"{row}\tUNPROVEN\t{title}"
        for row, title in rows().items()
    ]
    return [*lines, f"{len(rows())} rows, {len(proven)} proven"]


def main() -> int:
    results = load(RESULTS)
    note = doubt(results, head=git("rev-parse", "HEAD"), dirty=bool(git("status", "--porcelain")))
    if note:
        print(note, file=sys.stderr)
    print("\n".join(report({} if note else results["tests"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
