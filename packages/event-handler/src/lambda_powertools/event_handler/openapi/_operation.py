"""One operation of a document: what a route takes and gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._annotations import name_of
from lambda_powertools.event_handler.openapi._models_base import check_extensions
from lambda_powertools.event_handler.openapi._parameter_objects import describe_parameters
from lambda_powertools.event_handler.openapi._request_body import describe_body
from lambda_powertools.event_handler.openapi._responses import describe_responses

if TYPE_CHECKING:
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.event_handler.openapi._components import Components

_NO_WORD = re.compile(r"\W")


def operation_id(route: Route) -> str:
    """Return the name of the operation: the given one, or one made of function, path and method."""
    if route.options.operation_id:
        return route.options.operation_id
    name = _NO_WORD.sub("_", f"{name_of(route.func)}{route.openapi_path}")
    return f"{name}_{route.method.lower()}"


def describe_operation(
    analysis: RouteAnalysis, components: Components, *, validated: bool, code: int | None
) -> dict[str, Any]:
    """Return the operation object of a route.

    Args:
        analysis: of the route.
        components: takes what the operation refers to.
        validated: whether requests are validated.
        code: the status that was chosen for responses that do not fit.
    """
    route, options = analysis.route, analysis.route.options
    operation: dict[str, Any] = {}
    if options.tags:
        operation["tags"] = [tag if isinstance(tag, str) else tag.name for tag in options.tags]
    operation["summary"] = options.summary or f"{route.method} {route.openapi_path}"
    if options.description:
        operation["description"] = options.description
    operation["operationId"] = operation_id(route)
    parameters = describe_parameters(analysis, components)
    if parameters:
        operation["parameters"] = parameters
    body = describe_body(analysis, components, operation["operationId"])
    if body is not None:
        operation["requestBody"] = body
    operation["responses"] = describe_responses(analysis, components, validated=validated, code=code)
    if options.deprecated:
        operation["deprecated"] = True
    if options.security is not None:
        operation["security"] = [dict(requirement) for requirement in options.security]
    if options.openapi_extensions:
        check_extensions(options.openapi_extensions)
        operation.update(options.openapi_extensions)
    return operation
