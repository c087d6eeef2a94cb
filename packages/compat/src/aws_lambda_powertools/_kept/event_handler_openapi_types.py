"""The shape of a header in the description of a response."""

from __future__ import annotations

from typing import Any, TypedDict


class OpenAPIResponseHeader(TypedDict, total=False):
    """One header of an `OpenAPIResponse`: https://spec.openapis.org/oas/v3.1.0#header-object."""

    description: str
    schema: dict[str, Any]
    examples: dict[str, Any]
    style: str
    explode: bool
    allowReserved: bool
    deprecated: bool
