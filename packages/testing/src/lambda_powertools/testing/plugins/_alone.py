"""A plugin in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import PowertoolsTestingError
from lambda_powertools.testing.plugins._probe import MARK

if TYPE_CHECKING:
    from lambda_powertools.testing.plugins._subject import PluginUnderTest

HEAVY = (
    *("aws_xray_sdk", "asyncio", "boto3", "botocore", "concurrent.futures", "cryptography", "email", "http.client"),
    *("httpx", "importlib.metadata", "jmespath", "jsonschema", "jwt", "multiprocessing", "numpy", "opentelemetry"),
    *("pandas", "pluggy", "pydantic", "requests", "ssl", "urllib.request", "urllib3", "xml", "yaml"),
)
"""Modules that a function pays for at every cold start, and a plugin can import later, or not at all."""


@dataclass(frozen=True)
class Alone:
    """What was seen of a plugin in a process of its own.

    Attributes:
        modules: the modules that its import has loaded, besides the core's.
        milliseconds: processor time of its import, the best of three.
        written: what it wrote to stdout, by what was done.
    """

    modules: frozenset[str]
    milliseconds: float
    written: dict[str, str]


def import_alone(subject: PluginUnderTest) -> Alone:
    """Import and use a plugin in a process of its own; the process is started once for each plugin.

    Raises:
        PowertoolsTestingError: it cannot be imported there; with the process's own words.
    """
    kept: Any = vars(subject).get("_alone")
    if kept is None:
        runs = [_run(subject) for _ in range(1 if subject.budget_ms is None else 3)]
        kept = min(runs, key=lambda run: run.milliseconds)
        vars(subject)["_alone"] = kept
    return kept  # type: ignore[no-any-return]  # an Alone


def _run(subject: PluginUnderTest) -> Alone:
    kind = subject.plugin_class
    command = [
        *(sys.executable, "-m", "lambda_powertools.testing.plugins._probe"),
        *(f"{kind.__module__}:{kind.__qualname__}", _options(subject), *(folder for folder in sys.path if folder)),
    ]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # our own program
    answer = next((line for line in done.stderr.decode().splitlines() if line.startswith(MARK)), None)
    if done.returncode != 0 or answer is None:
        raise PowertoolsTestingError(
            f"{subject} cannot be used in a process of its own, into which it has to be importable:\n"
            f"{done.stderr.decode(errors='replace')[-2000:]}"
        )
    found = json.loads(answer.removeprefix(MARK))
    return Alone(frozenset(found["modules"]), float(found["ms"]), _by_phase(done.stdout.decode(errors="replace")))


def _options(subject: PluginUnderTest) -> str:
    try:
        return json.dumps(subject.options)
    except TypeError:
        return "true"  # an object that exists in this process only


def _by_phase(stdout: str) -> dict[str, str]:
    parts = stdout.split("\0")
    return {phase: text for text, phase in zip(parts[::2], parts[1::2], strict=False) if text}
