"""A courier finds what is deep in an event."""

import base64
import gzip
import json

from events import sqs

from aws_lambda_powertools.utilities.jmespath_utils import envelopes, query

PACKED = base64.b64encode(gzip.compress(json.dumps({"kg": 2}).encode())).decode()
EVENTS = [
    {"expression": "parcels[?kg > `1`].id", "data": {"parcels": [{"id": 1, "kg": 2}, {"id": 2, "kg": 1}]}},
    {"expression": "powertools_json(body).a", "data": {"body": '{"a": [1]}'}},
    {"expression": "powertools_base64(x)", "data": {"x": "aGVsbG8="}},
    {"expression": "powertools_json(powertools_base64_gzip(x))", "data": {"x": PACKED}},
    {"expression": envelopes.SQS, "data": sqs({"n": 1}, {"n": 2})},
    {"expression": "missing.path", "data": {}},
]


def handler(event, context):
    return query(data=event["data"], envelope=event["expression"])
