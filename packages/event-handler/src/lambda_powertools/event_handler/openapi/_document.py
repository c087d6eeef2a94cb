"""A whole document, out of the routes of an app."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler.openapi._analysis import analysis_of
from lambda_powertools.event_handler.openapi._annotations import name_of
from lambda_powertools.event_handler.openapi._operation import describe_operation
from lambda_powertools.event_handler.openapi.encoders import plain_data

if TYPE_CHECKING:
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.openapi.config import OpenAPIConfig
    from lambda_powertools.openapi.schemas import Components

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


def build_document(app: ApiGatewayResolver, config: OpenAPIConfig) -> dict[str, Any]:
    """Return the document of an app as plain data.

    Raises:
        OpenAPISchemaError: a security scheme or an extension is not what it has to be.
    """
    from lambda_powertools.openapi.document import check_security, head_of, tail_of
    from lambda_powertools.openapi.schemas import Components

    routes = app.matcher.routes
    document = head_of(config)
    check_security(config, [route.options.security for route in routes])
    components = Components()
    paths = _paths(app, [route for route in routes if _is_shown(route)], components)
    schemas = components.finish()
    document["paths"] = paths
    shared: dict[str, Any] = {"schemas": schemas} if schemas else {}
    if config.security_schemes:
        shared["securitySchemes"] = {name: plain_data(scheme) for name, scheme in config.security_schemes.items()}
    if shared:
        document["components"] = shared
    return {**document, **tail_of(config)}


def _is_shown(route: Route) -> bool:
    """Return whether a route is in the document: it is a path, and its method is one that documents know."""
    rule = route.parsed
    return route.options.include_in_schema and route.method in _METHODS and rule.expression is None


def _paths(app: ApiGatewayResolver, routes: list[Route], components: Components) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    taken: dict[str, Route] = {}
    for route in routes:
        analysis = analysis_of(app, route)
        validated = app.is_validated(route)
        code = app.chosen_validation_status(route) if validated else None
        operation = describe_operation(analysis, components, validated=validated, code=code)
        known = taken.setdefault(operation["operationId"], route)
        if known is not route:
            _warn_of_twin(operation["operationId"], route)
        paths.setdefault(route.openapi_path, {}).setdefault(route.method.lower(), operation)
    return paths


def _warn_of_twin(operation_id: str, route: Route) -> None:
    code = getattr(route.func, "__code__", None)
    file = f" in {code.co_filename}" if code is not None else ""
    warnings.warn(
        f"Duplicate Operation ID {operation_id} for function {name_of(route.func)}{file}: give one of the routes an "
        "operation_id of its own",
        PowertoolsUserWarning,
        stacklevel=6,
    )
