"""JSON as Lambda functions need it: compact, and able to write what functions commonly hold."""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def plain(value: Any) -> Any:
    """Return a model as the plain data inside it; any other value as it is.

    Models are event source data classes (their raw event), pydantic models (their dump) and dataclass objects.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Order:
        ...     id: int
        >>> plain(Order(7))
        {'id': 7}
    """
    if isinstance(value, (dict, list, str, int, float)) or value is None:
        return value
    if hasattr(value, "raw_event"):
        return value.raw_event
    dump = getattr(value, "model_dump", None)
    if callable(dump):
        return dump()
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        dataclasses = sys.modules["dataclasses"]  # imported, or there would be no dataclass
        return dataclasses.asdict(value)
    return value


def default(value: Any) -> Any:
    """Return a JSON-ready form of a value that json cannot write; for the `default` parameter of `json.dumps`.

    Models become their data (see `plain`), sets and tuples lists, `Decimal`, dates, paths and UUIDs their text.

    Raises:
        TypeError: the value has no such form.
    """
    data = plain(value)
    if data is not value:
        return data
    if isinstance(value, (set, frozenset)):
        return list(value)
    if isinstance(value, os.PathLike) or _is_a("decimal", "Decimal", value) or _is_a("uuid", "UUID", value):
        return str(value)
    if any(_is_a("datetime", name, value) for name in ("date", "time")):  # a datetime is a date
        return value.isoformat()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _is_a(module: str, name: str, value: Any) -> bool:
    """Return whether `value` is of a class whose module need not be loaded: without it there are no such values."""
    kind = getattr(sys.modules.get(module), name, None)
    return kind is not None and isinstance(value, kind)


class Encoder(json.JSONEncoder):
    """`json.dumps(value, cls=Encoder)`: writes what `default` knows."""

    def default(self, o: Any) -> Any:
        """Return a JSON-ready form of `o`."""
        return default(o)


def dumps(value: Any, fallback: Callable[[Any], Any] | None = None) -> str:
    """Return compact JSON, in one line, not escaping what is not ASCII.

    Args:
        value: what to write.
        fallback: called with a value that even `default` cannot write; `str`, for instance.

    Raises:
        TypeError: a value has no JSON form, and there is no fallback.

    Example:
        >>> from decimal import Decimal
        >>> dumps({"price": Decimal("9.90"), "tags": {"new"}})
        '{"price":"9.90","tags":["new"]}'
    """
    try:
        return _encode(value)
    except TypeError:
        return json.dumps(
            value, separators=(",", ":"), ensure_ascii=False, default=default if fallback is None else _or(fallback)
        )


def _or(fallback: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        try:
            return default(value)
        except TypeError:
            return fallback(value)

    return convert
