"""Serve the portal on this machine: web server, task worker and the work of each minute under one supervisor.

`python -m mentoring.deploy.run --port 8000`. Ctrl-C, SIGTERM and a closed terminal stop all that
was started; a child that ends by itself stops the rest and gives exit code 1.
"""

import argparse
import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from mentoring.deploy import prepare, stamps

BIN = stamps.ROOT / ".venv" / "bin"
HOST = "127.0.0.1"
READY_SECONDS = 60
GRACE_SECONDS = 10
PR_SET_PDEATHSIG = 1
WORKER = (BIN / "python", "manage.py", "db_worker", "--no-startup-delay", "--no-reload")
MINUTE = (BIN / "python", "manage.py", "minute", "--stay")


def die_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent is gone, so kill -9 of it leaves nothing behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def port_fault(text: str) -> str:
    """A Russian sentence why the port cannot be served, or an empty string."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        return f"Порта «{text}» не бывает. Укажите число от 1 до 65535: make run PORT=8001"
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return (
                f"Порт {port} доступен только администратору. Выберите другой: make run PORT=8001"
            )
        except OSError:
            return (
                f"Порт {port} уже занят другой программой. "
                f"Закройте её или выберите другой порт: make run PORT={port + 1}"
            )
    return ""


def caller_is_interrupted(pid: int) -> bool:
    """Has a lone SIGINT reached make? It then waits for us inside its handler, SIGINT blocked."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    blocked = next((line for line in status.splitlines() if line.startswith("SigBlk:")), "0 0")
    return bool(int(blocked.split()[1], 16) & 1 << (signal.SIGINT - 1))


@dataclass
class Supervisor:
    port: int
    caller: int = 0  # process id of make, 0 when started by hand
    children: dict[str, subprocess.Popen] = field(default_factory=dict)
    stopping: bool = False

    def start(self, name: str, *command: str) -> None:
        """Start a child in its own process group: Ctrl-C reaches it only through us, in order."""
        self.children[name] = subprocess.Popen(
            [str(part) for part in command],
            cwd=stamps.ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def serve(self) -> int:
        """Run until a signal (0) or until a child ends by itself or never gets ready (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        try:
            return self._serve()
        finally:
            self.stop()

    def _serve(self) -> int:
        self.start("веб-сервер", *web_server(self.port))
        deadline, ready = time.monotonic() + READY_SECONDS, False
        while not (self.stopping or (self.caller and caller_is_interrupted(self.caller))):
            for name, child in self.children.items():
                if child.poll() is not None:
                    print(
                        f"{name.capitalize()} остановился, код {child.returncode}. Причина — выше."
                    )
                    return 1
            if not ready and (ready := healthy(self.port)):
                # The worker starts second: until the first answer both cores belong to the server.
                self.start("обработчик задач", *WORKER)
                self.start("планировщик", *MINUTE)
                announce(self.port)
            elif not ready and time.monotonic() > deadline:
                print(f"Портал не ответил за {READY_SECONDS} с. Причина — в сообщениях выше.")
                return 1
            time.sleep(0.2 if ready else 0.05)
        return 0

    def ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def stop(self) -> None:
        """Ask every group to end, wait, then kill what is left, grandchildren included."""
        for child in self.children.values():
            signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        for child in self.children.values():
            signal_group(child, signal.SIGKILL)
            child.wait()


def signal_group(child: subprocess.Popen, number: int) -> None:
    """Signal the child's whole group; the group outlives its leader while a grandchild lives."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def web_server(port: int, *, workers: int = 1, threads: int = 4) -> list:
    return [
        BIN / "granian",
        *("--interface", "wsgi", "--host", HOST, "--port", port),
        *("--workers", workers, "--blocking-threads", threads, "--backpressure", 64),
        *("--no-ws", "--log-level", "error"),
        "mentoring.wsgi:application",
    ]


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(port: int) -> None:
    if prepare.LOGINS.exists():
        print(prepare.LOGINS.read_text(encoding="utf-8").rstrip())
    print(f"Готово: http://{HOST}:{port}/", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument(
        "--with-parent", action="store_true", help="end when the caller (make) ends"
    )
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    if options.with_parent:
        die_with_parent()
    fault = port_fault(options.port)
    if fault:
        print(fault, file=sys.stderr)
        return 1
    port = int(options.port)
    # Links in letters and QR codes must open on the port that is really served.
    os.environ.setdefault("PUBLIC_URL", f"http://{HOST}:{port}")
    try:
        prepare.prepare(demo=True)
        return Supervisor(port, os.getppid() if options.with_parent else 0).serve()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
