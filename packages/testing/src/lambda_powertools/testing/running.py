"""Calling a handler as Lambda does, and keeping what came of it."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.core import loop
from lambda_powertools.testing.context import make_context
from lambda_powertools.testing.exceptions import ExpectationError
from lambda_powertools.testing.expectations import Logs, Metrics, Spans
from lambda_powertools.testing.output import parse_output
from lambda_powertools.testing.traces import build_trace
from lambda_powertools.testing.xray import listening_daemon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

E = TypeVar("E", bound=Exception)


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
        spans: the spans of its trace, if it was sent to an `XRayDaemon` that listens.
    """

    response: Any
    error: Exception | None
    logs: Logs
    metrics: Metrics
    other: list[str]
    stdout: str
    spans: Spans = field(default_factory=Spans)

    def returned(self) -> Any:
        """Return the response.

        Raises:
            ExpectationError: the handler raised; with its exception as the cause, and what it had written.
        """
        if self.error is not None:
            raise ExpectationError(
                f"the handler raised {type(self.error).__name__}: {self.error}{self._written()}"
            ) from self.error
        return self.response

    def raised(self, kind: type[E] | tuple[type[E], ...] = Exception) -> E:  # type: ignore[assignment]  # E is one
        """Return the exception that the handler raised.

        Args:
            kind: the class that is expected, or several.

        Raises:
            ExpectationError: the handler returned, or raised something else.
        """
        if isinstance(self.error, kind):
            return self.error
        names = " or ".join(one.__name__ for one in (kind if isinstance(kind, tuple) else (kind,)))
        if self.error is None:
            returned = f"it returned {self.response!r:.200}"
            raise ExpectationError(f"the handler raised no {names}, {returned}{self._written()}")
        raise ExpectationError(
            f"the handler raised {type(self.error).__name__}: {self.error}, not {names}{self._written()}"
        ) from self.error

    def _written(self) -> str:
        return f"\nIt wrote:\n{self.stdout[-2000:].rstrip()}" if self.stdout.strip() else ""


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
    capture, daemon = _Capture(), listening_daemon()
    earlier = 0 if daemon is None else len(daemon.drain())
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
    spans = Spans() if daemon is None else Spans(build_trace(daemon.drain()[earlier:]))
    return InvocationResult(response, error, *parse_output(stdout), stdout, spans)


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
        if isinstance(handler, logging.StreamHandler)
        and not isinstance(handler, logging.FileHandler)
        and _is_stdout(handler.stream)
    ]
    for handler in led:
        handler.stream = capture
    try:
        yield
    finally:
        for handler in led:
            handler.stream = before


def _is_stdout(stream: object) -> bool:
    if stream is sys.stdout or stream is sys.__stdout__ or isinstance(stream, _Capture):
        return True
    # A test's own stdout is closed with the test; a logger that was made in it writes nowhere any more.
    return getattr(stream, "closed", False) is True
