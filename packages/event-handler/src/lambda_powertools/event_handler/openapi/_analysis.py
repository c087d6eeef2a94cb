"""What validation and documents need to know of a route, found out once and kept on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler._injection import injected_names, injection_of
from lambda_powertools.event_handler._pipeline import Frame
from lambda_powertools.event_handler.openapi._annotations import name_of, read_signature
from lambda_powertools.event_handler.openapi._response import declared_type
from lambda_powertools.event_handler.openapi._shared import RouteParameter, locate

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.event_handler._injection import Injection
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route

_KEY = "openapi.analysis"


class RouteAnalysis:
    """The parameters and the result of a route's function.

    Attributes:
        own: parameters of the function itself.
        around: parameters of the functions that middlewares depend on, by function.
        dependencies: parameters of all functions that something depends on, by function.
        result: type of the response's body, `UNDECLARED` if there is none.
        replaced: the overrides that were in force.
        version: which middlewares of the app were in force.
    """

    __slots__ = ("around", "dependencies", "own", "replaced", "result", "route", "version")

    def __init__(self, app: ApiGatewayResolver, route: Route) -> None:
        self.route = route
        self.replaced = dict(app.dependency_overrides)
        self.version = app.middleware_version
        signature = read_signature(route.func)
        self.result = declared_type(signature.returns)
        self.own = self._parameters(route.func)
        self.dependencies: dict[Callable[..., Any], list[RouteParameter]] = {}
        self._visit(injection_of(route.func), self.dependencies)
        self.around: dict[Callable[..., Any], list[RouteParameter]] = {}
        for middleware in (*app.middlewares, *route.options.middlewares):
            self._visit(Frame(middleware).injection, self.around)
        self.dependencies.update(self.around)

    def _parameters(self, function: Callable[..., Any]) -> list[RouteParameter]:
        injected = injected_names(function)
        parameters = read_signature(function).parameters
        return locate(
            function,
            {name: parameter for name, parameter in parameters.items() if name not in injected},
            self.route.parsed.names,
        )

    def _visit(self, injection: Injection | None, found: dict[Callable[..., Any], list[RouteParameter]]) -> None:
        for _, dependency in injection.dependencies if injection is not None else ():
            declared = dependency.declared.dependency
            function = self.replaced.get(declared, declared)
            used = dependency if function is declared else dependency.replaced_by(function)
            if function not in found:
                found[function] = self._parameters(function)
                self._visit(used.injection, found)

    @property
    def parameters(self) -> list[RouteParameter]:
        """All parameters, those of the function first."""
        return [*self.own, *(parameter for each in self.dependencies.values() for parameter in each)]

    def describe(self, parameter: RouteParameter) -> str:
        """Name a parameter and its route."""
        return f"parameter {parameter.name!r} of {self.describe_route()}"

    def describe_route(self) -> str:
        """Name the route's function and its route."""
        return f"{name_of(self.route.func)}() of {self.route.method} {self.route.path}"


def analysis_of(app: ApiGatewayResolver, route: Route) -> RouteAnalysis:
    """Return the analysis of a route; a new one if middlewares or the overrides of dependencies have changed.

    Raises:
        HandlerSignatureError: a parameter is declared in a way that cannot work.
    """
    analysis: RouteAnalysis | None = route.cache.get(_KEY)
    if analysis is None or analysis.replaced != app.dependency_overrides or analysis.version != app.middleware_version:
        analysis = route.cache[_KEY] = RouteAnalysis(app, route)
    return analysis
