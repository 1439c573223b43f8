"""Run all benches: `python -m tests.bench [name …]`. Prints a table, writes var/bench.json.

Exit code 1 when a goal is missed. With names given the file is not written: it holds full runs.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import tests.bench
from tests.bench.timing import Result

ROOT = Path(__file__).resolve().parents[2]
NOT_BENCHES = {"__main__", "timing"}


def names() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return sorted(name for name in found if name not in NOT_BENCHES)


def measure(wanted: list[str]) -> list[Result]:
    results = []
    for name in wanted:
        print(f"{name}…", file=sys.stderr, flush=True)
        results += importlib.import_module(f"tests.bench.{name}").run()
    return results


def table(results: list[Result]) -> str:
    lines = [f"{'замер':<44}{'× основы':>10}{'цель':>8}  итог"]
    lines += [
        f"{result.name:<44}{result.ratio:>10.2f}{result.goal:>8.2f}  "
        f"{'достигнута' if result.met else 'НЕ ДОСТИГНУТА'}"
        for result in results
    ]
    return "\n".join(lines)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    import django

    django.setup()
    results = measure(sys.argv[1:] or names())
    print(table(results))
    if not sys.argv[1:]:
        target = ROOT / "var" / "bench.json"
        target.parent.mkdir(exist_ok=True)
        rows = [result.row() for result in results]
        target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(result.met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
