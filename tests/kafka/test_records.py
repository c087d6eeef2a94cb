import pytest

from lambda_powertools.data_classes import KafkaEvent
from lambda_powertools.kafka import ConsumerRecords, SchemaConfig
from lambda_powertools.kafka.consumer_records import ConsumerRecordRecords
from lambda_powertools.kafka.exceptions import (
    KafkaConsumerDeserializationError,
    KafkaConsumerError,
    KafkaConsumerEventError,
)

JSON = SchemaConfig(value_schema_type="JSON", key_schema_type="JSON")


def test_event(kafka):
    """ConsumerRecords tells where the records come from, and is a mapping of the raw event."""
    raw = kafka.event(b"a")
    records = ConsumerRecords(raw, JSON)

    assert records.raw_event is raw
    assert records["eventSource"] == records.event_source == "aws:kafka"
    assert records.event_source_arn == raw["eventSourceArn"]
    assert records.bootstrap_servers == raw["bootstrapServers"]
    assert records.decoded_bootstrap_servers == ["b-1.example.com:9092", "b-2.example.com:9092"]
    assert records.schema_config is JSON
    assert set(records) == set(raw)
    assert ".records" in repr(records)
    del raw["eventSourceArn"]
    assert records.event_source_arn is None


def test_records_come_in_order(kafka):
    """Partitions in the order of the event, then records in theirs; each access begins anew; record is a cursor."""
    raw = kafka.event()
    raw["records"] = {name: [kafka.record(f"{name}{n}".encode()) for n in range(2)] for name in ("b", "a")}
    records = ConsumerRecords(raw)

    for _ in range(2):
        assert [record.value for record in records.records] == ["b0", "b1", "a0", "a1"]
    assert [records.record.value for _ in range(4)] == ["b0", "b1", "a0", "a1"]
    with pytest.raises(StopIteration):
        _ = records.record


def test_record(kafka):
    """A record has its place, its raw and its decoded parts."""
    raw = kafka.record(
        b'{"id": 1}', key=b"7", valueSchemaMetadata={"dataFormat": "JSON", "schemaId": "5"}, keySchemaMetadata=None
    )
    record = ConsumerRecordRecords(raw, JSON)

    assert (record.topic, record.partition, record.offset) == ("orders", 0, 15)
    assert (record.timestamp, record.timestamp_type) == (1_545_084_650_987, "CREATE_TIME")
    assert (record.key, record.value) == (7, {"id": 1})
    assert (record.original_key, record.original_value) == (raw["key"], raw["value"])
    assert record.original_headers is raw["headers"]
    assert (record.value_schema_metadata.data_format, record.value_schema_metadata.schema_id) == ("JSON", "5")
    assert record.key_schema_metadata is None
    assert record["topic"] == "orders"


def test_headers(kafka):
    """KAF-21: one dictionary whatever the case, the last of a name, signed bytes; absent headers are an empty one."""
    record = ConsumerRecordRecords(kafka.record())

    assert record.headers["TRACE-ID"] == b"b"
    assert list(record.headers) == ["trace-id"]
    assert ConsumerRecordRecords(kafka.record(headers=[{"A": [-61, -92]}])).headers["a"].decode() == "ä"
    for absent in ({"headers": None}, {"headers": []}):
        assert ConsumerRecordRecords(kafka.record(**absent)).headers == {}
    assert ConsumerRecordRecords({}).headers == {}


@pytest.mark.parametrize("fields", [{}, {"key": None}, {"key": ""}])
def test_record_without_a_key(kafka, fields):
    """KAF-19: no key is None, and its output function is not called."""
    config = SchemaConfig(key_schema_type="JSON", key_output_serializer=lambda data: 1 / 0)

    assert ConsumerRecordRecords({**kafka.record(), **fields}, config).key is None


def test_tombstone(kafka):
    """KAF-20: a null value is None, and its output function is not called."""
    config = SchemaConfig(value_schema_type="JSON", value_output_serializer=lambda data: 1 / 0)

    assert ConsumerRecordRecords(kafka.record(None), config).value is None


def test_parts_are_decoded_once(kafka):
    """KAF-2, KAF-22: nothing is decoded before it is read, and what is read is decoded once."""
    calls = []
    config = SchemaConfig(value_schema_type="JSON", value_output_serializer=lambda data: calls.append(data) or data)

    first, _ = ConsumerRecords(kafka.event(b"{}", b"{}"), config).records
    assert calls == []

    assert first.value is first.value
    assert first.headers is first.headers
    assert calls == [{}]


def test_undecodable_record_raises_at_itself(kafka):
    """KAF-2: the records around it are read, and the error says which one it is."""
    bad = kafka.record(b"{", offset=99)
    good, wrong, last = ConsumerRecords(kafka.event(b"1", bad, b"3"), JSON).records

    assert (good.value, last.value) == (1, 3)
    with pytest.raises(KafkaConsumerDeserializationError, match="value of topic orders, partition 0, offset 99"):
        _ = wrong.value


def test_skipping_policy(kafka):
    """on_error="skip": records that cannot be decoded are left out, and kept with their errors."""
    config = SchemaConfig(value_schema_type="JSON", on_error="skip")
    records = ConsumerRecords(kafka.event(b"1", kafka.record(b"{", offset=99), b"3"), config)

    for _ in range(2):
        assert [record.value for record in records.records] == [1, 3]
        assert [(failure.record.offset, type(failure.error)) for failure in records.failures] == [
            (99, KafkaConsumerDeserializationError)
        ]


def test_policy_of_ones_own(kafka):
    """on_error=function: what it returns stands for the key or value, and it is asked once for each."""
    asked = []

    def stand_in(record, error):
        asked.append((record.offset, type(error)))
        return "unreadable"

    config = SchemaConfig(value_schema_type="JSON", on_error=stand_in)
    (record,) = ConsumerRecords(kafka.event(b"{"), config).records

    assert (record.value, record.value) == ("unreadable", "unreadable")
    assert asked == [(15, KafkaConsumerDeserializationError)]


def test_event_without_records(kafka):
    """KAF-4: a missing key is a KeyError where the records are iterated over; a partition without records is empty."""
    with pytest.raises(KeyError, match="records"):
        list(ConsumerRecords({}).records)
    assert list(ConsumerRecords({"records": {}}).records) == []
    assert list(ConsumerRecords({"records": {"a-0": None}}).records) == []


@pytest.mark.parametrize("records", [[], None, "text", 5])
def test_records_that_are_no_mapping(records):
    """What is no mapping of partitions is an error that says so."""
    with pytest.raises(KafkaConsumerEventError, match=type(records).__name__):
        list(ConsumerRecords({"records": records}).records)


def test_other_view_of_the_same_event(kafka):
    """ConsumerRecords and KafkaEvent are views of one dictionary."""
    raw = kafka.event(b"1")

    assert ConsumerRecords(raw) == KafkaEvent(raw)


def test_errors_have_one_base():
    """One except catches all errors of the package."""
    from lambda_powertools.kafka import exceptions

    errors = [value for name, value in vars(exceptions).items() if name.startswith("Kafka")]

    assert len(errors) == 9
    assert all(issubclass(error, KafkaConsumerError) for error in errors)
