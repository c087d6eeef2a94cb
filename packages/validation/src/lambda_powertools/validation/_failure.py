"""What a validator raises, and how it becomes the error that users see.

Validators that were compiled at run time raise fastjsonschema's exceptions, those of a compiled module the two below:
a function that has such a module need not import fastjsonschema, which takes longer than a whole warm invocation.
"""

from __future__ import annotations

from lambda_powertools.validation.exceptions import SchemaValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _FailureError(ValueError):
    """Data that does not conform, with the same attributes as fastjsonschema's `JsonSchemaValueException`."""

    def __init__(
        self, message: str, value: Any = None, name: str | None = None, definition: Any = None, rule: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.name = name
        self.definition = definition
        self.rule = rule


class _FailuresError(ValueError):
    """Several failures in one, as fastjsonschema's `JsonSchemaValuesException`."""

    def __init__(self, errors: list[_FailureError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


def explain(failure: Any) -> SchemaValidationError | None:
    """Return the error that tells of a validator's exception; None if it is not about the data."""
    single = _several(failure)
    if not single:
        return None
    explained = [_explain_one(error) for error in single]
    first = explained[0]
    if len(explained) > 1:
        first = _explain_one(single[0], "; ".join(error.message for error in single))
        explained[0] = first
        first.errors = explained
    return first


def _several(failure: Any) -> list[Any]:
    if type(failure) is _FailuresError or type(failure).__name__ == "JsonSchemaValuesException":
        return list(failure.errors)
    if type(failure) is _FailureError or type(failure).__name__ == "JsonSchemaValueException":
        return [failure]
    return []


def _explain_one(failure: Any, text: str | None = None) -> SchemaValidationError:
    text = failure.message if text is None else text
    name, rule, definition = failure.name, failure.rule, failure.definition
    path = [] if name is None else [part for part in name.replace("[", ".").replace("]", ".").split(".") if part]
    kind = None if name is None else type(failure.value).__name__
    return SchemaValidationError(
        f"Failed schema validation. Error: {text}, Path: {path}, Data: {kind}",
        validation_message=text,
        name=name,
        path=path,
        value=failure.value,
        definition=definition,
        rule=rule,
        rule_definition=definition.get(rule) if rule and isinstance(definition, dict) else None,
    )
