"""The decorator that hands a handler its event as a data class."""

from __future__ import annotations

from lambda_powertools.core.middleware import lambda_handler_decorator
from lambda_powertools.data_classes._conversion import as_data_class, is_data_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn, TypeVar

    from lambda_powertools.core.typing import LambdaHandler
    from lambda_powertools.data_classes._wrapper import DictWrapper

    WrapperT = TypeVar("WrapperT", bound=DictWrapper)
    ContextT = TypeVar("ContextT")
    ReturnT = TypeVar("ReturnT")

    Decorator = Callable[[Callable[[WrapperT, ContextT], ReturnT]], LambdaHandler[Any, ContextT, ReturnT]]

_MISSING: Any = object()


def _hand_over(
    handler: Callable[..., Any],
    event: Any,
    context: Any,
    *,
    data_class: type[DictWrapper],
    json_deserializer: Callable[[str], Any] | None = None,
) -> Any:
    return handler(as_data_class(event, data_class, json_deserializer), context)


_hand_over.__qualname__ = "event_source"  # what messages and subsegments call it


def event_source(
    *args: NoReturn,
    data_class: type[WrapperT] = _MISSING,
    json_deserializer: Callable[[str], Any] | None = None,
) -> Decorator[WrapperT, ContextT, ReturnT]:
    """Hand a handler its event as a data class.

    An event that is one already is passed on as it is; of another class, its raw event is wrapped.

    Args:
        *args: nothing, what it takes has names.
        data_class: the class of the event.
        json_deserializer: parses JSON texts inside the event, `json.loads` by default.

    Raises:
        MiddlewareInvalidArgumentError: a positional argument was given.
        TypeError: there is no `data_class`, or it is no data class.

    Example:
        >>> from lambda_powertools.data_classes import SQSEvent, event_source
        >>> @event_source(data_class=SQSEvent)
        ... def handler(event: SQSEvent, context):
        ...     return [record.body for record in event.records]
        >>> handler({"Records": [{"body": "first"}, {"body": "second"}]}, None)
        ['first', 'second']
    """
    decorate: Any = lambda_handler_decorator(_hand_over)
    if args:
        decorate(*args)
    if not is_data_class(data_class):
        given = "" if data_class is _MISSING else f", not {data_class!r:.80}"
        raise TypeError(f"event_source needs a data class: @event_source(data_class=SQSEvent){given}")
    decorator: Decorator[WrapperT, ContextT, ReturnT] = decorate(
        data_class=data_class, json_deserializer=json_deserializer
    )
    return decorator
