"""What can be said about a route beside its method, rule and function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from http import HTTPStatus
    from typing import TypedDict

    class RouteKeywords(TypedDict, total=False):
        """The keywords of the decorators that register a route, beside those that are also taken by position."""

        summary: str | None
        description: str | None
        responses: Mapping[int, Any] | None
        response_description: str
        tags: Sequence[Any] | None
        operation_id: str | None
        include_in_schema: bool
        security: list[dict[str, list[str]]] | None
        openapi_extensions: dict[str, Any] | None
        deprecated: bool
        enable_validation: bool | None
        custom_response_validation_http_code: int | HTTPStatus | None
        status_code: int
        middlewares: Sequence[Callable[..., Any]] | None


class RouteOptions:
    """The options of a route; never changed, so one object may serve several routes.

    Args:
        cors: whether responses have CORS headers; None as the resolver says.
        compress: whether responses are compressed for clients that accept it.
        cache_control: value of `Cache-Control` for responses of status 200; others get `no-cache`.
        summary: short summary in the OpenAPI document, as all of the following up to `deprecated`.
        description: what the route does, in Markdown.
        responses: the responses by status, see `openapi.types.OpenAPIResponse`.
        response_description: description of the successful response.
        tags: tags of the operation.
        operation_id: unique name of the operation.
        include_in_schema: whether the route is in the document at all.
        security: what of the security schemes is required; `[]` for nothing.
        openapi_extensions: further keys, all beginning with `x-`.
        deprecated: whether clients should no longer use it.
        enable_validation: whether requests and responses are validated; None as the resolver says.
        custom_response_validation_http_code: status of a response that fails validation.
        status_code: status of a response for which the function gives none.
        middlewares: middlewares of this route, which run inside those of the app.
    """

    __slots__ = (
        "cache_control",
        "compress",
        "cors",
        "custom_response_validation_http_code",
        "deprecated",
        "description",
        "enable_validation",
        "include_in_schema",
        "middlewares",
        "openapi_extensions",
        "operation_id",
        "response_description",
        "responses",
        "security",
        "status_code",
        "summary",
        "tags",
    )

    def __init__(  # noqa: PLR0913  # the one place where all of them are spelled out
        self,
        *,
        cors: bool | None = None,
        compress: bool = False,
        cache_control: str | None = None,
        summary: str | None = None,
        description: str | None = None,
        responses: Mapping[int, Any] | None = None,
        response_description: str = "Successful Response",
        tags: Sequence[Any] | None = None,
        operation_id: str | None = None,
        include_in_schema: bool = True,
        security: list[dict[str, list[str]]] | None = None,
        openapi_extensions: dict[str, Any] | None = None,
        deprecated: bool = False,
        enable_validation: bool | None = None,
        custom_response_validation_http_code: int | HTTPStatus | None = None,
        status_code: int = 200,
        middlewares: Sequence[Callable[..., Any]] | None = None,
    ) -> None:
        self.cors = cors
        self.compress = compress
        self.cache_control = cache_control
        self.summary = summary
        self.description = description
        self.responses = responses
        self.response_description = response_description
        self.tags = tuple(tags) if tags else ()
        self.operation_id = operation_id
        self.include_in_schema = include_in_schema
        self.security = security
        self.openapi_extensions = openapi_extensions
        self.deprecated = deprecated
        self.enable_validation = enable_validation
        self.custom_response_validation_http_code = custom_response_validation_http_code
        self.status_code = status_code
        self.middlewares = tuple(middlewares) if middlewares else ()


DEFAULTS = RouteOptions()
"""The options of a route that names none."""
