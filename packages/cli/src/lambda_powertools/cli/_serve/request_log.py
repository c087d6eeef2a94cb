"""What the server writes to stderr: one line for each request, and what the developer should know."""

from __future__ import annotations

import sys
import threading
from typing import Any

_lock = threading.Lock()


def say(message: str) -> None:
    """Write a line, whole, whatever other threads write."""
    with _lock:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()


def log_request(  # it is a line with as many columns
    *, method: str, path: str, status: int, duration_ms: float, start: str, route: str | None, request_id: str
) -> None:
    """Write the line of a request.

    Args:
        method: its method.
        path: its path as sent, without the query string, which may hold secrets.
        status: status code of the response.
        duration_ms: time from the request's last byte to the response, in milliseconds.
        start: `cold`, `warm`, or `-` if the function was not invoked.
        route: the route that was taken, None if none was told.
        request_id: id of the request.
    """
    say(f"{method} {path} {status} {duration_ms:.1f} ms {start} route={route or '-'} id={request_id}")


def log_function_error(error: dict[str, Any], request_id: str) -> None:
    """Write an error of the function as Lambda does."""
    stack = "\n".join(error["stack"])
    say(f"[ERROR] {error['type']}: {error['message']} id={request_id}" + (f"\n{stack}" if stack else ""))
