"""Swagger UI: its page for a document, and its files, compressed, so that the page works without a network.

The files are those of the npm package `swagger-ui-dist`, unchanged; their licence (Apache-2.0) and notice stand beside
them. https://github.com/swagger-api/swagger-ui
"""

from __future__ import annotations

from lambda_powertools.swagger_ui.__about__ import __version__
from lambda_powertools.swagger_ui._assets import gzipped, javascript, stylesheet, swagger_ui_version
from lambda_powertools.swagger_ui._pages import OAuth2Config, generate_oauth2_redirect_html, generate_swagger_html

__all__ = [
    "OAuth2Config",
    "__version__",
    "generate_oauth2_redirect_html",
    "generate_swagger_html",
    "gzipped",
    "javascript",
    "stylesheet",
    "swagger_ui_version",
]
