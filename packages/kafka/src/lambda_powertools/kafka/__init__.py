"""Kafka consumers: keys and values of records, decoded when they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.kafka._decorator import kafka_consumer
    from lambda_powertools.kafka.consumer_records import ConsumerRecords, FailedRecord
    from lambda_powertools.kafka.schema_config import SchemaConfig

_LAZY = {
    "ConsumerRecords": "consumer_records",
    "FailedRecord": "consumer_records",
    "SchemaConfig": "schema_config",
    "kafka_consumer": "_decorator",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["ConsumerRecords", "FailedRecord", "SchemaConfig", "__version__", "kafka_consumer"]
