"""Which output serializer makes an output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.kafka.serialization.base import OutputSerializerBase


def serialize_to_output_type(data: Any, output: Any = None) -> Any:
    """Return data as a dataclass, as a pydantic model, or as what a function makes of it.

    Args:
        data: decoded data.
        output: the dataclass, the model or a type with one in it, or the function; None leaves the data as it is.

    Example:
        >>> from lambda_powertools.kafka.serialization.serialization import serialize_to_output_type
        >>> serialize_to_output_type({"id": 7}, sorted)
        ['id']
    """
    return data if output is None else _serializer(output).serialize(data, output)


def serialize_text(text: str, output: Any) -> Any:
    """Return text as what `output` says; a pydantic model reads JSON from it."""
    from lambda_powertools.kafka.serialization.pydantic import PydanticOutputSerializer

    serializer = _serializer(output)
    if isinstance(serializer, PydanticOutputSerializer):
        return serializer.serialize_text(text, output)
    return serializer.serialize(text, output)


def _serializer(output: Any) -> OutputSerializerBase:
    if isinstance(output, type) and hasattr(output, "__dataclass_fields__"):
        from lambda_powertools.kafka.serialization.dataclass import DataclassOutputSerializer

        return DataclassOutputSerializer()
    from lambda_powertools.kafka.serialization.pydantic import PydanticOutputSerializer, has_model

    if has_model(output):
        return PydanticOutputSerializer()
    from lambda_powertools.kafka.serialization.custom_dict import CustomDictOutputSerializer

    return CustomDictOutputSerializer()
