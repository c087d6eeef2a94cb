"""What a route function gives back: the declared type, and how a body is checked and made JSON-ready."""

from __future__ import annotations

import functools
import inspect
import operator
import typing
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import Field

from lambda_powertools.event_handler.openapi import _shared as kinds
from lambda_powertools.event_handler.openapi._shared import Faults, adapter_for
from lambda_powertools.event_handler.openapi.encoders import jsonable_encoder
from lambda_powertools.event_handler.openapi.exceptions import ResponseValidationError
from lambda_powertools.event_handler.openapi.params import Marker
from lambda_powertools.event_handler.response import AnyResponse

if TYPE_CHECKING:
    from collections.abc import Callable


UNDECLARED: Any = inspect.Signature.empty
_PAIR = 2
_NEVER = (typing.NoReturn, getattr(typing, "Never", typing.NoReturn))


def declared_type(annotation: Any) -> Any:
    """Return the type of the response's body, `UNDECLARED` if the annotation does not say it.

    It is `T` for `T`, `Response[T]` and `tuple[T, int]`; a plain `Response` says nothing.

    Example:
        >>> from lambda_powertools.event_handler import Response
        >>> declared_type(Response[list[int]]), declared_type(tuple[str, int]), declared_type(Response) is UNDECLARED
        (list[int], <class 'str'>, True)
    """
    if annotation is UNDECLARED or annotation in _NEVER:
        return UNDECLARED
    inner, metadata = kinds.split_annotated(annotation)
    found = _unwrapped(inner)
    if found is UNDECLARED:
        return UNDECLARED
    extras = [_plain(entry) for entry in metadata]
    return kinds.annotated(found, extras)


def _unwrapped(inner: Any) -> Any:
    if inner is None:
        return type(None)
    origin = get_origin(inner)
    if _is_response(inner):
        return UNDECLARED
    if origin is not None and _is_response(origin):
        return declared_type(get_args(inner)[0]) if get_args(inner) else UNDECLARED
    if len(kinds.members(inner)) + kinds.is_optional(inner) > 1:
        return _union(inner)
    arguments = get_args(inner)
    if origin is tuple and len(arguments) == _PAIR and arguments[1] in (int, HTTPStatus):
        return declared_type(arguments[0])
    return inner


def _union(inner: Any) -> Any:
    if not any(_is_response(get_origin(member) or member) for member in kinds.members(inner)):
        return inner
    parts = [declared_type(member) for member in kinds.members(inner)]
    if UNDECLARED in parts:
        return UNDECLARED
    if kinds.is_optional(inner):
        parts.append(type(None))
    return functools.reduce(operator.or_, parts)


def _is_response(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, AnyResponse)


def _plain(entry: Any) -> Any:
    return Field(**entry.constraints, **entry.described) if isinstance(entry, Marker) else entry


_BINARY = (bytes, bytearray, memoryview)


class ResponsePlan:
    """Checks and converts the bodies of one route.

    Args:
        annotation: the declared type of the body, or `UNDECLARED`.
        where: names the route, for errors in its declaration.
        serializer: the user's own serializer, if there is one.
        source: what named the status of responses that do not fit: `"app"` or `"route"`.
    """

    def __init__(self, annotation: Any, where: str, serializer: Callable[[Any], str] | None, source: str) -> None:
        self._source = source
        self._serializer = serializer
        self._where = where
        self._adapter = None
        if annotation is not UNDECLARED:
            self._adapter = adapter_for(annotation, lambda: f"the response of {where}")
            self._takes_bytes = any(member in _BINARY for member in kinds.members(annotation))
            self._takes_text = any(member is str for member in kinds.members(annotation))

    def convert(self, event: Any, response: AnyResponse[Any], *, as_text: bool) -> Any:
        """Return the body, checked and ready for JSON.

        Args:
            event: the request.
            response: the response of the function.
            as_text: whether objects and lists may be returned as their JSON text, which saves a step.

        Raises:
            ResponseValidationError: the body does not fit the declared type.
            SerializationError: nothing is declared, and the body has no JSON form.
        """
        body = response.body
        if self._adapter is None:
            if isinstance(body, (str, *_BINARY)) or not response.is_json():
                return body
            return jsonable_encoder(body, custom_serializer=self._serializer)
        if self._takes_bytes and isinstance(body, _BINARY):
            return body
        if body == "" and not self._takes_text and type(event).__name__ == "ALBEvent":
            body = None  # which a load balancer does not accept, so functions return the empty text
        return self._validated(self._adapter, body, as_text=as_text and self._serializer is None)

    def _validated(self, adapter: Any, body: Any, *, as_text: bool) -> Any:
        from pydantic import ValidationError

        try:
            value = adapter.validator.validate_python(body, from_attributes=True)
        except ValidationError as error:
            faults = Faults()
            faults.add_pydantic(("response",), error)
            self._log(faults)
            raise ResponseValidationError(faults, body=body, source=self._source) from None
        if as_text:
            text: bytes = adapter.serializer.to_json(value, by_alias=True)
            if text[:1] in (b"{", b"[") and text.isascii():  # other texts would be sent without quotes, or unescaped
                return text.decode("ascii")
        return adapter.serializer.to_python(value, mode="json", by_alias=True)

    def _log(self, faults: Faults) -> None:
        from lambda_powertools.core.package_logger import get_logger

        get_logger("lambda_powertools.event_handler").error(
            "what %s returned does not fit its declared type: %s", self._where, faults.detail(10)
        )
