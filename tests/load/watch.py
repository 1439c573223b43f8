"""Processor time and memory of the web server and of its database connections while a load runs."""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from tests.load.server import SERVER

TICK = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


def spent(pid: int) -> float:
    """Processor seconds of a process, 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid: int) -> float:
    """MiB."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KIB / 1024
    except OSError:
        return 0.0


def family(pid: int) -> list[int]:
    """The process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


@dataclass
class Watch:
    """Looks once a second: a connection of the database may end before the load does."""

    database: str
    server: int
    first: dict[int, float] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)
    memory: float = 0.0

    def __enter__(self) -> "Watch":
        self.connection = psycopg2.connect(f"{SERVER}/postgres")
        self.connection.autocommit = True
        self.web = set(family(self.server))
        self.look()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        self.thread.join()
        self.look()
        self.connection.close()

    def run(self) -> None:
        while not self.ended.wait(1):
            self.look()

    def look(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self.database])
            backends = [pid for (pid,) in cursor.fetchall()]
        begun = bool(self.first)
        for pid in (*self.web, *backends):
            now = spent(pid)
            self.first.setdefault(pid, 0.0 if begun else now)
            self.last[pid] = max(now, self.last.get(pid, 0.0))
        self.memory = max(self.memory, sum(map(resident, self.web)))

    def seconds(self) -> tuple[float, float]:
        """Of the web server, of the database."""
        used = {pid: self.last[pid] - self.first[pid] for pid in self.last}
        web = sum(used[pid] for pid in self.web)
        return web, sum(used.values()) - web
