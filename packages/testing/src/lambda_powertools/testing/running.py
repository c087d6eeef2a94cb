"""Calling a handler as Lambda does, and keeping what came of it."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import loop
from lambda_powertools.testing.context import make_context
from lambda_powertools.testing.output import parse_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class InvocationResult:
    """What came of one call of a handler.

    Attributes:
        response: what it returned, None if it raised.
        error: what it raised, None if it returned.
        logs: the log records it wrote, parsed.
        metrics: the metrics it wrote, one object in the embedded metric format for each line.
        other: the other lines it wrote.
        stdout: all that it wrote, as it was.
    """

    response: Any
    error: Exception | None
    logs: list[dict[str, Any]]
    metrics: list[dict[str, Any]]
    other: list[str]
    stdout: str


class _Capture(io.StringIO):
    """Stdout of one call; a logging handler made during the call keeps it, and is known by it in the next."""


def invoke(handler: Callable[..., Any], event: Any = None, context: Any = None) -> InvocationResult:
    """Call a handler and return what came of it: response or error, and what it wrote to stdout.

    An `Exception` of the handler is kept in the result, not raised. A coroutine is run to its end. Logging handlers
    that write to stdout are led here for the time of the call, also those that were made long before it.

    Args:
        handler: the handler, decorated or not.
        event: its event, `{}` by default.
        context: its context, one of `make_context` by default.

    Example:
        >>> from lambda_powertools.testing import invoke
        >>> def handler(event, context):
        ...     print('{"level": "INFO", "message": "placed"}')
        ...     return {"id": event["id"]}
        >>> result = invoke(handler, {"id": 7})
        >>> result.response, result.logs[0]["message"]
        ({'id': 7}, 'placed')
        >>> invoke(handler, {}).error
        KeyError('id')
    """
    capture = _Capture()
    response: Any = None
    error: Exception | None = None
    with _logging_to(capture), redirect_stdout(capture):
        try:
            response = handler({} if event is None else event, make_context() if context is None else context)
            if hasattr(response, "__await__"):
                response = loop.run(response)
        except Exception as failure:  # noqa: BLE001  # it is the result
            error = failure
    stdout = capture.getvalue()
    return InvocationResult(response, error, *parse_output(stdout), stdout)


@contextmanager
def _logging_to(capture: _Capture) -> Iterator[None]:
    """Lead logging handlers that hold a stdout of before to `capture`."""
    import logging

    before = sys.stdout
    loggers = [logging.getLogger(), *logging.root.manager.loggerDict.values()]
    led = [
        handler
        for logger in loggers
        for handler in getattr(logger, "handlers", ())  # a placeholder for a parent has none
        if isinstance(handler, logging.StreamHandler) and _is_stdout(handler.stream)
    ]
    for handler in led:
        handler.stream = capture
    try:
        yield
    finally:
        for handler in led:
            handler.stream = before


def _is_stdout(stream: object) -> bool:
    return stream is sys.stdout or stream is sys.__stdout__ or isinstance(stream, _Capture)
