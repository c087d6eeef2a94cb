"""How one payload becomes an object: the rules for texts and for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parser._adapters import adapter_of

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError


def validated(data: Any, model: Any) -> Any:
    """Return the object that pydantic makes of the data; a text is JSON, or a plain text where the model takes one.

    Raises:
        InvalidModelTypeError: pydantic can make no schema of the model.
        pydantic.ValidationError: the data does not fit the model.
    """
    adapter = adapter_of(model)
    return _from_text(data, adapter) if isinstance(data, (str, bytes, bytearray)) else adapter.validate_python(data)


def _from_text(data: str | bytes | bytearray, adapter: TypeAdapter[Any]) -> Any:
    from pydantic import ValidationError

    try:
        return adapter.validate_json(data)
    except NotImplementedError:  # of types for which pydantic has no JSON mode
        return _decoded(data, adapter)
    except ValidationError as error:
        if not _is_no_json(error):
            raise
        try:
            return adapter.validate_python(data)
        except ValidationError:
            raise error from None


def _decoded(data: str | bytes | bytearray, adapter: TypeAdapter[Any]) -> Any:
    import json

    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = data
    return adapter.validate_python(content)


def _is_no_json(error: ValidationError) -> bool:
    if error.error_count() != 1:
        return False
    detail = error.errors(include_url=False, include_context=False)[0]
    return detail["type"] == "json_invalid" and not detail["loc"]
