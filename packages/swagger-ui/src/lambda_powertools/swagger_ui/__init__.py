"""The files of Swagger UI, compressed, for pages that work without a network.

The files are those of the npm package `swagger-ui-dist`, unchanged; their licence (Apache-2.0) and notice stand beside
them. https://github.com/swagger-api/swagger-ui
"""

from __future__ import annotations

from lambda_powertools.swagger_ui.__about__ import __version__
from lambda_powertools.swagger_ui._assets import gzipped, javascript, stylesheet, swagger_ui_version

__all__ = ["__version__", "gzipped", "javascript", "stylesheet", "swagger_ui_version"]
