"""A PostgreSQL of its own in a temporary folder, on its own port: only this one is ever killed."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg2

HOST, USER, NAME = "127.0.0.1", "postgres", "chaos"
PR_SET_PDEATHSIG = 1
READY_SECONDS = 60


def binaries() -> Path | None:
    """The folder with initdb and postgres, the newest version first; None where no server is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), key=version, default=None)


def version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def die_with_parent() -> None:
    """A killed run leaves nothing behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


class Cluster:
    """Started, crashed and started again; `url` stays the same."""

    def __init__(self, folder: Path):
        self.bin, self.data, self.port = binaries(), folder / "cluster", free_port()
        self.log = folder / "postgres.log"
        # initdb and postgres refuse to run as root.
        self.account = {"user": USER, "group": USER, "extra_groups": []} if not os.geteuid() else {}
        self.url = f"postgres://{USER}@{HOST}:{self.port}/{NAME}"
        self.process: subprocess.Popen | None = None

    def create(self) -> None:
        self.data.mkdir()
        if self.account:
            shutil.chown(self.data, USER, USER)
        self.run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()
        self.wait()
        self.run("createdb", "-h", HOST, "-p", self.port, "-U", USER, NAME)

    def run(self, name: str, *arguments) -> None:
        command = [self.bin / name, *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **self.account)

    def copy_from(self, url: str) -> None:
        """Tables and rows of an already migrated database, quicker than migrating anew."""
        dump = subprocess.Popen([self.bin / "pg_dump", "--no-owner", url], stdout=subprocess.PIPE)
        load = [self.bin / "psql", "--quiet", "-v", "ON_ERROR_STOP=1", self.url]
        subprocess.run(load, stdin=dump.stdout, check=True, stdout=subprocess.DEVNULL)
        if dump.wait():
            raise RuntimeError("pg_dump failed")

    def start(self) -> None:
        """fsync is on, as in life: what was confirmed must have reached the disk."""
        settings = {
            "listen_addresses": HOST, "port": self.port, "unix_socket_directories": "", "fsync": "on",
            "max_connections": 100, "log_min_messages": "fatal", "restart_after_crash": "on",
            "recovery_init_sync_method": "syncfs",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *options], cwd="/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent, **self.account,
            )  # fmt: skip

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        try:
            psycopg2.connect(self.url.replace(f"/{NAME}", "/postgres"), connect_timeout=2).close()
        except psycopg2.Error:
            return False
        return True

    def wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self.ready():
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not answer: {self.log.read_text()[-500:]}")
            if not self.alive():
                self.start()
            time.sleep(0.1)

    def children(self) -> dict[int, str]:
        """Processes of the server and what they call themselves, the postmaster left out."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                parent = int(entry.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.process.pid:
                    words = entry.joinpath("cmdline").read_bytes().replace(b"\0", b" ")
                    found[int(entry.name)] = words.decode(errors="replace").strip()
            except (OSError, IndexError, ValueError):  # it ended while we looked
                continue
        return found

    def backends(self) -> list[int]:
        """Those that serve the portal, in the order of their ids."""
        return sorted(pid for pid, words in self.children().items() if f" {NAME} " in words)

    def kill(self) -> None:
        """The whole server at once, as when the machine loses power; the disk stays."""
        victims = [self.process.pid, *self.children()]
        for pid in victims:
            send(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.alive():
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


def send(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
