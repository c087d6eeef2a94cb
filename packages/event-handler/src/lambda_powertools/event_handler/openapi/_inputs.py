"""What an operation takes: parameter objects and the request body."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from lambda_powertools.event_handler.openapi import _shared as kinds
from lambda_powertools.event_handler.openapi._shared import (
    LOCATIONS,
    ModelField,
    RouteParameter,
    adapter_for,
    constraints_of,
    embeds,
    fields_of,
    is_form,
    model_of,
    structure_of,
)
from lambda_powertools.event_handler.openapi.encoders import plain_data
from lambda_powertools.event_handler.openapi.params import Body, File

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.openapi.schemas import Components


def describe_parameters(analysis: RouteAnalysis, components: Components) -> list[dict[str, Any]]:
    """Return the parameter objects of a route: path, query, header, cookie; of equal ones a required one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for location in LOCATIONS[:-1]:
        for parameter in analysis.parameters:
            if parameter.location != location or not parameter.marker.include_in_schema:
                continue
            for described in _describe(analysis, parameter, components):
                key = (described["in"], described["name"])
                if key not in found or (described["required"] and not found[key]["required"]):
                    found[key] = described
    return [
        described for (place, name), described in found.items() if (place, name.lower()) != ("header", "content-type")
    ]


def _describe(analysis: RouteAnalysis, parameter: RouteParameter, components: Components) -> list[dict[str, Any]]:
    model = None if parameter.location == "path" else model_of(parameter.annotation)
    if model is None:
        return [_single(analysis, parameter, components)]
    return [_of_field(analysis, parameter, field, components) for field in fields_of(model)]


def _single(analysis: RouteAnalysis, parameter: RouteParameter, components: Components) -> dict[str, Any]:
    marker = parameter.marker
    described: dict[str, Any] = {"name": parameter.alias, "in": parameter.location, "required": parameter.required}
    if marker.description:
        described["description"] = marker.description
    if marker.is_deprecated:
        described["deprecated"] = True
    described["schema"] = parameter_schema(analysis, parameter, components)
    if marker.openapi_examples:
        described["examples"] = {name: plain_data(example) for name, example in marker.openapi_examples.items()}
    return described


def parameter_schema(analysis: RouteAnalysis, parameter: RouteParameter, components: Components) -> dict[str, Any]:
    """Return the schema of a parameter, to be filled in, with its default."""
    more = {name: value for name, value in parameter.marker.described.items() if name != "json_schema_extra"}
    if not parameter.required and parameter.factory is None:
        more.update(default_of(parameter.default))
    more.update(parameter.marker.described.get("json_schema_extra") or {})
    return components.collector.schema(
        adapter_for(parameter.annotation, lambda: analysis.describe(parameter)),
        "validation",
        title=_titled(parameter.alias),
        more=more,
    )


def _titled(alias: str) -> str:
    """Return a name as a title: `user_id` as `User Id`."""
    return alias.replace("_", " ").title()


def default_of(value: Any) -> dict[str, Any]:
    """Return the member of a schema that names a default, nothing if it has no JSON form."""
    try:
        return {"default": to_jsonable_python(value)}
    except ValueError:
        warnings.warn(
            f"a default of type {type(value).__name__} has no JSON form; the document leaves it out",
            UserWarning,
            stacklevel=2,
        )
        return {}


def _of_field(
    analysis: RouteAnalysis, parameter: RouteParameter, field: ModelField, components: Components
) -> dict[str, Any]:
    info = field.info
    name = field.keys[0]
    if parameter.location == "header":
        name = name.replace("_", "-").lower()
    required = info is None or info.is_required()
    described: dict[str, Any] = {"name": name, "in": parameter.location, "required": required and parameter.required}
    if info is None:  # models of pydantic always have it
        return described
    if info.description:
        described["description"] = info.description
    if info.deprecated:
        described["deprecated"] = True
    more = {} if info.is_required() or info.default_factory is not None else default_of(info.default)
    annotation = kinds.annotated(info.annotation, constraints_of(info))
    described["schema"] = components.collector.schema(
        adapter_for(annotation, lambda: f"field {field.name!r} of {analysis.describe(parameter)}"),
        "validation",
        title=_titled(field.keys[0]),
        more=more,
    )
    return described


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
        "properties": {each.alias: _member_schema(analysis, each, components) for each in single},
        "type": "object",
    }
    required = [each.alias for each in single if each.required]
    if required:
        schema["required"] = list(dict.fromkeys(required))
    structures = [parameter_schema(analysis, each, components) for each in parameters if _is_structure(each)]
    return {"allOf": [*structures, schema]} if structures else schema


def _member_schema(analysis: RouteAnalysis, parameter: RouteParameter, components: Components) -> dict[str, Any]:
    if isinstance(parameter.marker, File) and parameter.annotation is str:
        return {"type": "string", "format": "binary", "title": _titled(parameter.alias)}
    return parameter_schema(analysis, parameter, components)


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
