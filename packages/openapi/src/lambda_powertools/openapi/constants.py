"""What documents and responses hold when nothing else is said."""

from __future__ import annotations

__all__ = [
    "DEFAULT_API_VERSION",
    "DEFAULT_CONTENT_TYPE",
    "DEFAULT_OPENAPI_RESPONSE_DESCRIPTION",
    "DEFAULT_OPENAPI_TITLE",
    "DEFAULT_OPENAPI_VERSION",
    "DEFAULT_STATUS_CODE",
]

DEFAULT_API_VERSION = "1.0.0"
DEFAULT_OPENAPI_VERSION = "3.1.0"
DEFAULT_OPENAPI_TITLE = "Powertools API"
DEFAULT_CONTENT_TYPE = "application/json"
DEFAULT_OPENAPI_RESPONSE_DESCRIPTION = "Successful Response"
DEFAULT_STATUS_CODE = 200
