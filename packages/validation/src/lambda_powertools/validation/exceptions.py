"""The exceptions of this package.

PowertoolsError
└── JsonSchemaError                    base of the two below
    ├── SchemaValidationError          data does not conform to its schema
    └── InvalidSchemaFormatError       a schema, its formats, handlers or options cannot be used

`InvalidEnvelopeExpressionError` is that of `lambda_powertools.jmespath`, under the same name here.
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError
from lambda_powertools.jmespath.exceptions import InvalidEnvelopeExpressionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["InvalidEnvelopeExpressionError", "InvalidSchemaFormatError", "JsonSchemaError", "SchemaValidationError"]


class JsonSchemaError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.validation`."""


class SchemaValidationError(JsonSchemaError):
    """Data does not conform to its schema.

    The text of the error names the place and the rule, and the type of the value there: never the value itself, which
    may be confidential and would end up in logs. Code that needs the value finds it in `value`.

    Attributes:
        message: the whole text, as `str` gives it.
        validation_message: what is wrong, such as `data.id must be string`.
        name: the place, such as `data.id`; None without details.
        path: the place in parts, such as `["data", "id"]`; empty without details.
        value: the value that does not conform.
        definition: the part of the schema that it does not conform to.
        rule: the keyword of that part, such as `type`.
        rule_definition: what the keyword says, such as `"string"`.
        errors: all failures if the validator was told to find all of them (`fast_fail=False`), else this one.

    Example:
        >>> from lambda_powertools.validation import SchemaValidationError, validate
        >>> try:
        ...     validate({"id": 7}, {"properties": {"id": {"type": "string"}}})
        ... except SchemaValidationError as error:
        ...     print(error)
        ...     print(error.path, error.value_type, error.rule, error.rule_definition)
        Failed schema validation. Error: data.id must be string, Path: ['data', 'id'], Data: int
        ['data', 'id'] int type string
    """

    def __init__(
        self,
        message: str | None = None,
        validation_message: str | None = None,
        name: str | None = None,
        path: list[str] | None = None,
        value: Any = None,
        definition: Any = None,
        rule: str | None = None,
        rule_definition: Any = None,
    ) -> None:
        super().__init__(*(() if message is None else (message,)))
        self.message = message
        self.validation_message = validation_message
        self.name = name
        self.path = path
        self.value = value
        self.definition = definition
        self.rule = rule
        self.rule_definition = rule_definition
        self.errors: list[SchemaValidationError] = [self]

    @property
    def value_type(self) -> str | None:
        """Name of the value's type; None without details."""
        return None if self.name is None else type(self.value).__name__


class InvalidSchemaFormatError(JsonSchemaError):
    """A schema, its formats, its handlers or its provider options cannot be used; the cause is chained."""
