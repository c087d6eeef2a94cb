"""Validation without an envelope."""

from __future__ import annotations

from lambda_powertools.validation._run import validate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.validation._compile import Format, Handler


def validate_data_against_schema(
    data: Any,
    schema: dict[str, Any] | bool,
    formats: dict[str, Format] | None = None,
    handlers: dict[str, Handler] | None = None,
    provider_options: dict[str, Any] | None = None,
) -> Any:
    """Validate data against a JSON Schema, and return the data: `validate` without an envelope.

    Raises:
        SchemaValidationError: the data does not conform.
        InvalidSchemaFormatError: the schema, the formats, the handlers or the options cannot be used.

    Example:
        >>> validate_data_against_schema({"id": 7}, {"required": ["id"]})
        {'id': 7}
    """
    return validate(data, schema, formats, handlers, provider_options)
