"""JSON encoders that are made once. `json.dumps` makes two for each call, which costs more than the encoding."""

from __future__ import annotations

import json
from json import encoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

loads = json.JSONDecoder().decode


def make_encoder(default: Callable[[Any], Any]) -> Callable[[Any], str]:
    """Return what does `json.dumps(value, sort_keys=True, default=default)`."""
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:  # a Python without the accelerator
        return json.JSONEncoder(sort_keys=True, default=default).encode
    # No markers of what is being encoded, as they are not for several threads: a cycle is a RecursionError here.
    encode = make(None, default, encoder.encode_basestring_ascii, None, ": ", ", ", True, False, True)  # noqa: FBT003
    join = "".join
    return lambda value: join(encode(value, 0))
