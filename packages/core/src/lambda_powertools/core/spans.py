"""The seam through which packages are traced without knowing a tracer: who opens spans, and where they are recorded.

A tracing package registers how a span is opened; core opens spans by name and stays ignorant of what they are. Another
package may register a provider, to which tracers record unless they were given one of their own.
"""

from __future__ import annotations

from contextlib import nullcontext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import Any

    SpanFactory = Callable[[str], AbstractContextManager[Any]]

_factory: SpanFactory | None = None
_provider: Any = None
_followers: list[Callable[[Any], None]] = []


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


def register_tracing_provider(provider: Any) -> Any:
    """Make `provider` the one that tracers record to unless they were given another. None removes it.

    Args:
        provider: any object with the methods of `lambda_powertools.tracer.base.TracingProvider`.

    Returns:
        The provider that it takes the place of.
    """
    global _provider  # the same
    previous, _provider = _provider, provider
    for follow in tuple(_followers):
        follow(provider)
    return previous


def tracing_provider() -> Any:
    """Return the provider that has been registered, None if there is none."""
    return _provider


def follow_tracing_provider(callback: Callable[[Any], None]) -> None:
    """Call `callback` with each provider that is registered from now on; for tracers that were made before it."""
    if callback not in _followers:
        _followers.append(callback)
