"""What an app prints in debug mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import display_name

if TYPE_CHECKING:
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._state import RequestState


def print_event(app: ApiGatewayResolver, event: Any) -> None:
    """Print the event as one line."""
    try:
        text = app.serializer(event)
    except (TypeError, ValueError):
        from lambda_powertools.core.json import dumps

        text = dumps(event, fallback=str)
    print(text)  # noqa: T201  # what debug mode is for


def print_route(app: ApiGatewayResolver, state: RequestState) -> None:
    """Print the route, and the middlewares that are around it."""
    state.frames = []
    route = state.route
    names = [frame.name for frame in app.prepared(route).frames]
    print(f"Processing route {display_name(route.func)} ({route.method} {route.path})")  # noqa: T201  # see above
    print(f"Middlewares, in order: {', '.join(names) or 'none'}")  # noqa: T201  # see above


def print_frames(state: RequestState) -> None:
    """Print the middlewares that were entered."""
    print(f"Middlewares entered: {', '.join(state.frames or ()) or 'none'}")  # noqa: T201  # see above
