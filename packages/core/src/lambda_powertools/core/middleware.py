"""The middleware factory: makes a decorator for handlers out of one function.

A middleware is the simple way to write one's own wrapper; a plugin, which is found by itself and knows the whole
invocation, is the other. Both may surround one handler, in any order.
"""

from __future__ import annotations

import functools
from contextlib import suppress
from importlib import import_module

from lambda_powertools.core import spans
from lambda_powertools.core.callables import (
    argument_names,
    flag_coroutine_function,
    is_coroutine_function,
    is_method_in_class_body,
    takes_any_keyword,
)
from lambda_powertools.core.exceptions import MiddlewareInvalidArgumentError
from lambda_powertools.core.settings import Settings
from lambda_powertools.core.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

    from lambda_powertools.core.typing import LambdaHandler

    P = ParamSpec("P")
    EventT = TypeVar("EventT")
    ContextT = TypeVar("ContextT")
    ReturnT = TypeVar("ReturnT")

    class MiddlewareDecorator(Protocol[P]):
        """A middleware, ready to decorate handlers: bare, or called with keyword options first."""

        __name__: str
        __wrapped__: Callable[..., Any]

        @overload
        def __call__(
            self, handler: Callable[[EventT, ContextT], ReturnT], /, *args: P.args, **options: P.kwargs
        ) -> LambdaHandler[EventT, ContextT, ReturnT]: ...
        @overload
        def __call__(
            self, *args: P.args, **options: P.kwargs
        ) -> Callable[[Callable[[EventT, ContextT], ReturnT]], LambdaHandler[EventT, ContextT, ReturnT]]: ...
else:
    from lambda_powertools.core.static import overload

TRACING_MODULE = "lambda_powertools.tracer"
"""Imported when a middleware is to be traced and nothing has registered how; it registers itself."""

_MISSING: Any = object()
_NO_HANDLER_ARGUMENTS = 3  # handler, event and context come before the options


@overload
def lambda_handler_decorator(
    decorator: Callable[Concatenate[Any, Any, Any, P], Any], trace_execution: bool | None = None
) -> MiddlewareDecorator[P]: ...
@overload
def lambda_handler_decorator(
    decorator: None = None, trace_execution: bool | None = None
) -> Callable[[Callable[Concatenate[Any, Any, Any, P], Any]], MiddlewareDecorator[P]]: ...
def lambda_handler_decorator(decorator: Callable[..., Any] | None = None, trace_execution: bool | None = None) -> Any:
    """Turn a function `middleware(handler, event, context, **options)` into a decorator for handlers.

    The middleware calls `handler(event, context)` itself, none or more times, and returns the result of the
    invocation. It may be a coroutine function; the handler it is given is awaited then.

    Args:
        decorator: the middleware function.
        trace_execution: whether each call runs in a subsegment; `POWERTOOLS_TRACE_MIDDLEWARES` decides if not given.

    Raises:
        MiddlewareInvalidArgumentError: `decorator` is no function.
        ImportError: tracing is asked for here, and no tracing package is installed.
        SettingsError: `POWERTOOLS_TRACE_MIDDLEWARES` holds what it may not.

    Example:
        >>> from lambda_powertools.core import lambda_handler_decorator
        >>> @lambda_handler_decorator
        ... def rename(handler, event, context, *, old, new="id"):
        ...     event[new] = event.pop(old)
        ...     return handler(event, context)
        >>> @rename(old="order_id")
        ... def handler(event, context):
        ...     return event["id"]
        >>> handler({"order_id": 7}, None)
        7
    """
    if decorator is None:
        return functools.partial(lambda_handler_decorator, trace_execution=trace_execution)
    middleware: Any = decorator
    if not callable(middleware):
        raise MiddlewareInvalidArgumentError(f"a middleware is a function, not {middleware!r:.80}")
    run = _traced(middleware) if _is_traced(middleware, trace_execution) else middleware
    name = getattr(middleware, "__qualname__", type(middleware).__name__)
    known = None if takes_any_keyword(middleware) else argument_names(middleware)

    def decorate(handler: Any = _MISSING, /, *args: Any, **options: Any) -> Any:
        if args or not (handler is _MISSING or _is_handler(handler)):
            received = args[0] if args else handler
            raise MiddlewareInvalidArgumentError(
                f"middleware {name} was given {received!r:.80}, which is no handler; only keyword arguments are "
                f"supported as options: @{name}(option=...)"
            )
        if known is not None:
            _check_options(name, known[_NO_HANDLER_ARGUMENTS:], options)
        if handler is _MISSING:
            return functools.update_wrapper(lambda function, /: decorate(function, **options), middleware)
        if isinstance(handler, (staticmethod, classmethod)):
            return type(handler)(_apply(run, handler.__func__, options))
        return _apply(run, handler, options)

    return functools.update_wrapper(decorate, middleware)


def _is_handler(value: object) -> bool:
    return isinstance(value, (staticmethod, classmethod)) or (callable(value) and not isinstance(value, type))


def _check_options(middleware: str, known: tuple[str, ...], options: dict[str, Any]) -> None:
    for option in options:
        if option not in known:
            raise TypeError(f"middleware {middleware} has no option {option!r}{did_you_mean(option, known)}")


def _apply(run: Callable[..., Any], handler: Callable[..., Any], options: dict[str, Any]) -> Callable[..., Any]:
    asynchronous, handler_awaits = is_coroutine_function(run), is_coroutine_function(handler)
    call = _logged_async(run) if asynchronous else _logged(run)

    def ready(function: Callable[..., Any]) -> Callable[..., Any]:
        """Give an asynchronous middleware a handler that it can await."""
        return _awaitable(function) if asynchronous and not handler_awaits else function

    wrapper: Callable[..., Any]
    if is_method_in_class_body(handler):

        def wrapper(self: Any, /, event: Any, context: Any = None, **more: Any) -> Any:
            return call(ready(handler.__get__(self)), event, context, **{**options, **more})

    else:
        inner = ready(handler)

        def wrapper(event: Any, context: Any = None, **more: Any) -> Any:
            return call(inner, event, context, **({**options, **more} if more else options))

    functools.update_wrapper(wrapper, handler)
    return flag_coroutine_function(wrapper) if asynchronous or handler_awaits else wrapper


def _awaitable(handler: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(handler)
    async def run(*args: Any, **kwargs: Any) -> Any:
        result = handler(*args, **kwargs)  # a handler under @powertools gives a coroutine inside a loop
        return await result if hasattr(result, "__await__") else result

    return run


def _logged(run: Callable[..., Any]) -> Callable[..., Any]:
    def call(handler: Any, event: Any, context: Any, /, **options: Any) -> Any:
        try:
            return run(handler, event, context, **options)
        except Exception as error:
            _log(run, error)
            raise

    return call


def _logged_async(run: Callable[..., Any]) -> Callable[..., Any]:
    async def call(handler: Any, event: Any, context: Any, /, **options: Any) -> Any:
        try:
            return await run(handler, event, context, **options)
        except Exception as error:
            _log(run, error)
            raise

    return call


def _log(run: Callable[..., Any], error: Exception) -> None:
    """Write a traceback to the debug output, once for all middlewares that the exception passes through."""
    if getattr(error, "_powertools_logged", False):
        return
    with suppress(AttributeError, TypeError):  # an exception with slots is logged more than once, no harm
        error._powertools_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    from lambda_powertools.core.package_logger import get_logger

    get_logger(__name__).debug("exception out of middleware %s", getattr(run, "__qualname__", run), exc_info=error)


def _is_traced(middleware: Callable[..., Any], explicit: bool | None) -> bool:
    if not Settings.trace_middlewares.resolve(explicit):
        return False
    if spans.has_span_factory():
        return True
    try:
        import_module(TRACING_MODULE)
    except ImportError as error:
        message = (
            f"middleware {getattr(middleware, '__qualname__', middleware)} is to be traced, but no tracing package is "
            "installed: pip install lambda-powertools-tracer"
        )
        if explicit:
            raise ImportError(message) from error
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(f"{message}, or unset POWERTOOLS_TRACE_MIDDLEWARES", PowertoolsUserWarning, stacklevel=4)
        return False
    return True


def _traced(middleware: Callable[..., Any]) -> Callable[..., Any]:
    qualified = getattr(middleware, "__qualname__", type(middleware).__name__)
    name = f"## {''.join(character for character in qualified if character not in _FORBIDDEN)}"

    if is_coroutine_function(middleware):

        @functools.wraps(middleware)
        async def run_async(*args: Any, **options: Any) -> Any:
            with spans.span(name):
                return await middleware(*args, **options)

        return run_async

    @functools.wraps(middleware)
    def run(*args: Any, **options: Any) -> Any:
        with spans.span(name):
            return middleware(*args, **options)

    return run


_FORBIDDEN = frozenset("?;*()!$~^<>")  # in the name of a segment
