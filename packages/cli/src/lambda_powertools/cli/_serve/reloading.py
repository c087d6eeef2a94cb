"""Serves from a child process that is started anew whenever a source file changes.

The socket stays open in between, so that requests wait instead of failing. The child ends with this process however
that ends: it watches a pipe that closes with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_powertools.cli._serve.request_log import say
from lambda_powertools.cli._serve.server import GRACE, exit_code, noting_signals
from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Sequence

    from lambda_powertools.cli._serve.job import ServeJob

_PAUSE_MS = 1000


def serve_reloading(job: ServeJob, listener: socket.socket, folders: Sequence[str]) -> int:
    """Serve until a signal comes; return the exit code.

    Args:
        job: what is to be served.
        listener: where.
        folders: where changes of Python files are looked for.

    Raises:
        CliUsageError: the system cannot hand a socket to another process.
    """
    if os.name != "posix":
        raise CliUsageError("--reload hands its socket to another process, which needs Linux or macOS")
    from watchfiles import PythonFilter, watch

    stop = threading.Event()
    lifeline, own_end = os.pipe()
    child = _Child(job, listener.fileno(), lifeline)
    try:
        with noting_signals(stop.set) as received:
            child.start()
            changes = watch(
                *folders,
                watch_filter=PythonFilter(),
                stop_event=stop,
                rust_timeout=_PAUSE_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            for change in changes:
                if stop.is_set():
                    break
                if change:
                    child.stop()
                    say(f"{_named(path for _, path in change)} changed, loading anew")
                    child.start()
                else:
                    child.check()
    finally:
        child.stop()
        os.close(own_end)
        os.close(lifeline)
        listener.close()
    return exit_code(received)


class _Child:
    """The process that serves."""

    def __init__(self, job: ServeJob, listener: int, lifeline: int) -> None:
        self._descriptors = (listener, lifeline)
        self._arguments = [*map(str, self._descriptors), job.to_json()]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "lambda_powertools.cli._serve", *self._arguments], pass_fds=self._descriptors
        )

    def check(self) -> None:
        """Tell the developer, once, if it has ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            say(f"the server has ended with exit status {self._process.returncode}; a change starts it again")
            self._process = None

    def stop(self) -> None:
        """End it, and see that it has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(GRACE + 2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _named(paths: Iterable[str]) -> str:
    return ", ".join(sorted({Path(path).name for path in paths}))
