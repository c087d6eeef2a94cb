import base64
import contextlib
import io
import json
import logging
import sys
import threading
import zlib

import fastavro
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.kafka import ConsumerRecords, SchemaConfig
from lambda_powertools.kafka.consumer_records import ConsumerRecordRecords
from lambda_powertools.kafka.deserializer import DeserializerBase, get_deserializer
from lambda_powertools.kafka.deserializer.deserializer import shared_deserializer
from lambda_powertools.kafka.exceptions import (
    KafkaConsumerAvroSchemaParserError,
    KafkaConsumerDeserializationError,
    KafkaConsumerDeserializationFormatMismatch,
)

GLUE_ID = "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63"


def read(record, config):
    return ConsumerRecordRecords(record, config).value


def glue(payload, *, compressed=False, version=3, compression=None):
    code = (5 if compressed else 0) if compression is None else compression
    return bytes([version, code]) + bytes(16) + (zlib.compress(payload) if compressed else payload)


def confluent(payload, schema_id=42):
    return b"\0" + schema_id.to_bytes(4, "big") + payload


def test_text(kafka):
    """KAF-10: without a schema type keys and values are UTF-8 text."""
    record = ConsumerRecordRecords(kafka.record("grüezi".encode(), key=b"k"))

    assert (record.key, record.value) == ("k", "grüezi")


@pytest.mark.parametrize(
    ("text", "value"), [(b'{"a": [1]}', {"a": [1]}), (b"[1]", [1]), (b'"x"', "x"), (b"null", None)]
)
def test_json(kafka, text, value):
    """KAF-11: any JSON value."""
    assert read(kafka.record(text), SchemaConfig("JSON")) == value


@pytest.mark.parametrize("library", ["avro", "fastavro"])
def test_avro(kafka, library):
    """KAF-12: bytes that avro and fastavro write are read with the schema."""
    data = {"id": 2**40, "note": "grüezi"}
    if library == "avro":
        payload = kafka.avro(data)
    else:
        stream = io.BytesIO()
        fastavro.schemaless_writer(stream, fastavro.parse_schema(json.loads(kafka.schema)), data)
        payload = stream.getvalue()

    assert read(kafka.record(payload), SchemaConfig("AVRO", kafka.schema)) == data


def test_avro_key_and_value(kafka):
    """KAF-8: keys and values have their own schemas."""
    config = SchemaConfig("AVRO", kafka.schema, key_schema_type="AVRO", key_schema='"string"')
    record = ConsumerRecordRecords(
        kafka.record(kafka.avro({"id": 1, "note": None}), key=kafka.avro("k", '"string"')), config
    )

    assert (record.key, record.value) == ("k", {"id": 1, "note": None})


@pytest.mark.parametrize("schema", ["", "{", '{"type": "record"}', '"none such"'])
def test_invalid_avro_schema(kafka, schema):
    """KAF-12: an invalid schema is an error at the first record that is read, and again at the next."""
    records = ConsumerRecords(kafka.event(b"a", b"b"), SchemaConfig("AVRO", schema))

    for record in records.records:
        with pytest.raises(KafkaConsumerAvroSchemaParserError):
            _ = record.value


def test_protobuf(kafka):
    """KAF-13: original field names, 64-bit integers as text, base64 bytes, names of enums; unset fields are absent."""
    message = kafka.Order(order_id=7, count=3, raw=b"\xff", colour=1)
    config = SchemaConfig("PROTOBUF", kafka.Order)

    assert read(kafka.record(message.SerializeToString()), config) == {
        "order_id": "7",
        "count": 3,
        "raw": "/w==",
        "colour": "RED",
    }
    assert read(kafka.record(b""), config) == {}


@pytest.mark.parametrize(
    ("config", "payload", "message"),
    [
        (SchemaConfig(), b"\xff", "text: UnicodeDecodeError"),
        (SchemaConfig("JSON"), b"{", "JSON: JSONDecodeError"),
        (SchemaConfig("JSON"), b"\xff", "JSON: UnicodeDecodeError"),
        (SchemaConfig("JSON"), b"[" * 100_000, "JSON: RecursionError"),
        (SchemaConfig("AVRO", '"string"'), b"\x06a", "AVRO: InvalidAvroBinaryEncoding"),
        (SchemaConfig("AVRO", '"string"'), b"", "AVRO: "),
        (SchemaConfig(), "a", "base64: Error"),
    ],
)
def test_undecodable(kafka, config, payload, message):
    """KAF-10, KAF-15: an error that names the format and the underlying error, which is chained; not the payload."""
    with pytest.raises(KafkaConsumerDeserializationError, match=message) as caught:
        read(kafka.record(payload), config)

    assert caught.value.__cause__ is not None


def test_undecodable_protobuf(kafka):
    """KAF-15: bytes that are no message of the class."""
    with pytest.raises(KafkaConsumerDeserializationError, match="PROTOBUF: DecodeError"):
        read(kafka.record(b"\x0a\xff"), SchemaConfig("PROTOBUF", kafka.Line))


def test_no_secret_in_a_message(kafka):
    """The payload of a record that cannot be decoded does not get into the text of the error."""
    with pytest.raises(KafkaConsumerDeserializationError) as caught:
        read(kafka.record(b'{"card": "4111-secret'), SchemaConfig("JSON"))

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("configured", ["JSON", "AVRO", "PROTOBUF"])
def test_format_mismatch(kafka, configured):
    """KAF-14: a record that says it has another format is refused before it is decoded."""
    schema = {"JSON": None, "AVRO": '"string"', "PROTOBUF": kafka.Order}[configured]
    other = "AVRO" if configured == "JSON" else "JSON"
    record = kafka.record(b"", valueSchemaMetadata={"dataFormat": other, "schemaId": "1"})

    with pytest.raises(KafkaConsumerDeserializationFormatMismatch, match=f"expected {configured} but got {other}"):
        read(record, SchemaConfig(configured, schema))


@pytest.mark.parametrize("metadata", [None, {}, {"dataFormat": None, "schemaId": None}, {"dataFormat": "JSON"}])
def test_matching_or_absent_metadata(kafka, metadata):
    """KAF-14: without metadata, or with empty ones, nothing is compared; text is compared with nothing."""
    assert read(kafka.record(b"1", valueSchemaMetadata=metadata), SchemaConfig("JSON")) == 1
    assert read(kafka.record(b"1", valueSchemaMetadata={"dataFormat": "AVRO"}), None) == "1"


def test_metadata_belongs_to_its_record(kafka):
    """KAF-31: what the first record says of itself does not judge the ones after it."""
    first = kafka.record(b"1", valueSchemaMetadata={"dataFormat": "JSON", "schemaId": "1"})
    second = kafka.record(b"2", valueSchemaMetadata={"dataFormat": "AVRO", "schemaId": "1"})
    third = kafka.record(b"3")
    one, two, three = ConsumerRecords(kafka.event(first, second, third), SchemaConfig("JSON")).records

    assert one.value == 1
    with pytest.raises(KafkaConsumerDeserializationFormatMismatch):
        _ = two.value
    assert three.value == 3


def test_avro_with_confluent_header(kafka, caplog):
    """KAF-16: the header is removed, and its schema id told at debug level; without the option nothing is."""
    payload = confluent(kafka.avro({"id": 1, "note": None}))
    config = SchemaConfig("AVRO", kafka.schema, value_schema_wire_format="CONFLUENT")
    logger = logging.getLogger("lambda_powertools")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.DEBUG, "lambda_powertools"):
            assert read(kafka.record(payload), config) == {"id": 1, "note": None}
    finally:
        logger.removeHandler(caplog.handler)
    assert "42" in caplog.text

    assert read(kafka.record(payload), SchemaConfig("AVRO", kafka.schema))["id"] == 0


@pytest.mark.parametrize(
    ("payload", "message"), [(b"\0\0\0\0", "4 bytes are too short"), (b"\1\0\0\0\0\2", "first byte is 0x01")]
)
def test_wrong_confluent_header(kafka, payload, message):
    """KAF-16: a header that is too short or begins with another byte says which."""
    with pytest.raises(KafkaConsumerDeserializationError, match=message):
        read(kafka.record(payload), SchemaConfig("AVRO", kafka.schema, value_schema_wire_format="CONFLUENT"))


@pytest.mark.parametrize("compressed", [False, True])
def test_glue_header(kafka, compressed):
    """The Glue header is removed and the payload decompressed, for each format."""
    avro = SchemaConfig("AVRO", kafka.schema, value_schema_wire_format="GLUE")
    text = SchemaConfig("JSON", value_schema_wire_format="GLUE")
    protobuf = SchemaConfig("PROTOBUF", kafka.Order, value_schema_wire_format="GLUE")
    message = b"\x00" + kafka.Order(count=3).SerializeToString()

    assert read(kafka.record(glue(kafka.avro({"id": 1}), compressed=compressed)), avro) == {"id": 1, "note": None}
    assert read(kafka.record(glue(b"[1]", compressed=compressed)), text) == [1]
    assert read(kafka.record(glue(message, compressed=compressed)), protobuf) == {"count": 3}


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"\3\0", "2 bytes are too short"),
        (glue(b"1", version=4), "version is 4"),
        (glue(b"1", compression=9), "compression 9"),
        (glue(b"no zlib", compression=5), "compressed payload: error"),
        (glue(b"[" + b"1," * 99, compressed=True)[:-8], "ends before its end"),
    ],
)
def test_wrong_glue_header(kafka, payload, message):
    """What is no Glue header, or is cut off, says what is wrong."""
    with pytest.raises(KafkaConsumerDeserializationError, match=message):
        read(kafka.record(payload), SchemaConfig("JSON", value_schema_wire_format="GLUE"))


def test_decompression_is_bounded(kafka):
    """A payload that becomes larger than allowed is refused, at exactly that size."""
    payload = glue(b'"' + b"a" * 998 + b'"', compressed=True)

    def config(size):
        return SchemaConfig("JSON", value_schema_wire_format="GLUE", max_decompressed_size=size)

    assert len(read(kafka.record(payload), config(1000))) == 998
    with pytest.raises(KafkaConsumerDeserializationError, match="larger than the 999 bytes"):
        read(kafka.record(payload), config(999))
    bomb = glue(b" " * 50_000_000, compressed=True)
    with pytest.raises(KafkaConsumerDeserializationError, match="larger than"):
        read(kafka.record(bomb), SchemaConfig("JSON", value_schema_wire_format="GLUE"))


def zigzag(*numbers):
    return b"".join(varint((number << 1) ^ (number >> 63)) for number in numbers)


def varint(number):
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


@pytest.mark.parametrize(
    "indexes",
    [b"\0", zigzag(1, 0), zigzag(2, 1, 0), zigzag(1, 300), varint(1) + varint(0), varint(2) + varint(1) + varint(0)],
    ids=["first", "one", "nested", "long", "plain one", "plain nested"],
)
def test_protobuf_with_confluent_indexes(kafka, indexes):
    """KAF-17, KAF-18: the list of indexes before a message is removed, zig-zag or, from older producers, plain."""
    payload = indexes + kafka.Order(order_id=5, note="x").SerializeToString()
    record = kafka.record(payload, valueSchemaMetadata={"dataFormat": "PROTOBUF", "schemaId": "123"})

    assert read(record, SchemaConfig("PROTOBUF", kafka.Order)) == {"order_id": "5", "note": "x"}


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff" * 11, b"\xff\xff\xff\xff\x0f", b"\x02", b"\x80"],
    ids=["none", "long", "large", "cut", "half"],
)
def test_indexes_that_make_no_sense(kafka, payload):
    """KAF-18: varints of more than ten bytes, counts beyond the payload, and cut off lists are refused."""
    record = kafka.record(payload, valueSchemaMetadata={"dataFormat": "PROTOBUF", "schemaId": "1"})

    with pytest.raises(KafkaConsumerDeserializationError, match="PROTOBUF"):
        read(record, SchemaConfig("PROTOBUF", kafka.Order))


def test_protobuf_of_glue_and_without_a_registry(kafka):
    """KAF-17: of a schema id that is a UUID one byte is dropped; without a schema id nothing is."""
    message = kafka.Order(count=3).SerializeToString()
    config = SchemaConfig("PROTOBUF", kafka.Order)

    registered = kafka.record(b"\x00" + message, valueSchemaMetadata={"dataFormat": "PROTOBUF", "schemaId": GLUE_ID})
    assert read(registered, config) == {"count": 3}
    assert read(kafka.record(message, valueSchemaMetadata={"dataFormat": "PROTOBUF"}), config) == {"count": 3}


def test_deserializers_are_shared(kafka):
    """KAF-30, KAF-31: one for each format, schema and header, whatever the records say of themselves."""
    shared_deserializer.cache_clear()
    records = [kafka.record(b"\x02\x00", valueSchemaMetadata={"schemaId": str(number)}) for number in range(20)]
    for record in ConsumerRecords(kafka.event(*records), SchemaConfig("AVRO", kafka.schema)).records:
        assert record.value == {"id": 1, "note": None}

    assert shared_deserializer.cache_info().currsize == 1
    assert get_deserializer("AVRO", kafka.schema) is get_deserializer("AVRO", kafka.schema)
    assert get_deserializer("AVRO", kafka.schema) is not get_deserializer("AVRO", kafka.schema, wire_format="CONFLUENT")
    for number in range(200):
        get_deserializer("AVRO", f'{{"type": "fixed", "name": "a", "size": {number + 1}}}')
    assert shared_deserializer.cache_info().currsize == 128


def test_message_classes_of_one_name_are_two(kafka):
    """KAF-31: a deserializer belongs to the class itself."""
    line = kafka.encode(kafka.Line(sku="a").SerializeToString())

    assert get_deserializer("PROTOBUF", kafka.Line).deserialize(line) == {"sku": "a"}
    assert get_deserializer("PROTOBUF", kafka.Order) is not get_deserializer("PROTOBUF", kafka.Line)


def test_deserializers_by_hand(kafka):
    """Deserializers take base64 as text or bytes, and metadata of their own; an unknown format is refused."""
    for data in (kafka.encode(b"[1]"), kafka.encode(b"[1]").encode()):
        assert get_deserializer("JSON", None).deserialize(data) == [1]
    assert isinstance(get_deserializer(None, None), DeserializerBase)
    with pytest.raises(KafkaConsumerDeserializationFormatMismatch):
        get_deserializer("JSON", None, {"dataFormat": "AVRO"}).deserialize(b"1")
    with pytest.raises(ValueError, match="'XML' is not known"):
        get_deserializer("XML", None)
    with pytest.raises(KafkaConsumerDeserializationError, match="base64: TypeError"):
        get_deserializer("JSON", None).deserialize(5)


def test_threads_share_a_deserializer(kafka):
    """Records that are decoded in threads at the same time do not disturb each other."""
    config = SchemaConfig("AVRO", kafka.schema)
    wrong = []

    def work(worker):
        for number in range(100):
            data = {"id": number, "note": f"{worker}" * number}
            if read(kafka.record(kafka.avro(data)), config) != data:
                wrong.append(data)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


@given(payload=st.binary(max_size=60), schema_id=st.sampled_from([None, "7", GLUE_ID]), header=st.booleans())
def test_any_bytes_are_data_or_an_error_of_this_package(payload, schema_id, header):
    """KAF-15: whatever bytes come in, with or without headers, nothing but data or our own error comes out."""
    array = '{"type": "array", "items": ["null", "string", {"type": "map", "values": "double"}]}'
    for kind, schema in (("JSON", None), ("AVRO", array), ("PROTOBUF", Timestamp), (None, None)):
        config = SchemaConfig(kind, schema, value_schema_wire_format="GLUE" if header and kind else None)
        encoded = base64.b64encode(glue(payload) if header else payload).decode()
        record = ConsumerRecordRecords({"value": encoded, "valueSchemaMetadata": {"schemaId": schema_id}}, config)
        with contextlib.suppress(KafkaConsumerDeserializationError):
            assert record.value is not Ellipsis


@pytest.mark.parametrize(("kind", "library"), [("AVRO", "avro"), ("PROTOBUF", "google.protobuf.json_format")])
def test_missing_library(kafka, kind, library, monkeypatch):
    """A missing library is an ImportError that says which extra to install."""
    shared_deserializer.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, f"{library}.io", None)

    with pytest.raises(ImportError, match=rf"lambda-powertools-kafka\[{kind.lower()}\]"):
        read(kafka.record(b""), SchemaConfig(kind, '"long"'))
