"""Events of Apache Kafka: Amazon MSK and self-managed clusters.

https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict
from lambda_powertools.data_classes._fields import cached, optional, optional_wrapped, required
from lambda_powertools.data_classes._payload import from_base64
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def decode_header_bytes(header_value: list[int]) -> bytes:
    """Return the bytes of a header; Java writes those above 127 as negative numbers.

    Example:
        >>> decode_header_bytes([104, 105, -61, -92]).decode()
        'hiä'
    """
    return bytes([byte % 256 for byte in header_value])


class KafkaEventRecordSchemaMetadata(DictWrapper):
    """The schema, of a schema registry, that a key or a value was written with."""

    data_format = optional("dataFormat", str, doc="`AVRO`, `JSON` or `PROTOBUF`.")
    schema_id = optional("schemaId", str)


class KafkaEventRecordBase(DictWrapper):
    """Where a record comes from; what is in it is the subclass's."""

    topic = required("topic", str)
    partition = required("partition", int)
    offset = required("offset", int)
    timestamp = required("timestamp", int, doc="Milliseconds of Unix time.")
    timestamp_type = required("timestampType", str, doc="`CREATE_TIME` or `LOG_APPEND_TIME`.")
    key_schema_metadata = optional_wrapped("keySchemaMetadata", KafkaEventRecordSchemaMetadata)
    value_schema_metadata = optional_wrapped("valueSchemaMetadata", KafkaEventRecordSchemaMetadata)


class KafkaEventRecord(KafkaEventRecordBase):
    """One record of a topic.

    Example:
        >>> record = KafkaEventRecord({"value": "eyJpZCI6IDd9", "headers": [{"Trace": [97, 98]}]})
        >>> record.json_value, record.decoded_headers["trace"], record.decoded_key
        ({'id': 7}, b'ab', None)
    """

    key = optional("key", str, doc="The key, in base64.")
    value = required("value", str, doc="The value, in base64.")
    headers = required("headers", list[dict[str, list[int]]], doc="The headers in their order, as lists of bytes.")

    @property
    def decoded_key(self) -> bytes | None:
        """The key, None if the record has none."""
        key = self.key
        return None if key is None else from_base64(key)

    @property
    def decoded_value(self) -> bytes:
        """The value."""
        return from_base64(self.value)

    @cached
    def json_value(self) -> Any:
        """The value, parsed from JSON in UTF-8."""
        return self._json_deserializer(self.decoded_value.decode("utf-8"))

    @cached
    def decoded_headers(self) -> CaseInsensitiveDict[bytes]:
        """The headers by name, whatever its case; of headers with one name the last."""
        return CaseInsensitiveDict(
            (name, decode_header_bytes(value)) for chunk in self.headers for name, value in chunk.items()
        )


class KafkaEventBase(DictWrapper):
    """Which cluster an event comes from."""

    event_source = required("eventSource", str, doc="`aws:kafka` or `SelfManagedKafka`.")
    event_source_arn = optional("eventSourceArn", str, doc="Of an MSK cluster; self-managed clusters have none.")
    bootstrap_servers = required("bootstrapServers", str, doc="Host names and ports, separated by commas.")

    @property
    def decoded_bootstrap_servers(self) -> list[str]:
        """Host names and ports of the cluster."""
        return self.bootstrap_servers.split(",")


class KafkaEvent(KafkaEventBase):
    """A batch of records, perhaps of several partitions.

    Example:
        >>> event = KafkaEvent({"records": {"orders-0": [{"offset": 1}, {"offset": 2}], "orders-1": [{"offset": 9}]}})
        >>> [record.offset for record in event.records]
        [1, 2, 9]
        >>> event.record.offset, event.record.offset
        (1, 2)
    """

    @property
    def records(self) -> Iterator[KafkaEventRecord]:
        """All records, partition by partition, beginning anew at each access."""
        deserializer = self._json_deserializer
        for partition in self._data["records"].values():
            for record in partition:
                yield KafkaEventRecord(record, deserializer)

    @cached
    def _cursor(self) -> Iterator[KafkaEventRecord]:
        return self.records

    @property
    def record(self) -> KafkaEventRecord:
        """The next record, beginning with the first.

        Raises:
            StopIteration: there are no more.
        """
        return next(self._cursor)
