"""The type adapters: one for each model, built once and kept as long as it is among those used last."""

from __future__ import annotations

from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any

from lambda_powertools.parser.exceptions import InvalidModelTypeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import TypeAdapter

MAX_ADAPTERS = 1024

_adapters: OrderedDict[Any, tuple[Any, TypeAdapter[Any]]] = OrderedDict()
_lock = RLock()  # building an adapter may run code of the model that parses something itself


def adapter_of(model: Any, around: Callable[[Any], Any] | None = None) -> TypeAdapter[Any]:
    """Return the adapter of a model, or of the type that `around` makes of it; an adapter is its own.

    Raises:
        InvalidModelTypeError: pydantic can make no schema of the model.
    """
    key = _key(model)
    if around is not None:
        key = around, key
    with _lock:
        found = _adapters.get(key)
        if found is None:
            found = _adapters[key] = model, _build(model, around)
            if len(_adapters) > MAX_ADAPTERS:
                _adapters.popitem(last=False)
        else:
            _adapters.move_to_end(key)
        return found[1]


def _build(model: Any, around: Callable[[Any], Any] | None) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    if around is None and isinstance(model, TypeAdapter):
        return model
    try:
        if around is not None:
            return TypeAdapter(around(model))
        if isinstance(model, type) and hasattr(model, "model_rebuild"):
            model.model_rebuild()  # of a model that defers it, the validator is built now
        adapter = TypeAdapter(model)
        _ = adapter.validator.title  # which only a validator that could be built has
    except Exception as error:
        raise InvalidModelTypeError(
            f"{name_of(model)} is no model that pydantic can use: give a BaseModel, a dataclass, a TypedDict, "
            f"or any type that pydantic.TypeAdapter takes ({type(error).__name__})"
        ) from error
    return adapter


def _key(model: Any) -> Any:
    if issubclass(type(model), type):  # of a generic alias, `isinstance` says so too on Python 3.10
        return model
    arguments = getattr(model, "__args__", None)
    # `A | B` equals `B | A`, but where both fit, pydantic takes the first. A class may equal nothing but itself.
    key = (model, tuple(_key(argument) for argument in arguments)) if arguments else (type(model), model)
    try:
        hash(key)
    except TypeError:
        return id(model)  # which stays its own: the entry holds the model
    return key


def name_of(model: Any) -> str:
    """Return a name of a model for messages."""
    return model.__name__ if isinstance(model, type) else repr(model)[:80]
