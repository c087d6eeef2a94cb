"""`parse`: one event, one model, and perhaps an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lambda_powertools.parser._adapters import name_of
from lambda_powertools.parser.exceptions import InvalidEnvelopeError, InvalidModelTypeError

if TYPE_CHECKING:
    from typing import TypeVar

    from pydantic import TypeAdapter

    from lambda_powertools.parser.envelopes.base import BaseEnvelope

    T = TypeVar("T")


@overload
def parse(event: Any, model: type[T] | TypeAdapter[T], envelope: None = None) -> T: ...
@overload
def parse(event: Any, model: Any, envelope: type[BaseEnvelope] | BaseEnvelope | None = None) -> Any: ...
def parse(event: Any, model: Any, envelope: Any = None) -> Any:
    """Return an event, or what its envelope contains, as an object of the model.

    Args:
        event: the event: JSON text, or anything else in Python's types.
        model: what `pydantic.TypeAdapter` takes: a model, a dataclass, a `TypedDict`, `list[Order]`, a union, …
        envelope: an envelope, class or object, to take off first. One that has many records gives a list.

    Raises:
        pydantic.ValidationError: the event does not fit the envelope or the model. Its text names the place and type of
            every wrong value, but not the value.
        InvalidModelTypeError: pydantic can make no schema of the model, or a validator broke; see the cause.
        InvalidEnvelopeError: the envelope has no `parse`, or broke; see the cause.
        UndecodableRecordError: the data of a record is neither text nor compressed text.

    Example:
        >>> from lambda_powertools.parser import BaseModel, parse
        >>> class Order(BaseModel):
        ...     id: int
        >>> parse('{"id": "7"}', model=Order)
        Order(id=7)
        >>> parse([{"id": 7}, {"id": 8}], model=list[Order])
        [Order(id=7), Order(id=8)]
    """
    if envelope and _is_envelope(envelope):
        return _unwrap(event, model, envelope)
    from pydantic import ValidationError

    from lambda_powertools.parser._validation import validated

    try:
        return validated(event, model)
    except ValidationError as error:
        failure = error
    except AttributeError as error:
        raise InvalidModelTypeError(f"model {name_of(model)} broke while an event was parsed: {error}") from error
    from lambda_powertools.parser._errors import without_content

    raise without_content([((), failure)])


def _is_envelope(envelope: Any) -> bool:
    if callable(envelope) or hasattr(envelope, "parse"):
        return True
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        f"envelope={envelope!r:.80} is no envelope, such as envelopes.SqsEnvelope: the whole event is parsed",
        PowertoolsUserWarning,
        stacklevel=3,
    )
    return False


def _unwrap(event: Any, model: Any, envelope: Any) -> Any:
    if isinstance(event, (str, bytes, bytearray)):
        event = _decoded(event)
    try:
        return opened(envelope).parse(data=event, model=model)
    except AttributeError as error:
        raise InvalidEnvelopeError(
            f"envelope {name_of(envelope)} cannot be used to parse {name_of(model)}: {error}"
        ) from error


def opened(envelope: Any) -> Any:
    """Return the envelope if it is an object, else make one."""
    if hasattr(envelope, "parse") and not isinstance(envelope, type):
        return envelope
    try:
        return envelope()
    except TypeError as error:  # `parse`, which is abstract, is missing
        raise AttributeError(str(error)) from error


def _decoded(event: str | bytes | bytearray) -> Any:
    import json

    try:
        return json.loads(event)
    except (ValueError, RecursionError):  # which the model of the envelope reports
        return event
