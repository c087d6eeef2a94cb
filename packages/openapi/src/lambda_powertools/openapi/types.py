"""Shapes of the dictionaries that routes describe their responses with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

__all__ = ["OpenAPIResponse", "OpenAPIResponseContentModel", "OpenAPIResponseContentSchema", "OpenAPIResponseHeader"]


class OpenAPIResponseContentSchema(TypedDict, total=False):
    """Content of a response, described by a JSON schema."""

    schema: dict[str, Any]
    examples: dict[str, Any]
    encoding: dict[str, Any]


class OpenAPIResponseContentModel(TypedDict, total=False):
    """Content of a response, described by a type: a pydantic model, a dataclass, or any other annotation."""

    model: Any
    examples: dict[str, Any]
    encoding: dict[str, Any]


class OpenAPIResponseHeader(TypedDict, total=False):
    """A header of a response.

    See https://spec.openapis.org/oas/v3.1.0#header-object.
    """

    description: str
    schema: dict[str, Any]
    examples: dict[str, Any]
    style: str
    explode: bool
    allowReserved: bool
    deprecated: bool


class OpenAPIResponse(TypedDict):
    """One entry of `responses={200: {...}}` on a route.

    See https://spec.openapis.org/oas/v3.1.0#response-object.
    """

    description: str
    headers: NotRequired[dict[str, OpenAPIResponseHeader]]
    content: NotRequired[dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel]]
    links: NotRequired[dict[str, Any]]
