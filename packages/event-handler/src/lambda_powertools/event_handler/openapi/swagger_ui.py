"""The pages of Swagger UI, which are in a distribution of their own (extra `swagger`).

https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi._requirements import OpenAPIDependencyError

if TYPE_CHECKING:
    from lambda_powertools.swagger_ui import OAuth2Config, generate_oauth2_redirect_html, generate_swagger_html

__all__ = ["OAuth2Config", "generate_oauth2_redirect_html", "generate_swagger_html"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(distribution(), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def distribution() -> Any:
    """Return the module with the pages and files of Swagger UI.

    Raises:
        OpenAPIDependencyError: it is not installed.
    """
    try:
        return import_module("lambda_powertools.swagger_ui")
    except ImportError as error:
        raise OpenAPIDependencyError("Swagger UI is not installed: pip install lambda-powertools-swagger-ui") from error
