"""Seats change in a table, and a stream tells of it."""

from events import dynamodb_stream

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

EVENTS = [
    dynamodb_stream(
        (None, {"id": {"S": "1A"}, "price": {"N": "12.5"}, "taken": {"BOOL": False}}),
        ({"id": {"S": "1A"}}, None),
        ({"id": {"S": "2B"}}, {"id": {"S": "2B"}, "price": {"N": "10"}, "tags": {"SS": ["w"]}}),
    )
]

processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


def record_handler(record: DynamoDBRecord):
    return f"{record.event_name.name} {record.dynamodb.new_image['price'] * 2}"


def handler(event, context):
    with processor(records=event["Records"], handler=record_handler):
        results = processor.process()
    return {"results": [[result[0], str(result[1])] for result in results], **processor.response()}
