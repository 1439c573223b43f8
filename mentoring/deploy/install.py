"""Virtual environment, pinned packages, Debian libraries: `-m mentoring.deploy.install run|test`.

Runs on the system's Python with the standard library only. Speaks on stderr, so that a target's
own output stays clean. The second call sees its stamp inside .venv and returns at once.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from mentoring.deploy import stamps

VENV = stamps.ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.8"

# A Debian package and the other packages that give the same thing.
LIBRARIES = {
    "libpango-1.0-0": (),
    "libpangoft2-1.0-0": (),
    # Without it WeasyPrint falls back to fontTools: papers take 1.6 times as long.
    "libharfbuzz-subset0": (),
    "fontconfig": (),
    "fonts-liberation": ("fonts-liberation2",),
}
TEST_TOOLS = {
    "chromium": (),
    "poppler-utils": (),
    # Load for the bench of the public page.
    "wrk": (),
    "libreoffice-writer-nogui": ("libreoffice-writer",),
}
PROFILES = {"run": LIBRARIES, "test": {**LIBRARIES, **TEST_TOOLS}}


class SetupError(Exception):
    """Set-up cannot go on; the text is a Russian sentence for the person at the terminal."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def missing_packages(wanted: dict[str, tuple[str, ...]]) -> list[str]:
    """Debian packages of `wanted` that are not installed; empty where there is no dpkg to ask."""
    if not shutil.which("dpkg-query"):
        say("Это не Debian. Проверьте, что установлены: " + ", ".join(wanted) + ".")
        return []
    names = [name for package, others in wanted.items() for name in (package, *others)]
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    listing = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    have = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return [
        package for package, others in wanted.items() if not have.intersection((package, *others))
    ]


def install_packages(missing: list[str]) -> None:
    """Install Debian packages as root; without root name them in one sentence (SetupError)."""
    names = " ".join(missing)
    if os.geteuid() != 0:
        raise SetupError(
            f"Не хватает пакетов Debian. Попросите администратора: apt-get install {names}"
        )
    say(f"Устанавливаю пакеты Debian: {names}…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
    if done.returncode:
        raise SetupError(f"Не удалось установить пакеты Debian: {names}. Причина указана выше.")


def venv_stands() -> bool:
    """Is there a .venv with pip, made by this Python?"""
    if not PYTHON.exists():
        return False
    command = [PYTHON, "-c", "import pip, sys; print(sys.base_prefix)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() == sys.base_prefix


def make_venv() -> None:
    """Create .venv, or make it anew after the system's Python has moved."""
    if venv_stands():
        return
    say("Создаю виртуальное окружение .venv…")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode:
        raise SetupError("Не удалось создать виртуальное окружение .venv. Причина указана выше.")


def install_requirements() -> None:
    """Install the pins of requirements.lock: by uv (seconds), by pip where uv cannot be had."""
    say("Устанавливаю пакеты Python из requirements.lock (первый раз это минута-другая)…")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    uv = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--system-certs", "--python", PYTHON]
    ready = not run_quietly([*pip, "install", "--quiet", UV])
    if ready and not run_quietly([*uv, "-r", stamps.LOCK]):
        return
    say("uv недоступен, устанавливаю обычным pip (дольше)…")
    if run_quietly([*pip, "install", "--quiet", "-r", stamps.LOCK]):
        raise SetupError(
            "Не удалось установить пакеты Python. Проверьте доступ к интернету и повторите команду."
        )


def run_quietly(command: list[str | Path]) -> int:
    # stdout of the tools would mix into the output of `make requirements` and its like.
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    ).returncode


def add_project_to_path() -> None:
    """What an editable install would do: `.venv/bin/pytest` and the like find our packages."""
    (packages,) = VENV.glob("lib/python3*/site-packages")
    (packages / "mentoring_portal.pth").write_text(f"{stamps.ROOT}\n", encoding="utf-8")


def state_of(profile: str) -> str:
    return stamps.fingerprint([stamps.LOCK], str(stamps.ROOT), sys.version, UV, *PROFILES[profile])


def install(profile: str) -> None:
    """Bring the machine to the profile; `test` includes `run`. Raises SetupError."""
    stamp, state = VENV / "installed.json", state_of(profile)
    done = stamps.read(stamp)
    if PYTHON.exists() and done.get(profile) == state:
        return
    missing = missing_packages(PROFILES[profile])
    # Debian cuts ensurepip out of Python; without it no virtual environment can be made.
    if importlib.util.find_spec("ensurepip") is None and not venv_stands():
        missing.append("python3-venv")
    if missing:
        install_packages(missing)
    make_venv()
    install_requirements()
    add_project_to_path()
    stamps.write(stamp, **{**done, "run": state_of("run"), profile: state})


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- the system's Python may be any
        say("Нужен Python 3.11 или новее. Укажите его: make run PYTHON=/путь/к/python3.11")
        return 1
    try:
        install(sys.argv[1] if len(sys.argv) > 1 else "run")
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
