"""The supervisor of `make run`: a clear word about the port, and nothing left behind."""

import os
import signal
import socket
import sys
import time

import pytest

from mentoring.deploy import run
from mentoring.deploy.run import Supervisor, caller_is_interrupted, port_fault

# A child that starts a grandchild; both ignore SIGTERM, the child says when both are there.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, __file__, "grandchild"])
else:
    open(__file__ + ".ready", "w").close()
time.sleep(60)
"""


def group_lives(number: int) -> bool:
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("text", ["0", "65536", "abc", "-1", ""])
def test_impossible_port_is_refused(text):
    assert port_fault(text) == (
        f"Порта «{text}» не бывает. Укажите число от 1 до 65535: make run PORT=8001"
    )


def test_port_in_use_is_named_with_the_next_step():
    with socket.create_server((run.HOST, 0)) as server:
        port = server.getsockname()[1]
        assert port_fault(str(port)) == (
            f"Порт {port} уже занят другой программой. "
            f"Закройте её или выберите другой порт: make run PORT={port + 1}"
        )
    assert port_fault(str(port)) == ""


def test_stop_kills_stubborn_grandchildren(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "GRACE_SECONDS", 0.3)
    script, ready = tmp_path / "child.py", tmp_path / "child.py.ready"
    script.write_text(STUBBORN)
    supervisor = Supervisor(port=0)
    supervisor.start("сервер", sys.executable, script)
    group = supervisor.children["сервер"].pid
    while not ready.exists():
        time.sleep(0.02)
    assert group_lives(group)
    supervisor.stop()
    deadline = time.monotonic() + 5
    while group_lives(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not group_lives(group)


def test_child_that_ends_by_itself_fails_the_run(monkeypatch, capsys):
    monkeypatch.setattr(
        run, "web_server", lambda port: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    assert Supervisor(port=1).serve() == 1
    assert capsys.readouterr().out == "Веб-сервер остановился, код 3. Причина — выше.\n"


def test_caller_that_waits_in_its_handler_is_noticed():
    assert not caller_is_interrupted(os.getpid())
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        assert caller_is_interrupted(os.getpid())
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
