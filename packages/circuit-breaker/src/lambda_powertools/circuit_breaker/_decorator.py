"""The decorator."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.circuit_breaker._settings import is_disabled
from lambda_powertools.circuit_breaker.base import CircuitBreakerHandler
from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError
from lambda_powertools.core.callables import display_name, is_coroutine_function, is_generator_function

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerPersistenceLayer
    from lambda_powertools.circuit_breaker.states import CircuitTransition

    F = TypeVar("F", bound=Callable[..., Any])

    class Decorator(Protocol):
        """Gives back what it is given, as far as types can tell."""

        def __call__(self, function: F, /) -> F: ...


def circuit_breaker(
    name: str,
    persistence_store: CircuitBreakerPersistenceLayer,
    on_circuit_open: Callable[..., Any] | None = None,
    on_transition: Callable[[CircuitTransition], Any] | None = None,
    config: CircuitBreakerConfig | None = None,
) -> Decorator:
    """Skip the calls of a function while what it depends on is failing.

    After a number of consecutive failures the circuit opens, for every execution environment that shares the store.
    After a while one worker tries again, and closes the circuit when it has succeeded often enough. A healthy circuit
    is read now and then, and never written.

    Args:
        name: name of the circuit: one for each dependency. Names are remembered, so they must not be made up per call.
        persistence_store: the layer that keeps the state.
        on_circuit_open: called in the function's stead while calls are skipped, with the arguments of the call and
            `circuit`, a `CircuitInfo`; what it returns is the result. Without it `CircuitBreakerOpenError` is raised.
        on_transition: called with a `CircuitTransition` after each change that this worker has made.
        config: the settings, the defaults without it.

    Returns:
        A decorator for functions and methods, plain and async ones. Callbacks may be plain or async, too.

    Raises:
        CircuitBreakerConfigError: the name is no text, the store is no layer, or, when decorating, the function has an
            argument `circuit`, which `on_circuit_open` needs.
        TypeError: when decorating, the function is a generator function or not callable.

    Example:
        >>> from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence
        >>> def from_cache(item, *, circuit):
        ...     return f"{item}, cached: {circuit.name} is {circuit.state}"
        >>> store = InMemoryCircuitBreakerPersistence()
        >>> config = CircuitBreakerConfig(failure_threshold=1)
        >>> @circuit_breaker(name="stock", persistence_store=store, on_circuit_open=from_cache, config=config)
        ... def stock_of(item):
        ...     raise TimeoutError
        >>> try:
        ...     stock_of("book")
        ... except TimeoutError:
        ...     stock_of("book")
        'book, cached: stock is OPEN'
    """
    _check(name, persistence_store)
    settings = config or CircuitBreakerConfig()

    def decorate(function: Any, /) -> Any:
        if isinstance(function, (staticmethod, classmethod)):
            return type(function)(decorate(function.__func__))
        if not callable(function) or is_generator_function(function):
            raise TypeError(
                f"circuit {name!r} cannot protect {display_name(function)}: a function that returns or is awaited is "
                "expected, not one that yields"
            )
        handler = CircuitBreakerHandler(function, name, settings, persistence_store, on_circuit_open, on_transition)
        return _wrap_async(function, handler) if is_coroutine_function(function) else _wrap(function, handler)

    return decorate


def _check(name: Any, persistence_store: Any) -> None:
    if not isinstance(name, str) or not name:
        raise CircuitBreakerConfigError(f"name is {name!r:.80}: a text is expected, @circuit_breaker(name=...)")
    if not callable(getattr(persistence_store, "get_state", None)):
        raise CircuitBreakerConfigError(
            f"persistence_store of circuit {name!r} is {persistence_store!r:.80}: a CircuitBreakerPersistenceLayer is "
            "expected"
        )


def _wrap(function: Callable[..., Any], handler: CircuitBreakerHandler) -> Callable[..., Any]:
    run = handler.run

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if is_disabled():
            return function(*args, **kwargs)
        return run(args, kwargs)

    return wrapper


def _wrap_async(function: Callable[..., Any], handler: CircuitBreakerHandler) -> Callable[..., Any]:
    run = handler.run_async

    @functools.wraps(function)
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        if is_disabled():
            return await function(*args, **kwargs)
        return await run(args, kwargs)

    return wrapper
