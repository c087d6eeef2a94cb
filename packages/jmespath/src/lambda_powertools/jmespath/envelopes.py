"""Ready expressions: where common event sources keep the payload.

The shapes of the events: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

from __future__ import annotations

API_GATEWAY_REST = "powertools_json(body)"
"""The JSON body of a request to a REST API."""

API_GATEWAY_HTTP = API_GATEWAY_REST
"""The JSON body of a request to an HTTP API."""

SQS = "Records[*].powertools_json(body)"
"""The JSON bodies of queue messages, as a list."""

SNS = "Records[0].Sns.Message | powertools_json(@)"
"""The JSON message of a notification; Lambda gets one at a time."""

EVENTBRIDGE = "detail"
"""The detail of an EventBridge event."""

CLOUDWATCH_EVENTS_SCHEDULED = EVENTBRIDGE
"""The detail of a scheduled event."""

KINESIS_DATA_STREAM = "Records[*].kinesis.powertools_json(powertools_base64(data))"
"""The JSON data of stream records, as a list."""

CLOUDWATCH_LOGS = "awslogs.powertools_base64_gzip(data) | powertools_json(@).logEvents[*]"
"""The events of a log subscription, as a list."""

S3_SNS_SQS = "Records[*].powertools_json(body).powertools_json(Message).Records[0]"
"""S3 notifications that come through a topic and a queue, as a list."""

S3_SQS = "Records[*].powertools_json(body).Records[0]"
"""S3 notifications that come through a queue, as a list."""

S3_SNS_KINESIS_FIREHOSE = "records[*].powertools_json(powertools_base64(data)).powertools_json(Message).Records[0]"
"""S3 notifications that come through a topic and a delivery stream, as a list."""

S3_KINESIS_FIREHOSE = "records[*].powertools_json(powertools_base64(data)).Records[0]"
"""S3 notifications that come through a delivery stream, as a list."""

S3_EVENTBRIDGE_SQS = "Records[*].powertools_json(body).detail"
"""S3 events that come through EventBridge and a queue, as a list."""
