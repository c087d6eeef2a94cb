from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

HELLO = "def handler(event, context):\n    return 'hello'\n"
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and inherited sockets")
pytestmark = posix_only


def listens(url):
    """Return whether anybody answers at a URL."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0


def stat(pid):
    """Return what Linux tells of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def alive(pid):
    """Return whether a process is there, and no zombie."""
    try:
        return stat(pid)[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid):
    """Return the processes that a process has started and that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if entry.name.isdigit() and int(stat(entry.name)[1]) == pid and alive(entry.name):
                found.append(int(entry.name))
    return found


def gone(pids, seconds=10):
    """Return whether all processes end within some seconds."""
    end = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)  # they are no children of ours to wait for
    return not any(map(alive, pids))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_the_server(project, serve, number, code):
    """Ctrl-C is exit code 130, SIGTERM 0; nothing is said, and nobody listens any more."""
    project(app=HELLO)
    server = serve("app:handler")
    server.get("/")

    assert server.end(number) == code
    assert not listens(server.url)
    assert not any("Traceback" in line for line in server.lines if line)


BUSY = """
    import threading, time
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor()

    def handler(event, context):
        print("busy", flush=True)
        return pool.submit(time.sleep, 60).result()
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_busy_handler_does_not_keep_the_server_alive(project, serve, number, code):
    """A handler that runs, and threads that it has started, are left to end with the process, after a grace period."""
    project(app=BUSY)
    server = serve("app:handler")

    answers = []
    asking = threading.Thread(target=lambda: answers.append(server.get("/")))
    asking.start()
    assert server.process.stdout.readline() == "busy\n"
    start = time.monotonic()

    server.process.send_signal(number)
    assert server.process.wait(20) == code
    asking.join()

    assert time.monotonic() - start < 15
    assert [answer.status_code for answer in answers] == [500]
    server.wait_for("the server ends before the handler has returned")
    assert not listens(server.url)


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@linux_only
def test_a_change_of_the_source_is_served_at_once(project, serve):
    """With --reload an edit is noticed: the address stays, the next request finds the new code, its start is cold."""
    project(app=HELLO)
    server = serve("app:handler", "--reload")
    before = server.get("/").text
    [first] = children(server.process.pid)

    (project.folder / "app.py").write_text(HELLO.replace("hello", "good morning"))
    server.wait_for("app.py changed, loading anew")
    after = server.get("/").text
    [second] = children(server.process.pid)

    assert (before, after) == ("hello", "good morning")
    assert first != second
    server.wait_for("cold", after=server.lines.index(next(line for line in server.lines if "changed" in line)))
    assert server.end(signal.SIGINT) == 130
    assert gone([first, second])
    assert not listens(server.url)


@linux_only
def test_broken_source_is_shown_and_mended_by_the_next_change(project, serve):
    """While the source is broken requests fail and the log shows why; once it is mended they are answered again."""
    project(app=HELLO)
    server = serve("app:handler", "--reload", "--as", "rest")
    server.get("/")

    (project.folder / "app.py").write_text("def handler(event, context:\n")
    server.wait_for("loading anew")
    broken = server.get("/")
    shown = server.wait_for("SyntaxError")
    (project.folder / "app.py").write_text("def other(event, context): pass\n")
    server.wait_for("has no 'handler'")
    missing = server.get("/")
    seen = len(server.lines)
    (project.folder / "app.py").write_text("def handler(event, context):\n    return {'statusCode': 200}\n")
    server.wait_for("loading anew", after=seen)

    assert (broken.status_code, missing.status_code, server.get("/").status_code) == (502, 502, 200)
    assert "SyntaxError" in shown


@linux_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_a_reloading_server(project, serve, number):
    """However the command ends, killed included, the process that serves ends with it."""
    project(app=HELLO)
    server = serve("app:handler", "--reload")
    server.get("/")
    processes = children(server.process.pid)
    assert len(processes) == 1

    code = server.end(number)

    assert code == {signal.SIGINT: 130, signal.SIGTERM: 0, signal.SIGKILL: -9}[number]
    assert gone(processes)
    assert not listens(server.url)


@linux_only
def test_other_folders_can_be_watched(project, serve, tmp_path):
    """--reload-dir names where else sources are."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "prices.py").write_text("TEA = 3")
    project(app="from prices import TEA\ndef handler(event, context):\n    return TEA\n")
    server = serve("app:handler", "--reload", "--reload-dir", str(library), env={"PYTHONPATH": str(library)})
    assert server.get("/").json() == 3

    (library / "prices.py").write_text("TEA = 40")
    server.wait_for("prices.py changed")

    assert server.get("/").json() == 40
