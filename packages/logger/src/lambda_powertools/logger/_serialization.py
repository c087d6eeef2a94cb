"""JSON for records: the fast way, and a way that always ends in one valid line."""

from __future__ import annotations

import json
from json import encoder as _json_encoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_MAX_DEPTH = 100
_SCALARS = (str, int, float, bool, type(None))


def make_encoder(default: Callable[[Any], Any]) -> Callable[[Any], str]:
    """Return a function that writes any value as compact JSON; it raises for what JSON cannot hold.

    Args:
        default: gives a JSON-ready form of a value of another type.
    """
    make: Any = getattr(_json_encoder, "c_make_encoder", None)
    escape: Any = getattr(_json_encoder, "c_encode_basestring", None)
    if make is None or escape is None:
        return _json_encoding(default, indent=None)
    # JSONEncoder.encode makes this object anew for each call. Without markers for circular references, which two
    # threads could not share, such a reference ends in a RecursionError.
    chunks = make(None, default, escape, None, ":", ",", False, False, False)  # noqa: FBT003  # C takes no keywords
    join = "".join

    def encode(value: Any) -> str:
        return join(chunks(value, 0))

    return encode


def make_serializer(default: Callable[[Any], Any], *, indent: int | None = None) -> Callable[[Any], str]:
    """Return a function that writes a record as JSON, over several lines if there is an indent.

    Args:
        default: gives a JSON-ready form of a value of another type.
        indent: spaces of each level; None to write one line.
    """
    return make_encoder(default) if indent is None else _json_encoding(default, indent=indent)


def _json_encoding(default: Callable[[Any], Any], *, indent: int | None) -> Callable[[Any], str]:
    return json.JSONEncoder(
        separators=(",", ":") if indent is None else None,
        ensure_ascii=False,
        allow_nan=False,  # NaN is no JSON
        default=default,
        indent=indent,
    ).encode


def degrade(value: Any, default: Callable[[Any], Any]) -> Any:
    """Return the value with each part that JSON cannot hold in another form: a text, or a marker naming its type."""
    return _degrade(value, default, ())


def _degrade(value: Any, default: Callable[[Any], Any], around: tuple[int, ...]) -> Any:
    if isinstance(value, _SCALARS):
        return _scalar(value)
    if id(value) in around or len(around) > _MAX_DEPTH:
        return f"<circular {type(value).__name__}>" if id(value) in around else _marker(value)
    inside = (*around, id(value))
    try:
        if isinstance(value, dict):
            return {_key(key): _degrade(item, default, inside) for key, item in list(value.items())}
        if isinstance(value, (list, tuple)):
            return [_degrade(item, default, inside) for item in list(value)]
        return _degrade(default(value), default, inside)
    except Exception:  # noqa: BLE001  # whatever a value does, the rest of the statement is written
        return _text(value)


def _scalar(value: Any) -> Any:
    """Return a plain str, int, float, bool or None: subclasses may have methods that raise."""
    if isinstance(value, str):
        text = str.__str__(value)
        return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, float):
        number = float.__float__(value)
        return number if number - number == 0 else float.__repr__(number)  # false for NaN and the infinities
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return int(int.__repr__(value))
        except ValueError:  # too long for a decimal text
            return int.__format__(value, "#x")
    return value


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(_scalar(key))
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    return str(_scalar(key)) if isinstance(key, (int, float)) else _text(key)


def _text(value: Any) -> str:
    try:
        return str(_scalar(str(value)))
    except Exception:  # noqa: BLE001  # its __str__ raises, too
        return _marker(value)


def _marker(value: Any) -> str:
    return f"<unserializable {type(value).__name__}>"
