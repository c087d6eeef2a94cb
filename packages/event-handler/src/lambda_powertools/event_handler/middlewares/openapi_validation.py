"""Validates requests and responses of routes by the annotations of their functions.

The app makes these for the routes that are validated; they are not for direct use.
"""

from __future__ import annotations

from lambda_powertools.event_handler._rules import NO_RULE
from lambda_powertools.event_handler.openapi._requirements import require_pydantic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.openapi._request import RequestPlan
    from lambda_powertools.event_handler.response import Response

__all__ = ["OpenAPIRequestValidationMiddleware", "OpenAPIResponseValidationMiddleware", "check_route"]


def check_route(app: ApiGatewayResolver, route: Route) -> None:
    """Refuse a route whose function has parameters that cannot work.

    An annotation that names something which does not exist yet is left for the first use: it may be defined below.

    Raises:
        HandlerSignatureError: a parameter is declared in a way that cannot work.
        OpenAPIDependencyError: pydantic is not installed.
    """
    require_pydantic()
    from lambda_powertools.event_handler._signature import remember_local_names
    from lambda_powertools.event_handler.openapi._analysis import analysis_of
    from lambda_powertools.event_handler.openapi.exceptions import UnresolvedAnnotationError

    remember_local_names(route.func)
    try:
        analysis_of(app, route)
    except UnresolvedAnnotationError:
        return


class OpenAPIRequestValidationMiddleware:
    """Reads, checks and converts what a route's function, and what dependencies of middlewares take from a request.

    Args:
        app: the app of the route.
        route: the route; if it is not validated itself, the dependencies of the middlewares around it are.

    Raises:
        HandlerSignatureError: a parameter is declared in a way that cannot work.
    """

    def __init__(self, app: ApiGatewayResolver, route: Route) -> None:
        self._app = app
        self._route = route
        self._validated = route.parsed is not NO_RULE and app.is_validated(route)
        self._plan = self._make_plan()

    def _make_plan(self) -> RequestPlan:
        from lambda_powertools.event_handler.openapi._analysis import analysis_of
        from lambda_powertools.event_handler.openapi._request import RequestPlan

        analysis = self._analysis = analysis_of(self._app, self._route)
        plan = RequestPlan
        if self._app.source.name == "BedrockAgentEvent":
            from lambda_powertools.event_handler.openapi._agent import AgentRequestPlan as plan  # noqa: N813

        if self._validated:
            return plan(analysis.parameters, analysis.describe)
        return plan([each for found in analysis.around.values() for each in found], analysis.describe)

    def before(self, state: RequestState) -> None:
        """Put the arguments of the function, and of what it depends on, into the state.

        Raises:
            RequestValidationError: the request does not fit.
            RequestUnsupportedContentType: its body is of a type that cannot be read.
        """
        if self._analysis.replaced != self._app.dependency_overrides:
            self._plan = self._make_plan()
        values = self._plan.read(state.event, state.path_parameters)
        analysis = self._analysis
        if self._validated:
            state.arguments = {parameter.name: values[parameter] for parameter in analysis.own}
        dependencies = analysis.dependencies if self._validated else analysis.around
        if dependencies:
            state.dependency_arguments = {
                function: {parameter.name: values[parameter] for parameter in parameters}
                for function, parameters in dependencies.items()
            }


class OpenAPIResponseValidationMiddleware:
    """Checks what a route's function gave, and makes JSON-ready data of it.

    Args:
        app: the app of the route.
        route: the route.
    """

    def __init__(self, app: ApiGatewayResolver, route: Route) -> None:
        from lambda_powertools.event_handler._finish import to_json
        from lambda_powertools.event_handler.openapi._analysis import analysis_of
        from lambda_powertools.event_handler.openapi._response import ResponsePlan

        self._route = route
        analysis = analysis_of(app, route)
        custom = None if app.serializer is to_json else app.serializer
        source = "app" if route.options.custom_response_validation_http_code is None else "route"
        self._plan = ResponsePlan(analysis.result, analysis.describe_route(), custom, source)

    def after(self, state: RequestState, response: Response[Any]) -> Response[Any]:
        """Return the response with a body that is validated and JSON-ready.

        Raises:
            ResponseValidationError: the body does not fit the declared type.
            SerializationError: nothing is declared, and the body has no JSON form.
        """
        prepared = state.route.prepared
        is_final = prepared is not None and not prepared.frames  # nobody looks at the body before it is sent
        body = self._plan.convert(state.event, response, as_text=is_final)
        if body is response.body:
            return response
        changed: Response[Any] = response.with_body(body)
        return changed
