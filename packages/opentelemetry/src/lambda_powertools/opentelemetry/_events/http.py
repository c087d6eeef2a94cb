"""HTTP requests: API Gateway, function URLs, load balancers and VPC Lattice.

Of a request are read its method, path, host and user agent, and the headers that carry a trace; never its query, body
or other headers. Reference: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
"""

from __future__ import annotations

from typing import Any

from lambda_powertools.opentelemetry._events.description import Description

_METHODS = frozenset({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
_CARRIED = frozenset({"baggage", "traceparent", "tracestate", "x-amzn-trace-id"})
_LOWEST_STATUS, _HIGHEST_STATUS = 100, 599


def describe_request(event: dict[str, Any]) -> Description | None:
    """Return the description of a request, None for an event that is none."""
    found = _method_path_and_route(event)
    if found is None:
        return None
    method, path, route = found
    headers = _headers(event)
    attributes: dict[str, Any] = {"faas.trigger": "http"}
    known = method.upper()
    attributes["http.request.method"] = known if known in _METHODS else "_OTHER"
    if known not in _METHODS:
        attributes["http.request.method_original"] = method
    attributes["url.path"] = path or "/"
    attributes["url.scheme"] = headers.get("x-forwarded-proto") or "https"
    host, _, port = (headers.get("host") or "").partition(":")
    if host:
        attributes["server.address"] = host
    if port.isdecimal():
        attributes["server.port"] = int(port)
    if headers.get("user-agent"):
        attributes["user_agent.original"] = headers["user-agent"]
    if route:
        attributes["http.route"] = route
    return Description(
        attributes,
        name=request_name(attributes["http.request.method"], route),
        carrier={name: value for name, value in headers.items() if name in _CARRIED},
        method=attributes["http.request.method"],
    )


def request_name(method: str, route: str | None) -> str:
    """Return the name of a request's span: of few kinds, so it has the route and never the path."""
    method = "HTTP" if method == "_OTHER" else method
    return f"{method} {route}" if route else method


def status_of(response: Any) -> int | None:
    """Return the status code of a response, None where it has none."""
    status = response.get("statusCode") if isinstance(response, dict) else getattr(response, "status_code", None)
    if isinstance(status, str) and status.isdecimal():
        status = int(status)
    if isinstance(status, int) and not isinstance(status, bool) and _LOWEST_STATUS <= status <= _HIGHEST_STATUS:
        return int(status)
    return None


def _method_path_and_route(event: dict[str, Any]) -> tuple[str, str, str | None] | None:
    request_context = event.get("requestContext")
    request_context = request_context if isinstance(request_context, dict) else {}
    http = request_context.get("http")
    if isinstance(http, dict) and isinstance(http.get("method"), str):  # HTTP API 2.0, function URL
        _, blank, route = str(event.get("routeKey", "")).partition(" ")
        return http["method"], str(event.get("rawPath") or http.get("path") or "/"), route if blank else None
    if isinstance(event.get("httpMethod"), str):  # REST API, HTTP API 1.0, load balancer
        resource = event.get("resource")
        is_template = isinstance(resource, str) and "elb" not in request_context and resource != "$default"
        return event["httpMethod"], str(event.get("path") or "/"), resource if is_template else None
    if isinstance(event.get("method"), str):  # VPC Lattice
        if isinstance(event.get("raw_path"), str):
            return event["method"], event["raw_path"].partition("?")[0], None
        if "serviceNetworkArn" in request_context:
            return event["method"], str(event.get("path") or "/"), None
    return None


def _headers(event: dict[str, Any]) -> dict[str, str]:
    """Return the headers by their names in lower case, the last of several values."""
    found: dict[str, str] = {}
    for source in ("multiValueHeaders", "headers"):
        headers = event.get(source)
        for name, value in headers.items() if isinstance(headers, dict) else ():
            last = value[-1] if isinstance(value, list) and value else value
            if isinstance(name, str) and isinstance(last, str):
                found[name.lower()] = last
    return found
