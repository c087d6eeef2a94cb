"""What the methods of an app that are about its document do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._requirements import require_pydantic
from lambda_powertools.event_handler.openapi.config import OpenAPIConfig

if TYPE_CHECKING:
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
    from lambda_powertools.event_handler.openapi.models import OpenAPI


class _Known:
    """What has been said and made for one app."""

    def __init__(self) -> None:
        self.config = OpenAPIConfig()
        self.documents: list[tuple[tuple[Any, ...], OpenAPIConfig, dict[str, Any]]] = []
        self.merge: OpenAPIMerge | None = None


_KEPT_DOCUMENTS = 8  # an app is asked for one, or for one per base path


def _of(app: ApiGatewayResolver) -> _Known:
    known = app.openapi_state
    if not isinstance(known, _Known):
        known = app.openapi_state = _Known()
    return known


def config_of(app: ApiGatewayResolver) -> OpenAPIConfig:
    """Return what `configure_openapi` was told, or the defaults."""
    return _of(app).config


def configure_openapi(app: ApiGatewayResolver, **meta: Any) -> None:
    """Say what the documents of an app have at their top; replaces what was said before."""
    _of(app).config = OpenAPIConfig(**meta)


def document_of(app: ApiGatewayResolver, **meta: Any) -> dict[str, Any]:
    """Return the document of an app as plain data, which is not to be changed. It is kept until something changes.

    Raises:
        OpenAPIDependencyError: pydantic is not installed.
        OpenAPISchemaError: the document would not be valid.
    """
    require_pydantic()
    from lambda_powertools.event_handler.openapi._document import build_document

    known = _of(app)
    config = known.config.overridden(meta)
    state = (tuple(app.matcher.routes), dict(app.dependency_overrides), app.enable_validation, app.middleware_version)
    for kept_state, kept_config, kept in known.documents:
        if kept_state == state and kept_config == config:
            return kept
    document = build_document(app, config)
    known.documents = [entry for entry in known.documents if entry[0] == state][: _KEPT_DOCUMENTS - 1]
    known.documents.insert(0, (state, config, document))
    return document


def get_openapi_schema(app: ApiGatewayResolver, **meta: Any) -> OpenAPI:
    """Return the document of an app as a model."""
    document = document_of(app, **meta)
    from lambda_powertools.event_handler.openapi.models import OpenAPI

    return OpenAPI.model_validate(document)


def get_openapi_json_schema(app: ApiGatewayResolver, **meta: Any) -> str:
    """Return the document of an app as JSON text, indented by two."""
    return json.dumps(document_of(app, **meta), indent=2, ensure_ascii=False)


def enable_swagger(app: ApiGatewayResolver, **options: Any) -> None:
    """Register the route of the Swagger UI."""
    from lambda_powertools.event_handler.openapi._swagger_route import register

    register(app, **options)


def configure_openapi_merge(  # the names are known from elsewhere
    app: ApiGatewayResolver,
    path: str,
    pattern: str | list[str] = "handler.py",
    exclude: list[str] | None = None,
    resolver_name: str = "app",
    recursive: bool = False,
    **options: Any,
) -> None:
    """Look for the apps whose documents are merged into one."""
    from lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

    merge = OpenAPIMerge(**options)
    merge.discover(path, pattern, exclude, resolver_name, recursive)
    _of(app).merge = merge


def merge_of(app: ApiGatewayResolver) -> OpenAPIMerge | None:
    """Return the merge that was configured, None if none was."""
    return _of(app).merge


def _configured_merge(app: ApiGatewayResolver) -> OpenAPIMerge:
    merge = _of(app).merge
    if merge is None:
        raise RuntimeError("there is no merged document yet: call configure_openapi_merge(path) first")
    return merge


def get_openapi_merge_schema(app: ApiGatewayResolver) -> dict[str, Any]:
    """Return the merged document."""
    return _configured_merge(app).get_openapi_schema()


def get_openapi_merge_json_schema(app: ApiGatewayResolver) -> str:
    """Return the merged document as JSON text."""
    return _configured_merge(app).get_openapi_json_schema()
