"""From raw records to what a record handler takes: a data class, a model, or the content of the record."""

from __future__ import annotations

from collections.abc import Mapping

from lambda_powertools.batch._sources import SOURCES
from lambda_powertools.batch.exceptions import BatchConfigurationError, RecordContentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.batch._sources import EventType, Source

    Converter = Callable[[Any], Any]


def check_model(model: Any) -> None:
    """Refuse what cannot validate a record.

    Raises:
        BatchConfigurationError: it is neither a model class nor a type adapter.
    """
    if model is not None and not _validates(model):
        raise BatchConfigurationError(
            f"model is {model!r:.80}: a pydantic model class is expected, or a pydantic.TypeAdapter"
        )


def _validates(kind: Any) -> bool:
    return callable(getattr(kind, "model_validate", None)) or callable(getattr(kind, "validate_python", None))


def validate(model: Any, record: Any) -> Any:
    """Return a raw record as a model."""
    validate_model = getattr(model, "model_validate", None)
    return model.validate_python(record) if validate_model is None else validate_model(record)


def as_data_class(record: Any, event_type: EventType) -> Any:
    """Return a raw record as the data class of its event type."""
    return SOURCES[event_type].load()(record)


def annotated_converter(annotation: Any, event_type: EventType) -> Converter | None:
    """Return what converts raw records to what a record handler is annotated with; None if that says nothing special.

    Raises:
        BatchConfigurationError: the content of the record is wanted as something that cannot be validated.
    """
    metadata = getattr(annotation, "__metadata__", ())
    kind = annotation.__origin__ if metadata else annotation
    for marker in metadata:
        if _is_payload(marker):
            validator = None if isinstance(marker, type) else marker.validator
            return _payload_converter(kind, validator, event_type)
    kind = getattr(kind, "__origin__", kind)  # of dict[str, Any]
    if not isinstance(kind, type):
        return None
    if kind is dict or kind is Mapping:
        return lambda record: record
    if _validates(kind):
        return lambda record: validate(kind, record)
    own = SOURCES[event_type].load()
    return kind if issubclass(kind, own) and kind is not own else None


def _is_payload(marker: Any) -> bool:
    kind = marker if isinstance(marker, type) else type(marker)
    return kind.__module__ == "lambda_powertools.batch.payload" and kind.__name__ == "Payload"


def _payload_converter(kind: Any, validator: Any, event_type: EventType) -> Converter:
    source = SOURCES[event_type]
    model = kind if validator is None else validator
    python = getattr(model, "model_validate", None) or getattr(model, "validate_python", None)
    text = getattr(model, "model_validate_json", None) or getattr(model, "validate_json", None)
    if python is None or text is None:
        from json import loads

        python, text = (lambda value: value), loads

    def convert(record: Any) -> Any:
        payload = _payload_of(source, record, event_type)
        return text(payload) if isinstance(payload, (str, bytes)) else python(payload)

    return convert


def _payload_of(source: Source, record: Any, event_type: EventType) -> Any:
    try:
        payload = source.payload_of(record)
    except Exception as error:
        raise RecordContentError(f"the record of {event_type.name} has no content that could be decoded") from error
    if payload is None:
        raise RecordContentError(f"the record of {event_type.name} has no content")
    return payload
