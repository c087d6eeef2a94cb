"""Which function is for a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import is_coroutine_function

if TYPE_CHECKING:
    from collections.abc import Callable


class ChannelFunction:
    """A function, the path it is registered for, and how it is called."""

    __slots__ = ("aggregate", "asynchronous", "function", "path")

    def __init__(self, path: str, function: Callable[..., Any], *, aggregate: bool, is_async: bool) -> None:
        self.path = path
        self.function = function
        self.aggregate = aggregate
        self.asynchronous = is_async or is_coroutine_function(function)


class Channels:
    """Functions by path. Finding one takes as many steps as the channel has segments, however many paths there are."""

    def __init__(self) -> None:
        self._exact: dict[str, ChannelFunction] = {}
        self._below: dict[str, ChannelFunction] = {}

    def add(self, function: ChannelFunction) -> None:
        """Register a function in place of one that there is for an equal path."""
        path = function.path
        if path.endswith("*"):
            self._below[path[:-1]] = function
        else:
            self._exact[path] = function

    def update(self, other: Channels) -> None:
        """Register what another has."""
        self._exact.update(other._exact)
        self._below.update(other._below)

    def find(self, path: str) -> ChannelFunction | None:
        """Return the function of the most explicit path that fits a channel, None if none does."""
        found = self._exact.get(path)
        end = len(path) if self._below else -1
        while found is None and end >= 0:
            end = path.rfind("/", 0, end)
            found = self._below.get(path[: end + 1])
        return found


def is_path(path: str) -> bool:
    """Return whether a path may be registered: segments without `*`, perhaps followed by a `*` of its own."""
    first, *segments = path.split("/")
    if first or not segments:
        return False
    if segments[-1] == "*":
        segments.pop()
    return all(segment and "*" not in segment for segment in segments)
