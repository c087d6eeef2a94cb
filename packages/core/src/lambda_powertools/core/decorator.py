"""`@powertools`: surrounds a handler with the installed plugins."""

from __future__ import annotations

import functools

from lambda_powertools.core import loop
from lambda_powertools.core.application import Application
from lambda_powertools.core.callables import is_method_in_class_body, positional_names
from lambda_powertools.core.exceptions import PluginOptionsError
from lambda_powertools.core.invocation import Invocation
from lambda_powertools.core.package_logger import enable_debug_from_environment
from lambda_powertools.core.registry import get_registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

    from lambda_powertools.core.registry import Registry

    P = ParamSpec("P")
    Q = ParamSpec("Q")
    R = TypeVar("R")
    R_co = TypeVar("R_co", covariant=True)

    class PowertoolsHandler(Protocol[P, R_co]):
        """A decorated handler: called like the handler itself, with its `Application` for introspection."""

        application: Application
        __name__: str
        __wrapped__: Callable[..., Any]

        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
            """Run the plugins around the handler."""

        @overload
        def __get__(self, instance: None, owner: type, /) -> PowertoolsHandler[P, R_co]: ...
        @overload
        def __get__(
            self: PowertoolsHandler[Concatenate[Any, Q], R], instance: object, owner: type | None = None, /
        ) -> Callable[Q, R]: ...
else:
    from lambda_powertools.core.static import overload


@overload
def powertools(handler: Callable[P, R_co], /) -> PowertoolsHandler[P, R_co]: ...
@overload
def powertools(
    *,
    service: str | None = None,
    registry: Registry | None = None,
    only: Iterable[str] | None = None,
    disable: Iterable[str] = (),
    **options: Any,
) -> Callable[[Callable[P, R_co]], PowertoolsHandler[P, R_co]]: ...
def powertools(
    handler: Callable[..., Any] | None = None,
    /,
    *,
    service: str | None = None,
    registry: Registry | None = None,
    only: Iterable[str] | None = None,
    disable: Iterable[str] = (),
    **options: Any,
) -> Any:
    """Surround a Lambda handler with every installed plugin.

    Args:
        handler: a function, coroutine function, bound method or callable object that takes event and context.
        service: name of the service, instead of `POWERTOOLS_SERVICE_NAME`.
        registry: where plugins come from, instead of what is installed.
        only: names of the only plugins to use. Plugins that options are given for are used as well.
        disable: names of plugins not to use.
        options: for each plugin by name: True, False (off), a dict of options, or what else the plugin accepts.

    Raises:
        TypeError: `handler` cannot be called, or is a class.
        PluginError: a plugin or an option is unknown or wrong; see `lambda_powertools.core.exceptions`.
        SettingsError: an environment variable holds what it may not.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> @powertools(service="orders", registry=Registry())
        ... def handler(event, context):
        ...     return {"id": event["id"]}
        >>> handler({"id": 7}, None)
        {'id': 7}
        >>> handler.application
        <Application handler plugins=[]>
    """
    enable_debug_from_environment()
    only_names = None if only is None else _names("only", only)
    disabled_names = _names("disable", disable)

    def decorate(function: Callable[..., Any]) -> Any:
        if isinstance(function, (staticmethod, classmethod)):
            return type(function)(decorate(function.__func__))
        _require_handler(function)
        application = Application(
            function,
            registry if registry is not None else get_registry(),
            service=service,
            only=only_names,
            disable=disabled_names,
            options=options,
        )
        return _wrap(function, application)

    return decorate if handler is None else decorate(handler)


def _names(option: str, given: Iterable[str]) -> tuple[str, ...]:
    names = None if isinstance(given, str) else tuple(given)
    if names is None or not all(isinstance(name, str) for name in names):
        raise PluginOptionsError(f"{option} takes names of plugins, as in {option}=['logger']; given was {given!r:.80}")
    return names


def _require_handler(handler: object) -> None:
    if not callable(handler) or isinstance(handler, type):
        what = (
            f"the class {handler.__qualname__}"
            if isinstance(handler, type)
            else f"{type(handler).__name__} {handler!r:.80}"
        )
        raise TypeError(
            f"@powertools decorates a function, method or callable object that takes event and context, not {what}. "
            "Options are given by name: @powertools(service=...)"
        )


def _wrap(handler: Callable[..., Any], application: Application) -> Callable[..., Any]:
    call = _async_caller(application) if application.is_async else application.pipeline.run
    take = _taker(handler, application.name)

    def method(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        event, context, rest = take(args, kwargs)
        bound = handler.__get__(self)
        return call(Invocation(event, context, bound, application), bound, rest, kwargs)

    def function(*args: Any, **kwargs: Any) -> Any:
        if len(args) == 2 and not kwargs:  # noqa: PLR2004  # event and context: how Lambda calls it
            return call(Invocation(args[0], args[1], handler, application), handler, (), kwargs)
        event, context, rest = take(args, kwargs)
        return call(Invocation(event, context, handler, application), handler, rest, kwargs)

    wrapper = method if is_method_in_class_body(handler) else function
    functools.update_wrapper(wrapper, handler)
    wrapper.__name__ = application.name
    wrapper.application = application  # type: ignore[attr-defined]  # PowertoolsHandler says that there is one
    return wrapper


def _async_caller(application: Application) -> Callable[..., Any]:
    run_async = application.pipeline.run_async

    def call(invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        coroutine = run_async(invocation, handler, args, kwargs)
        # Lambda calls from no loop and wants the response; a test or another handler awaits.
        return coroutine if loop.is_loop_running() else loop.run(coroutine)

    return call


def _taker(
    handler: Callable[..., Any], name: str
) -> Callable[[tuple[Any, ...], dict[str, Any]], tuple[Any, Any, tuple[Any, ...]]]:
    """Return what takes event and context out of a call's arguments, given by position or by any of their names."""
    own_names = positional_names(handler)
    event_names, context_names = (*own_names[:1], "event"), (*own_names[1:2], "context")

    def take(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, tuple[Any, ...]]:
        event = args[0] if args else _pop(kwargs, event_names, _MISSING)
        context = args[1] if len(args) > 1 else _pop(kwargs, context_names, None)
        if event is _MISSING:
            raise TypeError(f"{name}() needs an event: call it as {name}(event, context)")
        return event, context, args[2:]

    return take


_MISSING: Any = object()


def _pop(kwargs: dict[str, Any], names: Iterable[str], default: Any) -> Any:
    for name in names:
        if name in kwargs:
            return kwargs.pop(name)
    return default
