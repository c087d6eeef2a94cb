"""The variables and the process of a Lambda execution environment."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING

from e2e_support.output import Output
from lambda_powertools.testing import lambda_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

FUNCTIONS = Path(__file__).parent.parent / "functions"
_PATIENCE = 10.0


def trace_id_of(header: str) -> str:
    """Return the trace id in a tracing header."""
    return header.partition(";")[0].removeprefix("Root=")


def variables_of(handler: str, daemon: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables of a function, and those that its author set."""
    return {
        **lambda_environment("shop", handler=handler, task_root=str(FUNCTIONS), daemon_address=daemon),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": str(FUNCTIONS),
        "PYTHONDONTWRITEBYTECODE": "1",
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
