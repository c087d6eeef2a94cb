"""A railway's own formats, and an envelope."""

from aws_lambda_powertools.utilities.validation import (
    InvalidEnvelopeExpressionError,
    InvalidSchemaFormatError,
    SchemaValidationError,
    validate,
)

SCHEMA = {"type": "object", "properties": {"train": {"type": "string", "format": "train"}}}
EVENTS = [
    {"detail": {"train": "RE 7"}},
    {"detail": {"train": "bus"}},
    {"detail": '{"train": "IC 1"}', "envelope": "powertools_json(detail)"},
    {"detail": {"train": "x"}, "envelope": "detail[*"},
    {"detail": {"train": 1}, "schema": {"type": "nothing"}},
]


def handler(event, context):
    try:
        return validate(
            event=event,
            schema=event.get("schema", SCHEMA),
            envelope=event.get("envelope", "detail"),
            formats={"train": r"^(RE|IC) \d+$", "any": lambda value: True},
        )
    except (SchemaValidationError, InvalidSchemaFormatError, InvalidEnvelopeExpressionError) as error:
        return type(error).__name__
