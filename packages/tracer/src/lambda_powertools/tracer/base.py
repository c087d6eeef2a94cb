"""What a tracing backend is to `Tracer`: six methods, and the segments that they hand out.

A provider is any object with the methods of `TracingProvider`, of which only those that are used must be there; to
inherit from `BaseProvider` is optional.
"""

from __future__ import annotations

import abc
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from numbers import Number


class TracingSegment(Protocol):
    """What `Tracer` asks of the segment that a provider yields."""

    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Add a value that traces can be searched by."""

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add a value that is shown with the trace."""


class TracingProvider(Protocol):
    """What `Tracer` asks of a provider, whatever its class.

    A provider may have more, each of which its class has to define:

    - `get_scope` and `set_scope`, as in `BaseProvider`;
    - `records_outside_lambda = True`: a tracer that is told nothing is enabled outside Lambda too;
    - `records_invocations_of(application)`: whether it records the invocations of a handler by itself. The plugin
      stands aside then.
    """

    def in_subsegment(self, name: str | None = None, **kwargs: Any) -> AbstractContextManager[Any]:
        """Return a context manager that opens a segment, yields it (or None) and closes it."""

    def in_subsegment_async(self, name: str | None = None, **kwargs: Any) -> AbstractAsyncContextManager[Any]:
        """Return an asynchronous context manager that does the same."""

    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Add a searchable value to the current segment."""

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add a value that is shown with the current segment."""

    def patch(self, modules: Sequence[str]) -> None:
        """Trace the calls of these libraries."""

    def patch_all(self) -> None:
        """Trace the calls of every library that the backend knows."""


class BaseSegment(abc.ABC):
    """A unit of traced work, as `BaseProvider.in_subsegment` yields it."""

    @abc.abstractmethod
    def close(self, end_time: int | None = None) -> None:
        """End the segment, now or at `end_time` (seconds since the epoch)."""

    @abc.abstractmethod
    def add_subsegment(self, subsegment: Any) -> None:
        """Make `subsegment` a child of this one."""

    @abc.abstractmethod
    def remove_subsegment(self, subsegment: Any) -> None:
        """Take a child out."""

    @abc.abstractmethod
    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Add a value that traces can be searched by."""

    @abc.abstractmethod
    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add a value that is shown with the trace."""

    @abc.abstractmethod
    def add_exception(self, exception: BaseException, stack: list[Any], remote: bool = False) -> None:
        """Record an exception; `stack` is what `traceback.extract_stack` returns."""


class BaseProvider(abc.ABC):
    """A tracing backend.

    Example:
        >>> from contextlib import asynccontextmanager, contextmanager
        >>> from lambda_powertools.tracer import Tracer
        >>> from lambda_powertools.tracer.base import BaseProvider
        >>> class Printing(BaseProvider):
        ...     @contextmanager
        ...     def in_subsegment(self, name=None, **kwargs):
        ...         print("begin", name)
        ...         yield None
        ...         print("end", name)
        ...     @asynccontextmanager
        ...     async def in_subsegment_async(self, name=None, **kwargs):
        ...         with self.in_subsegment(name):
        ...             yield None
        ...     def put_annotation(self, key, value): ...
        ...     def put_metadata(self, key, value, namespace="default"): ...
        ...     def patch(self, modules): ...
        ...     def patch_all(self): ...
        >>> tracer = Tracer(provider=Printing())
        >>> @tracer.capture_lambda_handler
        ... def handler(event, context):
        ...     return {}
        >>> handler({}, None)
        begin ## handler
        end ## handler
        {}
        >>> Tracer._reset_config()
    """

    @abc.abstractmethod
    def in_subsegment(self, name: str | None = None, **kwargs: Any) -> AbstractContextManager[Any]:
        """Return a context manager that opens a segment, yields it (or None) and closes it."""

    @abc.abstractmethod
    def in_subsegment_async(self, name: str | None = None, **kwargs: Any) -> AbstractAsyncContextManager[Any]:
        """Return an asynchronous context manager that does the same."""

    @abc.abstractmethod
    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Add a searchable value to the current segment."""

    @abc.abstractmethod
    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add a value that is shown with the current segment."""

    @abc.abstractmethod
    def patch(self, modules: Sequence[str]) -> None:
        """Trace the calls of these libraries."""

    @abc.abstractmethod
    def patch_all(self) -> None:
        """Trace the calls of every library that the backend knows."""

    def get_scope(self) -> Any:
        """Return what decides which segment is the current one, to be put back by `set_scope`.

        Optional. A generator is suspended while its consumer works; with these two methods its segment is current
        only while the generator itself runs.
        """
        return None

    def set_scope(self, scope: Any) -> None:  # noqa: B027  # to have no scope is no fault
        """Put back what `get_scope` returned, in the thread or task that calls."""


class NoOpProvider(BaseProvider):
    """Records nothing, at next to no cost.

    Example:
        >>> from lambda_powertools.tracer import Tracer
        >>> tracer = Tracer(provider=NoOpProvider())
        >>> tracer.capture_method(lambda: 42)()
        42
        >>> Tracer._reset_config()
    """

    def in_subsegment(self, name: str | None = None, **kwargs: Any) -> AbstractContextManager[Any]:  # noqa: ARG002
        """Return a context manager that yields None."""
        return nullcontext()

    def in_subsegment_async(self, name: str | None = None, **kwargs: Any) -> AbstractAsyncContextManager[Any]:  # noqa: ARG002
        """Return an asynchronous context manager that yields None."""
        return nullcontext()

    def put_annotation(self, key: str, value: str | Number | bool) -> None:
        """Record nothing."""

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Record nothing."""

    def patch(self, modules: Sequence[str]) -> None:
        """Leave the libraries as they are."""

    def patch_all(self) -> None:
        """Leave all libraries as they are."""
