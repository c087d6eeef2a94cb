"""What a route function gives back, according to its annotation."""

from __future__ import annotations

import functools
import inspect
import operator
import typing
from http import HTTPStatus
from typing import Any, get_args, get_origin

from pydantic import Field

from lambda_powertools.event_handler.openapi import _kinds as kinds
from lambda_powertools.event_handler.openapi._marker import Marker
from lambda_powertools.event_handler.response import Response

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
    return isinstance(kind, type) and (issubclass(kind, Response) or kind.__name__ == "BedrockResponse")


def _plain(entry: Any) -> Any:
    return Field(**entry.constraints, **entry.described) if isinstance(entry, Marker) else entry
