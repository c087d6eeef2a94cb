"""Whether a handler wants records, as its signature tells."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import innermost_function, positional_names

if TYPE_CHECKING:
    from collections.abc import Callable

_MODULE = "lambda_powertools.kafka.consumer_records"


def wants_records(handler: Callable[..., Any]) -> bool:
    """Return whether a handler's first parameter is annotated with `ConsumerRecords`; decorators are looked through."""
    if _MODULE not in sys.modules:  # whoever has the class to annotate with has loaded it
        return False
    while "__wrapped__" in getattr(handler, "__dict__", ()):
        handler = handler.__wrapped__  # type: ignore[attr-defined]  # it has, as just seen
    names = positional_names(handler)
    annotation = _annotation(innermost_function(handler), names[0]) if names else None
    records = sys.modules[_MODULE].ConsumerRecords
    return isinstance(annotation, type) and records in annotation.__mro__


def _annotation(function: Any, name: str) -> Any:
    from typing import Annotated, get_args, get_origin

    annotation = getattr(function, "__annotations__", {}).get(name)
    if isinstance(annotation, str):
        from types import SimpleNamespace
        from typing import get_type_hints

        try:
            stand_in = SimpleNamespace(__annotations__={name: annotation})
            annotation = get_type_hints(stand_in, function.__globals__)[name]
        except Exception:  # noqa: BLE001  # a name for type checkers only, for instance
            return None
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
