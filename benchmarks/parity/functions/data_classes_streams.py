"""What is read of streams: Kinesis, DynamoDB, CloudWatch logs, Firehose's answers."""

import base64
import gzip
import json

from events import dynamodb_stream, encoded, kinesis

from aws_lambda_powertools.utilities.data_classes import (
    CloudWatchLogsEvent,
    DynamoDBStreamEvent,
    KinesisFirehoseDataTransformationResponse,
    KinesisFirehoseEvent,
    KinesisStreamEvent,
)

LOGS = {
    "messageType": "DATA_MESSAGE",
    "owner": "123456789012",
    "logGroup": "group",
    "logStream": "stream",
    "subscriptionFilters": ["all"],
    "logEvents": [{"id": "1", "timestamp": 1440442987000, "message": "hello"}],
}
EVENTS = [
    kinesis({"a": 1}, "text"),
    dynamodb_stream(({"id": {"S": "x"}, "n": {"N": "1"}}, {"id": {"S": "x"}, "n": {"N": "2"}, "b": {"NULL": True}})),
    {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(LOGS).encode())).decode()}},
    {
        "invocationId": "i",
        "deliveryStreamArn": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/d",
        "region": "eu-west-1",
        "records": [
            {"recordId": "1", "approximateArrivalTimestamp": 1750000000000, "data": encoded({"keep": True})},
            {"recordId": "2", "approximateArrivalTimestamp": 1750000000000, "data": encoded({"keep": False})},
        ],
    },
]


def handler(event, context):
    if "awslogs" in event:
        logs = CloudWatchLogsEvent(event).parse_logs_data()
        return [logs.log_group, [[item.get_id, item.message] for item in logs.log_events]]
    if "records" in event:
        answer = KinesisFirehoseDataTransformationResponse()
        for record in KinesisFirehoseEvent(event).records:
            result = "Ok" if record.data_as_json["keep"] else "Dropped"
            answer.add_record(record.build_data_transformation_response(result=result, data=record.data))
        return answer.asdict()
    if event["Records"][0]["eventSource"] == "aws:kinesis":
        return [[r.kinesis.data_as_text(), r.kinesis.partition_key] for r in KinesisStreamEvent(event).records]
    return [
        [r.event_name.name, r.dynamodb.keys["id"], str(r.dynamodb.new_image["n"]), str(r.dynamodb.old_image["n"])]
        for r in DynamoDBStreamEvent(event).records
    ]
