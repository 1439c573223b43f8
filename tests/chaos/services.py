"""The processes of the portal under a supervisor that starts again what has died."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mentoring.deploy.run import BIN, WORKER, healthy, web_server
from tests.chaos.cluster import Cluster, die_with_parent, free_port

ROOT = Path(__file__).resolve().parents[2]
SWEEP_EVERY = 3


def always() -> bool:
    return True


@dataclass
class Service:
    """One process group; `answers` says whether it serves."""

    name: str
    command: list
    environment: dict
    log: Path
    answers: Callable[[], bool] = always
    process: subprocess.Popen | None = None
    wakes_at: float = 0.0  # stopped by SIGSTOP until then
    starts: int = field(default=0)

    def start(self) -> None:
        self.starts += 1
        self.wakes_at = 0.0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.command], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent,
            )  # fmt: skip

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def serves(self) -> bool:
        return self.alive() and not self.wakes_at and self.answers()

    def signal(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.process.wait()

    def kill_child(self) -> None:
        """Only the process that serves; its parent is left to find out."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for pid in map(int, children.split()):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)

    def fall_asleep(self, seconds: float) -> None:
        self.signal(signal.SIGSTOP)
        self.wakes_at = time.monotonic() + seconds

    def wake(self) -> None:
        self.signal(signal.SIGCONT)
        self.wakes_at = 0.0

    def stop(self) -> None:
        if self.alive():
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


class House:
    """PostgreSQL, web processes, workers, the minute work and the mail server."""

    def __init__(
        self, cluster: Cluster, folder: Path, environment: dict, *, webs: int, workers: int
    ):
        self.cluster, self.mail_port = cluster, free_port()
        self.letters = folder / "letters.jsonl"
        self.environment = {**environment, "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}"}
        self.ports = [free_port() for _ in range(webs)]
        python = BIN / "python"
        worker = [python, *WORKER[1:], "--interval", "0.3"]
        self.webs = [
            self.service(folder, f"web{port}", web_server(port), lambda port=port: healthy(port))
            for port in self.ports
        ]
        self.workers = [self.service(folder, f"worker{n}", worker) for n in range(workers)]
        self.minute = self.service(folder, "minute", [python, "-m", "tests.chaos.minute", SWEEP_EVERY])  # fmt: skip
        self.mail = self.service(folder, "mail", [python, "-m", "tests.chaos.mailbox", self.mail_port, self.letters])  # fmt: skip

    def service(self, folder: Path, name: str, command: list, answers=always) -> Service:
        return Service(name, command, self.environment, folder / f"{name}.log", answers)

    @property
    def services(self) -> list[Service]:
        return [*self.webs, *self.workers, self.minute, self.mail]

    def start(self) -> None:
        for service in self.services:
            service.start()
        self.wait()

    def tend(self) -> None:
        """Start again what has died, wake what has slept enough."""
        if not self.cluster.alive():
            self.cluster.start()
        for service in self.services:
            if not service.alive():
                service.start()
            elif service.wakes_at and service.wakes_at <= time.monotonic():
                service.wake()

    def whole(self) -> bool:
        return self.cluster.ready() and all(service.answers() for service in self.webs)

    def wait(self, seconds: float = 120) -> None:
        """Until everything answers."""
        start = time.monotonic()
        while not self.whole():
            if time.monotonic() - start > seconds:
                sys.exit(f"За {seconds:.0f} с ничего не поднялось. Журналы: {self.mail.log.parent}")
            self.tend()
            time.sleep(0.05)

    def stop(self) -> None:
        for service in self.services:
            service.stop()
        self.cluster.stop()
