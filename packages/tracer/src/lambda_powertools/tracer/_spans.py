"""Opens the spans of the core's middlewares on the provider that the tracers of the process use."""

from __future__ import annotations

from contextlib import nullcontext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any


def open_span(name: str) -> AbstractContextManager[Any]:
    """Return a subsegment of this name as a context manager, one that does nothing while tracing is disabled."""
    # Not at import: whoever only wants to be traced, if somebody traces, does not pay for it.
    from lambda_powertools.tracer._config import shared
    from lambda_powertools.tracer._recording import Recording, Span

    return nullcontext() if shared.is_disabled() else Span(Recording(shared.active_provider(), name))
