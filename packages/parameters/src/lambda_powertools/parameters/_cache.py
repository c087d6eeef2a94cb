"""The cache of a provider: bounded, and judged by the wall clock.

The wall clock on purpose: what a restored snapshot or a frozen environment kept must not pass for fresh.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from datetime import datetime  # noqa: TC003  # the annotation of a field that users look at
from typing import Any, NamedTuple

DEFAULT_MAX_ENTRIES = 1000


class ExpirableValue(NamedTuple):
    """A cached value, and the local time until which it is live."""

    value: Any
    ttl: datetime


class CacheStore(OrderedDict[Any, ExpirableValue]):
    """Entries by key, of which the least recently used one gives way when there are too many."""

    def __init__(self, max_entries: int = DEFAULT_MAX_ENTRIES) -> None:
        super().__init__()
        self.max_entries = max_entries

    def __setitem__(self, key: Any, entry: ExpirableValue) -> None:
        super().__setitem__(key, entry)
        with suppress(KeyError):  # another thread may have emptied it
            self.move_to_end(key)
            while len(self) > self.max_entries:
                self.popitem(last=False)


NO_OPTIONS: tuple[Any, ...] = ()

_DEFAULTS = {"decrypt": False, "recursive": False}


def freeze_options(options: dict[str, Any]) -> tuple[Any, ...]:
    """Return what in the options changes the result, in a form that can be part of a key."""
    kept = [(name, freeze(options[name])) for name in sorted(options) if _DEFAULTS.get(name) is not options[name]]
    return tuple(kept)


def freeze(value: Any) -> Any:
    """Return a hashable equivalent of a value made of dicts, lists and scalars."""
    if isinstance(value, dict):
        return ("dict", *sorted(((repr(key), freeze(one)) for key, one in value.items()), key=lambda item: item[0]))
    if isinstance(value, (list, tuple)):
        return ("list", *(freeze(one) for one in value))
    if isinstance(value, (set, frozenset)):
        return ("set", *sorted(map(repr, value)))
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return (type(value).__name__, value)  # 1 and True are equal, and not the same option
