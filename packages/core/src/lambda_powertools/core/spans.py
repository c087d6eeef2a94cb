"""The seam through which core's middlewares are traced without core knowing a tracer.

A tracing package registers how a span is opened; core opens spans by name and stays ignorant of what they are.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    SpanFactory = Callable[[str], AbstractContextManager[Any]]

_factory: SpanFactory | None = None


def register_span_factory(factory: SpanFactory | None) -> SpanFactory | None:
    """Make `factory` open the spans of core: called with a name, it returns a context manager. None removes it.

    Returns:
        The factory that it takes the place of.
    """
    global _factory  # one tracing backend for the process
    previous, _factory = _factory, factory
    return previous


def has_span_factory() -> bool:
    """Return whether a tracing package has registered itself."""
    return _factory is not None


def span(name: str) -> AbstractContextManager[Any]:
    """Open a span of this name; does nothing where no factory is registered."""
    return nullcontext() if _factory is None else _factory(name)
