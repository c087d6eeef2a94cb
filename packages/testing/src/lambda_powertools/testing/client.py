"""A client for apps behind an HTTP front end: requests in, responses out, and no server between them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import ExpectationError
from lambda_powertools.testing.running import InvocationResult, invoke

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lambda_powertools.testing.expectations import Logs, Metrics, Spans
    from lambda_powertools.testing.front_ends.front_end import FrontEnd
    from lambda_powertools.testing.front_ends.reply import Reply

FRONT_ENDS = ("rest", "http", "alb", "url", "lattice", "lattice-v2")
"""Names of the front ends, as `powertools serve --as` has them."""

_OF_RESOLVER = {
    "APIGatewayRestResolver": "rest",
    "APIGatewayHttpResolver": "http",
    "ALBResolver": "alb",
    "LambdaFunctionUrlResolver": "url",
    "VPCLatticeResolver": "lattice",
    "VPCLatticeV2Resolver": "lattice-v2",
    "HttpResolverLocal": "rest",
    "ApiGatewayResolver": "rest",
}


class TestClient:
    """Sends requests to an app, each as the event of its front end, and reads its responses as that front end does.

    What the app returns has to be a response to its front end; what is none raises `MalformedResponseError`. Cookies
    that a response sets are sent with the requests that follow.

    Args:
        app: a resolver of lambda-powertools-event-handler, or any handler whose `front_end` is named.
        front_end: `rest`, `http`, `alb`, `url`, `lattice` or `lattice-v2`; by default that of the resolver.
        headers: headers of every request.
        context: context of every request, a new one of `make_context` by default.
        raise_errors: whether an exception of the handler is raised; else it becomes the front end's own response.

    Raises:
        ValueError: there is no such front end, or none is known for the handler.

    Example:
        >>> from lambda_powertools.event_handler import APIGatewayHttpResolver
        >>> from lambda_powertools.testing import TestClient
        >>> app = APIGatewayHttpResolver()
        >>> @app.post("/orders")
        ... def place():
        ...     return {"placed": app.current_event.json_body["item"]}, 201
        >>> response = TestClient(app).post("/orders", json={"item": "tea"})
        >>> response.status_code, response.json()
        (201, {'placed': 'tea'})
    """

    __test__ = False  # a class of pytest's it is not

    def __init__(
        self,
        app: Any,
        *,
        front_end: str | FrontEnd | None = None,
        headers: Mapping[str, str] | None = None,
        context: Any = None,
        raise_errors: bool = True,
    ) -> None:
        self.app = app
        self.cookies: dict[str, str] = {}
        self.headers = dict(headers or {})
        self._front_end = _named(app, front_end)
        self._context = context
        self._raise_errors = raise_errors
        resolve = getattr(app, "resolve", None)
        self._handler: Callable[..., Any] = resolve if callable(resolve) else app

    def request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        query: Mapping[str, str | Sequence[str]] | None = None,
        json: Any = None,
        body: str | bytes | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> ClientResponse:
        """Send a request.

        Args:
            method: its method.
            path: its path; with a query string, if `query` is not given.
            headers: its headers, besides those of the client.
            query: its query parameters.
            json: what is sent as JSON.
            body: text or bytes that are sent as they are.
            cookies: its cookies, besides those that responses have set.

        Raises:
            Exception: the handler's own, unless `raise_errors` is off.
            MalformedResponseError: what the handler returned is no response to the front end.
            ValueError: `json` and `body` are both given.
        """
        from lambda_powertools.testing.events.http import make_request

        if json is not None and body is not None:
            raise ValueError("json and body are both given: a request has one body")
        bare, _, query_string = path.partition("?")
        sent: dict[str, str | Sequence[str]] = {**self.headers, **(headers or {})}
        if json is not None:
            sent = {"content-type": "application/json", **sent}
            body = _dumps(json)
        front_end, reader = _directions(self._front_end, binary=isinstance(body, bytes))
        request = make_request(
            method,
            bare,
            headers=sent,
            query=query if query is not None else query_string,
            body=body,
            cookies={**self.cookies, **(cookies or {})},
        )
        event = front_end.event(request)
        result = invoke(self._handler, event, self._context)
        if result.error is not None:
            if self._raise_errors:
                raise result.error
            reply = reader.function_failed()
        else:
            reply = reader.reply(_as_json(result.response), request)
        response = ClientResponse(reply, result, event, f"{request.method} {path}")
        self._keep(response)
        return response

    def get(self, path: str, **request: Any) -> ClientResponse:
        """Send a GET request, see `request`."""
        return self.request("GET", path, **request)

    def post(self, path: str, **request: Any) -> ClientResponse:
        """Send a POST request, see `request`."""
        return self.request("POST", path, **request)

    def put(self, path: str, **request: Any) -> ClientResponse:
        """Send a PUT request, see `request`."""
        return self.request("PUT", path, **request)

    def patch(self, path: str, **request: Any) -> ClientResponse:
        """Send a PATCH request, see `request`."""
        return self.request("PATCH", path, **request)

    def delete(self, path: str, **request: Any) -> ClientResponse:
        """Send a DELETE request, see `request`."""
        return self.request("DELETE", path, **request)

    def head(self, path: str, **request: Any) -> ClientResponse:
        """Send a HEAD request, see `request`."""
        return self.request("HEAD", path, **request)

    def options(self, path: str, **request: Any) -> ClientResponse:
        """Send an OPTIONS request, see `request`."""
        return self.request("OPTIONS", path, **request)

    def _keep(self, response: ClientResponse) -> None:
        for morsel in (morsel for jar in response.set_cookies for morsel in jar.values()):
            if morsel["max-age"] == "0" or morsel["expires"].startswith("Thu, 01 Jan 1970"):
                self.cookies.pop(morsel.key, None)
            else:
                self.cookies[morsel.key] = morsel.value


class ClientResponse:
    """What a front end sends to its client, and what came of the call besides.

    Attributes:
        status_code: status of the response.
        headers: its headers, whatever their case.
        content: its body.
        event: the event that the handler was given.
        result: response, error and output of the handler's call.
    """

    def __init__(self, reply: Reply, result: InvocationResult, event: dict[str, Any], request: str) -> None:
        self.status_code = reply.status
        self.headers = ResponseHeaders(reply.headers)
        self.content = reply.body if reply.has_body else b""
        self.event = event
        self.result = result
        self._request = request

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        """Return the body, decoded from JSON.

        Raises:
            ExpectationError: it is none; shows the response.
        """
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise ExpectationError(f"the body is not JSON: {error}\n{self._shown()}") from error

    @property
    def set_cookies(self) -> list[SimpleCookie]:
        """The cookies that it sets, one jar for each header, with their attributes."""
        return [SimpleCookie(value) for value in self.headers.all("set-cookie")]

    @property
    def cookies(self) -> dict[str, str]:
        """The values of the cookies that it sets, by name."""
        return {name: morsel.value for jar in self.set_cookies for name, morsel in jar.items()}

    @property
    def logs(self) -> Logs:
        """The log records of the call."""
        return self.result.logs

    @property
    def metrics(self) -> Metrics:
        """The metrics of the call."""
        return self.result.metrics

    @property
    def spans(self) -> Spans:
        """The spans of the call, if an `XRayDaemon` listens."""
        return self.result.spans

    def expect(self, status_code: int) -> ClientResponse:
        """Return the response, which has to have this status.

        Raises:
            ExpectationError: it has another; shows the response and what the call has written.
        """
        __tracebackhide__ = True
        if self.status_code != status_code:
            written = f"\nIt wrote:\n{self.result.stdout[-2000:].rstrip()}" if self.result.stdout.strip() else ""
            raise ExpectationError(f"{status_code} was expected\n{self._shown()}{written}")
        return self

    def __repr__(self) -> str:
        return f"<ClientResponse {self.status_code} to {self._request}>"

    def _shown(self) -> str:
        headers = "".join(f"  {name}: {value}\n" for name, value in self.headers.pairs)
        return f"{self._request} was answered with {self.status_code}\n{headers}\n  {self.text[:2000]}"


class ResponseHeaders(Mapping[str, str]):
    """Headers of a response, found whatever the case of their names; several values of one are joined by commas."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def all(self, name: str) -> list[str]:
        """Return every value of a header."""
        return [value for key, value in self.pairs if key.lower() == name.lower()]

    def __getitem__(self, name: str) -> str:
        if not (values := self.all(name)):
            raise KeyError(name)
        return ", ".join(values)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name.lower() for name, _ in self.pairs))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return f"ResponseHeaders({self.pairs!r})"


def _named(app: Any, given: str | FrontEnd | None) -> str | FrontEnd:
    if given is None:
        names = (kind.__name__ for kind in type(app).__mro__ if kind.__module__.startswith("lambda_powertools."))
        found = next((_OF_RESOLVER[name] for name in names if name in _OF_RESOLVER), None)
        if found is None:
            raise ValueError(
                f"what stands in front of {type(app).__name__} is not known: give front_end, one of "
                f"{', '.join(FRONT_ENDS)}"
            )
        return found
    if isinstance(given, str) and given not in FRONT_ENDS:
        raise ValueError(f"front_end is {given!r}: one of {', '.join(FRONT_ENDS)} is expected")
    return given


def _directions(front_end: str | FrontEnd, *, binary: bool) -> tuple[FrontEnd, FrontEnd]:
    """Return what makes the event, and what reads the response: a REST API needs to be told what is binary."""
    if not isinstance(front_end, str):
        return front_end, front_end
    if front_end == "rest":
        from lambda_powertools.testing.front_ends.rest_api import RestApi

        return RestApi(binary_media_types=("*/*",) if binary else ()), RestApi(binary_media_types=("*/*",))
    one = _make(front_end)
    return one, one


def _make(front_end: str) -> FrontEnd:
    from lambda_powertools.testing.front_ends.function_url import FunctionUrl
    from lambda_powertools.testing.front_ends.http_api import HttpApi
    from lambda_powertools.testing.front_ends.lattice import LatticeV1, LatticeV2
    from lambda_powertools.testing.front_ends.load_balancer import LoadBalancer

    kinds: dict[str, Callable[[], FrontEnd]] = {
        "http": HttpApi,
        "alb": LoadBalancer,
        "url": FunctionUrl,
        "lattice": LatticeV1,
        "lattice-v2": LatticeV2,
    }
    return kinds[front_end]()


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _as_json(response: Any) -> Any:
    """Return a response as it is once Lambda has sent it as JSON.

    Raises:
        TypeError: it cannot be.
    """
    return json.loads(json.dumps(response))
