"""What the annotation of a handler's event parameter says: the model, and perhaps the envelope."""

from __future__ import annotations

import sys
from types import SimpleNamespace, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from lambda_powertools.core.callables import innermost_function, is_method_in_class_body, positional_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeGuard

NOTHING: Any = object()
"""There is no annotation; None would be one."""

_ENVELOPES = "lambda_powertools.parser.envelopes.base"
_CONTAINERS = (Union, UnionType, Annotated, list)


def event_annotation(handler: Callable[..., Any]) -> Any:
    """Return the annotation of the first parameter that a caller gives, NOTHING if it has none.

    Only this one is resolved: those of other parameters may be names for type checkers only.

    Raises:
        Exception: it is a text that means nothing where the handler is defined.
    """
    function = _undecorated(handler)
    names = positional_names(function)
    if is_method_in_class_body(function) and names == _all_positional(function):
        names = names[1:]  # a method whose first parameter is not called self
    function = innermost_function(function)
    annotation = getattr(function, "__annotations__", {}).get(names[0], NOTHING) if names else NOTHING
    if not isinstance(annotation, str):
        return annotation
    stand_in = SimpleNamespace(__annotations__={"event": annotation})
    return get_type_hints(stand_in, function.__globals__, include_extras=True)["event"]


def model_and_envelope(annotation: Any) -> tuple[Any, Any]:
    """Take the envelope out of an annotation such as `Annotated[Order, envelopes.SQS]`; it is None without one."""
    if get_origin(annotation) is not Annotated:
        return annotation, None
    model, *metadata = get_args(annotation)
    envelope = next((part for part in metadata if _is_envelope(part)), None)
    if envelope is None:
        return annotation, None
    for part in metadata:
        if part is not envelope:
            model = Annotated[model, part]
    return model, envelope


def names_a_model(annotation: Any) -> bool:
    """Return whether an annotation asks for parsing: a pydantic model or dataclass, or a union or list with one."""
    if _is_class(annotation):
        main = sys.modules.get("pydantic.main")
        return (main is not None and issubclass(annotation, main.BaseModel)) or _is_pydantic_dataclass(annotation)
    return get_origin(annotation) in _CONTAINERS and any(names_a_model(part) for part in get_args(annotation))


def may_name_a_model() -> bool:
    """Return whether any handler can have such an annotation: whoever writes one has imported what it names."""
    return "pydantic" in sys.modules or _ENVELOPES in sys.modules


def _is_envelope(part: Any) -> bool:
    base = sys.modules.get(_ENVELOPES)
    if base is None:
        return False
    return isinstance(part, base.BaseEnvelope) or (_is_class(part) and issubclass(part, base.BaseEnvelope))


def _is_class(kind: Any) -> TypeGuard[type]:
    """Return whether it is a class: a generic alias, on Python 3.10, says so of itself too."""
    return issubclass(type(kind), type)


def _is_pydantic_dataclass(kind: type) -> bool:
    return "__pydantic_validator__" in vars(kind) and hasattr(kind, "__dataclass_fields__")


def _undecorated(handler: Any) -> Any:
    if isinstance(handler, (staticmethod, classmethod)):
        handler = handler.__func__
    while "__wrapped__" in getattr(handler, "__dict__", ()):
        handler = handler.__wrapped__
    return handler


def _all_positional(function: Any) -> tuple[str, ...]:
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names
