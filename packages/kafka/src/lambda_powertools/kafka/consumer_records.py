"""The records of an event, whose keys and values are decoded when they are read.

https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.data_classes.common import CaseInsensitiveDict
from lambda_powertools.data_classes.kafka_event import KafkaEventBase, KafkaEventRecordBase, decode_header_bytes
from lambda_powertools.kafka.deserializer.deserializer import shared_deserializer
from lambda_powertools.kafka.exceptions import (
    KafkaConsumerError,
    KafkaConsumerEventError,
    KafkaConsumerOutputSerializerError,
)
from lambda_powertools.kafka.schema_config import SchemaConfig
from lambda_powertools.kafka.serialization.serialization import serialize_text, serialize_to_output_type

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = SchemaConfig()
_UNREAD: Any = object()


class ConsumerRecordRecords(KafkaEventRecordBase):
    """One record. Its key, value and headers are decoded when they are first read, and once only.

    Example:
        >>> from lambda_powertools.kafka import SchemaConfig
        >>> from lambda_powertools.kafka.consumer_records import ConsumerRecordRecords
        >>> raw = {"key": "YQ==", "value": "eyJpZCI6IDd9", "headers": [{"Trace": [97, 98]}]}
        >>> record = ConsumerRecordRecords(raw, SchemaConfig(value_schema_type="JSON"))
        >>> record.key, record.value, record.headers["trace"]
        ('a', {'id': 7}, b'ab')
    """

    def __init__(self, data: dict[str, Any], schema_config: SchemaConfig | None = None) -> None:
        super().__init__(data)
        self.schema_config = schema_config
        self._key = self._value = self._headers = _UNREAD

    @property
    def key(self) -> Any:
        """The key, None if the record has none.

        Raises:
            KafkaConsumerError: it cannot be decoded or converted; which error it is says why.
        """
        if self._key is _UNREAD:
            config, original = self.schema_config or _TEXT, self.original_key
            self._key = self._read(
                "key", original or None, config.key_schema_type, config.key_schema, config.key_schema_wire_format,
                config.key_output_serializer,
            )  # fmt: skip
        return self._key

    @property
    def value(self) -> Any:
        """The value, None for a tombstone.

        Raises:
            KafkaConsumerError: it cannot be decoded or converted; which error it is says why.
        """
        if self._value is _UNREAD:
            config = self.schema_config or _TEXT
            self._value = self._read(
                "value", self.original_value, config.value_schema_type, config.value_schema,
                config.value_schema_wire_format, config.value_output_serializer,
            )  # fmt: skip
        return self._value

    @property
    def headers(self) -> CaseInsensitiveDict[bytes]:
        """The headers by name, whatever its case; of headers with one name the last."""
        if self._headers is _UNREAD:
            self._headers = CaseInsensitiveDict(
                (name, decode_header_bytes(value)) for chunk in self.original_headers for name, value in chunk.items()
            )
        headers: CaseInsensitiveDict[bytes] = self._headers
        return headers

    @property
    def original_key(self) -> str | None:
        """The key in base64, as it is in the event."""
        key: str | None = self._data.get("key")
        return key

    @property
    def original_value(self) -> str:
        """The value in base64, as it is in the event; None for a tombstone."""
        value: str = self._data.get("value")  # type: ignore[assignment]  # rarely None: the type that users know
        return value

    @property
    def original_headers(self) -> list[dict[str, list[int]]]:
        """All headers in their order, as they are in the event."""
        headers: list[dict[str, list[int]]] = self._data.get("headers") or []
        return headers

    def _read(self, side: str, original: str | None, kind: Any, schema: Any, wire_format: Any, output: Any) -> Any:
        if original is None:
            return None
        config = self.schema_config or _TEXT
        try:
            deserializer = shared_deserializer(kind, schema, wire_format, config.max_decompressed_size)
            data = deserializer.deserialize(original, self._data.get(f"{side}SchemaMetadata"))
            return data if output is None else self._convert(data, output, is_text=kind is None)
        except Exception as error:
            if isinstance(error, KafkaConsumerError) and error.args:
                error.args = (f"{error.args[0]} ({side} of {self._place()})",)
            if callable(config.on_error):
                return config.on_error(self, error)
            raise

    def _convert(self, data: Any, output: Any, *, is_text: bool) -> Any:
        try:
            return serialize_text(data, output) if is_text else serialize_to_output_type(data, output)
        except KafkaConsumerOutputSerializerError:
            raise
        except Exception as error:
            if _is_validation_error(error):  # code that knows pydantic expects its own error
                raise
            name = getattr(output, "__qualname__", None) or repr(output)
            raise KafkaConsumerOutputSerializerError(
                f"a {type(data).__name__} cannot be converted to {name:.200}: {type(error).__name__}"
            ) from error

    def _place(self) -> str:
        return ", ".join(f"{name} {self._data.get(name)}" for name in ("topic", "partition", "offset"))


class FailedRecord(NamedTuple):
    """A record that was left out, and why.

    Attributes:
        record: the record.
        error: what was raised when it was decoded.
    """

    record: ConsumerRecordRecords
    error: Exception


class ConsumerRecords(KafkaEventBase):
    """A batch of records. It is a mapping of the raw event: to iterate over the records, iterate over `records`.

    Attributes:
        schema_config: how keys and values are decoded; None for text.
        failures: the records that were left out so far, with `on_error="skip"`.

    Example:
        >>> from lambda_powertools.kafka import ConsumerRecords, SchemaConfig
        >>> raw = {"records": {"orders-0": [{"value": "eyJpZCI6IDd9"}, {"value": "eyJpZCI6IDh9"}]}}
        >>> records = ConsumerRecords(raw, SchemaConfig(value_schema_type="JSON"))
        >>> [record.value["id"] for record in records.records]
        [7, 8]
    """

    def __init__(self, data: dict[str, Any], schema_config: SchemaConfig | None = None) -> None:
        super().__init__(data)
        self.schema_config = schema_config
        self.failures: list[FailedRecord] = []
        self._cursor: Iterator[ConsumerRecordRecords] | None = None

    @property
    def records(self) -> Iterator[ConsumerRecordRecords]:
        """All records, partition by partition, beginning anew at each access.

        Raises:
            KeyError: the event has no records.
            KafkaConsumerEventError: what it has are none.
        """
        return self._iterate()

    @property
    def record(self) -> ConsumerRecordRecords:
        """The next record, beginning with the first; independent of `records`.

        Raises:
            StopIteration: there are no more.
        """
        if self._cursor is None:
            self._cursor = self.records
        return next(self._cursor)

    def _iterate(self) -> Iterator[ConsumerRecordRecords]:
        config = self.schema_config
        skips = config is not None and config.on_error == "skip"
        partitions = self._data["records"]
        if not isinstance(partitions, Mapping):
            raise KafkaConsumerEventError(
                f"records of a Kafka event are a mapping of partitions, not a {type(partitions).__name__}"
            )
        failed: list[FailedRecord] = []
        if skips:
            self.failures = failed  # those of this iteration
        for partition in partitions.values():
            for raw in partition or ():
                record = ConsumerRecordRecords(raw, config)
                if skips:
                    try:
                        record.key, record.value  # noqa: B018  # decoded here
                    except Exception as error:  # noqa: BLE001  # whatever is wrong with it
                        failed.append(FailedRecord(record, error))
                        _report(record, error)
                        continue
                yield record

    def __repr__(self) -> str:
        return "<ConsumerRecords: a mapping of the raw event; iterate over .records for the records>"


def _report(record: ConsumerRecordRecords, error: Exception) -> None:
    from lambda_powertools.core.package_logger import get_logger

    get_logger(__name__).warning("record left out: %s: %s", record._place(), type(error).__name__)  # noqa: SLF001


def _is_validation_error(error: Exception) -> bool:
    pydantic = sys.modules.get("pydantic")
    return pydantic is not None and isinstance(error, pydantic.ValidationError)


def consumer_records(event: Any, schema_config: SchemaConfig | None) -> ConsumerRecords:
    """Return the records of an event; a data class is unwrapped first.

    Raises:
        KafkaConsumerEventError: the event is no mapping.
    """
    raw = getattr(event, "raw_event", event)
    if not isinstance(raw, Mapping):
        raise KafkaConsumerEventError(f"a Kafka event is a mapping, not a {type(raw).__name__}")
    return ConsumerRecords(raw, schema_config)  # type: ignore[arg-type]  # only ever read
