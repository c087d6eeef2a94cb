"""One invocation: what every plugin sees of it, and where everything that belongs to it lives."""

from __future__ import annotations

import os
import time
from contextvars import ContextVar

from lambda_powertools.core.cold_start import claim_cold_start
from lambda_powertools.core.exceptions import InvocationStateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from lambda_powertools.core.application import Application

_current: ContextVar[Invocation | None] = ContextVar("lambda_powertools.invocation", default=None)

_UNREAD: Any = object()


def current_invocation() -> Invocation | None:
    """Return the invocation that the calling thread or task is part of, None outside of one."""
    return _current.get()


class Invocation:
    """One call of a handler.

    Attributes:
        event: the event, as the plugins further out left it; a plugin may replace it in `before_invoke`.
        context: what the runtime handed over: usually its context object, but None, a dict or a mock is possible.
        handler: the function that the plugins surround.
        application: the decorated handler's `Application`; None under a stand-alone decorator.
        response: what the handler returned or a plugin gave; a plugin may replace it in `after_invoke`.
        error: the exception on its way out, None while there is none.
        cold_start: whether this is the first invocation of the execution environment.
        state: what plugins keep for this invocation and offer to each other, by plugin name.
    """

    __slots__ = (
        "__weakref__",
        "_deadline",
        "_handled",
        "_recovered",
        "_responded",
        "_trace_header",
        "application",
        "cold_start",
        "context",
        "error",
        "event",
        "handler",
        "response",
        "state",
    )

    def __init__(
        self,
        event: Any,
        context: Any,
        handler: Callable[..., Any] | None = None,
        application: Application | None = None,
    ) -> None:
        self.event = event
        self.context = context
        self.handler = handler
        self.application = application
        self.response: Any = None
        self.error: BaseException | None = None
        self.state: dict[str, Any] = {}
        self._responded = self._recovered = self._handled = False
        self._deadline: float | None = _UNREAD
        outer = _current.get()
        if outer is not None and outer.context is context:  # a stand-alone decorator around this, of the same request
            self.cold_start: bool = outer.cold_start
            self._trace_header: str | None = outer.trace_header
        else:
            self.cold_start = claim_cold_start()
            self._trace_header = _UNREAD

    def __repr__(self) -> str:
        """Name the request, never its content."""
        return f"<Invocation {self.request_id or '(no request id)'} cold_start={self.cold_start}>"

    def respond(self, value: Any) -> None:
        """Give the response in the handler's stead; for `before_invoke`.

        Raises:
            InvocationStateError: the handler has already run.
        """
        if self._handled:
            raise InvocationStateError(
                "respond() has no effect after the handler has run: assign invocation.response in after_invoke, "
                "or call invocation.recover(value) in on_error"
            )
        self.response = value
        self._responded = True

    def recover(self, value: Any) -> None:
        """Turn the error into a response; for `on_error`.

        Raises:
            InvocationStateError: there is no error to recover from.
        """
        if self.error is None:
            raise InvocationStateError("recover() needs an error: it is for the on_error hook")
        self.response = value
        self._recovered = True

    @property
    def lambda_context(self) -> Any:
        """The Lambda context itself, also when a durable function wraps it (`typing.DurableContextProtocol`)."""
        return unwrap_context(self.context)

    @property
    def request_id(self) -> str | None:
        """The id of the request, None when the context has none."""
        value = getattr(self.lambda_context, "aws_request_id", None)
        return value if isinstance(value, str) else None

    @property
    def deadline(self) -> float | None:
        """The moment, on the clock of `time.monotonic()` in seconds, at which Lambda ends the invocation.

        None when unknown: outside Lambda, or with a stand-in context whose remaining time is 0.
        """
        if self._deadline is _UNREAD:
            self._deadline = _deadline_of(self.lambda_context)
        return self._deadline

    @property
    def remaining_time(self) -> float | None:
        """Seconds left until the deadline, never below 0; None when there is no deadline."""
        deadline = self.deadline
        return None if deadline is None else max(0.0, deadline - time.monotonic())

    @property
    def trace_header(self) -> str | None:
        """The X-Ray tracing header, read once: the environment variable belongs to the process, this to the request."""
        if self._trace_header is _UNREAD:
            # The mapping behind `os.environ` answers in a tenth of the time.
            variables = getattr(os.environ, "_data", None)
            if variables is not None and os.name == "posix":
                value = variables.get(b"_X_AMZN_TRACE_ID")
                self._trace_header = value.decode("utf-8", "surrogateescape") if value else None
            else:
                self._trace_header = os.environ.get("_X_AMZN_TRACE_ID") or None
        return self._trace_header

    @trace_header.setter
    def trace_header(self, value: str | None) -> None:
        self._trace_header = value


class invocation_scope:  # noqa: N801  # used like a function in a with statement
    """Enter the invocation of this context, or begin one: for decorators that also work without `@powertools`.

    Stacked decorators share one `Invocation`, and so one cold-start flag, deadline and state: the outermost begins it.

    Example:
        >>> from lambda_powertools.core import current_invocation, invocation_scope
        >>> with invocation_scope({"id": 1}, None) as invocation:
        ...     assert current_invocation() is invocation
        >>> current_invocation() is None
        True
    """

    __slots__ = ("_invocation", "_token")

    def __init__(self, event: Any, context: Any, handler: Callable[..., Any] | None = None) -> None:
        current = _current.get()
        if current is not None and current.context is context:
            self._invocation = current
            self._token = None
        else:
            self._invocation = Invocation(event, context, handler)
            self._token = _UNREAD

    def __enter__(self) -> Invocation:
        if self._token is _UNREAD:
            self._token = _current.set(self._invocation)
        return self._invocation

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._token is not None:
            _current.reset(self._token)


def unwrap_context(context: Any) -> Any:
    """Return the Lambda context inside the wrapper that durable functions receive; any other context as it is."""
    if hasattr(context, "lambda_context") and hasattr(context, "state"):
        return context.lambda_context
    return context


def _deadline_of(context: Any) -> float | None:
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if not callable(remaining):
        return None
    milliseconds = remaining()
    if not isinstance(milliseconds, (int, float)) or milliseconds <= 0:
        return None
    return time.monotonic() + milliseconds / 1000
