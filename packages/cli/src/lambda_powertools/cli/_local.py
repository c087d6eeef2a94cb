"""Runs a handler in processes of ours: quick, and close to Lambda in environment, context and timeout."""

from __future__ import annotations

import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._session import Environment, Failure, InvocationReport
from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.cli._job import Job

COMMAND = (sys.executable, "-u", "-X", "utf8", "-m", "lambda_powertools.cli._worker")


def run_local(job: Job, daemon_address: str, advance: Callable[[], None]) -> list[Environment]:
    """Invoke a handler `job.count` times in one execution environment, or in as many as it takes if it crashes.

    Args:
        job: what to invoke.
        daemon_address: where its X-Ray segments go.
        advance: called after each invocation.

    Raises:
        CliUsageError: the path leads to no handler, or its plugins or settings are not what they should be.
    """
    environments: list[Environment] = []
    left = job.count
    while left > 0:
        environment = _Worker(job, left, daemon_address, advance).run()
        environments.append(environment)
        left -= len(environment.invocations)
        if environment.init_error is not None:
            break
    return environments


def check_handler(job: Job, daemon_address: str) -> None:
    """Import the handler and leave it at that.

    Raises:
        CliUsageError: as `run_local`.
    """
    _Worker(job, 0, daemon_address, lambda: None).run()


class _Worker:
    """One process of the worker, and what is known of it so far."""

    def __init__(self, job: Job, count: int, daemon_address: str, advance: Callable[[], None]) -> None:
        self._job = job
        self._count = count
        self._mark = f"\x1e{secrets.token_hex(16)} "
        self._advance = advance
        self._environment = Environment()
        self._deadline: float | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._process = subprocess.Popen(  # noqa: S603  # our own worker
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # in CloudWatch, too, the two are one
            env=job.environment(daemon_address),
            start_new_session=True,
        )

    def run(self) -> Environment:
        """Feed the process its job and read until it ends or its time is up."""
        job = self._job
        order = {
            "mark": self._mark,
            "count": self._count,
            "module": job.path.module,
            "attribute": job.path.attribute,
            "event": job.event,
            "function_name": job.function_name,
            "memory": job.memory,
            "timeout": job.timeout,
        }
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        reader = threading.Thread(target=self._read, name="powertools-worker-output", daemon=True)
        try:
            reader.start()
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.close()
            self._follow()
        except BrokenPipeError:
            self._follow()
        finally:
            self._kill()
            reader.join(timeout=5)
            assert self._process.stdout is not None  # noqa: S101  # the same
            self._process.stdout.close()
        return self._environment

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  # the same
        for line in self._process.stdout:
            self._lines.put(line.decode(errors="replace"))
        self._lines.put(None)

    def _follow(self) -> None:
        while True:
            left = None if self._deadline is None else max(0.0, self._deadline - time.monotonic())
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                self._end(Failure("Sandbox.Timedout", f"Task timed out after {self._job.timeout:.2f} seconds"))
                return
            if line is None:
                self._check_end()
                return
            printed, found, record = line.partition(self._mark)
            if printed.strip():
                self._sink().append(printed)
            if found and not self._take(json.loads(record)):
                return

    def _sink(self) -> list[str]:
        invocations = self._environment.invocations
        return invocations[-1].lines if invocations else self._environment.lines

    def _take(self, record: dict[str, Any]) -> bool:
        """Note what a record says; return whether there are more to come."""
        kind = record["kind"]
        if kind == "usage":
            raise CliUsageError(record["message"])
        error = Failure(**record["error"]) if "error" in record else None
        if kind == "init":
            self._environment.init_ms = record["ms"]
            self._environment.init_error = error
            self._environment.plugins = record.get("plugins")
        elif kind == "start":
            report = InvocationReport(record["request_id"], cold_start=not self._environment.invocations)
            report.trace_header = record["trace_header"]
            self._environment.invocations.append(report)
            self._deadline = time.monotonic() + self._job.timeout
        elif kind == "end":
            report = self._environment.invocations[-1]
            report.duration_ms = record["ms"]
            report.response = record.get("response")
            self._end(error)
        return bool(kind != "done")

    def _end(self, error: Failure | None) -> None:
        self._environment.invocations[-1].error = error
        self._deadline = None
        self._advance()

    def _check_end(self) -> None:
        """Tell of a process that ended before its work did."""
        status = self._process.wait()
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        if self._environment.init_ms is None:
            message = f"the process ended with {how} while it was initialised"
            self._environment.init_error = Failure("Runtime.ExitError", message)
        elif self._deadline is not None:
            self._end(Failure("Runtime.ExitError", f"the process ended with {how} before the handler returned"))
        else:
            said = "".join(self._sink()[-20:])
            raise CliError(f"the process that runs the handler ended with {how} between two invocations:\n{said}")

    def _kill(self) -> None:
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # what the function has started goes with it
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self._process.poll() is None:
            self._process.kill()
        self._process.wait()
