"""What can be said about the code without its tests: `python -m mentoring.deploy.check`.

Every check runs, also after a failure, so that one pass shows all there is to mend.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from mentoring.deploy import stamps

BIN = stamps.ROOT / ".venv" / "bin"
PYTHON = BIN / "python"


def production() -> dict[str, str]:
    """Environment of a real installation behind HTTPS, on a database that needs no server."""
    return {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "nastavnik.example",
        "PUBLIC_URL": "https://nastavnik.example",
        "DATABASE_URL": "sqlite://:memory:",
    }


def templates() -> list[Path]:
    found = [*stamps.ROOT.glob("templates/**/*.html"), *stamps.ROOT.glob("*/templates/**/*.html")]
    return sorted(path.relative_to(stamps.ROOT) for path in found)


def checks() -> list[tuple[str, list]]:
    """(what is checked, command) in the order of running: the quick ones first."""
    manage = [PYTHON, "manage.py"]
    return [
        ("стиль кода", [BIN / "ruff", "check", "."]),
        ("оформление кода", [BIN / "ruff", "format", "--check", "."]),
        ("шаблоны", [BIN / "djade", "--check", "--target-version", "5.2", *templates()]),
        ("слои", [BIN / "lint-imports", "--no-logo"]),
        ("боевые настройки", [*manage, "check", "--deploy", "--fail-level", "WARNING"]),
        ("миграции", [*manage, "makemigrations", "--check", "--dry-run"]),
    ]


def passes(command: list) -> bool:
    done = subprocess.run(
        command,
        cwd=stamps.ROOT,
        env={**os.environ, **production()},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def main() -> int:
    results = []
    for name, command in checks():
        print(f"— {name}", flush=True)
        results.append((name, passes(command)))
    print()
    for name, passed in results:
        print(f"{'в порядке' if passed else 'ОШИБКА':>10}  {name}")
    return 0 if all(passed for _, passed in results) else 1


if __name__ == "__main__":
    sys.exit(main())
