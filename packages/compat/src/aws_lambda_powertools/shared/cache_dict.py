"""A dictionary that forgets."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any


class LRUDict(OrderedDict[Any, Any]):
    """A dictionary of at most so many items: the one that was not used for the longest time goes first.

    Example:
        >>> cache = LRUDict(max_items=2)
        >>> cache["a"], cache["b"] = 1, 2
        >>> cache["a"]
        1
        >>> cache["c"] = 3
        >>> sorted(cache)
        ['a', 'c']
    """

    def __init__(self, max_items: int = 1024, *args: Any, **kwargs: Any) -> None:
        """Hold at most `max_items`; the rest is as for `dict`."""
        self.max_items = max_items
        super().__init__(*args, **kwargs)

    def __getitem__(self, key: Any) -> Any:
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self.max_items:
            del self[next(iter(self))]

    def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        """Return an item, which counts as used by that, or the default."""
        if key in self:
            return self[key]
        return super().get(key, *args, **kwargs)
