"""The variables and the process of a Lambda execution environment."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import IO, TYPE_CHECKING

from e2e_support.output import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

FUNCTIONS = Path(__file__).parent.parent / "functions"
_PATIENCE = 10.0


def trace_header(sampled: int = 1) -> str:
    """Return a new tracing header, as the Lambda service gives one to each request."""
    return f"Root=1-68b1f2c0-{uuid.uuid4().hex[:24]};Parent={uuid.uuid4().hex[:16]};Sampled={sampled}"


def trace_id_of(header: str) -> str:
    """Return the trace id in a tracing header."""
    return header.partition(";")[0].removeprefix("Root=")


def lambda_variables(handler: str, daemon: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables of a function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": str(FUNCTIONS),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LAMBDA_TASK_ROOT": str(FUNCTIONS),
        "_HANDLER": handler,
        "AWS_REGION": "eu-central-1",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info[0]}.{sys.version_info[1]}",
        "AWS_LAMBDA_FUNCTION_NAME": "shop",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/shop",
        "AWS_LAMBDA_LOG_STREAM_NAME": f"2026/01/31/[$LATEST]{uuid.uuid4().hex}",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": daemon,
        "POWERTOOLS_SERVICE_NAME": "shop",
        "POWERTOOLS_METRICS_NAMESPACE": "Shop",
        **extra,
    }


class Process:
    """A process with all that it starts, and what they print."""

    def __init__(self, command: list[str], variables: Mapping[str, str], folder: Path) -> None:
        self._stdout = folder / "stdout"
        self._stderr = folder / "stderr"
        with self._stdout.open("wb") as stdout, self._stderr.open("wb") as stderr:
            self._process = self._start(command, variables, stdout, stderr)

    @staticmethod
    def _start(
        command: list[str], variables: Mapping[str, str], stdout: IO[bytes], stderr: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=FUNCTIONS,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,  # a group of its own, so that close() reaches what the emulator started
        )

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def wait(self) -> int:
        """Wait for the end of a process that ends by itself; return its exit code."""
        return self._process.wait(_PATIENCE)

    def output(self) -> Output:
        """Return what was printed until now."""
        return Output(self._stdout.read_bytes().decode())  # as bytes: reports keep their carriage returns

    def errors(self) -> str:
        """Return what was written to standard error until now."""
        return self._stderr.read_text(encoding="utf-8")

    def close(self) -> None:
        """End the process and everything it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(_PATIENCE)
