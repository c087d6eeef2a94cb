"""The two decorators."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol, overload

from lambda_powertools.core.callables import is_coroutine_function, is_method_in_class_body
from lambda_powertools.core.invocation import invocation_scope, unwrap_context
from lambda_powertools.idempotency._engine import Engine, is_disabled, warn_of_being_disabled
from lambda_powertools.idempotency._state import publish
from lambda_powertools.idempotency.base import run, run_async

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.idempotency.config import IdempotencyConfig
    from lambda_powertools.idempotency.explanation import KeyExplanation
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
    from lambda_powertools.idempotency.serialization.base import (
        BaseIdempotencyModelSerializer,
        BaseIdempotencySerializer,
    )

    P = ParamSpec("P")
    R = TypeVar("R")
    R_co = TypeVar("R_co", covariant=True)

    class IdempotentFunction(Protocol[P, R_co]):
        """A decorated function: called as before, and able to tell about its keys."""

        __name__: str
        __wrapped__: Callable[..., Any]

        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
            """Run the function, unless its outcome is stored."""

        def explain(self, payload: Any) -> KeyExplanation:
            """Return what becomes of a payload's key, and why."""

        def evict(self, payload: Any) -> None:
            """Forget the outcome that is stored for a payload."""

        def __get__(self, instance: Any, owner: type | None = None, /) -> Any: ...

    class IdempotentHandler(Protocol[R_co]):
        """A decorated handler: called as before, and able to tell about its keys."""

        __name__: str
        __wrapped__: Callable[..., Any]

        def __call__(self, event: Any, context: Any = None, **kwargs: Any) -> R_co:
            """Handle an event, unless its outcome is stored."""

        def explain(self, payload: Any) -> KeyExplanation:
            """Return what becomes of an event's key, and why."""

        def evict(self, payload: Any) -> None:
            """Forget the outcome that is stored for an event."""

        def __get__(self, instance: Any, owner: type | None = None, /) -> Any: ...


def idempotent(
    *,
    persistence_store: BasePersistenceLayer,
    config: IdempotencyConfig | None = None,
    key_prefix: str | None = None,
) -> Callable[[Callable[..., R]], IdempotentHandler[R]]:
    """Make a Lambda handler safe to retry: the first result for an event is stored, and replayed for the same event.

    The handler may be a coroutine function; it is one afterwards too.

    Args:
        persistence_store: where results are stored.
        config: options, the defaults of `IdempotencyConfig` without.
        key_prefix: what keys begin with, instead of the names of the Lambda function and the handler.

    Raises:
        TypeError: the handler is a generator function.
        IdempotencyConfigError: an option holds a value it may not have.
        InvalidEnvelopeExpressionError: an expression cannot be parsed.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig, idempotent
        >>> from lambda_powertools.idempotency.persistence.embedded import EmbeddedPersistenceLayer
        >>> config = IdempotencyConfig(event_key_jmespath="order_id", in_progress_expires_after_seconds=30)
        >>> @idempotent(persistence_store=EmbeddedPersistenceLayer(), config=config)
        ... def handler(event, context):
        ...     print("charging")
        ...     return {"statusCode": 201}
        >>> handler({"order_id": 7, "attempt": 1}, None)
        charging
        {'statusCode': 201}
        >>> handler({"order_id": 7, "attempt": 2}, None)
        {'statusCode': 201}
    """

    def decorate(handler: Callable[..., R]) -> IdempotentHandler[R]:
        engine = Engine(handler, persistence_store, config, key_prefix)
        call = _handler_caller_async(engine) if is_coroutine_function(handler) else _handler_caller(engine)
        wrapped: IdempotentHandler[R] = _wrap_handler(handler, engine, call)
        return wrapped

    return decorate


@overload
def idempotent_function(
    function: Callable[P, R],
    *,
    data_keyword_argument: str,
    persistence_store: BasePersistenceLayer,
    config: IdempotencyConfig | None = None,
    output_serializer: BaseIdempotencySerializer | type[BaseIdempotencyModelSerializer] | None = None,
    key_prefix: str | None = None,
    **kwargs: Any,
) -> IdempotentFunction[P, R]: ...
@overload
def idempotent_function(
    function: None = None,
    *,
    data_keyword_argument: str,
    persistence_store: BasePersistenceLayer,
    config: IdempotencyConfig | None = None,
    output_serializer: BaseIdempotencySerializer | type[BaseIdempotencyModelSerializer] | None = None,
    key_prefix: str | None = None,
    **kwargs: Any,
) -> Callable[[Callable[P, R]], IdempotentFunction[P, R]]: ...
def idempotent_function(
    function: Callable[..., Any] | None = None,
    *,
    data_keyword_argument: str,
    persistence_store: BasePersistenceLayer,
    config: IdempotencyConfig | None = None,
    output_serializer: BaseIdempotencySerializer | type[BaseIdempotencyModelSerializer] | None = None,
    key_prefix: str | None = None,
    **kwargs: Any,
) -> Any:
    """Make any function safe to retry, identified by one of its keyword arguments.

    A coroutine function stays one.

    Args:
        function: the function.
        data_keyword_argument: name of the argument that identifies a call; it must be passed by keyword.
        persistence_store: where results are stored.
        config: options, the defaults of `IdempotencyConfig` without.
        output_serializer: makes results JSON-ready and rebuilds them: an instance, or `DataclassSerializer` or
            `PydanticSerializer` itself, which then reads the function's return annotation.
        key_prefix: what keys begin with, instead of the names of the Lambda function and the function.
        kwargs: ignored.

    Raises:
        TypeError: the function is a generator function.
        IdempotencyConfigError: an option holds a value it may not have.
        InvalidEnvelopeExpressionError: an expression cannot be parsed.
        IdempotencyModelTypeError: the return annotation does not fit the serializer.
        IdempotencyNoSerializationModelError: there is none.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig, idempotent_function
        >>> from lambda_powertools.idempotency.persistence.embedded import EmbeddedPersistenceLayer
        >>> @idempotent_function(
        ...     data_keyword_argument="order",
        ...     persistence_store=EmbeddedPersistenceLayer(),
        ...     config=IdempotencyConfig(event_key_jmespath="id", in_progress_expires_after_seconds=30),
        ... )
        ... def charge(customer, order):
        ...     print("charging", customer)
        ...     return order["price"]
        >>> charge("Ada", order={"id": 7, "price": 990}), charge("Ada", order={"id": 7, "price": 990})
        charging Ada
        (990, 990)
    """
    if function is None:
        return functools.partial(
            idempotent_function,
            data_keyword_argument=data_keyword_argument,
            persistence_store=persistence_store,
            config=config,
            output_serializer=output_serializer,
            key_prefix=key_prefix,
            **kwargs,
        )
    serializer = _serializer(output_serializer, function)
    engine = Engine(function, persistence_store, config, key_prefix, serializer)
    return _wrap_function(function, engine, data_keyword_argument)


def _wrap_handler(handler: Callable[..., Any], engine: Engine, call: Callable[..., Any]) -> Any:
    wrapper: Any
    if is_coroutine_function(handler):
        if is_method_in_class_body(handler):

            async def wrapper(self: Any, /, event: Any, context: Any = None, **kwargs: Any) -> Any:
                return await call(handler.__get__(self), event, context, kwargs)

        else:

            async def wrapper(event: Any, context: Any = None, **kwargs: Any) -> Any:
                return await call(handler, event, context, kwargs)

    elif is_method_in_class_body(handler):

        def wrapper(self: Any, /, event: Any, context: Any = None, **kwargs: Any) -> Any:
            return call(handler.__get__(self), event, context, kwargs)

    else:

        def wrapper(event: Any, context: Any = None, **kwargs: Any) -> Any:
            return call(handler, event, context, kwargs)

    return _finish(wrapper, handler, engine)


def _handler_caller(engine: Engine) -> Callable[..., Any]:
    def call(handler: Callable[..., Any], event: Any, context: Any, kwargs: dict[str, Any]) -> Any:
        if is_disabled():
            warn_of_being_disabled()
            return handler(event, context, **kwargs)
        with invocation_scope(event, context, handler) as invocation:
            _register(engine, invocation)
            started = engine.begin(event, rerun=is_rerun(context))
            publish(invocation, started)
            return run(engine, handler, started, (event, context), kwargs)

    return call


def _handler_caller_async(engine: Engine) -> Callable[..., Any]:
    async def call(handler: Callable[..., Any], event: Any, context: Any, kwargs: dict[str, Any]) -> Any:
        if is_disabled():
            warn_of_being_disabled()
            return await handler(event, context, **kwargs)
        with invocation_scope(event, context, handler) as invocation:
            _register(engine, invocation)
            started = await engine.begin_async(event, rerun=is_rerun(context))
            publish(invocation, started)
            return await run_async(engine, handler, started, (event, context), kwargs)

    return call


def is_rerun(context: Any) -> bool:
    """Return whether a durable execution runs its function again."""
    if unwrap_context(context) is context:
        return False
    operations = getattr(context.state, "operations", None)
    try:
        return len(operations or ()) > 1
    except TypeError:  # something else that has a state and a Lambda context
        return False


def _register(engine: Engine, invocation: Invocation) -> None:
    # For threads that the handler starts: they do not inherit the invocation.
    context = invocation.lambda_context
    if context is not None and engine.config.lambda_context is not context:
        engine.config.register_lambda_context(context)


def _wrap_function(function: Callable[..., Any], engine: Engine, argument: str) -> Any:
    wrapper: Any
    if is_coroutine_function(function):

        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            if is_disabled():
                warn_of_being_disabled()
                return await function(*args, **kwargs)
            started = await engine.begin_async(_data(function, argument, kwargs))
            return await run_async(engine, function, started, args, kwargs)

    else:

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if is_disabled():
                warn_of_being_disabled()
                return function(*args, **kwargs)
            return run(engine, function, engine.begin(_data(function, argument, kwargs)), args, kwargs)

    return _finish(wrapper, function, engine)


def _data(function: Callable[..., Any], argument: str, kwargs: dict[str, Any]) -> Any:
    if argument in kwargs:
        return kwargs[argument]
    raise RuntimeError(
        f"{getattr(function, '__qualname__', function)} is identified by its argument {argument!r}, which must exist "
        f"in its signature and be passed by keyword: {argument}=..."
    )


def _serializer(
    given: BaseIdempotencySerializer | type[BaseIdempotencyModelSerializer] | None, function: Callable[..., Any]
) -> BaseIdempotencySerializer | None:
    if not isinstance(given, type):
        return given
    from lambda_powertools.idempotency.serialization._annotations import return_annotation

    return given.instantiate(return_annotation(function))


def _finish(wrapper: Any, function: Callable[..., Any], engine: Engine) -> Any:
    functools.update_wrapper(wrapper, function)
    wrapper.explain = engine.explain
    wrapper.evict = engine.evict
    return wrapper
