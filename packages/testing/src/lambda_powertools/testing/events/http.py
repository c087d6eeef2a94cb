"""HTTP requests, as each of the services sends them that invoke a function for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from lambda_powertools.testing.events._values import (
    ACCOUNT_ID,
    MILLISECONDS,
    REGION,
    SECONDS,
    TRACE_HEADER,
    Payload,
    hex_id,
    text_of,
    uid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.testing.front_ends.request import Request

SAFE = "/:@!$&'()*+,;=~-._%"
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SOURCE_IP = "203.0.113.9"


def make_request(  # noqa: PLR0913  # each is a part of a request
    method: str = "GET",
    path: str = "/",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    host: str = "api.example.com",
    source_ip: str = SOURCE_IP,
    request_id: str | None = None,
) -> Request:
    """Return an HTTP request, as the front ends take it.

    Args:
        method: its method.
        path: its path; what may not stand in a URL is percent-encoded, what is so already stays.
        headers: its headers; a list for one that is sent several times.
        query: parameters of its query string, or the string itself, without the question mark.
        body: text or bytes as they are; anything else is sent as JSON, with the content type that belongs to it.
        cookies: its cookies.
        host: the host it is addressed to.
        source_ip: address of the client.
        request_id: its id.
    """
    from lambda_powertools.testing.front_ends.request import Request

    given = [(name.lower(), value) for name, values in (headers or {}).items() for value in _several(values)]
    names = {name for name, _ in given}
    defaults = {"host": host, "user-agent": USER_AGENT, "accept": "*/*"}
    if not (body is None or isinstance(body, (str, bytes))):
        defaults["content-type"] = "application/json"
    if cookies:
        defaults["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    given += [(name, value) for name, value in defaults.items() if name not in names]
    return Request(
        method=method.upper(),
        raw_path=quote(path if path.startswith("/") else f"/{path}", safe=SAFE),
        raw_query=query if isinstance(query, str) else urlencode(query or {}, doseq=True),
        headers=tuple(given),
        body=b"" if body is None else body if isinstance(body, bytes) else text_of(body).encode(),
        source_ip=source_ip,
        port=443,
        scheme="https",
        trace_header=TRACE_HEADER.partition(";")[0],
        id=request_id or uid("request", method, path),
        seconds=SECONDS,
    )


def _several(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values


def api_gateway_rest(  # noqa: PLR0913  # each is a part of a request
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    resource: str | None = None,
    stage: str = "prod",
    stage_variables: Mapping[str, str] | None = None,
    authorizer: Mapping[str, Any] | None = None,
    api_key: str | None = None,
) -> dict[str, Any]:
    """Return a request to a REST API of API Gateway with Lambda proxy integration.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

    Args:
        method: method of the request.
        path: its path below the stage.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.
        resource: the resource it matches, such as `/orders/{id}`; its parameters are read from the path.
        stage: stage of the API.
        stage_variables: variables of the stage.
        authorizer: what the authorizer gave.
        api_key: the API key that was sent.

    Raises:
        ValueError: the path does not match the resource.

    Example:
        >>> event = api_gateway_rest("POST", "/orders", body={"item": "tea"}, authorizer={"claims": {"sub": "7"}})
        >>> event["body"], event["requestContext"]["authorizer"]["claims"]["sub"]
        ('{"item":"tea"}', '7')
    """
    from lambda_powertools.testing.front_ends.rest_api import API_ID, RestApi

    sent = {**(headers or {}), **({"x-api-key": api_key} if api_key else {})}
    host = f"{API_ID}.execute-api.{REGION}.amazonaws.com"
    full = f"/{stage}{path if path.startswith('/') else f'/{path}'}"
    request = make_request(method, full, headers=sent, query=query, body=body, cookies=cookies, host=host)
    event = RestApi(stage, ("*/*",) if isinstance(body, bytes) else ()).event(request)
    context = event["requestContext"]
    context["extendedRequestId"] = "XaBcDeFgHiJkLmN="
    if api_key:
        context["identity"] |= {"apiKey": api_key, "apiKeyId": hex_id(10, "api-key", api_key)}
    if authorizer is not None:
        context["authorizer"] = dict(authorizer)
    event["stageVariables"] = None if stage_variables is None else dict(stage_variables)
    if resource is not None:
        event["resource"] = context["resourcePath"] = resource
        event["pathParameters"] = path_parameters(resource, path) or None
    return event


def path_parameters(template: str, path: str) -> dict[str, str]:
    """Return the parameters that a path has by a template such as `/orders/{id}` or `/files/{key+}`.

    Raises:
        ValueError: the path does not match.
    """
    found: dict[str, str] = {}
    names, parts = template.strip("/").split("/"), path.strip("/").split("/")
    for index, name in enumerate(names):
        if name.startswith("{") and name.endswith("+}") and len(parts) > index:
            return {**found, name[1:-2]: "/".join(parts[index:])}
        is_parameter = name.startswith("{") and name.endswith("}")
        if len(parts) <= index or not (is_parameter or name == parts[index]):
            break
        if is_parameter:
            found[name[1:-1]] = parts[index]
    else:
        if len(parts) == len(names):
            return found
    raise ValueError(f"the path {path!r} does not match {template!r}")


def http_api(  # noqa: PLR0913  # each is a part of a request
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    route: str | None = None,
    stage: str = "$default",
    stage_variables: Mapping[str, str] | None = None,
    authorizer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a request to an HTTP API of API Gateway, payload format 2.0.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

    Args:
        method: method of the request.
        path: its path below the stage.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.
        route: path of the route it matches, such as `/orders/{id}`; its parameters are read from the path.
        stage: stage of the API.
        stage_variables: variables of the stage.
        authorizer: what the authorizer gave: under `jwt`, `iam` or `lambda`.

    Raises:
        ValueError: the path does not match the route.

    Example:
        >>> http_api("GET", "/orders/7", route="/orders/{id}", cookies={"theme": "dark"})["pathParameters"]
        {'id': '7'}
    """
    from lambda_powertools.testing.front_ends.http_api import API_ID, HttpApi

    named = None if stage == "$default" else stage
    path = path if path.startswith("/") else f"/{path}"
    host = f"{API_ID}.execute-api.{REGION}.amazonaws.com"
    full = f"/{named}{path}" if named else path
    request = make_request(method, full, headers=headers, query=query, body=body, cookies=cookies, host=host)
    event = HttpApi(named).event(request)
    if authorizer is not None:
        event["requestContext"]["authorizer"] = dict(authorizer)
    if stage_variables is not None:
        event["stageVariables"] = dict(stage_variables)
    if route is not None:
        event["routeKey"] = event["requestContext"]["routeKey"] = f"{method.upper()} {route}"
        if parameters := path_parameters(route, path):
            event["pathParameters"] = parameters
    return event


def function_url(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    authorizer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a request to the URL of a function.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html

    Args:
        method: method of the request.
        path: its path.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.
        authorizer: the caller, under `iam`, of a URL that asks for AWS_IAM.

    Example:
        >>> function_url(query={"page": "2"})["rawQueryString"]
        'page=2'
    """
    from lambda_powertools.testing.front_ends.function_url import URL_ID, FunctionUrl

    host = f"{URL_ID}.lambda-url.{REGION}.on.aws"
    request = make_request(method, path, headers=headers, query=query, body=body, cookies=cookies, host=host)
    event = FunctionUrl().event(request)
    if authorizer is not None:
        event["requestContext"]["authorizer"] = dict(authorizer)
    return event


def alb(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    multi_value: bool = False,
) -> dict[str, Any]:
    """Return a request to an Application Load Balancer.

    Format: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html

    Args:
        method: method of the request.
        path: its path.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.
        multi_value: whether the target group has multi-value headers.

    Example:
        >>> alb(query={"tag": ["a", "b"]}, multi_value=True)["multiValueQueryStringParameters"]
        {'tag': ['a', 'b']}
    """
    from lambda_powertools.testing.front_ends.load_balancer import LoadBalancer

    host = f"shop-1234567890.{REGION}.elb.amazonaws.com"
    request = make_request(method, path, headers=headers, query=query, body=body, cookies=cookies, host=host)
    return LoadBalancer(multi_value=multi_value).event(request)


def vpc_lattice(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return a request to a VPC Lattice service, event structure 1.

    Format: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html

    Args:
        method: method of the request.
        path: its path.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.

    Example:
        >>> vpc_lattice(query={"page": "2"})["raw_path"]
        '/orders/7?page=2'
    """
    from lambda_powertools.testing.front_ends.lattice import LatticeV1

    return LatticeV1().event(
        make_request(method, path, headers=headers, query=query, body=body, cookies=cookies, host=_LATTICE)
    )


def vpc_lattice_v2(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    body: Payload = None,
    cookies: Mapping[str, str] | None = None,
    identity: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a request to a VPC Lattice service, event structure 2.

    Format: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html

    Args:
        method: method of the request.
        path: its path.
        headers: its headers; a list for one that is sent several times.
        query: its query parameters, or the query string.
        body: its body: text, bytes (the event holds base64), or what is sent as JSON.
        cookies: its cookies.
        identity: what is known of the caller, besides its VPC.

    Example:
        >>> vpc_lattice_v2()["requestContext"]["region"]
        'us-east-1'
    """
    from lambda_powertools.testing.front_ends.lattice import LatticeV2

    event = LatticeV2().event(
        make_request(method, path, headers=headers, query=query, body=body, cookies=cookies, host=_LATTICE)
    )
    event["requestContext"]["identity"] |= dict(identity or {})
    return event


_LATTICE = f"shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.{REGION}.on.aws"


def api_gateway_websocket(
    event_type: str = "MESSAGE",
    *,
    route: str | None = None,
    body: Payload = '{"action":"send","text":"hello"}',
    connection_id: str = "L0SM9cOFvHcCIhw=",
    stage: str = "prod",
) -> dict[str, Any]:
    """Return an event of a WebSocket API of API Gateway.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html

    Args:
        event_type: `CONNECT`, `MESSAGE` or `DISCONNECT`.
        route: the route, by default `$connect`, `$default` or `$disconnect`.
        body: the message.
        connection_id: id of the connection.
        stage: stage of the API.

    Raises:
        ValueError: there is no such type of event.

    Example:
        >>> api_gateway_websocket("CONNECT")["requestContext"]["routeKey"]
        '$connect'
    """
    routes = {"CONNECT": "$connect", "MESSAGE": "$default", "DISCONNECT": "$disconnect"}
    if event_type not in routes:
        raise ValueError(f"event_type is {event_type!r}: CONNECT, MESSAGE or DISCONNECT is expected")
    context: dict[str, Any] = {
        "routeKey": route or routes[event_type],
        "eventType": event_type,
        "extendedRequestId": "XaBcDeFgHiJkLmN=",
        "requestTime": "15/Jan/2026:12:00:00 +0000",
        "messageDirection": "IN",
        "stage": stage,
        "connectedAt": MILLISECONDS - 5_000,
        "requestTimeEpoch": MILLISECONDS,
        "identity": {"sourceIp": SOURCE_IP, "userAgent": USER_AGENT},
        "requestId": "XaBcDeFgHiJkLmN=",
        "domainName": f"wsapi12345.execute-api.{REGION}.amazonaws.com",
        "connectionId": connection_id,
        "apiId": "wsapi12345",
        "accountId": ACCOUNT_ID,
    }
    if event_type == "MESSAGE":
        context["messageId"] = "L0SM-cOFvHcCIhw="
        return {"requestContext": context, "body": text_of(body), "isBase64Encoded": isinstance(body, bytes)}
    headers = {"Host": context["domainName"], "Sec-WebSocket-Version": "13", "X-Forwarded-For": SOURCE_IP}
    if event_type == "DISCONNECT":
        context |= {"disconnectStatusCode": 1005, "disconnectReason": ""}
    return {
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "requestContext": context,
        "isBase64Encoded": False,
    }
