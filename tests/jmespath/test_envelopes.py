from __future__ import annotations

import base64
import gzip
import json

import pytest

from lambda_powertools.jmespath import envelopes, query

ORDER = {"order": 7}
TEXT = json.dumps(ORDER)
S3 = {"s3": {"bucket": {"name": "b"}}}
S3_EVENT = json.dumps({"Records": [S3]})
S3_TOPIC = json.dumps({"Message": S3_EVENT})


def b64(text):
    return base64.b64encode(text.encode()).decode()


EVENTS = {
    "API_GATEWAY_REST": ({"body": TEXT}, ORDER, "powertools_json(body)"),
    "API_GATEWAY_HTTP": ({"body": TEXT}, ORDER, "powertools_json(body)"),
    "SQS": ({"Records": [{"body": TEXT}, {"body": "1"}]}, [ORDER, 1], "Records[*].powertools_json(body)"),
    "SNS": (
        {"Records": [{"Sns": {"Message": TEXT}}, {"Sns": {"Message": "{}"}}]},
        ORDER,
        "Records[0].Sns.Message | powertools_json(@)",
    ),
    "EVENTBRIDGE": ({"detail": ORDER}, ORDER, "detail"),
    "CLOUDWATCH_EVENTS_SCHEDULED": ({"detail": {}}, {}, "detail"),
    "KINESIS_DATA_STREAM": (
        {"Records": [{"kinesis": {"data": b64(TEXT)}}]},
        [ORDER],
        "Records[*].kinesis.powertools_json(powertools_base64(data))",
    ),
    "CLOUDWATCH_LOGS": (
        {"awslogs": {"data": base64.b64encode(gzip.compress(b'{"logEvents": [{"id": "1"}]}')).decode()}},
        [{"id": "1"}],
        "awslogs.powertools_base64_gzip(data) | powertools_json(@).logEvents[*]",
    ),
    "S3_SNS_SQS": (
        {"Records": [{"body": S3_TOPIC}]},
        [S3],
        "Records[*].powertools_json(body).powertools_json(Message).Records[0]",
    ),
    "S3_SQS": ({"Records": [{"body": S3_EVENT}]}, [S3], "Records[*].powertools_json(body).Records[0]"),
    "S3_SNS_KINESIS_FIREHOSE": (
        {"records": [{"data": b64(S3_TOPIC)}]},
        [S3],
        "records[*].powertools_json(powertools_base64(data)).powertools_json(Message).Records[0]",
    ),
    "S3_KINESIS_FIREHOSE": (
        {"records": [{"data": b64(S3_EVENT)}]},
        [S3],
        "records[*].powertools_json(powertools_base64(data)).Records[0]",
    ),
    "S3_EVENTBRIDGE_SQS": (
        {"Records": [{"body": json.dumps({"detail": ORDER})}]},
        [ORDER],
        "Records[*].powertools_json(body).detail",
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_envelope_finds_the_payload(name):
    """JMS-13: each constant is its documented expression and finds the payload of its source's event."""
    event, payload, expression = EVENTS[name]

    assert getattr(envelopes, name) == expression
    assert query(event, expression) == payload


def test_every_envelope_is_tested():
    """The table above has all constants."""
    assert {name for name in vars(envelopes) if name.isupper()} == set(EVENTS)
