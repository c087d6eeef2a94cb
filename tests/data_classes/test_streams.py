import base64
import gzip
import json
import zlib
from decimal import Decimal

import pytest

from lambda_powertools.data_classes import CloudWatchLogsEvent, DynamoDBStreamEvent, KinesisStreamEvent
from lambda_powertools.data_classes.dynamo_db_stream_event import (
    DynamoDBRecord,
    DynamoDBRecordEventName,
    DynamoDBStreamWindow,
    StreamRecord,
    StreamViewType,
)
from lambda_powertools.data_classes.kinesis_firehose_event import KinesisFirehoseRecord
from lambda_powertools.data_classes.kinesis_stream_event import (
    KinesisStreamRecord,
    KinesisStreamRecordPayload,
    KinesisStreamWindow,
    extract_cloudwatch_logs_from_event,
    extract_cloudwatch_logs_from_record,
)


def encoded(content):
    return base64.b64encode(content).decode()


COMPRESSORS = pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
LINES = {"logGroup": "orders", "logEvents": [{"id": "1", "message": "Zoë", "timestamp": 7}]}


@COMPRESSORS
def test_cloudwatch_logs_are_decompressed(compress):
    """DC-57: the header of the data tells gzip from zlib."""
    raw = encoded(compress(json.dumps(LINES).encode()))
    event = CloudWatchLogsEvent({"awslogs": {"data": raw}})

    logs = event.parse_logs_data()

    assert event.raw_logs_data == raw
    assert json.loads(event.decompress_logs_data) == LINES
    assert (logs.log_group, logs.policy_level) == ("orders", None)
    assert (logs.log_events[0].get_id, logs.log_events[0].message, logs.log_events[0].timestamp) == ("1", "Zoë", 7)
    assert logs.log_events[0].extracted_fields == {}


def test_cloudwatch_logs_are_decompressed_and_parsed_once():
    """DC-57, DC-8: bytes and content are each worked out once, with the deserializer of the event."""
    parsed = []

    def loads(text):
        parsed.append(text)
        return json.loads(text)

    event = CloudWatchLogsEvent({"awslogs": {"data": encoded(gzip.compress(b"{}"))}}, json_deserializer=loads)

    assert event.decompress_logs_data is event.decompress_logs_data
    assert event.parse_logs_data().raw_event is event.parse_logs_data().raw_event
    assert parsed == ["{}"]
    assert event.parse_logs_data()._json_deserializer is loads


def test_cloudwatch_logs_that_are_not_compressed():
    """Section 4: the error of zlib comes out unchanged."""
    with pytest.raises(zlib.error):
        CloudWatchLogsEvent({"awslogs": {"data": encoded(b"plain")}}).parse_logs_data()


@COMPRESSORS
def test_cloudwatch_logs_through_kinesis(compress):
    """DC-57: logs that come through a stream are read in the same way, record by record."""
    raw = {"kinesis": {"data": encoded(compress(json.dumps(LINES).encode()))}}

    (logs,) = extract_cloudwatch_logs_from_event(KinesisStreamEvent({"Records": [raw]}))

    assert logs.log_events[0].message == "Zoë"
    assert extract_cloudwatch_logs_from_record(KinesisStreamRecord(raw)) == logs
    assert extract_cloudwatch_logs_from_event(KinesisStreamEvent({"Records": []})) == []


def test_kinesis_payload():
    """Section 2.3: a payload is read as bytes, text or JSON, with the deserializer of the event."""
    raw = {"data": encoded("{'Zoë'}".encode()), "approximateArrivalTimestamp": 7}
    event = KinesisStreamEvent({"Records": [{"kinesis": raw}]}, json_deserializer=str.upper)

    (record,) = event.records

    assert record.kinesis.data_as_bytes() == "{'Zoë'}".encode()
    assert record.kinesis.data_as_text() == "{'Zoë'}"
    assert record.kinesis.data_as_json() == "{'ZOË'}"
    assert isinstance(record.kinesis.approximate_arrival_timestamp, float)


@COMPRESSORS
def test_compressed_kinesis_payload(compress):
    """A compressed payload is parsed whichever of the two wrote it."""
    payload = KinesisStreamRecordPayload({"data": encoded(compress(b'{"id": 7}'))})

    assert payload.data_zlib_compressed_as_json() == {"id": 7}


def test_binary_payload_is_no_text():
    """Section 4: bytes that are not UTF-8 stay readable as bytes."""
    for record, text in [
        (KinesisStreamRecordPayload({"data": "/w=="}), lambda record: record.data_as_text()),
        (KinesisFirehoseRecord({"data": "/w=="}), lambda record: record.data_as_text),
    ]:
        with pytest.raises(UnicodeDecodeError):
            text(record)
    assert KinesisStreamRecordPayload({"data": "/w=="}).data_as_bytes() == b"\xff"
    assert KinesisFirehoseRecord({"data": "/w=="}).data_as_bytes == b"\xff"


WINDOWS = pytest.mark.parametrize(
    ("kind", "window"), [(KinesisStreamEvent, KinesisStreamWindow), (DynamoDBStreamEvent, DynamoDBStreamWindow)]
)


@WINDOWS
def test_tumbling_window(kind, window):
    """Section 2.3: a batch of a window has its start and end, and the state of the batch before."""
    event = kind(
        {
            "window": {"start": "2024-07-01T00:00:00Z", "end": "2024-07-01T00:02:00Z"},
            "state": {"sum": 3},
            "isFinalInvokeForWindow": True,
        }
    )

    assert type(event.window) is window
    assert (event.window.start, event.window.end) == ("2024-07-01T00:00:00Z", "2024-07-01T00:02:00Z")
    assert (event.state, event.is_final_invoke_for_window, event.is_window_terminated_early) == ({"sum": 3}, True, None)


@WINDOWS
@pytest.mark.parametrize(("data", "expected"), [({}, None), ({"window": None}, None), ({"window": {}}, {})])
def test_batch_without_a_window(kind, window, data, expected):
    """Section 2.3: a window that is missing is None, and an empty one is as the event has it."""
    found = kind(data).window

    assert found == expected
    assert not isinstance(found, window)


ITEM = {"id": {"N": "7"}, "tags": {"SS": ["a"]}, "nested": {"M": {"list": {"L": [{"BOOL": True}, {"NULL": True}]}}}}


def test_dynamodb_images():
    """DC-70: images are Python values, each deserialized once; one that is missing or null is empty."""
    record = StreamRecord({"Keys": {"id": {"N": "7"}}, "NewImage": ITEM, "OldImage": None})

    assert record.keys == {"id": Decimal(7)}
    assert record.new_image == {"id": Decimal(7), "tags": {"a"}, "nested": {"list": [True, None]}}
    assert record.new_image is record.new_image
    assert record.old_image == {}


def test_stream_record_is_still_a_mapping():
    """T-14: `keys` is a property, and what needs the raw keys goes through the raw event."""
    record = StreamRecord({"Keys": {"id": {"N": "7"}}})

    assert record["Keys"] == {"id": {"N": "7"}}
    assert list(record) == ["Keys"]
    assert dict(record.items()) == record.raw_event
    assert "'keys': {'id': Decimal('7')}" in str(record)


@pytest.mark.parametrize("data", [{}, {"eventName": None, "dynamodb": None, "userIdentity": None}])
def test_sparse_dynamodb_record(data):
    """T-6: everything about a change is optional."""
    record = DynamoDBRecord(data)

    assert (record.event_name, record.dynamodb, record.user_identity) == (None, None, {})
    assert StreamRecord({"StreamViewType": None}).stream_view_type is None


def test_stream_enumerations():
    """Section 2.3: events and view types are members of enumerations with these values."""
    assert [(member.name, member.value) for member in DynamoDBRecordEventName] == [
        ("INSERT", 0),
        ("MODIFY", 1),
        ("REMOVE", 2),
    ]
    assert [(member.name, member.value) for member in StreamViewType] == [
        ("KEYS_ONLY", 0),
        ("NEW_IMAGE", 1),
        ("OLD_IMAGE", 2),
        ("NEW_AND_OLD_IMAGES", 3),
    ]
    assert DynamoDBRecord({"eventName": "MODIFY"}).event_name is DynamoDBRecordEventName.MODIFY


def test_name_that_is_newer_than_the_package():
    """T-9: an unknown member is a KeyError that names it, and the text of the event survives it."""
    record = DynamoDBRecord({"eventName": "EXPLODE", "dynamodb": {"StreamViewType": "NEXT_IMAGE"}})

    with pytest.raises(KeyError, match="EXPLODE"):
        _ = record.event_name
    with pytest.raises(KeyError, match="NEXT_IMAGE"):
        _ = record.dynamodb.stream_view_type
    assert "'event_name': '[Cannot be deserialized]'" in str(record)
    assert "'stream_view_type': '[Cannot be deserialized]'" in str(record)
