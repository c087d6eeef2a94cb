"""One operation of a document: what a route takes and gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._annotations import name_of
from lambda_powertools.event_handler.openapi._inputs import describe_body, describe_parameters
from lambda_powertools.event_handler.openapi._response import UNDECLARED
from lambda_powertools.event_handler.openapi._shared import adapter_for
from lambda_powertools.event_handler.openapi.constants import DEFAULT_CONTENT_TYPE
from lambda_powertools.event_handler.openapi.encoders import plain_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.openapi.schemas import Components

_REQUEST_FAULT = "422"


def describe_responses(
    analysis: RouteAnalysis, components: Components, *, validated: bool, code: int | None
) -> dict[str, Any]:
    """Return the response objects of a route by status, in the order of statuses."""
    options = analysis.route.options
    described: dict[str, Any] = {}
    if options.responses:
        for status, response in options.responses.items():
            described[status_key(status)] = _given(analysis, response, components)
    else:
        content = {DEFAULT_CONTENT_TYPE: _returned(analysis, components)}
        described[str(int(options.status_code))] = {"description": options.response_description, "content": content}
    if validated and code is not None:
        described.setdefault(str(code), _fault(components, "Response Validation Error", "ResponseValidationError"))
    if validated:
        described.setdefault(_REQUEST_FAULT, _fault(components, "Validation Error", "HTTPValidationError"))
    return {status: described[status] for status in sorted(described)}


def status_key(status: Any) -> str:
    """Return a status as documents write it: members of `HTTPStatus` as their number."""
    return str(int(status)) if isinstance(status, int) else str(status)


def _fault(components: Components, description: str, name: str) -> dict[str, Any]:
    return {"description": description, "content": {DEFAULT_CONTENT_TYPE: {"schema": components.error(name)}}}


def _returned(analysis: RouteAnalysis, components: Components) -> dict[str, Any]:
    if analysis.result is UNDECLARED:
        return {}
    return {"schema": _schema(analysis, analysis.result, components)}


def _schema(analysis: RouteAnalysis, annotation: Any, components: Components) -> dict[str, Any]:
    where = f"the response of {analysis.describe_route()}"
    return components.collector.schema(adapter_for(annotation, lambda: where), "serialization", title="Return")


def _given(analysis: RouteAnalysis, response: Mapping[str, Any], components: Components) -> dict[str, Any]:
    described: dict[str, Any] = {name: plain_data(value) for name, value in response.items() if name != "content"}
    described.setdefault("description", "")
    content = response.get("content")
    if content is None:
        described["content"] = {DEFAULT_CONTENT_TYPE: _returned(analysis, components)}
        return described
    described["content"] = {media: _content(analysis, entry, components) for media, entry in content.items()}
    return described


def _content(analysis: RouteAnalysis, entry: Any, components: Components) -> dict[str, Any]:
    if not isinstance(entry, dict):
        data: dict[str, Any] = plain_data(entry)
        return data
    described = {name: plain_data(value) for name, value in entry.items() if name != "model"}
    if "model" in entry:
        return {"schema": _schema(analysis, entry["model"], components), **described}
    return described


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
        from lambda_powertools.openapi.document import check_extensions

        check_extensions(options.openapi_extensions)
        operation.update(options.openapi_extensions)
    return operation
