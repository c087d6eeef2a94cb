"""Words and tables of a comparison."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measuring import Effort, Figure, Result

_DISTRIBUTIONS = (
    "lambda-powertools-core",
    "lambda-powertools-logger",
    "lambda-powertools-metrics",
    "lambda-powertools-tracer",
    "pydantic",
    "jmespath",
    "aws-lambda-powertools",
    "aws-xray-sdk",
    "opentelemetry-sdk",
    "pluggy",
    "boto3",
    "requests",
)
TIMES = "\N{MULTIPLICATION SIGN}"
_SMALL = 0.01  # below it two decimals say nothing
RATIOS = ("ratio", "growth")
_HEADINGS = ("scenario", "ours", "original", "floor", "ours / original", "goal", "met")


def duration(seconds: float) -> str:
    """Return a time in the unit in which it reads best.

    Example:
        >>> duration(0.0123), duration(0.0000042)
        ('12.3 ms', '4.20 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if abs(seconds) >= size:
            return f"{seconds / size:.3g} {unit}" if abs(seconds) >= 100 * size else f"{seconds / size:#.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def goal_text(result: Result) -> str:
    """Return what the scenario is to reach."""
    if result.goal is None:
        return "-"
    kind, value = result.goal
    if kind in RATIOS:
        return f"≤ {value:.2g}{TIMES}" + (" the floor" if kind == "growth" else "")
    return f"≤ {duration(value)}" + (" over the floor" if kind == "overhead" else "")


def verdict(result: Result) -> str:
    """Return whether it does, and by how much not."""
    if result.goal is None or result.met is None:
        return "-"
    if result.met:
        return "yes"
    reached = result.reached or 0.0
    return f"no: {reached:.2f}{TIMES}" if result.goal[0] in RATIOS else f"no: {duration(reached)}"


def row(result: Result) -> list[str]:
    """Return the cells of a scenario."""
    cells = [_figure(result.figures.get(variant)) for variant in ("ours", "original", "floor")]
    ratio = "-" if result.ratio is None else f"{result.ratio:{'.2f' if result.ratio >= _SMALL else '.1g'}}{TIMES}"
    return [result.title, *cells, ratio, goal_text(result), verdict(result)]


def table(results: Iterable[Result]) -> str:
    """Return the Markdown table of all scenarios."""
    rows = [list(_HEADINGS), ["---", *["---:"] * 5, "---"], *(row(result) for result in results)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def document(results: list[Result], effort: Effort) -> str:
    """Return RESULTS.md."""
    meanings = "\n".join(f"- **{result.title}**: {result.what}." for result in results)
    today = dt.datetime.now(dt.timezone.utc).date().isoformat()
    return f"""# Benchmarks

Written by `hatch run bench:compare` on {today}; do not edit. Both libraries in one environment and one run.

![Time relative to the original, by scenario](results.svg)

{table(results)}

Medians; in brackets the quartiles; less is better. "Original" is `aws-lambda-powertools` with its decorators stacked as
its users do; "floor" is a hand-written function with `json.dumps` and no library. The ratio is the median of the ratios
of the rounds, in which the variants run one after the other: what else the machine does falls on all alike.

{meanings}

## How it is measured

- Cold starts and first invocations: {effort.fresh} fresh processes for each variant, by turns, after one that warms
  byte code and page cache. The clock runs inside the process, so the start of Python itself is not counted.
- The others: {effort.loops} processes for each variant, by turns, {effort.seconds:g} s each; the median of the batches
  in a process, and of the processes.
- Standard output goes to the null device. Traces go to a UDP socket on the loopback interface, OpenTelemetry's to
  an HTTP server there that answers at once. Each traced warm
  invocation has a tracing header of its own, as in Lambda.
- The packages are installed from their wheels, not in editable mode, beside boto3 and requests.

## Machine and versions

{_machine()}
"""


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    return f"{duration(figure.median)} ({duration(figure.lower)} … {duration(figure.upper)})"


def _machine() -> str:
    lines = [
        f"- {_processor()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()} {platform.machine()}",
        f"- {platform.python_implementation()} {platform.python_version()}",
        f"- load average at the end, 1.0 being this program alone: {os.getloadavg()[1]:.1f}",
    ]
    for name in _DISTRIBUTIONS:
        with contextlib.suppress(PackageNotFoundError):
            lines.append(f"- {name} {version(name)}")
    return "\n".join(lines)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
