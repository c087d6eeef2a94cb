"""The headers that schema registries put before a payload.

Confluent: https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
AWS Glue: https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.kafka.exceptions import KafkaConsumerDeserializationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFLUENT_HEADER = 5
_GLUE_HEADER = 18
_GLUE_VERSION = 3
_GLUE_PLAIN = 0
_GLUE_ZLIB = 5
_LONGEST_VARINT = 10


def strip_header(data: bytes, wire_format: str, max_size: int) -> bytes:
    """Return the payload behind a header, decompressed if the header says so.

    Raises:
        KafkaConsumerDeserializationError: there is no such header, or the payload is larger than `max_size`.
    """
    return _strip_confluent(data) if wire_format == "CONFLUENT" else _strip_glue(data, max_size)


def _strip_confluent(data: bytes) -> bytes:
    if len(data) < _CONFLUENT_HEADER:
        raise KafkaConsumerDeserializationError(
            f"Confluent header: {len(data)} bytes are too short, it has {_CONFLUENT_HEADER}"
        )
    if data[0] != 0:
        raise KafkaConsumerDeserializationError(f"Confluent header: the first byte is 0x{data[0]:02x}, not 0x00")
    from lambda_powertools.core.package_logger import get_logger

    get_logger(__name__).debug("Confluent schema id %d", int.from_bytes(data[1:_CONFLUENT_HEADER], "big"))
    return data[_CONFLUENT_HEADER:]


def _strip_glue(data: bytes, max_size: int) -> bytes:
    if len(data) < _GLUE_HEADER:
        raise KafkaConsumerDeserializationError(f"Glue header: {len(data)} bytes are too short, it has {_GLUE_HEADER}")
    version, compression = data[0], data[1]
    if version != _GLUE_VERSION:
        raise KafkaConsumerDeserializationError(f"Glue header: the version is {version}, not {_GLUE_VERSION}")
    if compression == _GLUE_PLAIN:
        return data[_GLUE_HEADER:]
    if compression != _GLUE_ZLIB:
        raise KafkaConsumerDeserializationError(f"Glue header: compression {compression} is not known")
    return _inflate(data[_GLUE_HEADER:], max_size)


def _inflate(data: bytes, max_size: int) -> bytes:
    """Decompress at most `max_size` bytes: a small record can be made to become gigabytes."""
    import zlib

    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(data, max_size + 1)
    except zlib.error as error:
        raise KafkaConsumerDeserializationError(f"compressed payload: {type(error).__name__}: {error}") from error
    if len(inflated) > max_size:
        raise KafkaConsumerDeserializationError(
            f"compressed payload: it is larger than the {max_size} bytes that max_decompressed_size allows"
        )
    if not inflater.eof:
        raise KafkaConsumerDeserializationError("compressed payload: it ends before its end")
    return inflated


def after_message_indexes(data: bytes) -> Iterator[bytes]:
    """Yield what may follow the list of message indexes that Confluent puts before a Protobuf message.

    The list is a count and that many numbers, as zig-zag varints; 0 stands for the first message. Older Python
    producers wrote plain varints, so that reading comes second.
    """
    for zigzag in (True, False):
        position = _skip_indexes(data, zigzag=zigzag)
        if position is not None:
            yield data[position:]


def _skip_indexes(data: bytes, *, zigzag: bool) -> int | None:
    count, position = _varint(data, 0, zigzag=zigzag)
    if not 0 <= count <= len(data) - position:
        return None
    for _ in range(count):
        index, position = _varint(data, position, zigzag=zigzag)
        if index < 0:
            return None
    return position


def _varint(data: bytes, position: int, *, zigzag: bool) -> tuple[int, int]:
    """Return a number, -1 if there is none, and the position behind it."""
    value = 0
    for length, byte in enumerate(data[position : position + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * length)
        if byte < 0x80:  # noqa: PLR2004  # the highest bit says that more follows
            return ((value >> 1) ^ -(value & 1) if zigzag else value), position + length + 1
    return -1, position


def skip_varint(data: bytes) -> bytes:
    """Return what follows the one number at the beginning.

    Raises:
        KafkaConsumerDeserializationError: there is none.
    """
    value, position = _varint(data, 0, zigzag=False)
    if value < 0:
        raise KafkaConsumerDeserializationError("PROTOBUF: the message index before the message is cut off")
    return data[position:]
