"""An app for the developer's own machine: served by an ASGI server, without Lambda.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

from lambda_powertools.data_classes.api_gateway_proxy_event import APIGatewayProxyEvent
from lambda_powertools.event_handler._resolvers import FrontEndResolver
from lambda_powertools.event_handler._sources import ProxyEventType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    Scope = Mapping[str, Any]
    Receive = Callable[[], Awaitable[Mapping[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]

_CLOSE_POLICY = 1008
"""The code by which a web socket is refused."""


class MockLambdaContext:
    """Stands in for the context of the Lambda runtime."""

    function_name = "http-resolver"
    function_version = "$LATEST"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:local:000000000000:function:http-resolver"
    aws_request_id = "local-request-id"
    log_group_name = "/aws/lambda/http-resolver"
    log_stream_name = "local"

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds that are left, always the same."""
        return 300_000


class HttpProxyEvent(APIGatewayProxyEvent):
    """An HTTP request in the shape of a REST API's event.

    Args:
        method: the method.
        path: the path, decoded.
        headers: the headers.
        body: the body; bytes that are no UTF-8 text are carried base64-encoded.
        query_string: what stands behind the `?`.
        path_parameters: parts of the path by name.
        request_context: the event's request context.

    Example:
        >>> from lambda_powertools.event_handler import HttpProxyEvent
        >>> event = HttpProxyEvent("get", "/orders", query_string="size=s&size=m")
        >>> event.http_method, event.query_string_parameters, event.multi_value_query_string_parameters
        ('GET', {'size': 'm'}, {'size': ['s', 'm']})
    """

    def __init__(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
        query_string: str | None = None,
        path_parameters: dict[str, str] | None = None,
        request_context: dict[str, Any] | None = None,
    ) -> None:
        from urllib.parse import parse_qs

        values = parse_qs(query_string or "", keep_blank_values=True)
        text, encoded = _body_text(body)
        method = method.upper()
        context = {"stage": "local", "requestId": "local-request-id", "http": {"method": method, "path": path}}
        super().__init__(
            {
                "httpMethod": method,
                "path": path,
                "headers": {name.lower(): value for name, value in (headers or {}).items()},
                "queryStringParameters": {name: listed[-1] for name, listed in values.items()},
                "multiValueQueryStringParameters": values,
                "pathParameters": path_parameters or {},
                "requestContext": request_context or context,
                "body": text,
                "isBase64Encoded": encoded,
            }
        )

    @classmethod
    def from_asgi(cls, scope: Scope, body: bytes | None = None) -> HttpProxyEvent:
        """Return the event of an ASGI request.

        Args:
            scope: the ASGI scope, whose path the server has decoded.
            body: the whole body.
        """
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope.get("headers") or ():
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            separator = "; " if name == "cookie" else ", "
            headers[name] = f"{headers[name]}{separator}{value}" if name in headers else value
        query_string = scope.get("query_string") or b""
        if isinstance(query_string, bytes):
            query_string = query_string.decode("latin-1")
        return cls(scope["method"], scope["path"], headers, body or None, query_string)


class HttpResolverLocal(FrontEndResolver):
    """An app to run on the developer's own machine: `uvicorn module:app`. Everything works as behind a REST API.

    It is for development: behind Lambda's front ends use the app of the front end.

    Example:
        >>> from lambda_powertools.event_handler import HttpResolverLocal
        >>> app = HttpResolverLocal()
        >>> @app.get("/ping")
        ... def ping():
        ...     return "pong"
        >>> app.resolve({"httpMethod": "GET", "path": "/ping"}, None)["body"]
        'pong'
    """

    _front_end = ProxyEventType.APIGatewayProxyEvent
    _copies_context = True

    def __call__(self, scope: Any, receive: Any, send: Any = None) -> Any:
        """Serve one ASGI connection; called with two arguments, do what `resolve` does."""
        if send is None:
            return self.resolve(scope, receive)
        return self._serve(scope, receive, send)

    def _get_base_path(self) -> str:
        return ""

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await _live(receive, send)
        elif kind == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _CLOSE_POLICY})
        elif kind == "http":
            body = await _read(receive)
            if body is not None:
                await self._answer(scope, body, send)

    async def _answer(self, scope: Scope, body: bytes, send: Send) -> None:
        event = HttpProxyEvent.from_asgi(scope, body)
        try:
            result = await self.resolve_async(event.raw_event, MockLambdaContext())
        except Exception as error:  # noqa: BLE001  # the server is to go on
            from lambda_powertools.core.package_logger import report_failure

            report_failure(f"exception out of {event.http_method} {event.path}", error)
            result = self.failure(event)
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
            for name, values in result["multiValueHeaders"].items()
            for value in values
        ]
        await send({"type": "http.response.start", "status": result["statusCode"], "headers": headers})
        await send({"type": "http.response.body", "body": _body_bytes(result)})


HttpResolver = HttpResolverLocal


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body, None when the client has gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body") or b""
        if not message.get("more_body"):
            return bytes(body)


def _body_text(body: str | bytes | None) -> tuple[str | None, bool]:
    """Return a body as an event carries it, and whether that is base64."""
    if body is None or isinstance(body, str):
        return body, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        import base64

        return base64.b64encode(body).decode("ascii"), True


def _body_bytes(result: dict[str, Any]) -> bytes:
    body = result["body"]
    if result["isBase64Encoded"]:
        import base64

        return base64.b64decode(body)
    return body.encode() if isinstance(body, str) else b""
