"""Sensors send readings through a Kinesis stream."""

from events import kinesis

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, batch_processor
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord

EVENTS = [kinesis({"t": 1}, {"t": "x"}, {"t": 3}), kinesis({"t": 2})]

processor = BatchProcessor(event_type=EventType.KinesisDataStreams)
seen = []


def record_handler(record: KinesisStreamRecord):
    seen.append(int(record.kinesis.data_as_json()["t"]))


@batch_processor(record_handler=record_handler, processor=processor)
def handler(event, context):
    return {**processor.response(), "seen": seen}
