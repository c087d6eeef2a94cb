"""Trades come through Kafka as JSON."""

from dataclasses import dataclass

from events import kafka

from aws_lambda_powertools.utilities.kafka import ConsumerRecords, SchemaConfig, kafka_consumer
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [kafka({"share": "A", "price": 7.5}, {"share": "B", "price": 1}, key="desk-1"), kafka(b"no json")]


@dataclass
class Trade:
    share: str
    price: float


config = SchemaConfig(value_schema_type="JSON", value_output_serializer=Trade)


@kafka_consumer(schema_config=config)
def handler(event: ConsumerRecords, context: LambdaContext):
    return [
        [record.value.share, record.value.price, record.key, record.topic, record.offset, record.original_headers]
        for record in event.records
    ]
