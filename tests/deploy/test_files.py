"""The ready files for nginx, systemd and PostgreSQL name only what exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

FILES = settings.BASE_DIR / "mentoring/deploy"
UNITS = sorted((FILES / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
# Of the supervisor, not of the portal.
USED_BY_UNITS = re.compile(r"\$\{([A-Z_]+)\}")


def variables() -> set[str]:
    """Names in the sample of the environment, those behind a comment sign too."""
    text = (FILES / "portal.env").read_text()
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.M))


def test_every_variable_of_the_sample_is_read_by_somebody():
    known = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (settings.BASE_DIR / "mentoring/settings.py").read_text()))  # fmt: skip
    used = {name for unit in SERVICES for name in USED_BY_UNITS.findall(unit.read_text())}
    assert variables() - known - used == set()
    assert used - variables() == set()


def test_every_command_of_a_unit_exists():
    commands = {name for unit in SERVICES for name in re.findall(r"manage\.py (\w+)", unit.read_text())}  # fmt: skip
    assert commands - set(get_commands()) == set()
    assert {"db_worker", "minute", "remind"} <= commands


def test_every_timer_has_its_service():
    timers = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    assert timers - {unit.stem for unit in SERVICES} == set()


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_every_service_is_shut_in(unit):
    lines = unit.read_text().splitlines()
    for line in ("User=mentoring", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077"):
        assert line in lines


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        shutil.copy(unit, tmp_path / unit.name)
    names = [str(tmp_path / unit.name.replace("@.", "@1.")) for unit in UNITS]
    (tmp_path / "mentoring-worker@.service").rename(tmp_path / "mentoring-worker@1.service")
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "mentoring" in line]
    # The programs and the README lie elsewhere on this machine.
    faults = [line for line in ours if "is not executable" not in line]
    assert faults == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_understands_its_site(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (FILES / "nginx/mentoring.conf").read_text().replace("/etc/ssl/mentoring", str(tmp_path))
    site = site.replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\nhttp {{\n{site}\n}}\n")  # fmt: skip
    done = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_uploads_fit_through_the_proxy():
    bound = re.search(r"client_max_body_size (\d+)m", (FILES / "nginx/mentoring.conf").read_text())
    assert int(bound[1]) * 1024 * 1024 > settings.UPLOAD_MAX_BYTES


def test_no_foreign_address_stands_in_the_files():
    for path in (path for path in FILES.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        for host in re.findall(r"https?://([\w.-]+)", Path(path).read_text(encoding="utf-8")):
            assert host.endswith(".example") or host in {"127.0.0.1", "mentoring"}
