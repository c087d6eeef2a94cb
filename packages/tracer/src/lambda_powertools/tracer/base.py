"""What a tracing backend is to `Tracer`: six methods, and the segments that they hand out.

A provider is any object with the methods of `BaseProvider` that are used; inheriting is optional.
"""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from numbers import Number


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
