"""Batches of records from SQS, Kinesis, DynamoDB, Kafka and more, with every failure reported."""

from __future__ import annotations

from lambda_powertools.batch.__about__ import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.batch._sources import EventType
    from lambda_powertools.batch.base import BasePartialProcessor, FailureResponse, SuccessResponse
    from lambda_powertools.batch.decorators import async_batch_processor, batch_handler, batch_processor
    from lambda_powertools.batch.depends import Depends
    from lambda_powertools.batch.exceptions import BatchProcessingError, ExceptionInfo
    from lambda_powertools.batch.fifo import SqsFifoPartialProcessor
    from lambda_powertools.batch.functions import async_process_partial_response, process_partial_response
    from lambda_powertools.batch.partial import BasePartialBatchProcessor
    from lambda_powertools.batch.payload import Payload
    from lambda_powertools.batch.processors import AsyncBatchProcessor, BatchProcessor
    from lambda_powertools.batch.types import BatchTypeModels

_LAZY = {
    "AsyncBatchProcessor": "processors",
    "BasePartialBatchProcessor": "partial",
    "BasePartialProcessor": "base",
    "BatchProcessingError": "exceptions",
    "BatchProcessor": "processors",
    "BatchTypeModels": "types",
    "Depends": "depends",
    "EventType": "_sources",
    "ExceptionInfo": "exceptions",
    "FailureResponse": "base",
    "Payload": "payload",
    "SqsFifoPartialProcessor": "fifo",
    "SuccessResponse": "base",
    "async_batch_processor": "decorators",
    "async_process_partial_response": "functions",
    "batch_handler": "decorators",
    "batch_processor": "decorators",
    "process_partial_response": "functions",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"lambda_powertools.batch.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AsyncBatchProcessor",
    "BasePartialBatchProcessor",
    "BasePartialProcessor",
    "BatchProcessingError",
    "BatchProcessor",
    "BatchTypeModels",
    "Depends",
    "EventType",
    "ExceptionInfo",
    "FailureResponse",
    "Payload",
    "SqsFifoPartialProcessor",
    "SuccessResponse",
    "__version__",
    "async_batch_processor",
    "async_process_partial_response",
    "batch_handler",
    "batch_processor",
    "process_partial_response",
]
