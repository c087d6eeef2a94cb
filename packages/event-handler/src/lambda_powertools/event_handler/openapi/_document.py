"""A whole document, out of the routes of an app."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler.openapi._analysis import analysis_of
from lambda_powertools.event_handler.openapi._annotations import name_of
from lambda_powertools.event_handler.openapi._models_schema import check_extensions
from lambda_powertools.event_handler.openapi._operation import describe_operation
from lambda_powertools.event_handler.openapi._schemas import Components
from lambda_powertools.event_handler.openapi.constants import DEFAULT_OPENAPI_VERSION
from lambda_powertools.event_handler.openapi.encoders import plain_data
from lambda_powertools.event_handler.openapi.exceptions import OpenAPISchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler.openapi.config import OpenAPIConfig

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


def build_document(app: ApiGatewayResolver, config: OpenAPIConfig) -> dict[str, Any]:
    """Return the document of an app as plain data.

    Raises:
        OpenAPISchemaError: a security scheme or an extension is not what it has to be.
    """
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


def head_of(config: OpenAPIConfig) -> dict[str, Any]:
    """Return what stands at the top of a document."""
    info: dict[str, Any] = {"title": config.title, "version": config.version}
    optional = {
        "summary": config.summary,
        "description": config.description,
        "termsOfService": config.terms_of_service,
        "contact": config.contact,
        "license": config.license_info,
    }
    info.update({name: plain_data(value) for name, value in optional.items() if value is not None})
    servers = [plain_data(server) for server in config.servers or ()] or [{"url": "/"}]
    return {"openapi": _version(config.openapi_version), "info": info, "servers": servers}


def tail_of(config: OpenAPIConfig) -> dict[str, Any]:
    """Return what stands at the end of a document.

    Raises:
        OpenAPISchemaError: the name of an extension does not begin with `x-`.
    """
    tail: dict[str, Any] = {}
    if config.security is not None:
        tail["security"] = plain_data(config.security)
    if config.tags:
        tail["tags"] = [{"name": tag} if isinstance(tag, str) else plain_data(tag) for tag in config.tags]
    if config.external_documentation is not None:
        tail["externalDocs"] = plain_data(config.external_documentation)
    if config.openapi_extensions:
        check_extensions(config.openapi_extensions)
        tail.update(config.openapi_extensions)
    return tail


def _version(version: str) -> str:
    if version.startswith("3.1"):
        return version
    warnings.warn(
        f"pydantic 2 makes JSON schemas that OpenAPI {version} does not know; "
        f"the document is {DEFAULT_OPENAPI_VERSION}",
        PowertoolsUserWarning,
        stacklevel=5,
    )
    return DEFAULT_OPENAPI_VERSION


def check_security(config: OpenAPIConfig, of_routes: Iterable[Sequence[dict[str, Any]] | None]) -> None:
    """Check that every scheme that is required is defined.

    Raises:
        OpenAPISchemaError: one is not.
    """
    requirements = [*(config.security or ()), *(each for given in of_routes for each in given or ())]
    defined = config.security_schemes or {}
    for requirement in requirements:
        for name in requirement:
            if name not in defined:
                known = ", ".join(sorted(defined)) or "none"
                raise OpenAPISchemaError(
                    f"security requires the scheme {name!r}, which is not in security_schemes (there: {known})"
                )


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
