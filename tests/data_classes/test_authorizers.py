import copy

import pytest

from lambda_powertools.core import PowertoolsError
from lambda_powertools.data_classes import (
    DENY_ALL_RESPONSE,
    APIGatewayAuthorizerEventV2,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponse,
    APIGatewayAuthorizerResponseV2,
    APIGatewayAuthorizerResponseWebSocket,
    APIGatewayAuthorizerTokenEvent,
    APIGatewayRouteArn,
    AppSyncAuthorizerEvent,
    AppSyncAuthorizerResponse,
    HttpVerb,
    parse_api_gateway_arn,
)

API = {"region": "eu-west-1", "aws_account_id": "123456789012", "api_id": "abcdef", "stage": "prod"}
ARN = "arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod"


def policy(**more):
    return APIGatewayAuthorizerResponse(principal_id="jane", **API, **more)


def statements(response):
    return response.asdict()["policyDocument"]["Statement"]


def statement(effect, *routes, **more):
    return {
        "Action": "execute-api:Invoke",
        "Effect": effect,
        "Resource": [f"{ARN}/{route}" for route in routes],
        **more,
    }


@pytest.mark.parametrize(
    ("tail", "is_websocket", "http_method", "resource"),
    [
        ("/GET/orders/7", False, "GET", "orders/7"),
        ("/GET/", False, "GET", ""),
        ("/*/a//b/", False, "*", "a//b/"),
        ("/$connect", True, None, "$connect"),
        ("/a/b", True, None, "a/b"),
    ],
)
def test_arns_come_back(tail, is_websocket, http_method, resource):
    """DC-40, DC-41: the parts of an ARN, from which the ARN is put together again."""
    arn = parse_api_gateway_arn(ARN + tail, is_websocket)

    assert {name: getattr(arn, name) for name in API} == API
    assert (arn.partition, arn.http_method, arn.resource) == ("aws", http_method, resource)
    assert arn.is_websocket_authorizer is is_websocket
    assert arn.arn == ARN + tail


def test_an_arn_without_a_resource():
    """DC-40, DC-41: the resource is empty, and the ARN ends with a slash."""
    arn = parse_api_gateway_arn("arn:aws-cn:execute-api:cn-north-1:1:abc/prod/GET")

    assert (arn.resource, arn.partition) == ("", "aws-cn")
    assert arn.arn == "arn:aws-cn:execute-api:cn-north-1:1:abc/prod/GET/"


def test_leading_slashes_of_a_resource():
    """DC-41: they are left out."""
    arn = APIGatewayRouteArn("eu-west-1", "123456789012", "abcdef", "prod", "GET", "/orders")

    assert (arn.resource, arn.arn) == ("orders", f"{ARN}/GET/orders")


@pytest.mark.parametrize(
    ("text", "is_websocket"),
    [("", False), ("orders", False), ("arn:aws:execute-api", False), (ARN, False), (ARN.removesuffix("/prod"), True)],
)
def test_malformed_arns(text, is_websocket):
    """DC-40: an error that names the ARN, a ValueError and one of ours."""
    with pytest.raises(ValueError, match="Invalid API Gateway ARN") as error:
        parse_api_gateway_arn(text, is_websocket)
    assert repr(text) in str(error.value)
    assert isinstance(error.value, PowertoolsError)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (APIGatewayAuthorizerTokenEvent, "methodArn"),
        (APIGatewayAuthorizerRequestEvent, "methodArn"),
        (APIGatewayAuthorizerEventV2, "routeArn"),
    ],
)
def test_events_parse_their_arn(kind, key):
    """The route that is asked for is given in its parts."""
    assert kind({key: f"{ARN}/GET/orders"}).parsed_arn.resource == "orders"


@pytest.mark.parametrize(
    "kind", [APIGatewayAuthorizerTokenEvent, APIGatewayAuthorizerRequestEvent, AppSyncAuthorizerEvent]
)
def test_tokens_are_not_shown(kind):
    """DC-5, T-11: the token is masked in the text of an event, and readable by its name."""
    event = kind({"authorizationToken": "top secret"})

    assert "top secret" not in f"{event} {event!r}"
    assert "'authorization_token': '[SENSITIVE]'" in str(event)
    assert event.authorization_token == "top secret"


def test_verbs():
    """DC-42: the verbs of a policy, ALL being the asterisk."""
    assert {verb.name: verb.value for verb in HttpVerb} == {
        **{name: name for name in ("GET", "POST", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS")},
        "ALL": "*",
    }


def test_deny_all():
    """DC-43: one statement that denies everything to everybody."""
    assert DENY_ALL_RESPONSE == {
        "principalId": "deny-all-user",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": ["*"]}],
        },
    }


def test_policy():
    """DC-44, DC-45: allow before deny; of each, one statement per conditional route, then one with all others."""
    response = policy(context={"tenant": "a"}, usage_identifier_key="key")
    condition = [{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}]
    response.deny_route("POST", "/a", condition)
    response.allow_route("GET", "/b")
    response.allow_route(http_method="PUT", resource="/c", conditions=condition)
    response.allow_route("GET", "d", [])
    response.allow_route("PATCH", "/e", conditions=condition)
    response.deny_all_routes("DELETE")
    response.allow_all_routes()

    assert response.asdict() == {
        "principalId": "jane",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                statement("Allow", "PUT/c", Condition=condition),
                statement("Allow", "PATCH/e", Condition=condition),
                statement("Allow", "GET/b", "GET/d", "*/*"),
                statement("Deny", "POST/a", Condition=condition),
                statement("Deny", "DELETE/*"),
            ],
        },
        "usageIdentifierKey": "key",
        "context": {"tenant": "a"},
    }
    assert list(response.asdict()) == ["principalId", "policyDocument", "usageIdentifierKey", "context"]


def test_optional_parts_of_an_answer():
    """DC-45: without a usage key and with an empty context neither is in the answer."""
    response = policy(context={}, usage_identifier_key=None)
    response.deny_all_routes()

    assert list(response.asdict()) == ["principalId", "policyDocument"]
    assert statements(response) == [statement("Deny", "*/*")]


@pytest.mark.parametrize("verb", ["ALL", "*", HttpVerb.ALL])
def test_all_verbs(verb):
    """DC-44: however it is written, an asterisk stands in the ARN."""
    response = policy()
    response.allow_route(verb, "/a")
    response.allow_all_routes(verb)

    assert statements(response) == [statement("Allow", "*/a", "*/*")]


@pytest.mark.parametrize("method", ["allow_route", "deny_route", "allow_all_routes", "deny_all_routes"])
@pytest.mark.parametrize("verb", ["get", "TRACE", ""])
def test_invalid_verbs(method, verb):
    """DC-44: an error that quotes the verb and tells those that are allowed."""
    arguments = ["/a"] if method.endswith("_route") else []

    with pytest.raises(ValueError, match=f"Invalid HTTP verb: '{verb}'.*'OPTIONS'"):
        getattr(policy(), method)(verb, *arguments)


@pytest.mark.parametrize("path", ["/a/{id}/b+", "*", "/a-b_c.d/*", "A9"])
def test_paths(path):
    """DC-44: braces, plus signs and asterisks are allowed."""
    response = policy()
    response.allow_route("GET", path)

    assert statements(response) == [statement("Allow", f"GET/{path.lstrip('/')}")]


@pytest.mark.parametrize("path", ["", "/a b", "/a?b", "/a\n", "é"])
def test_invalid_paths(path):
    """DC-44, T-10: an error that quotes the path; a line break at the end is none of the path's characters."""
    with pytest.raises(ValueError, match="Invalid resource path: ") as error:
        policy().deny_route("GET", path)
    assert path in str(error.value)


def test_a_policy_needs_a_route():
    """DC-45: an answer without one is an error."""
    with pytest.raises(ValueError, match="No statements defined for the policy"):
        policy().asdict()


class MyResponse(APIGatewayAuthorizerResponse):
    path_regex = r"^/only$"


def test_answers_from_an_arn():
    """DC-44: the class and the partition are kept, and a subclass has its own paths."""
    response = MyResponse.from_route_arn(
        "arn:aws-cn:execute-api:cn-north-1:1:abc/prod/GET/orders",
        principal_id="jane",
        context={"tenant": "a"},
        usage_identifier_key="key",
    )
    response.allow_route("GET", "/only")

    assert type(response) is MyResponse
    assert (response.principal_id, response.context, response.usage_identifier_key) == ("jane", {"tenant": "a"}, "key")
    assert statements(response)[0]["Resource"] == ["arn:aws-cn:execute-api:cn-north-1:1:abc/prod/GET/only"]
    with pytest.raises(ValueError, match="Invalid resource path: /a"):
        response.allow_route("GET", "/a")


def test_websocket_policy():
    """DC-46: routes without a verb, whose names are not checked."""
    response = APIGatewayAuthorizerResponseWebSocket.from_route_arn(f"{ARN}/$connect", principal_id="jane")
    response.allow_route("$connect")
    response.allow_route(resource="a b", conditions=[{"a": "b"}])
    response.deny_route("$disconnect")
    response.deny_all_routes("GET")
    response.allow_all_routes()

    assert type(response) is APIGatewayAuthorizerResponseWebSocket
    assert statements(response) == [
        statement("Allow", "a b", Condition=[{"a": "b"}]),
        statement("Allow", "$connect", "*"),
        statement("Deny", "$disconnect", "*"),
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, {"isAuthorized": False}),
        ({"authorize": True, "context": {}}, {"isAuthorized": True}),
        ({"authorize": True, "context": {"a": 1}}, {"isAuthorized": True, "context": {"a": 1}}),
    ],
)
def test_simple_answers(arguments, expected):
    """DC-46: yes or no, with a context when there is one."""
    assert APIGatewayAuthorizerResponseV2(**arguments).asdict() == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, {"isAuthorized": False}),
        ({"authorize": True, "max_age": 0}, {"isAuthorized": True, "ttlOverride": 0}),
        ({"deny_fields": [], "resolver_context": {}}, {"isAuthorized": False}),
        (
            {"authorize": True, "max_age": 9, "resolver_context": {"a": 1}, "deny_fields": ["Order.price"]},
            {"isAuthorized": True, "ttlOverride": 9, "deniedFields": ["Order.price"], "resolverContext": {"a": 1}},
        ),
    ],
)
def test_appsync_answers(arguments, expected):
    """DC-47: in this order, with 0 seconds kept and empty parts left out."""
    answer = AppSyncAuthorizerResponse(**arguments).asdict()

    assert answer == expected
    assert list(answer) == list(expected)


def test_an_answer_is_made_anew():
    """DC-45: changing an answer does not change the next one of the same policy."""
    response = policy()
    response.allow_all_routes()
    first = response.asdict()
    untouched = copy.deepcopy(first)

    first["policyDocument"]["Statement"].clear()

    assert response.asdict() == untouched
