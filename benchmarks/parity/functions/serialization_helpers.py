"""Small helpers: base64 in events, and what a utility's root offers."""

from aws_lambda_powertools.utilities.serialization import base64_decode, base64_from_str

EVENTS = [{"text": "aGVsbG8="}]


def handler(event, context):
    return [base64_decode(event["text"]), base64_from_str("hello")]
