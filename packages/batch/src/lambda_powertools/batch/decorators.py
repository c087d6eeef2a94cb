"""Decorators around the handler of a batch."""

from __future__ import annotations

from lambda_powertools.batch._configuration import BatchConfiguration
from lambda_powertools.batch.functions import async_process_partial_response, process_partial_response
from lambda_powertools.core import loop
from lambda_powertools.core.invocation import invocation_scope
from lambda_powertools.core.middleware import lambda_handler_decorator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, overload

    from lambda_powertools.batch.partial import BasePartialBatchProcessor
    from lambda_powertools.batch.processors import AsyncBatchProcessor
    from lambda_powertools.core.typing import LambdaHandler
else:
    from lambda_powertools.core.static import overload


@overload
def batch_handler(record_handler: Callable[..., Any], /) -> LambdaHandler[Any, Any, Any]: ...
@overload
def batch_handler(**options: Any) -> Callable[[Callable[..., Any]], LambdaHandler[Any, Any, Any]]: ...
def batch_handler(record_handler: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Turn a record handler into the handler of the Lambda function: it takes the event, and returns the response.

    Bare, it reads from the event which service sent it, and keeps the order of a FIFO queue. A coroutine function
    handles the records concurrently.

    Args:
        record_handler: what handles one record.
        **options: those of the plugin, `type` or `processor` among them.

    Raises:
        BatchConfigurationError: an option, or the record handler, cannot work.

    Example:
        >>> from lambda_powertools.batch import batch_handler
        >>> @batch_handler
        ... def handler(record):
        ...     return record.json_body["quantity"]
        >>> message = {"messageId": "m-1", "body": "{}", "eventSource": "aws:sqs"}
        >>> fine = {**message, "messageId": "m-2", "body": '{"quantity": 1}'}
        >>> handler({"Records": [message, fine]}, None)
        {'batchItemFailures': [{'itemIdentifier': 'm-1'}]}
    """
    if record_handler is None:
        return lambda function: _decorated(function, options)
    return _decorated(record_handler, options)


def _decorated(record_handler: Callable[..., Any], options: dict[str, Any]) -> Callable[[Any, Any], Any]:
    configuration = BatchConfiguration(record_handler, **options)

    def handler(event: Any, context: Any = None) -> Any:
        with invocation_scope(event, context, handler):
            batch = configuration.begin(event, context)
            if not batch.is_async:
                return batch.run()
            coroutine = batch.run_async()
            # Lambda calls from no loop and wants the response; a test or another handler awaits.
            return coroutine if loop.is_loop_running() else loop.run(coroutine)

    handler.__name__ = handler.__qualname__ = getattr(record_handler, "__name__", "handler")
    handler.__doc__, handler.__module__ = record_handler.__doc__, getattr(record_handler, "__module__", __name__)
    return handler


def _deprecated(name: str, instead: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsDeprecationWarning

    warnings.warn(
        f"the decorator {name} is deprecated: call {instead} in the handler", PowertoolsDeprecationWarning, stacklevel=5
    )


def _batch_processor(
    handler: Callable[..., Any],
    event: Any,
    context: Any,
    *,
    record_handler: Callable[..., Any],
    processor: BasePartialBatchProcessor,
) -> Any:
    """Process the batch before the handler runs; deprecated, use `process_partial_response`."""
    _deprecated("batch_processor", "process_partial_response")
    process_partial_response(event, record_handler, processor, context)
    return handler(event, context)


def _async_batch_processor(
    handler: Callable[..., Any],
    event: Any,
    context: Any,
    *,
    record_handler: Callable[..., Any],
    processor: AsyncBatchProcessor,
) -> Any:
    """Process the batch concurrently before the handler runs; deprecated, use `async_process_partial_response`."""
    _deprecated("async_batch_processor", "async_process_partial_response")
    async_process_partial_response(event, record_handler, processor, context)
    return handler(event, context)


_batch_processor.__name__ = _batch_processor.__qualname__ = "batch_processor"
_async_batch_processor.__name__ = _async_batch_processor.__qualname__ = "async_batch_processor"
batch_processor = lambda_handler_decorator(_batch_processor)
async_batch_processor = lambda_handler_decorator(_async_batch_processor)
