"""A route: method, rule, function and options, and what is prepared of them once.

The seam to validation
----------------------
A route is validated when its option `enable_validation` says so, or, where that is None, the resolver's. Then, and only
then, `lambda_powertools.event_handler.middlewares.openapi_validation` is imported, and for each route

- `check_route(app, route)` is called when the route is registered on the app (an included router's at inclusion): to
  refuse functions whose parameters cannot work;
- `OpenAPIRequestValidationMiddleware(app, route)` and `OpenAPIResponseValidationMiddleware(app, route)` are made once,
  when the route is prepared: by the plugin at INIT, else at the first request.

Both work without waiting, so they are plain methods, which the synchronous and the asynchronous chain call alike:

- `before(state)` of the first runs before all middlewares. It puts the values that the function is called with into
  `state.arguments` (a dictionary by parameter name, without what is injected: requests and dependencies), and those of
  dependencies with parameters of their own into `state.dependency_arguments` (by the callable, an override being one of
  its own, then by name). It leaves `state.path_parameters`, the texts of the path, alone.
- `after(state, response)` of the second runs right behind the function, inside the life of its dependencies. It returns
  the response whose body is validated and JSON-ready, a copy if need be.

Which parameters are injected, `_injection.injected_names(function)` tells; the dependencies of a function with theirs,
each a `Dependency` that knows its callable (`declared.dependency`), are in `_injection.injection_of(function)`. Where
`app.dependency_overrides` names a callable, the one that stands in for it counts.

`state` is a `_state.RequestState`: `state.event` is the data class, `state.raw` the event itself, `state.route` the
route. Errors are raised; `_errors.convert` turns those of `openapi.exceptions` into responses.
"""

from __future__ import annotations

from lambda_powertools.event_handler._rules import Rule, compile_rule, openapi_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler._pipeline import Prepared
    from lambda_powertools.event_handler._registration import RouteOptions


class Route:
    """One method and rule of an app.

    Attributes:
        method: the method, in upper case.
        path: the rule as it was registered, with the prefix of its router.
        parsed: the rule, taken apart.
        func: the function, as it was registered.
        options: what was said about it.
        prepared: what the pipeline needs, made at the first use and anew when a middleware is added.
        cache: whatever else is worth keeping for this route, by name; for the validation and the documents.
    """

    __slots__ = ("cache", "func", "method", "options", "parsed", "path", "prepared")

    def __init__(self, method: str, path: str, parsed: Rule, func: Callable[..., Any], options: RouteOptions) -> None:
        self.method = method
        self.path = path
        self.parsed = parsed
        self.func = func
        self.options = options
        self.prepared: Prepared | None = None
        self.cache: dict[str, Any] = {}

    @property
    def openapi_path(self) -> str:
        """The path as a template: `/users/{id}`."""
        return openapi_path(self.path)

    @property
    def rule(self) -> re.Pattern[str]:
        """The rule as a regular expression, for `fullmatch`. Compiled when asked for: requests are matched without."""
        return compile_rule(self.parsed.text)

    @property
    def middlewares(self) -> tuple[Callable[..., Any], ...]:
        """The middlewares of this route alone."""
        return self.options.middlewares

    def __repr__(self) -> str:
        """Show method and path."""
        return f"<Route {self.method} {self.path}>"
