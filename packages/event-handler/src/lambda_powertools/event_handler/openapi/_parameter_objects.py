"""The parameters of an operation."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from lambda_powertools.event_handler.openapi import _kinds as kinds
from lambda_powertools.event_handler.openapi._models import fields_of, model_of
from lambda_powertools.event_handler.openapi._parameters import LOCATIONS, RouteParameter, constraints_of
from lambda_powertools.event_handler.openapi._plain import plain_data
from lambda_powertools.event_handler.openapi._schemas import titled

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi._analysis import RouteAnalysis
    from lambda_powertools.event_handler.openapi._components import Components
from lambda_powertools.event_handler.openapi._models import ModelField


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
        parameter.annotation,
        "validation",
        lambda: analysis.describe(parameter),
        title=titled(parameter.alias),
        more=more,
    )


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
    described["schema"] = components.collector.schema(
        kinds.annotated(info.annotation, constraints_of(info)),
        "validation",
        lambda: f"field {field.name!r} of {analysis.describe(parameter)}",
        title=titled(field.keys[0]),
        more=more,
    )
    return described
