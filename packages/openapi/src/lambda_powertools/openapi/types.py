"""Shapes of the dictionaries that routes describe their responses with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

__all__ = ["OpenAPIResponse", "OpenAPIResponseContentModel", "OpenAPIResponseContentSchema"]


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


class OpenAPIResponse(TypedDict):
    """One entry of `responses={200: {...}}` on a route.

    See https://spec.openapis.org/oas/v3.1.0#response-object.
    """

    description: str
    headers: NotRequired[dict[str, Any]]
    content: NotRequired[dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel]]
    links: NotRequired[dict[str, Any]]
