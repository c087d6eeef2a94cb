"""Gives record handlers what they ask for besides the record."""

from __future__ import annotations

from lambda_powertools.batch._signature import CONTEXT, RECORD, Signature
from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.core.callables import display_name, is_coroutine_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FAILED = "failed"
_DEPTH = 20


class Dependency:
    """One dependency with its own ones, and its value once it is known.

    Attributes:
        function: what gives the value.
        per_record: whether the value belongs to one record.
        is_async: whether the function, or one that it needs, is a coroutine function.
    """

    __slots__ = ("_error", "_known", "_value", "below", "context", "function", "is_async", "per_record", "signature")

    def __init__(self, marker: Any, context: Any, known: dict[Any, Dependency], depth: int = 0) -> None:
        self.function: Callable[..., Any] = marker.dependency
        if depth > _DEPTH:
            raise BatchConfigurationError(f"the dependency {display_name(self.function)} needs itself")
        self.context = context
        self.signature = Signature(self.function)
        self.below: dict[str, Dependency] = {
            name: dependency_of(below, context, known, depth + 1) for name, below in self.signature.dependencies.items()
        }
        uncached = not getattr(marker, "use_cache", True)
        below = self.below.values()
        self.per_record: bool = uncached or self.signature.takes_record or any(one.per_record for one in below)
        self.is_async: bool = is_coroutine_function(self.function) or any(one.is_async for one in below)
        self._known = False
        self._value: Any = None
        self._error: Exception | None = None

    def prepare(self) -> None:
        """Get the value that all records share; a failure is kept for the records that need it."""
        if self.per_record or self._known:
            return
        try:
            self._value = self.call({})
        except Exception as error:  # noqa: BLE001  # it fails the records, not the batch
            self._error = error
        self._known = True

    async def prepare_async(self) -> None:
        """Do the same where coroutine functions can be awaited."""
        if self.per_record or self._known:
            return
        for one in self.below.values():
            await one.prepare_async()
        try:
            self._value = await self.call_async({})
        except Exception as error:  # noqa: BLE001  # it fails the records, not the batch
            self._error = error
        self._known = True

    def call(self, values: dict[Any, Any]) -> Any:
        """Return the value for the record whose values so far are given, by dependency; `RECORD` is the record."""
        if self._is_there(values):
            return values.get(self, self._value)
        arguments = {name: one.call(values) for name, one in self.below.items()}
        value = self.function(**arguments, **self._own_arguments(values))
        values[self] = value
        return value

    async def call_async(self, values: dict[Any, Any]) -> Any:
        """Do the same where coroutine functions can be awaited."""
        if self._is_there(values):
            return values.get(self, self._value)
        arguments = {name: await one.call_async(values) for name, one in self.below.items()}
        value = self.function(**arguments, **self._own_arguments(values))
        if hasattr(value, "__await__"):
            value = await value
        values[self] = value
        return value

    def _is_there(self, values: dict[Any, Any]) -> bool:
        if self._error is not None:
            raise self._error.with_traceback(None)
        return self._known or self in values

    def _own_arguments(self, values: dict[Any, Any]) -> dict[str, Any]:
        arguments = {}
        if self.signature.takes_record:
            arguments[RECORD] = values[RECORD]
        if self.signature.takes_context:
            arguments[CONTEXT] = self.context
        return arguments


def dependency_of(marker: Any, context: Any, known: dict[Any, Dependency], depth: int = 0) -> Dependency:
    """Return the dependency that a marker stands for; markers of one function share it."""
    key = (marker.dependency, getattr(marker, "use_cache", True))
    if key not in known:
        known[key] = Dependency(marker, context, known, depth)
    return known[key]


class Injected:
    """A record handler with its dependencies: called with the record by name, as a plain one is."""

    __slots__ = ("_dependencies", "_handler")

    def __init__(self, handler: Callable[..., Any], signature: Signature, context: Any) -> None:
        known: dict[Any, Dependency] = {}
        self._handler = handler
        self._dependencies = {
            name: dependency_of(marker, context, known) for name, marker in signature.dependencies.items()
        }

    def prepare(self) -> None:
        """Get the values that all records share.

        Raises:
            BatchConfigurationError: one comes from a coroutine function, which nobody awaits here.
        """
        for one in self._dependencies.values():
            if one.is_async:
                raise BatchConfigurationError(
                    f"the dependency {display_name(one.function)} is asynchronous: use AsyncBatchProcessor"
                )
            one.prepare()

    async def prepare_async(self) -> None:
        """Do the same where coroutine functions can be awaited."""
        for one in self._dependencies.values():
            await one.prepare_async()

    def __call__(self, *, record: Any) -> Any:
        values: dict[Any, Any] = {RECORD: record}
        return self._handler(record=record, **{name: one.call(values) for name, one in self._dependencies.items()})

    async def call_async(self, *, record: Any) -> Any:
        """Call the handler and await it if need be."""
        values: dict[Any, Any] = {RECORD: record}
        arguments = {name: await one.call_async(values) for name, one in self._dependencies.items()}
        result = self._handler(record=record, **arguments)
        return await result if hasattr(result, "__await__") else result
