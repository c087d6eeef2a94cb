"""The event that a handler is invoked with: a JSON file or stdin."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lambda_powertools.cli.exceptions import CliUsageError


def read_event(source: str | None) -> str:
    """Return the text of an event, which is JSON for certain.

    Args:
        source: a file, `-` for stdin, None for an empty event.

    Raises:
        CliUsageError: it cannot be read or is not JSON; names file, line and column.
    """
    if source is None:
        return "{}"
    name = "standard input" if source == "-" else source
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except FileNotFoundError:
        raise CliUsageError(f"event file {source} does not exist") from None
    except OSError as error:
        raise CliUsageError(f"event file {source} cannot be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CliUsageError(f"{name} is not JSON: byte {error.start} is not UTF-8") from None
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise CliUsageError(f"{name}, line {error.lineno}, column {error.colno}: not JSON: {error.msg}") from None
    return text
