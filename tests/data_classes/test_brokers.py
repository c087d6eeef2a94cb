import base64
import binascii
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.data_classes.active_mq_event import ActiveMQEvent, ActiveMQMessage
from lambda_powertools.data_classes.kafka_event import KafkaEvent, KafkaEventRecord
from lambda_powertools.data_classes.rabbit_mq_event import RabbitMessage, RabbitMQEvent


def encoded(content):
    return base64.b64encode(content).decode()


class Counting:
    """A JSON deserializer that counts its calls."""

    calls = 0

    def __call__(self, text):
        self.calls += 1
        return json.loads(text)


KAFKA = {
    "eventSource": "SelfManagedKafka",
    "bootstrapServers": "b-1.kafka:9092,b-2.kafka:9092",
    "records": {"orders-0": [{"offset": 1}, {"offset": 2}], "empty-0": [], "orders-1": [{"offset": 7}]},
}
ACTIVE = {"messages": [{"messageID": "a"}, {"messageID": "b"}, {"messageID": "c"}]}


def kafka_offsets(event):
    return [record.offset for record in event.records]


def active_ids(event):
    return [message.message_id for message in event.messages]


@pytest.mark.parametrize(
    ("event", "cursor", "everything", "expected"),
    [
        (KafkaEvent(KAFKA), lambda event: event.record.offset, kafka_offsets, [1, 2, 7]),
        (ActiveMQEvent(ACTIVE), lambda event: event.message.message_id, active_ids, ["a", "b", "c"]),
    ],
    ids=["kafka", "active mq"],
)
def test_cursor_gives_the_next_record_at_each_access(event, cursor, everything, expected):
    """DC-14, T-4: a cursor is independent of the records and of the text of the event, and ends with StopIteration."""
    assert everything(event) == expected
    assert cursor(event) == expected[0]
    assert everything(event) == expected
    assert "generator" not in str(event)
    assert [cursor(event) for _ in expected[1:]] == expected[1:]
    with pytest.raises(StopIteration):
        cursor(event)
    assert everything(event) == expected


def test_text_of_an_event_shows_its_records():
    """T-4: records are rendered as a list, however far the cursor has come, and the cursor shows the first."""
    event = ActiveMQEvent(ACTIVE)
    assert event.message.message_id == "a"

    text = str(event)

    assert [text.count(f"'message_id': '{name}'") for name in "abc"] == [2, 1, 1]
    assert "generator" not in text


def test_kafka_event_of_a_self_managed_cluster():
    """A cluster of one's own has no ARN, and several bootstrap servers."""
    event = KafkaEvent(KAFKA)

    assert event.event_source_arn is None
    assert event.decoded_bootstrap_servers == ["b-1.kafka:9092", "b-2.kafka:9092"]


@pytest.mark.parametrize("data", [{}, {"key": None}])
def test_kafka_record_without_a_key(data):
    """Section 7.2: a record without a key, or with a null one, has None for it."""
    record = KafkaEventRecord(data)

    assert (record.key, record.decoded_key) == (None, None)


def test_kafka_record_with_an_empty_key():
    """A key of no bytes is not the same as no key."""
    assert KafkaEventRecord({"key": ""}).decoded_key == b""


@given(key=st.binary(), value=st.binary())
def test_kafka_keys_and_values_are_any_bytes(key, value):
    """Keys and values are decoded to the bytes that their producer wrote."""
    record = KafkaEventRecord({"key": encoded(key), "value": encoded(value)})

    assert (record.decoded_key, record.decoded_value) == (key, value)


def signed(content):
    return [byte - 256 if byte > 127 else byte for byte in content]


@given(st.lists(st.tuples(st.text(), st.binary(), st.booleans())))
def test_kafka_headers_are_decoded_from_signed_and_unsigned_bytes(headers):
    """DC-59, T-16: negative bytes count from 256, and of headers with one name, in any case, the last one stays."""
    raw = [{name: signed(content) if negative else list(content)} for name, content, negative in headers]

    record = KafkaEventRecord({"headers": raw})

    assert dict(record.decoded_headers) == {name.lower(): content for name, content, _ in headers}
    assert record.headers is raw


def test_kafka_header_is_found_whatever_its_case():
    """The names of decoded headers are case-insensitive."""
    record = KafkaEventRecord({"headers": [{"Trace-Id": [104, 105]}, {"x": [-1, 255, -128]}]})

    assert record.decoded_headers["tRACE-iD"] == b"hi"
    assert record.decoded_headers["X"] == b"\xff\xff\x80"


def test_kafka_schema_metadata():
    """The schema of a key or a value is there when the event source uses a registry."""
    record = KafkaEventRecord({"valueSchemaMetadata": {"dataFormat": "AVRO", "schemaId": "7"}})

    assert record.key_schema_metadata is None
    assert (record.value_schema_metadata.data_format, record.value_schema_metadata.schema_id) == ("AVRO", "7")
    assert KafkaEventRecord({"keySchemaMetadata": {}}).key_schema_metadata.data_format is None


JSON_VALUES = [
    (KafkaEventRecord, "value", "json_value"),
    (ActiveMQMessage, "data", "json_data"),
    (RabbitMessage, "data", "json_data"),
]


@pytest.mark.parametrize(("kind", "key", "name"), JSON_VALUES)
@pytest.mark.parametrize("content", [None, {"name": "Zoë"}])
def test_json_content_is_parsed_once(kind, key, name, content):
    """DC-8, DC-9: JSON is parsed with the event's deserializer and once, also when the result is None."""
    loads = Counting()
    record = kind({key: encoded(json.dumps(content, ensure_ascii=False).encode())}, json_deserializer=loads)

    assert [getattr(record, name) for _ in range(3)] == [content] * 3
    assert loads.calls == 1


@pytest.mark.parametrize(("kind", "key", "name"), JSON_VALUES)
@pytest.mark.parametrize(
    ("raw", "error"),
    [("a", binascii.Error), (encoded(b"{"), json.JSONDecodeError), (encoded(b"\xff"), UnicodeDecodeError)],
)
def test_content_that_is_not_what_it_should_be(kind, key, name, raw, error):
    """Section 4: the errors of the decoders come out unchanged."""
    with pytest.raises(error):
        getattr(kind({key: raw}), name)


@pytest.mark.parametrize("kind", [ActiveMQMessage, RabbitMessage])
def test_text_of_a_message(kind):
    """The content of a message is UTF-8 text."""
    assert kind({"data": encoded("Zoë ✓".encode())}).decoded_data == "Zoë ✓"


def test_rabbit_messages_are_wrapped_when_they_are_asked_for():
    """T-3: a malformed event fails where its messages are read, not when it is made; messages are wrapped once."""
    event = RabbitMQEvent({"eventSource": "aws:rmq", "rmqMessagesByQueue": None})
    assert event.event_source == "aws:rmq"
    with pytest.raises(AttributeError):
        _ = event.rmq_messages_by_queue

    event = RabbitMQEvent({"rmqMessagesByQueue": {"a::/": [{"redelivered": False}], "b::/": []}})
    assert event.rmq_messages_by_queue is event.rmq_messages_by_queue
    assert {queue: len(messages) for queue, messages in event.rmq_messages_by_queue.items()} == {"a::/": 1, "b::/": 0}
    assert event.rmq_messages_by_queue["a::/"][0].redelivered is False


def test_rabbit_messages_hand_the_deserializer_on():
    """DC-8: the messages of a queue parse with the deserializer of the event."""
    loads = Counting()
    event = RabbitMQEvent({"rmqMessagesByQueue": {"a::/": [{"data": encoded(b"7")}]}}, loads)

    assert event.rmq_messages_by_queue["a::/"][0].json_data == 7
    assert loads.calls == 1


def test_deserializer_with_a_wrong_signature_fails_when_it_is_used():
    """DC-8: a deserializer that takes no text fails with its own TypeError, at the first use."""
    record = KafkaEventRecord({"value": encoded(b"7")}, json_deserializer=lambda: None)

    assert record.decoded_value == b"7"
    with pytest.raises(TypeError, match="positional argument"):
        _ = record.json_value
