"""What all envelopes have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    ModelT = TypeVar("ModelT", bound=BaseModel)


class BaseEnvelope(ABC):
    """An envelope takes off what a service puts around the payload. Subclass it to make one of your own.

    Example:
        >>> from lambda_powertools.parser import BaseEnvelope, BaseModel, parse
        >>> class Order(BaseModel):
        ...     id: int
        >>> class ParcelEnvelope(BaseEnvelope):
        ...     def parse(self, data, model):
        ...         return self._parse(data=data["parcel"], model=model)
        >>> parse({"parcel": '{"id": 7}'}, model=Order, envelope=ParcelEnvelope)
        Order(id=7)
    """

    @abstractmethod
    def parse(self, data: Any, model: Any) -> Any:
        """Return what the envelope contains as objects of the model.

        Args:
            data: the event, in Python's types.
            model: what `pydantic.TypeAdapter` takes.
        """

    def prepare(self, model: Any) -> None:
        """Build the validator that `parse` needs for a model, ahead of the first event.

        Raises:
            InvalidModelTypeError: pydantic can make no schema of the model.
        """
        from lambda_powertools.parser._adapters import adapter_of

        adapter_of(model)

    @staticmethod
    def _parse(data: Any, model: Any) -> Any:
        """Return one payload as an object of the model; a text is JSON; None stays None."""
        if data is None:
            return None
        from lambda_powertools.parser._validation import validated

        return validated(data, model)

    def _parse_at(self, place: tuple[int | str, ...], data: Any, model: Any) -> Any:
        """Return one payload as an object of the model; an error tells its place in the event."""
        return self._parse_all([(place, data)], model)[0]

    def _parse_all(self, payloads: Iterable[tuple[tuple[int | str, ...], Any]], model: Any) -> list[Any]:
        """Return payloads, given with their places, as objects of the model; one error tells of all that do not fit."""
        from pydantic import ValidationError

        parsed, failures = [], []
        for place, data in payloads:
            try:
                parsed.append(self._parse(data=data, model=model))
            except ValidationError as error:  # noqa: PERF203  # the others are to be looked at too
                failures.append((place, error))
        if failures:
            from lambda_powertools.parser._errors import without_content

            raise without_content(failures)
        return parsed


Envelope = TypeVar("Envelope", bound=BaseEnvelope)
"""For annotations of functions that take an envelope."""


def opened(model: type[ModelT], data: Any) -> ModelT:
    """Return the envelope itself as an object of its built-in model."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        failure = error
    from lambda_powertools.parser._errors import without_content

    raise without_content([((), failure)])


def body_of(body: Any, is_base64_encoded: bool | None) -> Any:
    """Return the body of an HTTP event, as bytes if the event says that it is encoded."""
    if not is_base64_encoded or not isinstance(body, str):
        return body
    from lambda_powertools.parser._decoding import base64_bytes
    from lambda_powertools.parser.exceptions import UndecodableRecordError

    try:
        return base64_bytes(body)
    except ValueError as error:
        raise UndecodableRecordError(f"the event says that its body is base64, but {error}") from error
