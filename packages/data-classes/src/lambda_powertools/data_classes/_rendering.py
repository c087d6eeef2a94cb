"""The text of a data class: all its properties, with secrets masked, and without a trace of having been rendered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lambda_powertools.data_classes._fields import CACHE_PREFIX
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SENSITIVE = "[SENSITIVE]"
FAILED = "[Cannot be deserialized]"


def render(wrapper: DictWrapper) -> dict[str, Any]:
    """Return the properties of a wrapper by name, wrappers inside them rendered likewise.

    Reading a property may create an object in the event or advance a cursor, so a copy of the wrapper is read.
    """
    kind = type(wrapper)
    sensitive = {"raw_event", *kind._sensitive_properties}  # noqa: SLF001  # what subclasses override
    copy = _copy(wrapper)
    return {
        name: SENSITIVE if name in sensitive else _value_of(copy, name)
        for name in dir(kind)
        if not name.startswith("_") and isinstance(getattr(kind, name), (property, cached_property))
    }


def _copy(wrapper: DictWrapper) -> DictWrapper:
    copy = object.__new__(type(wrapper))
    attributes = {name: value for name, value in vars(wrapper).items() if not name.startswith(CACHE_PREFIX)}
    vars(copy).update(attributes, _data=_copy_data(wrapper._data))  # noqa: SLF001  # one family
    return copy


def _copy_data(value: Any) -> Any:
    """Copy what JSON knows as containers; everything else is shared."""
    if type(value) is dict:
        return {key: _copy_data(item) for key, item in value.items()}
    if type(value) is list:
        return [_copy_data(item) for item in value]
    return value


def _value_of(wrapper: DictWrapper, name: str) -> Any:
    try:
        return _rendered(getattr(wrapper, name))
    except Exception:  # noqa: BLE001  # a text for people to read must not fail on an event that is not whole
        return FAILED


def _rendered(value: Any) -> Any:
    if isinstance(value, DictWrapper):
        return render(value)
    if isinstance(value, (list, Iterator)):
        return [_rendered(item) for item in value]
    if isinstance(value, dict):
        return {key: _rendered(item) for key, item in value.items()}
    return value
