"""`event_parser`: hands a handler its event as an object of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lambda_powertools.core import lambda_handler_decorator
from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.parser._parsing import parse
from lambda_powertools.parser.exceptions import InvalidModelTypeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from lambda_powertools.core.typing import LambdaHandler
    from lambda_powertools.parser.envelopes.base import BaseEnvelope

    EventT = TypeVar("EventT")
    ContextT = TypeVar("ContextT")
    ReturnT = TypeVar("ReturnT")
    OnError = Callable[[ValueError, Any], Any]

PARSES = "_powertools_parses"
"""The mark of a handler that parses its event already; decorators around it copy it."""


@overload
def event_parser(handler: Callable[[EventT, ContextT], ReturnT], /) -> LambdaHandler[Any, ContextT, ReturnT]: ...
@overload
def event_parser(
    *,
    model: Any = None,
    envelope: type[BaseEnvelope] | BaseEnvelope | None = None,
    on_error: OnError | None = None,
) -> Callable[[Callable[[EventT, ContextT], ReturnT]], LambdaHandler[Any, ContextT, ReturnT]]: ...
def event_parser(
    handler: Any = None, /, *, model: Any = None, envelope: Any = None, on_error: OnError | None = None
) -> Any:
    """Hand a handler its event as an object of a model.

    Args:
        handler: the handler, when the decorator is used bare.
        model: what `parse` takes; by default what the event parameter is annotated with. An annotation may name the
            envelope too: `event: Annotated[Order, envelopes.SQS]`.
        envelope: an envelope to take off first.
        on_error: called with the error and the raw event when the event cannot be parsed; what it returns is the
            response. Without it the error leaves the decorator.

    Raises:
        pydantic.ValidationError: on each invocation whose event does not fit.
        InvalidModelTypeError: on an invocation, when there is no model, or none that pydantic can use.
        InvalidEnvelopeError: on an invocation, when the envelope cannot be used.
        MiddlewareInvalidArgumentError: something else than a handler was given by position.

    Example:
        >>> from lambda_powertools.parser import BaseModel, event_parser
        >>> class Order(BaseModel):
        ...     id: int
        >>> @event_parser
        ... def handler(event: Order, context):
        ...     return event.id
        >>> handler({"id": "7"}, None)
        7
        >>> @event_parser(model=Order, on_error=lambda error, event: {"statusCode": 400})
        ... def lenient(event, context):
        ...     return event.id
        >>> lenient({"id": "seven"}, None)
        {'statusCode': 400}
    """

    def decorate(function: Any, /) -> Any:
        return _decorated(function, model, envelope, on_error)

    return decorate if handler is None else decorate(handler)


def _decorated(function: Any, model: Any, envelope: Any, on_error: OnError | None) -> Any:
    target: tuple[Any, Any] | None = None if model is None else (model, envelope)

    def parsed(event: Any) -> Any:
        nonlocal target
        if target is None:
            target = _annotated(function, envelope)
        return parse(event, *target)

    def run(handler: Any, event: Any, context: Any, **more: Any) -> Any:
        try:
            content = parsed(event)
        except ValueError as error:
            if on_error is None:
                raise
            return on_error(error, event)
        return handler(content, context, **more)

    async def run_async(handler: Any, event: Any, context: Any, **more: Any) -> Any:
        try:
            content = parsed(event)
        except ValueError as error:
            if on_error is None:
                raise
            response = on_error(error, event)
            return await response if hasattr(response, "__await__") else response
        return await handler(content, context, **more)

    middleware: Any = run_async if is_coroutine_function(getattr(function, "__func__", function)) else run
    middleware.__qualname__ = "event_parser"  # what messages and subsegments call it
    decorated: Any = lambda_handler_decorator(middleware)(function)
    setattr(decorated, PARSES, True)
    return decorated


def _annotated(function: Any, envelope: Any) -> tuple[Any, Any]:
    from lambda_powertools.parser._annotation import NOTHING, event_annotation, model_and_envelope

    name = display_name(getattr(function, "__func__", function))
    advice = "give it as @event_parser(model=...), or annotate the event parameter with it"
    try:
        annotation = event_annotation(function)
    except Exception as error:
        raise InvalidModelTypeError(
            f"the annotation of the event of {name} cannot be resolved, so it has no model: {advice}"
        ) from error
    if annotation is NOTHING:
        raise InvalidModelTypeError(f"{name} has no model: {advice}")
    model, annotated_envelope = model_and_envelope(annotation)
    return model, envelope or annotated_envelope
