"""Payloads: what they are made into, whether they hold a key, and their hash.

The bytes that are hashed are a contract: records written years ago, by other code, have to be found again.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._json import make_encoder
from lambda_powertools.idempotency.exceptions import IdempotencyConfigError, IdempotencyKeyError

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = frozenset({dict, list, tuple, str, bytes, int, float, bool, type(None)})


def prepare(payload: Any) -> Any:
    """Return a model as the plain data inside it, any other payload as it is."""
    if type(payload) in _PLAIN:
        return payload
    if hasattr(payload, "__dataclass_fields__") and not isinstance(payload, type):
        return sys.modules["dataclasses"].asdict(payload)  # imported, or there would be no dataclass
    dump = getattr(payload, "model_dump", None)
    if callable(dump):
        return dump(mode="json")
    as_dict = getattr(payload, "dict", None)
    if callable(as_dict):
        return as_dict()
    return getattr(payload, "raw_event", payload)


def is_missing(data: Any) -> bool:
    """Return whether there is nothing in the data that a key could be made of."""
    if isinstance(data, dict):
        data = data.values()
    elif not isinstance(data, (list, tuple)):
        return not isinstance(data, (int, float)) and not data
    for item in data:  # noqa: SIM110  # `all` with a generator takes three times as long
        if item is not None:
            return False
    return True


def to_json(data: Any) -> str:
    """Return the JSON text that is hashed.

    Raises:
        TypeError: a value has no JSON form.
        IdempotencyKeyError: the names in an object cannot be sorted, or are no JSON names.
    """
    try:
        return _to_json(data)
    except _UnencodableError:
        raise
    except TypeError as error:
        raise IdempotencyKeyError(
            "The payload has an object whose keys are of several types, or of one that JSON does not know: no "
            "idempotency key can be built from it",
            error,
        ) from error


def hasher(name: str) -> Callable[[bytes], str]:
    """Return a function that gives the hexadecimal digest of bytes.

    Raises:
        IdempotencyConfigError: there is no such hash function, or it needs to be told a length.
    """
    import hashlib

    try:
        hashlib.new(name, b"", usedforsecurity=False).hexdigest()
    except (TypeError, ValueError) as error:
        raise IdempotencyConfigError(
            f"hash_function is {name!r}: the name of a function of hashlib with a digest of fixed length is expected, "
            "such as 'md5' or 'sha256'"
        ) from error
    constructor: Callable[..., Any] | None = getattr(hashlib, name, None)
    if constructor is None:  # known to OpenSSL alone
        return lambda data: hashlib.new(name, data, usedforsecurity=False).hexdigest()
    return lambda data: str(constructor(data, usedforsecurity=False).hexdigest())


class _UnencodableError(TypeError):
    """A value has no JSON form; json's own TypeErrors are about keys."""


def _encode(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    if callable(dump):
        return dump(mode="json")
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return sys.modules["dataclasses"].asdict(value)
    if _is_a("decimal", "Decimal", value):
        return float("nan") if value.is_nan() else str(value)
    if _is_a("enum", "Enum", value):
        return value.value
    if any(_is_a("datetime", kind, value) for kind in ("date", "time")):  # a datetime is a date
        return value.isoformat()
    if _is_a("uuid", "UUID", value) or _is_a("pathlib", "PurePath", value):
        return str(value)
    raise _UnencodableError(f"Object of type {type(value).__name__} is not JSON serializable")


_to_json = make_encoder(_encode)


def _is_a(module: str, name: str, value: Any) -> bool:
    """Return whether `value` is of a class whose module need not be loaded: without it there are no such values."""
    kind = getattr(sys.modules.get(module), name, None)
    return kind is not None and isinstance(value, kind)
