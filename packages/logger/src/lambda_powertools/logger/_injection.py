"""What `inject_lambda_context` does around a handler."""

from __future__ import annotations

import functools
import logging

from lambda_powertools.core.callables import (
    display_name,
    innermost_function,
    is_coroutine_function,
    is_method_in_class_body,
    positional_names,
)
from lambda_powertools.core.invocation import invocation_scope
from lambda_powertools.logger import _keys
from lambda_powertools.logger._record import make_record
from lambda_powertools.logger._scope import state_of
from lambda_powertools.logger._statements import send
from lambda_powertools.logger._uncaught import log_uncaught
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter
from lambda_powertools.logger.lambda_context import invocation_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.logger._service import Service


class InjectionOptions:
    """What `inject_lambda_context` was asked to do.

    Attributes:
        log_event: whether the event is logged.
        correlation: finds the correlation id in an event, None to leave it alone.
        clear_state: whether keys of the invocation end with it, and earlier ones are removed at its start.
        flush_on_error: whether the buffer is written when the handler fails.
        log_exceptions: whether the exception of a failing handler is logged.
    """

    __slots__ = ("clear_state", "correlation", "flush_on_error", "log_event", "log_exceptions")

    def __init__(
        self,
        *,
        log_event: bool,
        correlation: Callable[[Any], Any] | None,
        clear_state: bool,
        flush_on_error: bool,
        log_exceptions: bool,
    ) -> None:
        self.log_event = log_event
        self.correlation = correlation
        self.clear_state = clear_state
        self.flush_on_error = flush_on_error
        self.log_exceptions = log_exceptions


class _Injection:
    """The injection into one invocation, as a `with` block around the handler."""

    __slots__ = ("_handler", "_invocation", "_options", "_owner", "_service", "_state")

    def __init__(
        self, service: Service, options: InjectionOptions, invocation: Invocation, handler: Callable[..., Any]
    ) -> None:
        self._service = service
        self._options = options
        self._invocation = invocation
        self._handler = handler
        self._owner = False

    def __enter__(self) -> None:
        formatter, options = self._service.formatter, self._options
        keys = invocation_keys(self._invocation)
        if options.correlation is not None:
            keys["correlation_id"] = options.correlation(self._invocation.event)
        self._state = state_of(self._invocation)
        self._state.enter()
        try:
            if isinstance(formatter, LambdaPowertoolsFormatter):
                self._owner = formatter.begin_invocation(self._state, keys, clear=options.clear_state)
            else:
                if options.clear_state:
                    self._service.clear_state()
                formatter.append_keys(**keys)
            self._before_handler()
        except BaseException:
            self._end()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                if self._options.flush_on_error:
                    self._service.flush()
                if self._options.log_exceptions:
                    log_uncaught(self._service, error)
        finally:
            self._end()

    def _before_handler(self) -> None:
        service, event = self._service, self._invocation.event
        if self._options.log_event and not {None, service}.intersection(self._state.event_logged):
            self._state.event_logged += (service,)
            log_event(service, event, self._handler)
        if service.rate and not self._invocation.cold_start:
            service.sample()

    def _end(self) -> None:
        state, formatter = self._state, self._service.formatter
        try:
            if self._service.buffer_level and not state.managed:  # else the plugin may still want what is buffered
                self._service.discard()
            if self._owner and isinstance(formatter, LambdaPowertoolsFormatter):
                formatter.end_invocation(state, keep=not self._options.clear_state)
            if self._options.clear_state:
                _keys.clear_thread_safe_keys()
        finally:
            state.leave()


def inject(handler: Callable[..., Any], service: Service, options: InjectionOptions) -> Callable[..., Any]:
    """Return the handler, with the injection around each call."""
    first = 1 if is_method_in_class_body(handler) else 0
    event_name, context_name = _names(handler)

    def scope(args: tuple[Any, ...], kwargs: dict[str, Any]) -> invocation_scope:
        event = args[first] if len(args) > first else kwargs.get(event_name)
        context = args[first + 1] if len(args) > first + 1 else kwargs.get(context_name)
        return invocation_scope(event, context, handler)

    if is_coroutine_function(handler):

        @functools.wraps(handler)
        async def run_async(*args: Any, **kwargs: Any) -> Any:
            with scope(args, kwargs) as invocation, _Injection(service, options, invocation, handler):
                return await handler(*args, **kwargs)

        return run_async

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Any:
        with scope(args, kwargs) as invocation, _Injection(service, options, invocation, handler):
            return handler(*args, **kwargs)

    return run


def _names(handler: Callable[..., Any]) -> tuple[str, str]:
    """Return the names by which a handler may be given event and context."""
    names = positional_names(handler)
    return (names[0] if names else "event"), (names[1] if len(names) > 1 else "context")


def log_event(service: Service, event: Any, handler: Callable[..., Any] | None) -> None:
    """Log the event at level INFO, with the handler as the location."""
    if not service.logger.isEnabledFor(logging.INFO) and service.buffer_level < logging.INFO:
        return
    from lambda_powertools.core.json import plain

    code = getattr(innermost_function(handler), "__code__", log_event.__code__)
    record = make_record(service.name, logging.INFO, code, code.co_firstlineno, plain(event))
    if handler is not None:
        record.funcName = display_name(handler)
    send(service, service.logger, record)
