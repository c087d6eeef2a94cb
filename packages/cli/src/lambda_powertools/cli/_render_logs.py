"""A log record and a metric in a form for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVEL_STYLES = {
    "DEBUG": "dim",
    "INFO": "green",
    "WARNING": "yellow",
    "ERROR": "bold red",
    "CRITICAL": "bold white on red",
}

# What every record of one invocation has in common is shown once above them, not in each line.
_COMMON = frozenset(
    {
        "cold_start",
        "function_arn",
        "function_memory_size",
        "function_name",
        "function_request_id",
        "level",
        "message",
        "service",
        "timestamp",
        "xray_trace_id",
    }
)
_MULTILINE = ("exception", "stack_trace", "stack")
_FEW = 3


def format_record(record: dict[str, Any]) -> Text:
    """Return a log record as a line: time, level, message, then its other keys; an exception's traceback below."""
    level = str(record.get("level", ""))
    text = Text()
    if record.get("timestamp"):
        text.append(f"{record['timestamp']} ", style="dim")
    text.append(f"{level:<8} ", style=LEVEL_STYLES.get(level, ""))
    message = record.get("message", "")
    text.append(message if isinstance(message, str) else _compact(message))
    for key, value in record.items():
        if key not in _COMMON and key not in _MULTILINE and value is not None:
            text.append(f"  {key}=", style="dim")
            text.append(value if isinstance(value, str) else _compact(value), style="cyan")
    if isinstance(record.get("exception"), str):
        text.append("".join(f"\n    {line}" for line in record["exception"].splitlines()), style="red")
    return text


def metric_rows(item: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield namespace, name, value, unit and dimensions of each metric of an object in the embedded metric format."""
    directives = item["_aws"].get("CloudWatchMetrics", ()) if isinstance(item["_aws"], dict) else ()
    for directive in directives:
        names = dict.fromkeys(name for group in directive.get("Dimensions", ()) for name in group)
        dimensions = ", ".join(f"{name}={item.get(name)}" for name in names)
        for metric in directive.get("Metrics", ()):
            name = str(metric.get("Name"))
            value = _values(item.get(name))
            yield str(directive.get("Namespace", "")), name, value, str(metric.get("Unit", "")), dimensions


def _values(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    if len(values) <= _FEW:
        return ", ".join(_number(number) for number in values)
    return f"{len(values)} values, {_number(min(values))} to {_number(max(values))}"


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
