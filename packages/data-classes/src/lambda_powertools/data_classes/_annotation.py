"""Which data class a handler wants, as its signature tells."""

from __future__ import annotations

import sys

from lambda_powertools.core.callables import innermost_function, positional_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.data_classes._wrapper import DictWrapper

_WRAPPER_MODULE = "lambda_powertools.data_classes._wrapper"


def annotated_data_class(handler: Callable[..., Any]) -> type[DictWrapper] | None:
    """Return the data class that the first parameter of a handler is annotated with, None if it is not.

    Decorators around the handler are looked through. The annotation may be a text or an `Annotated`.
    """
    if _WRAPPER_MODULE not in sys.modules:  # whoever has a data class to annotate with has loaded it
        return None
    from lambda_powertools.data_classes._conversion import is_data_class

    function = _innermost(handler)
    names = positional_names(function)
    kind = _annotation(innermost_function(function), names[0]) if names else None
    return kind if is_data_class(kind) else None


def _innermost(handler: Any) -> Any:
    while "__wrapped__" in getattr(handler, "__dict__", ()):
        handler = handler.__wrapped__
    return handler


def _annotation(function: Any, name: str) -> Any:
    from types import SimpleNamespace
    from typing import get_type_hints

    try:
        annotation = function.__annotations__.get(name)
        if annotation is None or isinstance(annotation, type):
            return annotation
        stand_in = SimpleNamespace(__annotations__={name: annotation})
        return get_type_hints(stand_in, function.__globals__)[name]
    except Exception:  # noqa: BLE001  # an annotation that says nothing at run time, such as a name for checkers only
        return None
