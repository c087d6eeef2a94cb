"""Runs the variants of a scenario in turn, each in processes of its own, and keeps medians with their spread."""

from __future__ import annotations

import contextlib
import importlib
import os
import socket
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from distributions import distributions_of, make_distributions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

FOLDER = Path(__file__).parent
PACKAGES = FOLDER / ".packages"
"""Where the packages are that not all scenarios have, each in a folder of its own."""
VARIANTS = ("ours", "original", "floor")


class Effort(NamedTuple):
    """How much is measured.

    Attributes:
        fresh: processes for each variant of a fresh scenario.
        loops: processes for each variant of the others.
        seconds: time of each of those.
    """

    fresh: int
    loops: int
    seconds: float


FULL = Effort(fresh=31, loops=9, seconds=0.6)
QUICK = Effort(fresh=2, loops=1, seconds=0.02)


class Figure(NamedTuple):
    """What was measured of a variant, in seconds.

    Attributes:
        median: the median of all rounds.
        lower: the quartile below it.
        upper: the quartile above it.
        rounds: the times of all rounds.
    """

    median: float
    lower: float
    upper: float
    rounds: tuple[float, ...]


class Result(NamedTuple):
    """What was measured of one scenario."""

    name: str
    title: str
    what: str
    goal: tuple[str, float] | None
    figures: dict[str, Figure]

    @property
    def ratio(self) -> float | None:
        """Ours by the original: the median of the ratios of each round, whose two ran one after the other.

        What else the machine does changes from round to round and falls on both alike.
        """
        if not {"ours", "original"} <= self.figures.keys():
            return None
        return statistics.median(ours / original for ours, original in self._rounds("ours", "original"))

    @property
    def reached(self) -> float | None:
        """What the goal is compared with; None where it was not measured."""
        if self.goal is None or self.goal[0] == "ratio":
            return self.ratio
        if "ours" not in self.figures:
            return None
        if self.goal[0] == "overhead":
            return statistics.median(ours - floor for ours, floor in self._rounds("ours", "floor"))
        if self.goal[0] == "growth":
            return statistics.median(ours / floor for ours, floor in self._rounds("ours", "floor"))
        return self.figures["ours"].median

    @property
    def met(self) -> bool | None:
        """Whether the goal is met."""
        return None if self.goal is None or self.reached is None else self.reached <= self.goal[1]

    def _rounds(self, first: str, second: str) -> Iterator[tuple[float, float]]:
        return zip(self.figures[first].rounds, self.figures[second].rounds, strict=True)


def measure(name: str, variants: Sequence[str], effort: Effort, scratch: Path) -> Result:
    """Measure one scenario: one round after the other, each with every variant, in an order that rotates."""
    scenario = load(name)
    used = [variant for variant in variants if hasattr(scenario, variant)]
    variables = {**lambda_variables(), **getattr(scenario, "ENVIRONMENT", {})}
    for package in getattr(scenario, "PACKAGES", ()):
        variables["PYTHONPATH"] += os.pathsep + str(PACKAGES / package)
    if hasattr(scenario, "DISTRIBUTIONS"):
        generated = make_distributions(scratch / name, scenario.DISTRIBUTIONS - distributions_of(sys.path))
        variables["PYTHONPATH"] += os.pathsep + str(generated)
    times: dict[str, list[float]] = {variant: [] for variant in used}
    rounds = effort.fresh if scenario.FRESH else min(effort.loops, getattr(scenario, "MAX_ROUNDS", effort.loops))
    around = getattr(scenario, "surroundings", lambda **_: contextlib.nullcontext({}))
    with daemon() as address, around(quick=effort == QUICK) as more:
        variables |= {"AWS_XRAY_DAEMON_ADDRESS": address, **more}
        for variant in used:  # byte code and page cache are warm for all of them
            run_child(name, variant, 0.01, variables)
        for turn in range(rounds):
            for variant in rotated(used, turn):
                times[variant].append(run_child(name, variant, effort.seconds, variables))
    figures = {variant: summarise(times[variant]) for variant in used}
    return Result(name, scenario.TITLE, scenario.WHAT, scenario.GOAL, figures)


def load(name: str) -> ModuleType:
    """Return the module of a scenario."""
    return importlib.import_module(f"scenarios.{name}")


def run_child(name: str, variant: str, seconds: float, variables: dict[str, str]) -> float:
    """Return what one process measured, in seconds."""
    child = subprocess.run(
        [sys.executable, str(FOLDER / "child.py"), name, variant, str(seconds)],
        env=variables,
        cwd=FOLDER,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    lines = child.stderr.splitlines()
    if child.returncode != 0 or not lines:
        raise RuntimeError(f"{name} {variant} failed:\n{child.stderr}")
    return float(lines[-1])


def rotated(variants: list[str], turn: int) -> Iterator[str]:
    """Return the variants in an order of its own for each turn."""
    start = turn % len(variants)
    return iter(variants[start:] + variants[:start])


def summarise(times: list[float]) -> Figure:
    """Return median and quartiles."""
    lower, median, upper = statistics.quantiles(times * 2 if len(times) == 1 else times, n=4, method="inclusive")
    return Figure(median, lower, upper, tuple(times))


class daemon:  # noqa: N801  # used like a function in a with statement
    """A socket in the place of the X-Ray daemon, which nobody reads: what does not fit the kernel drops."""

    def __enter__(self) -> str:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        return "{}:{}".format(*self._socket.getsockname())

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def lambda_variables() -> dict[str, str]:
    """Return the environment of a function, the same for every variant."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(FOLDER),
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "LAMBDA_TASK_ROOT": str(FOLDER),
        "AWS_REGION": "eu-central-1",
        "AWS_LAMBDA_FUNCTION_NAME": "orders",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "_X_AMZN_TRACE_ID": "Root=1-68b1f2c0-a006649127e371903a2de979;Parent=53995c3f42cd8ad8;Sampled=1",
        "POWERTOOLS_SERVICE_NAME": "orders",
        "POWERTOOLS_METRICS_NAMESPACE": "Shop",
    }
