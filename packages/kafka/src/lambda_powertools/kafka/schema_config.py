"""How keys and values are decoded, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.exceptions import KafkaConsumerMissingSchemaError, KafkaConsumerSchemaConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    SchemaType = Literal["AVRO", "PROTOBUF", "JSON"]
    WireFormat = Literal["CONFLUENT", "GLUE"]

MAX_DECOMPRESSED_SIZE = 32 * 1024 * 1024
"""Bytes that a compressed payload may become, unless a config says otherwise."""

_TYPES = ("AVRO", "PROTOBUF", "JSON")
_NEED_SCHEMA = ("AVRO", "PROTOBUF")
_WIRE_FORMATS = ("CONFLUENT", "GLUE")


class SchemaConfig:
    """How the keys and the values of records are decoded, each on its own; checked when it is made.

    Attributes: the parameters, by their names.

    Example:
        >>> from lambda_powertools.kafka import SchemaConfig
        >>> SchemaConfig(value_schema_type="JSON").value_schema_type
        'JSON'
    """

    def __init__(  # noqa: PLR0913  # the signature that users know
        self,
        value_schema_type: SchemaType | None = None,
        value_schema: str | type[Any] | None = None,
        value_output_serializer: Any | None = None,
        key_schema_type: SchemaType | None = None,
        key_schema: str | type[Any] | None = None,
        key_output_serializer: Any | None = None,
        value_schema_wire_format: WireFormat | None = None,
        key_schema_wire_format: WireFormat | None = None,
        *,
        max_decompressed_size: int = MAX_DECOMPRESSED_SIZE,
        on_error: Literal["raise", "skip"] | Callable[[Any, Exception], Any] = "raise",
    ) -> None:
        """Keep the options.

        Args:
            value_schema_type: how values are encoded; None is UTF-8 text.
            value_schema: the Avro schema as JSON text, or the generated Protobuf message class.
            value_output_serializer: what a decoded value becomes: a dataclass, a pydantic model or a type with one in
                it, or any function of the decoded value.
            key_schema_type: how keys are encoded.
            key_schema: as `value_schema`.
            key_output_serializer: as `value_output_serializer`.
            value_schema_wire_format: the header before a value that Lambda has not removed: `CONFLUENT`, for Avro, or
                `GLUE`, which may compress. With a schema registry configured on the event source mapping there is none.
            key_schema_wire_format: as `value_schema_wire_format`.
            max_decompressed_size: bytes that a compressed payload may become; more is an error of the record.
            on_error: what a key or value that cannot be decoded does: `"raise"` raises where it is read; `"skip"`
                leaves the record out of `ConsumerRecords.records` and keeps it in `failures`; a function is given the
                record and the error, and what it returns stands for the key or value.

        Raises:
            KafkaConsumerSchemaConfigError: an option holds a value it may not have.
            KafkaConsumerMissingSchemaError: a schema is missing.
        """
        _check_side("value", value_schema_type, value_schema, value_schema_wire_format)
        _check_side("key", key_schema_type, key_schema, key_schema_wire_format)
        if isinstance(max_decompressed_size, bool) or not isinstance(max_decompressed_size, int):
            raise KafkaConsumerSchemaConfigError("max_decompressed_size is a number of bytes")
        if on_error not in ("raise", "skip") and not callable(on_error):
            raise KafkaConsumerSchemaConfigError(f"on_error is 'raise', 'skip' or a function, not {on_error!r:.80}")
        self.value_schema_type = value_schema_type
        self.value_schema = value_schema
        self.value_output_serializer = value_output_serializer
        self.key_schema_type = key_schema_type
        self.key_schema = key_schema
        self.key_output_serializer = key_output_serializer
        self.value_schema_wire_format = value_schema_wire_format
        self.key_schema_wire_format = key_schema_wire_format
        self.max_decompressed_size = max_decompressed_size
        self.on_error = on_error


def _check_side(side: str, schema_type: Any, schema: Any, wire_format: Any) -> None:
    if schema_type is not None and schema_type not in _TYPES:
        raise KafkaConsumerSchemaConfigError(
            f"{side}_schema_type is {schema_type!r:.80}; allowed are {', '.join(_TYPES)} and None"
        )
    if schema_type in _NEED_SCHEMA and schema is None:
        raise KafkaConsumerMissingSchemaError(f"{side}_schema is missing: {side}_schema_type {schema_type} needs one")
    if wire_format is None:
        return
    if wire_format not in _WIRE_FORMATS:
        raise KafkaConsumerSchemaConfigError(
            f"{side}_schema_wire_format is {wire_format!r:.80}; allowed are {', '.join(_WIRE_FORMATS)} and None"
        )
    if wire_format == "CONFLUENT" and schema_type != "AVRO":
        raise KafkaConsumerSchemaConfigError(
            f"{side}_schema_wire_format CONFLUENT is for {side}_schema_type AVRO, not {schema_type}"
        )
    if schema_type is None:
        raise KafkaConsumerSchemaConfigError(f"{side}_schema_wire_format {wire_format} needs a {side}_schema_type")
