"""From a response to the dictionary that the front end takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler._headers import (
    add_vary,
    check_headers,
    check_text,
    find_header,
    request_header,
    set_header,
)
from lambda_powertools.event_handler.response import is_json_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.event_handler._options import RouteOptions
    from lambda_powertools.event_handler.cors import CORSConfig
    from lambda_powertools.event_handler.response import Response


_OK = 200


def finish(
    response: Response[Any],
    event: Any,
    serializer: Callable[[Any], str],
    options: RouteOptions,
    cors: CORSConfig | None,
) -> dict[str, Any]:
    """Return the response as the front end of the event takes it; the response object stays as it is.

    Args:
        response: what the route gave.
        event: the request, as its data class.
        serializer: makes JSON of a body.
        options: the route's options.
        cors: what the CORS headers say, None for no such headers.
    """
    headers: dict[str, Any] = dict(response.headers)
    status = int(response.status_code)
    body = _text_or_bytes(response.body, headers, serializer)
    encoded = response.base64_encoded
    if cors is not None:
        _add_cors(headers, cors, event.raw_event)
    if options.cache_control is not None:
        set_header(headers, "Cache-Control", options.cache_control if status == _OK else "no-cache")
    if (options.compress if response.compress is None else response.compress) and body is not None and not encoded:
        from lambda_powertools.event_handler._compression import compress

        body = compress(body, headers, event.raw_event, status)
    if body.__class__ is not str and isinstance(body, (bytes, bytearray, memoryview)):
        import base64

        body = base64.b64encode(body).decode("ascii")
        encoded = True
    check_headers(headers)
    cookies = response.cookies
    if cookies:
        cookies = [str(cookie) for cookie in cookies]
        for cookie in cookies:
            check_text(cookie, "a cookie")
    return {
        "statusCode": status,
        "body": body,
        "isBase64Encoded": encoded,
        **event.header_serializer().serialize(headers=headers, cookies=cookies),
    }


def _text_or_bytes(body: Any, headers: dict[str, Any], serializer: Callable[[Any], str]) -> Any:
    """Return the body as text or bytes; None where there is none."""
    if body.__class__ is str or isinstance(body, (str, bytes, bytearray, memoryview)):
        return body
    if body is None:
        name = find_header(headers, "content-type")
        if name is None or not is_json_type(headers[name]):
            return None
    text = serializer(body)
    if not isinstance(text, str):
        raise TypeError(f"the serializer gave {type(text).__name__} for a body; it has to give text")
    return text


def _add_cors(headers: dict[str, Any], cors: CORSConfig, request: dict[str, Any]) -> None:
    if cors.varies:
        add_vary(headers, "Origin")
    origin = request_header(request, "origin")
    if origin is not None:
        for name, value in cors.to_dict(origin).items():
            set_header(headers, name, value)
