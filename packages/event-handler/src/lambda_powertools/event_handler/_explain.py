"""What an app tells its developers: which route answers, and what is printed in debug mode."""

from __future__ import annotations

from lambda_powertools.core.callables import display_name
from lambda_powertools.event_handler._rules import strip_prefix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._state import RequestState


class Explanation:
    """Why a method and path are answered as they are; `str` of it is one line.

    Attributes:
        method: the method, in upper case.
        path: the path.
        matched_path: what is matched, without the prefixes that are cut off.
        route: the route that answers, None when there is none.
        path_parameters: the dynamic parts of the path.
        reason: why, in words.
        status_code: the status of the answer where there is no route, else None.
        shadowed: the routes that match as well, and come after.
        allowed: the methods that have a route of this path.
    """

    __slots__ = (
        "allowed",
        "matched_path",
        "method",
        "path",
        "path_parameters",
        "reason",
        "route",
        "shadowed",
        "status_code",
    )

    def __init__(self, app: ApiGatewayResolver, method: str, path: str) -> None:
        self.method = method.upper()
        self.path = path
        self.matched_path = strip_prefix(path, app.strip_prefixes)
        self.allowed = app.matcher.allowed(self.matched_path)
        self.route: Route | None = None
        self.path_parameters: dict[str, str] = {}
        self.status_code: int | None = None
        self.shadowed: tuple[Route, ...] = ()
        answering = self.method
        found = app.matcher.find(answering, self.matched_path)
        if found is None and self.method == "HEAD" and app.gets_answer_head:
            answering = "GET"
            found = app.matcher.find(answering, self.matched_path)
        if found is not None:
            self.route, self.path_parameters = found
            self.shadowed = tuple(
                route for route in app.matcher.matching(self.matched_path, answering) if route is not self.route
            )
            self.reason = self._why_matched(self.route, answering)
        else:
            self.reason = self._why_not(app)

    def _why_matched(self, route: Route, answering: str) -> str:
        rule = route.parsed
        kind = "catch-all" if rule.is_catch_all else "dynamic" if rule.has_group else "literal"
        if kind == "literal" and not rule.is_literal and rule.text != self.matched_path.rstrip("/"):
            kind = "expression"
        values = "".join(f", {name}={value!r}" for name, value in self.path_parameters.items())
        head = " as GET answers HEAD" if answering != self.method else ""
        others = ", ".join(repr(other.path) for other in self.shadowed)
        after = f"; comes before {others}" if others else ""
        return f"{display_name(route.func)}: rule {route.path!r} ({kind}){values}{head}{after}"

    def _why_not(self, app: ApiGatewayResolver) -> str:
        if self.method == "OPTIONS" and app.cors is not None:
            self.status_code = 204
            return "204: pre-flight request, answered by the CORS configuration"
        if self.allowed:
            names = ", ".join(self.allowed)
            if self.method == "OPTIONS":
                self.status_code = 204
                return f"204: the path has routes for {names}"
            self.status_code = 405
            return f"405: the path has routes for {names} only"
        self.status_code = 404
        if not app.matcher.routes:
            return "404: the app has no routes"
        from difflib import get_close_matches

        rules = {route.path: route for route in app.matcher.routes}
        other = self.matched_path.rstrip("/") if self.matched_path.endswith("/") else f"{self.matched_path}/"
        if app.matcher.allowed(other):
            return f"404: no rule matches, though {other!r} would: slashes at the end of a path count here"
        close = get_close_matches(self.matched_path, rules, n=1)
        return f"404: no rule matches{f'; the closest is {close[0]!r}' if close else ''}"

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.method} {self.path} -> {self.reason}"

    def __repr__(self) -> str:
        """Return it as one line, in brackets."""
        return f"<Explanation {self}>"


def explain(app: ApiGatewayResolver, method: str, path: str) -> Explanation:
    """Say which route of an app answers a method and path, and why; or why none does."""
    return Explanation(app, method, path)


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
