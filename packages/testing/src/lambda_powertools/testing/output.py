"""What a function wrote to stdout, sorted into log records, metrics and the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.testing.expectations import Logs, Metrics

if TYPE_CHECKING:
    from collections.abc import Iterable


class Output(NamedTuple):
    """What a function wrote, in the order in which it came.

    Attributes:
        logs: JSON objects with a `level` or a `message`: structured log records.
        metrics: JSON objects with an `_aws` member: CloudWatch metrics in the embedded metric format.
        other: all other lines, without their end.
    """

    logs: Logs
    metrics: Metrics
    other: list[str]


def parse_output(text: str | Iterable[str]) -> Output:
    """Sort what a function wrote by what CloudWatch takes it for.

    Args:
        text: the whole, or its lines.

    Example:
        >>> parse_output('{"level": "INFO", "message": "hello"}').logs
        [{'level': 'INFO', 'message': 'hello'}]
        >>> parse_output("plain").other
        ['plain']
    """
    output = Output(Logs(), Metrics(), [])
    # Not splitlines: a line ends at a newline alone, a carriage return or a form feed is part of it.
    for raw in text.split("\n") if isinstance(text, str) else text:
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        record = _json_object(line)
        if record is None:
            output.other.append(line)
        elif "_aws" in record:
            output.metrics.append(record)
        elif "level" in record or "message" in record:
            output.logs.append(record)
        else:
            output.other.append(line)
    return output


def _json_object(line: str) -> dict[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
