"""Runs a handler as Lambda itself does: Lambda's runtime client under AWS's Runtime Interface Emulator."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import platform
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_powertools.cli._local import check_handler
from lambda_powertools.cli._runtime_proxy import RuntimeProxy, failure_from
from lambda_powertools.cli._session import Environment, Failure, InvocationReport
from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.cli._job import Job

_INVOKE = "/2015-03-31/functions/function/invocations"
_PLATFORM_LINE = re.compile(r"^(START|END|REPORT) RequestId: (\S+)")
_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
_START_TIMEOUT = 10
_REPORT_TIMEOUT = 1


def find_emulator() -> Path:
    """Return the emulator's program, which the distribution aws-sam-cli brings along.

    Raises:
        CliUsageError: it or Lambda's runtime client is not installed, or cannot run here; names what to install.
    """
    missing = [
        distribution
        for module, distribution in (("awslambdaric", "awslambdaric"), ("samcli", "aws-sam-cli"))
        if importlib.util.find_spec(module) is None
    ]
    if missing:
        raise CliUsageError(
            f"--runtime needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed: "
            "pip install awslambdaric aws-sam-cli"
        )
    architecture = _ARCHITECTURES.get(platform.machine().lower())
    if platform.system() != "Linux" or architecture is None:
        raise CliUsageError(
            f"--runtime needs Linux on x86_64 or arm64, as Lambda has it; this is {platform.system()} on "
            f"{platform.machine()}. Run it in a container, or leave --runtime out"
        )
    spec = importlib.util.find_spec("samcli")
    folders = (spec.submodule_search_locations if spec else None) or ()
    for folder in folders:
        program = Path(folder, "local", "rapid", f"aws-lambda-rie-{architecture}")
        if program.is_file():
            return program
    raise CliUsageError("the installed aws-sam-cli holds no emulator: pip install --upgrade aws-sam-cli")


def run_in_emulator(job: Job, daemon_address: str, advance: Callable[[], None]) -> list[Environment]:
    """Invoke a handler `job.count` times in one emulated environment, or in as many as it takes if it crashes.

    Args:
        job: what to invoke.
        daemon_address: where its X-Ray segments go.
        advance: called after each invocation.

    Raises:
        CliUsageError: the emulator is missing, or the path leads to no handler.
        CliError: the emulator did not start.
    """
    if "." in job.path.attribute:
        raise CliUsageError(f"Lambda calls a function of a module; {job.path} is inside an object: leave --runtime out")
    program = find_emulator()
    environments: list[Environment] = []
    left = job.count
    while left > 0:
        environment = _run_environment(program, job, left, daemon_address, advance)
        environments.append(environment)
        left -= len(environment.invocations)
        if environment.init_error is not None:
            check_handler(job, daemon_address)  # for a path or an option that is wrong it knows the better words
            break
    return environments


def _run_environment(
    program: Path, job: Job, count: int, daemon_address: str, advance: Callable[[], None]
) -> Environment:
    runtime_api = f"127.0.0.1:{_free_port()}"
    with RuntimeProxy(runtime_api) as proxy, _Emulator(program, job, daemon_address, runtime_api, proxy) as emulator:
        for _ in range(count):
            alive = emulator.invoke()
            advance()
            if not alive:
                break
        return emulator.environment


class _Emulator:
    """A running emulator."""

    def __init__(self, program: Path, job: Job, daemon_address: str, runtime_api: str, proxy: RuntimeProxy) -> None:
        self.environment = Environment()
        self._job = job
        self._proxy = proxy
        self._port = _free_port()
        self._lines: queue.Queue[str | None] = queue.Queue()
        command = [
            str(program),
            "--runtime-interface-emulator-address",
            f"127.0.0.1:{self._port}",
            "--runtime-api-address",
            runtime_api,
            "--log-level",
            "fatal",
            "env",
            f"AWS_LAMBDA_RUNTIME_API={proxy.address}",
            sys.executable,
            "-X",
            "utf8",
            "-m",
            "awslambdaric",
            f"{job.path.module}.{job.path.attribute}",
        ]
        # The emulator counts in whole seconds and takes no others.
        variables = {"AWS_LAMBDA_FUNCTION_TIMEOUT": str(max(1, round(job.timeout)))}
        self._process = subprocess.Popen(  # noqa: S603  # a program of AWS's
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=job.environment(daemon_address) | variables,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="powertools-emulator-output", daemon=True)

    def __enter__(self) -> _Emulator:  # noqa: PYI034  # typing has Self from Python 3.11 on
        self._reader.start()
        deadline = time.monotonic() + _START_TIMEOUT
        while not _accepts(self._port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._stop()
                raise CliError(f"the emulator did not start:\n{self._rest()}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def invoke(self) -> bool:
        """Send the event once, note what came of it, and return whether the environment can take another."""
        invocations = self.environment.invocations
        known = len(self._proxy.started)
        sent = time.perf_counter()
        body = self._post()
        lines = self._lines_until_report()
        if self._proxy.first_next is not None and not invocations:
            self.environment.init_ms = (self._proxy.first_next - sent) * 1000
        if len(self._proxy.started) == known:
            self.environment.init_error = self._proxy.init_error or _platform_failure(body)
            self.environment.lines += lines
            return False
        request_id = list(self._proxy.started)[known]
        report = InvocationReport(request_id, cold_start=not invocations, lines=lines)
        report.trace_header = self._proxy.trace_headers[request_id]
        invocations.append(report)
        if request_id not in self._proxy.ended:
            report.error = _platform_failure(body)
            return False
        report.duration_ms = (self._proxy.ended[request_id] - self._proxy.started[request_id]) * 1000
        report.error = self._proxy.errors.get(request_id)
        report.response = json.loads(body) if report.error is None else None
        return True

    def _post(self) -> bytes:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=self._job.timeout + _START_TIMEOUT + 30
        )
        try:
            connection.request("POST", _INVOKE, self._job.event.encode(), {"Content-Type": "application/json"})
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            raise CliError(f"the emulator did not answer: {error}\n{self._rest()}") from error
        finally:
            connection.close()

    def _lines_until_report(self) -> list[str]:
        """Return what was printed until the emulator reports the end of the invocation."""
        lines: list[str] = []
        while (line := self._next_line()) is not None:
            match = _PLATFORM_LINE.match(line)
            if match is None:
                lines.append(line)
            elif match[1] == "REPORT":
                break
        return lines

    def _next_line(self) -> str | None:
        try:
            return self._lines.get(timeout=_REPORT_TIMEOUT)
        except queue.Empty:
            return None  # of a runtime that has crashed there is no report

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        for line in self._process.stdout:
            self._lines.put(line.decode(errors="replace"))
        self._lines.put(None)

    def _rest(self) -> str:
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get() or "")
        return "".join(lines).strip()

    def _stop(self) -> None:
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):  # the runtime is its child and goes with it
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=2)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(timeout=5)
        if self._process.stdout is not None:
            self._process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _platform_failure(body: bytes) -> Failure:
    """Return the failure that the emulator, not the runtime, tells of: a crash or a timeout."""
    failure = failure_from(body)
    if "timed out" in failure.message:
        return Failure("Sandbox.Timedout", failure.message)
    return failure if failure.type != "Unknown" else Failure("Runtime.ExitError", failure.message)
