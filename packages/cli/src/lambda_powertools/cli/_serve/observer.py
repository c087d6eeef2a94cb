"""Sees the route of a request: what the event handler tells other plugins, through the state of the invocation."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, get_registry, hookimpl, invocation_scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.core import Invocation

STATE = "event_handler"
"""Key of the invocation's state in which the event handler puts `route`, `method` and `status_code`."""

_sighted: ContextVar[Sighting | None] = ContextVar("lambda_powertools.cli.sighted", default=None)


class Sighting:
    """What was seen of one invocation.

    Attributes:
        cold_start: whether it was the first of the environment.
        route: the route that was taken, None if none was told.
    """

    def __init__(self) -> None:
        self.cold_start = False
        self.route: str | None = None

    def note(self, state: dict[str, Any]) -> None:
        """Take the route from an invocation's state, if one is there."""
        told = state.get(STATE)
        if isinstance(told, dict) and told.get("route") is not None:
            self.route = str(told["route"])


class ServeObserver(Plugin[None]):
    """Notes the route for the request log. Outermost, so that it sees every invocation end."""

    name = "powertools_serve"
    order = 0
    on_failure = "warn"

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Note the route of a request that was answered."""
        self._note(invocation)

    @hookimpl
    def on_error(self, invocation: Invocation) -> None:
        """Note the route of a request whose handler failed."""
        self._note(invocation)

    def _note(self, invocation: Invocation) -> None:
        sighting = _sighted.get()
        if sighting is not None:
            sighting.note(invocation.state)


def install() -> None:
    """Add the observer to the plugins that `@powertools` uses in this process."""
    registry = get_registry()
    if ServeObserver.name not in registry:
        registry.register(ServeObserver)


@contextmanager
def observe(event: Any, context: Any, trace_header: str) -> Iterator[Sighting]:
    """Begin an invocation and see what becomes of it.

    A handler without `@powertools` and what is in it share this very invocation; one with it begins its own, which the
    plugin looks at.
    """
    sighting = Sighting()
    token = _sighted.set(sighting)
    try:
        with invocation_scope(event, context) as invocation:
            invocation.trace_header = trace_header
            sighting.cold_start = invocation.cold_start
            try:
                yield sighting
            finally:
                sighting.note(invocation.state)
    finally:
        _sighted.reset(token)
