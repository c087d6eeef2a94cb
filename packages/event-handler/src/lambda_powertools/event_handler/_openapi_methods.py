"""The methods of an app that are about its OpenAPI document: each imports what it needs when it is called."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler.openapi.config import OpenAPIConfig
    from lambda_powertools.event_handler.openapi.models import OpenAPI

_FUNCTIONS = "lambda_powertools.event_handler.openapi.app"


def _function(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(_FUNCTIONS), name)
    return function


class OpenAPIMethods:
    """Generates, merges and serves OpenAPI documents; needs the extra `openapi`."""

    openapi_state: Any = None
    """What has been configured and made; the functions' own."""

    @property
    def openapi_config(self) -> OpenAPIConfig:
        """What `configure_openapi` was told, else the defaults."""
        config: OpenAPIConfig = _function("config_of")(self)
        return config

    def get_openapi_schema(self, **meta: Any) -> OpenAPI:
        """Return the document of the app as a model; `meta` are fields of `OpenAPIConfig`."""
        document: OpenAPI = _function("get_openapi_schema")(self, **meta)
        return document

    def get_openapi_json_schema(self, **meta: Any) -> str:
        """Return the document of the app as JSON."""
        text: str = _function("get_openapi_json_schema")(self, **meta)
        return text

    def configure_openapi(self, **meta: Any) -> None:
        """Say once what the document's head is."""
        _function("configure_openapi")(self, **meta)

    def enable_swagger(self, **options: Any) -> None:
        """Serve Swagger UI, without internet access."""
        _function("enable_swagger")(self, **options)

    def configure_openapi_merge(self, path: str, **options: Any) -> None:
        """Say which functions' documents are merged into one."""
        _function("configure_openapi_merge")(self, path, **options)

    def get_openapi_merge_schema(self) -> dict[str, Any]:
        """Return the merged document."""
        document: dict[str, Any] = _function("get_openapi_merge_schema")(self)
        return document

    def get_openapi_merge_json_schema(self) -> str:
        """Return the merged document as JSON."""
        text: str = _function("get_openapi_merge_json_schema")(self)
        return text
