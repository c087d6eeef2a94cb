# ruff: noqa: N815  # the names are the keys of the event
"""Events of Amazon MSK and of self-managed Kafka.

The format: https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, field_validator

from lambda_powertools.parser._decoding import base64_bytes
from lambda_powertools.parser._model import EventModel


class KafkaRecordSchemaMetadata(EventModel):
    """The registered schema of a key or value."""

    dataFormat: str
    schemaId: str


class KafkaRecordModel(EventModel):
    """One record: its key and headers decoded to bytes, its value to text."""

    topic: str
    partition: int
    offset: int
    timestamp: datetime
    timestampType: str
    key: bytes | None = None
    value: str | type[BaseModel] | None = None
    headers: list[dict[str, bytes]]
    keySchemaMetadata: KafkaRecordSchemaMetadata | None = None
    valueSchemaMetadata: KafkaRecordSchemaMetadata | None = None

    @field_validator("key", mode="before")
    @classmethod
    def _decode_key(cls, value: Any) -> Any:
        return None if value is None else base64_bytes(value)

    @field_validator("value", mode="before")
    @classmethod
    def _decode_value(cls, value: Any) -> Any:
        return None if value is None else base64_bytes(value).decode()

    @field_validator("headers", mode="before")
    @classmethod
    def _join_header_bytes(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [
            {name: _joined(numbers) for name, numbers in header.items()} if isinstance(header, dict) else header
            for header in value
        ]


class KafkaBaseEventModel(EventModel):
    """What the events of all Kafka clusters have in common."""

    bootstrapServers: list[str]
    records: dict[str, list[KafkaRecordModel]]

    @field_validator("bootstrapServers", mode="before")
    @classmethod
    def _split_servers(cls, value: Any) -> Any:
        if not value:
            raise ValueError("bootstrapServers is empty")
        return value.split(",") if isinstance(value, str) else value


class KafkaSelfManagedEventModel(KafkaBaseEventModel):
    """Records of a self-managed cluster."""

    eventSource: Literal["SelfManagedKafka", "aws:SelfManagedKafka"]


class KafkaMskEventModel(KafkaBaseEventModel):
    """Records of an Amazon MSK cluster."""

    eventSource: Literal["aws:kafka"]
    eventSourceArn: str


def _joined(numbers: Any) -> Any:
    """Return a list of bytes, which Java counts from -128 to 127, as bytes; anything else as it is."""
    if isinstance(numbers, list) and all(type(number) is int for number in numbers):
        return bytes(number & 0xFF for number in numbers)
    return numbers
