"""From a response to the dictionary that the front end takes, its body as JSON."""

from __future__ import annotations

import json
import sys

from lambda_powertools.core.json import plain
from lambda_powertools.event_handler._headers import (
    add_vary,
    check_headers,
    check_text,
    find_header,
    request_header,
    set_header,
)
from lambda_powertools.event_handler._registration import DEFAULTS
from lambda_powertools.event_handler.response import is_json_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._registration import RouteOptions
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler.cors import CORSConfig
    from lambda_powertools.event_handler.response import Response


def _default(value: Any) -> Any:
    decimal = getattr(sys.modules.get("decimal"), "Decimal", None)  # without the module there is no decimal
    if decimal is not None and isinstance(value, decimal):
        return float("nan") if value.is_nan() else str(value)
    data = plain(value)
    if data is not value:
        return data
    hint = ": return a list of what it yields" if hasattr(value, "send") or hasattr(value, "__next__") else ""
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable{hint}")


_encoder = json.JSONEncoder(separators=(",", ":"), default=_default)


def to_json(value: Any) -> str:
    r"""Return compact JSON.

    `Decimal` becomes its text, pydantic models, dataclass objects and event source data classes become objects.

    Raises:
        TypeError: a value has no JSON form.

    Example:
        >>> from lambda_powertools.event_handler._finish import to_json
        >>> to_json({"name": "Zoë"})
        '{"name":"Zo\\u00eb"}'
    """
    return _encoder.encode(value)


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
    body: Any = response.body
    if body is None and type(event).__name__ == "ALBEvent":
        body = ""  # a load balancer makes an error of null
    body = _text_or_bytes(body, headers, serializer)
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
    cookies = [str(cookie) for cookie in response.cookies]
    for cookie in cookies:
        check_text(cookie, "a cookie")
    result = {
        "statusCode": status,
        "body": body,
        "isBase64Encoded": encoded,
        **event.header_serializer().serialize(headers=headers, cookies=cookies),
    }
    if cookies and type(event).__name__ in _LATTICE:
        _add_cookie(result["headers"], cookies)
    return result


_LATTICE = ("VPCLatticeEvent", "VPCLatticeEventV2")


def _add_cookie(headers: dict[str, Any], cookies: list[str]) -> None:
    """Put a cookie into the headers: a response to VPC Lattice has no other place for it."""
    if len(cookies) > 1:
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(
            "VPC Lattice takes one cookie for each response: only the last is sent", PowertoolsUserWarning, stacklevel=2
        )
    headers["set-cookie"] = cookies[-1]


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


class ResponseBuilder:
    """Turns a response into the dictionary of a front end; an app does this for its routes by itself.

    Args:
        response: the response.
        serializer: makes JSON of a body.
        route: the route whose options count, none for the defaults.
    """

    def __init__(
        self, response: Response[Any], serializer: Callable[[Any], str] = to_json, route: Route | None = None
    ) -> None:
        self.response = response
        self.serializer = serializer
        self.route = route

    def build(self, event: BaseProxyEvent, cors: CORSConfig | None = None) -> dict[str, Any]:
        """Return the response as the front end of this event takes it."""
        options = DEFAULTS if self.route is None else self.route.options
        if options.cors is False:
            cors = None
        return finish(self.response, event, self.serializer, options, cors)
