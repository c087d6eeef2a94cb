"""JSON that is written and read by what is made once; `json.dumps` makes an encoder for each call, which costs more."""

from __future__ import annotations

import json
from json import encoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_decoder: Any = json.JSONDecoder()  # its stubs leave scan_once out


def loads(text: str) -> Any:
    """Return what a JSON text holds.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        value, end = _decoder.scan_once(text, 0)
    except StopIteration:
        return _decoder.decode(text)  # white space in front, or the error
    return value if end == len(text) else _decoder.decode(text)


def make_encoder(default: Callable[[Any], Any]) -> Callable[[Any], str]:
    """Return what does `json.dumps(value, sort_keys=True, default=default)`."""
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:  # a Python without the accelerator
        return json.JSONEncoder(sort_keys=True, default=default).encode
    # No markers of what is being encoded, as they are not for several threads: a cycle is a RecursionError here.
    encode = make(None, default, encoder.encode_basestring_ascii, None, ": ", ", ", True, False, True)  # noqa: FBT003
    join = "".join
    return lambda value: join(encode(value, 0))
