"""Trades come through Kafka as Avro."""

import io

from events import kafka

from aws_lambda_powertools.utilities.kafka import SchemaConfig, kafka_consumer
from aws_lambda_powertools.utilities.kafka.exceptions import KafkaConsumerDeserializationError

SCHEMA = """{"type": "record", "name": "Trade", "fields": [
    {"name": "share", "type": "string"}, {"name": "price", "type": "double"}]}"""


def packed(share, price):
    from avro.io import BinaryEncoder, DatumWriter
    from avro.schema import parse

    raw = io.BytesIO()
    DatumWriter(parse(SCHEMA)).write({"share": share, "price": price}, BinaryEncoder(raw))
    return raw.getvalue()


EVENTS = [kafka(packed("A", 7.5), packed("B", 1.0), key={"desk": 1}), kafka(b"\x02")]


@kafka_consumer(schema_config=SchemaConfig(value_schema_type="AVRO", value_schema=SCHEMA, key_schema_type="JSON"))
def read(event, context):
    return [[record.key, record.value["share"], record.value["price"]] for record in event.records]


def handler(event, context):
    try:
        return read(event, context)
    except KafkaConsumerDeserializationError as error:
        return type(error).__name__
