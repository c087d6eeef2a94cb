"""Opens the spans of the core's middlewares on the provider that the tracers of the process use."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from lambda_powertools.tracer._config import shared
from lambda_powertools.tracer._recording import Recording, Span

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def open_span(name: str) -> AbstractContextManager[Any]:
    """Return a subsegment of this name as a context manager, one that does nothing while tracing is disabled."""
    return nullcontext() if shared.is_disabled() else Span(Recording(shared.active_provider(), name))
