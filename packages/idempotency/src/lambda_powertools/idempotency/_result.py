"""Results as JSON text, and errors that are kept as if they were results."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from lambda_powertools.core.json import default
from lambda_powertools.idempotency._json import make_encoder
from lambda_powertools.idempotency.exceptions import IdempotencyKeptError

KEPT_ERROR = "__lambda_powertools_idempotency_error__"


encode = make_encoder(default)
"""Return the JSON text of a result; raises TypeError if a value in it has no JSON form."""


def encode_error(error: Exception) -> str:
    """Return the JSON text of an error that is kept."""
    kind = type(error)
    kept = {"module": kind.__module__, "name": kind.__qualname__, "message": str(error)}
    try:
        return encode({KEPT_ERROR: {**kept, "args": error.args}})
    except (TypeError, ValueError):
        return encode({KEPT_ERROR: kept})


def decode_error(stored: Any, keep_on: type[Exception] | tuple[type[Exception], ...]) -> Exception | None:
    """Return the error that is kept in a decoded result, None if there is none.

    Its class is looked for among the modules that are loaded, and must be one that is kept: what is in a store must
    not decide what code is run.
    """
    if not isinstance(stored, dict) or len(stored) != 1 or not isinstance(stored.get(KEPT_ERROR), dict):
        return None
    kept = stored[KEPT_ERROR]
    module, name, message = str(kept.get("module")), str(kept.get("name")), str(kept.get("message"))
    kind: Any = sys.modules.get(module)
    for part in name.split("."):
        kind = getattr(kind, part, None)
    if isinstance(kind, type) and issubclass(kind, keep_on) and isinstance(kept.get("args"), list):
        with suppress(Exception):  # a constructor of other arguments; the message is left
            return kind(*kept["args"])
    return IdempotencyKeptError(message, error_type=f"{module}.{name}")
