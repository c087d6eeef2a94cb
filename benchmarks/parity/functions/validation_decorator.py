"""A registry office validates what it is sent, and what it answers."""

from events import event_bridge, rest

from aws_lambda_powertools.utilities.validation import SchemaValidationError, envelopes, validator

INBOUND = {
    "$schema": "http://json-schema.org/draft-07/schema",
    "type": "object",
    "required": ["name", "born"],
    "properties": {"name": {"type": "string", "maxLength": 30}, "born": {"type": "string", "format": "date"}},
}
OUTBOUND = {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer"}}}
EVENTS = [
    rest("POST", "/people", {"name": "Ann", "born": "1990-02-01"}),
    rest("POST", "/people", {"name": "Ann", "born": "yesterday"}),
    rest("POST", "/people", {"name": 3, "born": "1990-02-01"}),
    rest("POST", "/people", {"name": "Bad answer", "born": "1990-02-01"}),
    rest("POST", "/people", "{}"),
]


@validator(inbound_schema=INBOUND, outbound_schema=OUTBOUND, envelope=envelopes.API_GATEWAY_REST)
def register(event, context):
    return {"number": 7 if event["name"] == "Ann" else "seven"}


@validator(inbound_schema=INBOUND, envelope=envelopes.EVENTBRIDGE)
def announce(event, context):
    return event["name"]


def handler(event, context):
    try:
        announced = announce(event_bridge("born", {"name": "Bob", "born": "2000-01-01"}), context)
        return {**register(event, context), "announced": announced}
    except SchemaValidationError as error:
        return {
            "path": error.path,
            "name": error.name,
            "value": str(error.value),
            "rule": error.rule,
            "definition": error.rule_definition,
            "message": error.validation_message,
        }
