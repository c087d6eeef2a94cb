"""The request body of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._models import structure_of
from lambda_powertools.event_handler.openapi._parameter_objects import parameter_schema
from lambda_powertools.event_handler.openapi._parameters import RouteParameter, embeds, is_form
from lambda_powertools.event_handler.openapi._plain import plain_data
from lambda_powertools.event_handler.openapi.params import Body, File

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.event_handler.openapi._components import Components

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


def describe_body(analysis: RouteAnalysis, components: Components, operation_id: str) -> dict[str, Any] | None:
    """Return the request body object of a route, None if its function takes nothing from the body."""
    parameters = [each for each in analysis.parameters if each.location == "body"]
    if not parameters or analysis.route.method not in _METHODS:
        return None
    shown = [each for each in parameters if each.marker.include_in_schema]
    if not shown:
        return None
    first = shown[0].marker
    whole = len({each.alias for each in parameters}) == 1 and not embeds(parameters[0])
    if whole or (len(parameters) == 1 and _is_structure(parameters[0])):
        schema = parameter_schema(analysis, shown[0], components)
    else:
        schema = components.body(f"Body_{operation_id}", _embedded(analysis, shown, components))
    content: dict[str, Any] = {"schema": schema}
    if whole and first.openapi_examples:
        content["examples"] = {name: plain_data(example) for name, example in first.openapi_examples.items()}
    body: dict[str, Any] = {}
    if len(shown) == 1 and first.description:
        body["description"] = first.description
    body["content"] = {_media_type(shown): content}
    if any(each.required for each in shown):
        body["required"] = True
    return body


def _is_structure(parameter: RouteParameter) -> bool:
    """Return whether the members of a form are the fields of the parameter."""
    return is_form(parameter) and structure_of(parameter.annotation) is not None


def _embedded(analysis: RouteAnalysis, parameters: list[RouteParameter], components: Components) -> dict[str, Any]:
    single = [each for each in parameters if not _is_structure(each)]
    schema: dict[str, Any] = {
        "properties": {each.alias: parameter_schema(analysis, each, components) for each in single},
        "type": "object",
    }
    required = [each.alias for each in single if each.required]
    if required:
        schema["required"] = list(dict.fromkeys(required))
    structures = [parameter_schema(analysis, each, components) for each in parameters if _is_structure(each)]
    return {"allOf": [*structures, schema]} if structures else schema


def _media_type(parameters: list[RouteParameter]) -> str:
    markers = [each.marker for each in parameters if isinstance(each.marker, Body)]
    for marker in markers:
        if isinstance(marker, File):
            return marker.media_type
    for each in parameters:
        if is_form(each) and isinstance(each.marker, Body):
            return each.marker.media_type
    types = {marker.media_type for marker in markers}
    return types.pop() if len(types) == 1 else "application/json"
