"""Text through Kafka, and what surrounds it."""

from events import kafka

from aws_lambda_powertools.utilities.kafka import ConsumerRecords, kafka_consumer

EVENTS = [kafka("plain text", key="k")]


@kafka_consumer
def handler(event: ConsumerRecords, context):
    record = next(event.records)
    return [
        record.value,
        record.key,
        record.partition,
        record.timestamp,
        record.timestamp_type,
        record.headers["origin"].decode(),
    ]
