"""JSON Schema for events and responses: compiled once, run often."""

from __future__ import annotations

from lambda_powertools.validation.__about__ import __version__
from lambda_powertools.validation._run import validate
from lambda_powertools.validation.exceptions import (
    InvalidEnvelopeExpressionError,
    InvalidSchemaFormatError,
    JsonSchemaError,
    SchemaValidationError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.validation import envelopes
    from lambda_powertools.validation._decorator import validator
    from lambda_powertools.validation.base import validate_data_against_schema

_LAZY = {
    "envelopes": "envelopes",
    "validate_data_against_schema": "base",
    "validator": "_decorator",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        module = import_module(f"{__name__}.{_LAZY[name]}")
        value = getattr(module, name, module)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "InvalidEnvelopeExpressionError",
    "InvalidSchemaFormatError",
    "JsonSchemaError",
    "SchemaValidationError",
    "__version__",
    "envelopes",
    "validate",
    "validate_data_against_schema",
    "validator",
]
