"""The decorator that validates a handler's event and response."""

from __future__ import annotations

from contextlib import suppress

from lambda_powertools.core.middleware import lambda_handler_decorator
from lambda_powertools.validation._run import Check, validated
from lambda_powertools.validation.exceptions import InvalidSchemaFormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn, TypeVar

    from lambda_powertools.core.typing import LambdaHandler
    from lambda_powertools.validation._compile import Format, Handler

    EventT = TypeVar("EventT")
    ContextT = TypeVar("ContextT")
    ReturnT = TypeVar("ReturnT")


def _validate_around(
    handler: Callable[..., Any],
    event: Any,
    context: Any,
    /,
    *,
    _inbound: Check | None,
    _outbound: Check | None,
    _envelope: str,
    _jmespath_options: dict[str, Any] | None,
    **more: Any,
) -> Any:
    if _envelope:
        from lambda_powertools.jmespath import query

        event = query(event, _envelope, _jmespath_options)
    if _inbound is not None:
        event = validated(_inbound, event)
    response = handler(event, context, **more)
    if _outbound is None:
        return response
    if hasattr(response, "__await__"):
        return _validate_awaited(response, _outbound)
    _outbound(response)
    return response


async def _validate_awaited(response: Any, check: Check) -> Any:
    response = await response
    check(response)
    return response


_validate_around.__qualname__ = "validator"  # what messages and subsegments call it


def validator(  # noqa: PLR0913  # the signature that users know
    *args: NoReturn,
    inbound_schema: dict[str, Any] | bool | None = None,
    inbound_formats: dict[str, Format] | None = None,
    inbound_handlers: dict[str, Handler] | None = None,
    inbound_provider_options: dict[str, Any] | None = None,
    outbound_schema: dict[str, Any] | bool | None = None,
    outbound_formats: dict[str, Format] | None = None,
    outbound_handlers: dict[str, Handler] | None = None,
    outbound_provider_options: dict[str, Any] | None = None,
    envelope: str = "",
    jmespath_options: dict[str, Any] | None = None,
) -> Callable[[Callable[[EventT, ContextT], ReturnT]], LambdaHandler[Any, ContextT, ReturnT]]:
    """Validate what a handler receives and what it returns.

    The schemas are compiled when the handler is decorated; one that cannot be used is an error when the handler runs.

    Args:
        *args: nothing, what it takes has names.
        inbound_schema: the schema of the event; without one the event is not validated.
        inbound_formats: as `formats` of `validate`, for the event.
        inbound_handlers: as `handlers` of `validate`, for the event.
        inbound_provider_options: as `provider_options` of `validate`, for the event.
        outbound_schema: the schema of the response, which must be plain data; without one it is not validated.
        outbound_formats: as `formats` of `validate`, for the response.
        outbound_handlers: as `handlers` of `validate`, for the response.
        outbound_provider_options: as `provider_options` of `validate`, for the response.
        envelope: a JMESPath expression; the handler receives what it finds in the event.
        jmespath_options: keywords for `jmespath.Options`.

    Raises:
        MiddlewareInvalidArgumentError: a positional argument was given.

    Example:
        >>> from lambda_powertools.validation import envelopes, validator
        >>> @validator(inbound_schema={"type": "array", "items": {"required": ["id"]}}, envelope=envelopes.SQS)
        ... def handler(event, context):
        ...     return [order["id"] for order in event]
        >>> handler({"Records": [{"body": '{"id": 1}'}, {"body": '{"id": 2}'}]}, None)
        [1, 2]
    """
    decorate: Any = lambda_handler_decorator(_validate_around)
    if args:
        decorate(*args)
    decorator: Callable[[Callable[[EventT, ContextT], ReturnT]], LambdaHandler[Any, ContextT, ReturnT]] = decorate(
        _inbound=_check(inbound_schema, inbound_formats, inbound_handlers, inbound_provider_options),
        _outbound=_check(outbound_schema, outbound_formats, outbound_handlers, outbound_provider_options),
        _envelope=envelope,
        _jmespath_options=jmespath_options,
    )
    return decorator


def _check(schema: Any, formats: Any, handlers: Any, options: Any) -> Check | None:
    if not schema:
        return None
    check = Check(schema, formats, handlers, options)
    with suppress(InvalidSchemaFormatError):  # it comes again, where the handler is called
        check.prepare()
    return check
