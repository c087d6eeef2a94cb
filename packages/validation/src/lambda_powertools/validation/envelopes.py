"""Ready expressions: where common event sources keep the payload. Those of `lambda_powertools.jmespath.envelopes`."""

from __future__ import annotations

from lambda_powertools.jmespath.envelopes import (
    API_GATEWAY_HTTP,
    API_GATEWAY_REST,
    CLOUDWATCH_EVENTS_SCHEDULED,
    CLOUDWATCH_LOGS,
    EVENTBRIDGE,
    KINESIS_DATA_STREAM,
    S3_EVENTBRIDGE_SQS,
    S3_KINESIS_FIREHOSE,
    S3_SNS_KINESIS_FIREHOSE,
    S3_SNS_SQS,
    S3_SQS,
    SNS,
    SQS,
)

__all__ = [
    "API_GATEWAY_HTTP",
    "API_GATEWAY_REST",
    "CLOUDWATCH_EVENTS_SCHEDULED",
    "CLOUDWATCH_LOGS",
    "EVENTBRIDGE",
    "KINESIS_DATA_STREAM",
    "S3_EVENTBRIDGE_SQS",
    "S3_KINESIS_FIREHOSE",
    "S3_SNS_KINESIS_FIREHOSE",
    "S3_SNS_SQS",
    "S3_SQS",
    "SNS",
    "SQS",
]
