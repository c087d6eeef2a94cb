"""What a route answers with."""

from __future__ import annotations

from lambda_powertools.event_handler._headers import find_header
from lambda_powertools.event_handler.content_types import APPLICATION_JSON
from lambda_powertools.event_handler.exceptions import InvalidResultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Generic, TypeVar, cast

    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler.cookies import Cookie
else:
    from lambda_powertools.core.static import Generic, TypeVar, cast

T = TypeVar("T")


class AnyResponse(Generic[T]):
    """What responses of all front ends have: a status, a body and the type of its content."""

    status_code: int
    body: T | None
    content_type: str | None

    def is_json(self) -> bool:
        """Return whether the body is sent as JSON."""
        raise NotImplementedError

    def with_body(self, body: Any) -> Any:
        """Return a copy that has another body."""
        import copy

        other = copy.copy(self)
        other.body = body
        return other


class Response(AnyResponse[T]):
    """A response in full: status, headers, cookies and body.

    Args:
        status_code: the HTTP status.
        content_type: value of the header `Content-Type`, unless `headers` has one.
        body: the body. What is no text becomes JSON, `bytes` are sent as they are.
        headers: values by name: a text, a list of them, or None to leave the header out.
        cookies: cookies to set.
        compress: whether to compress it for clients that accept it; None as the route says.

    Example:
        >>> from lambda_powertools.event_handler import Response
        >>> response = Response(201, content_type="application/json", body={"id": 7})
        >>> response.is_json(), response.headers
        (True, {'Content-Type': 'application/json'})
    """

    def __init__(
        self,
        status_code: int,
        content_type: str | None = None,
        body: T | None = None,
        headers: Mapping[str, str | list[str]] | None = None,
        cookies: list[Cookie] | None = None,
        compress: bool | None = None,
    ) -> None:
        self.status_code = status_code
        self.body: T | None = body
        self.base64_encoded = False
        self.headers: dict[str, Any] = dict(headers) if headers else {}
        self.cookies: list[Cookie] = cookies or []
        self.compress = compress
        self.content_type = content_type
        if content_type and (not headers or find_header(self.headers, "content-type") is None):
            self.headers["Content-Type"] = content_type

    def is_json(self) -> bool:
        """Return whether the header `Content-Type` says that the body is JSON."""
        name = find_header(self.headers, "content-type")
        return name is not None and is_json_type(self.headers[name])

    def with_body(self, body: Any) -> Any:
        """Return a copy that has another body, and headers of its own."""
        other = super().with_body(body)
        other.headers = dict(self.headers)
        return other

    def __repr__(self) -> str:
        """Show the status and names, not the content."""
        return f"<Response {int(self.status_code)} headers={sorted(self.headers)} body={type(self.body).__name__}>"


def is_json_type(value: Any) -> bool:
    """Return whether a value of the header `Content-Type` means JSON: `application/json` or `application/*+json`."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    text = str(value).lstrip().lower()
    if text.startswith(APPLICATION_JSON):
        return True
    media_type = text.partition(";")[0].rstrip()
    return media_type.startswith("application/") and media_type.endswith("+json")


def to_response(result: Any, route: Route) -> Response[Any]:
    """Return what was returned to a request of a route as a response.

    A response stays as it is, a tuple of two is body and status, everything else is a body.

    Raises:
        InvalidResultError: a tuple of two has no status.
    """
    if isinstance(result, AnyResponse):
        return cast("Response[Any]", result)  # only what is behind the middlewares looks at more than they share
    if isinstance(result, tuple) and len(result) == 2:  # noqa: PLR2004  # body and status
        body, status_code = result
        if not isinstance(status_code, int):
            raise InvalidResultError(
                f"{route.method} {route.path} returned a tuple of two, which is body and status, but the second is of "
                f"type {type(status_code).__name__}: to return a pair as data, return a list"
            )
        return Response(status_code, APPLICATION_JSON, body)
    return Response(route.options.status_code, APPLICATION_JSON, result)
