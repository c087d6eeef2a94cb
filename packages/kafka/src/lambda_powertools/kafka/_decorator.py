"""The decorator that hands a handler its event as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lambda_powertools.core.middleware import lambda_handler_decorator
from lambda_powertools.kafka.consumer_records import consumer_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from lambda_powertools.core.typing import LambdaHandler
    from lambda_powertools.kafka.consumer_records import ConsumerRecords
    from lambda_powertools.kafka.schema_config import SchemaConfig

    ContextT = TypeVar("ContextT")
    ReturnT = TypeVar("ReturnT")

    Decorator = Callable[[Callable[[ConsumerRecords, ContextT], ReturnT]], LambdaHandler[Any, ContextT, ReturnT]]


def _hand_over(
    handler: Callable[..., Any],
    event: Any,
    context: Any,
    /,
    *,
    _schema_config: SchemaConfig | None,
    **more: Any,
) -> Any:
    return handler(consumer_records(event, _schema_config), context, **more)


_hand_over.__qualname__ = "kafka_consumer"  # what messages and subsegments call it


@overload
def kafka_consumer(
    handler: Callable[[ConsumerRecords, ContextT], ReturnT], schema_config: SchemaConfig | None = None
) -> LambdaHandler[Any, ContextT, ReturnT]: ...
@overload
def kafka_consumer(handler: None = None, schema_config: SchemaConfig | None = None) -> Decorator[ContextT, ReturnT]: ...
def kafka_consumer(handler: Callable[..., Any] | None = None, schema_config: SchemaConfig | None = None) -> Any:
    """Hand a handler its event as `ConsumerRecords`.

    Args:
        handler: the handler, where the decorator is used bare.
        schema_config: how keys and values are decoded; without it they are text.

    Raises:
        MiddlewareInvalidArgumentError: something else than a handler was decorated.

    Example:
        >>> from lambda_powertools.kafka import SchemaConfig, kafka_consumer
        >>> @kafka_consumer(schema_config=SchemaConfig(value_schema_type="JSON"))
        ... def handler(event, context):
        ...     return [record.value for record in event.records]
        >>> handler({"records": {"orders-0": [{"value": "eyJpZCI6IDd9"}]}}, None)
        [{'id': 7}]
    """
    decorate: Any = lambda_handler_decorator(_hand_over)
    options = {"_schema_config": schema_config}
    return decorate(**options) if handler is None else decorate(handler, **options)
