"""The verifier as a middleware of the event handler, and as a plugin: the same answers to the same requests."""

from __future__ import annotations

import asyncio
import json

import pytest
from identity_server import Answer
from signed_tokens import make_verifier

from lambda_powertools.auth import AuthConfigError, AuthError, AuthErrorContext
from lambda_powertools.auth.jwt.testing import mock_claims
from lambda_powertools.auth.plugin import AuthPlugin
from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, powertools
from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, Response


def rest_event(headers=None, multi=None):
    context = {"stage": "prod", "requestId": "id", "httpMethod": "GET", "path": "/x", "identity": {}}
    return {
        "path": "/x",
        "httpMethod": "GET",
        "headers": headers,
        "multiValueHeaders": multi,
        "requestContext": context,
        "body": None,
        "isBase64Encoded": False,
    }


def bearer(token, name="Authorization"):
    return {name: f"Bearer {token}"}


class Middleware:
    """Requests to a route that the middleware protects."""

    def __init__(self):
        self.seen = []

    def __call__(self, verifier, event, **options):
        app = APIGatewayRestResolver()

        @app.get("/x", middlewares=[verifier.require(**options)])
        def route():
            self.seen.append(dict(app.context["claims"]))
            return {}

        answer = app.resolve(event, None)
        assert "claims" not in app.context
        headers = {name.lower(): value[0] for name, value in answer["multiValueHeaders"].items()}
        return answer["statusCode"], json.loads(answer["body"]), headers


class PluginCall:
    """Invocations of a handler that the plugin protects."""

    def __init__(self):
        self.seen = []

    def __call__(self, verifier, event, **options):
        registry = Registry()
        registry.register(AuthPlugin)
        outer = self

        class Probe(Plugin[None]):
            name = "probe"
            order = 220

            @hookimpl
            def before_invoke(self, invocation):
                outer.seen.append(dict(invocation.state["auth"]["claims"]))

        class After(Plugin[None]):
            name = "after"
            order = 100

            @hookimpl
            def after_invoke(self, invocation):
                assert "auth" not in invocation.state

        registry.register(Probe)
        registry.register(After)

        @powertools(registry=registry, auth={"verifier": verifier, **options})
        def handler(event, context):
            return {"statusCode": 200, "headers": {}, "body": "{}"}

        answer = handler(event, None)
        headers = answer.get("headers") or {n: v[0] for n, v in answer.get("multiValueHeaders", {}).items()}
        return answer["statusCode"], json.loads(answer["body"]), {n.lower(): v for n, v in headers.items()}


@pytest.fixture(params=[Middleware, PluginCall], ids=["middleware", "plugin"])
def call(request):
    """Send a request through the middleware, or through the plugin; `seen` has the claims that got through."""
    return request.param()


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
def test_valid_token_gets_through(call, key, verifier, name):
    """AUTH-50, AUTH-54: with its claims, which are gone afterwards."""
    status, _, _ = call(verifier, rest_event(bearer(key.token(), name)), scopes=["orders:read", "a:b"])

    assert (status, [claims["sub"] for claims in call.seen]) == (200, ["ada"])


@pytest.mark.parametrize("headers", [None, {}, {"X": "y"}])
def test_missing_token(call, verifier, headers):
    """AUTH-55: the challenge says no more than how to authenticate."""
    status, body, answered = call(verifier, rest_event(headers, headers and {"X": ["y"]}))

    assert (status, body, answered["www-authenticate"]) == (401, {"message": "Unauthorized"}, "Bearer")
    assert answered["content-type"] == "application/json"
    assert call.seen == []


@pytest.mark.parametrize(
    ("headers", "multi"),
    [
        ({"Authorization": "TOKEN", "authorization": "TOKEN"}, None),
        (None, {"Authorization": ["TOKEN", "TOKEN"]}),
        (None, {"Authorization": []}),
        (None, {"Authorization": [None]}),
        ({"Authorization": "TOKEN"}, {"Authorization": ["Bearer other"]}),
        ({"Authorization": 5}, None),
        ({"Authorization": "TOKEN,TOKEN"}, None),
        ({"Authorization": "Basic YTpi"}, None),
        ({"Authorization": "Bearer"}, None),
        ({"Authorization": ""}, None),
        ({"Authorization": "TOKEN x"}, None),
        ({"Authorization": "Bearer a.b.c"}, None),
    ],
    ids=str,
)
def test_refused_headers(call, key, verifier, headers, multi):
    """AUTH-20, AUTH-51: more than one token, none in the right form, or a wrong one."""

    def filled(value):
        return json.loads(json.dumps(value).replace("TOKEN", f"Bearer {key.token()}"))

    status, body, answered = call(verifier, rest_event(filled(headers), filled(multi)))

    assert (status, body) == (401, {"message": "Unauthorized"})
    assert answered["www-authenticate"] == 'Bearer error="invalid_token"'
    assert call.seen == []


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_scheme_in_any_case(call, key, verifier, scheme):
    """AUTH-20, AUTH-51: and the same value in both maps is one."""
    value = f"{scheme} {key.token()}"

    assert call(verifier, rest_event({"Authorization": value}, {"authorization": [value]}))[0] == 200


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"scope": "a:b orders:read"}, 200),
        ({"scope": "a:b  orders:read "}, 200),
        ({"scope": ["orders:read", "a:b"]}, 200),
        ({"scope": None, "scp": ["orders:read", "a:b"]}, 200),
        ({"scope": None, "scopes": "orders:read a:b"}, 200),
        ({"scope": "orders:read"}, 403),
        ({"scope": "orders:read", "scp": "a:b"}, 403),
        ({"scope": "ORDERS:READ a:b"}, 403),
        ({"scope": None}, 403),
        ({"scope": ""}, 403),
        ({"scope": 5}, 401),
        ({"scope": {"orders:read": 1, "a:b": 1}}, 401),
        ({"scope": ["orders:read", "a:b", 5]}, 401),
        ({"scope": 'orders:read a:b "'}, 401),
        ({"scope": ["orders:read a:b"]}, 401),
    ],
    ids=str,
)
def test_scopes(call, key, verifier, claims, status):
    """AUTH-52, AUTH-55: all scopes must be there, in the first claim that is for them."""
    answer = call(verifier, rest_event(bearer(key.token(**claims))), scopes=["orders:read", "a:b"])

    assert answer[0] == status
    if status == 403:
        assert answer[1] == {"message": "Forbidden"}
        assert answer[2]["www-authenticate"] == 'Bearer error="insufficient_scope", scope="orders:read a:b"'


@pytest.mark.parametrize(("answer", "status"), [(True, 200), (False, 403), (1, 403), (None, 403), ("yes", 403)])
def test_authorize_must_say_true(call, key, verifier, answer, status):
    """AUTH-53, AUTH-55: anything else is forbidden, without a challenge: another token of the kind does not help."""
    got = call(verifier, rest_event(bearer(key.token())), authorize=lambda claims: answer if claims["sub"] else True)

    assert got[0] == status
    assert "www-authenticate" not in got[2]


@pytest.mark.parametrize("error", [KeyError("mine"), ValueError("mine")])
def test_exceptions_of_authorize_are_not_ours(call, key, verifier, error):
    """AUTH-53: a mistake in the function is seen as what it is."""

    def authorize(_):
        raise error

    with pytest.raises(type(error)) as raised:
        call(verifier, rest_event(bearer(key.token())), authorize=authorize)
    assert raised.value is error


def test_unavailable_keys(call, server, remote, key):
    """AUTH-55: are the server's fault, not the caller's."""
    server.on("/jwks", Answer(status=500))
    status, body, headers = call(remote(), rest_event(bearer(key.token())))

    assert (status, body) == (503, {"message": "Service Unavailable"})
    assert "www-authenticate" not in headers


def test_on_error_makes_the_response(verifier):
    """AUTH-56: it is told all but the token, and the route does not run whatever it does."""
    call, told = Middleware(), []

    def on_error(context):
        told.append(context)
        context.headers.clear()
        return Response(418, "application/json", {"mine": True})

    for _ in range(2):
        status, body, _ = call(verifier, rest_event({}), on_error=on_error)
        assert (status, body, call.seen) == (418, {"mine": True}, [])
    assert isinstance(told[0], AuthErrorContext)
    assert (told[1].status_code, told[1].reason, told[1].retryable) == (401, "missing_token", False)


def test_middleware_for_all_routes_and_one_of_a_route(key, verifier):
    """AUTH-50, AUTH-54: an inner one leaves the outer one's claims as they were."""
    app = APIGatewayRestResolver()
    seen = []

    def after(app, next_middleware):
        response = next_middleware(app)
        seen.append(app.context["claims"]["sub"])
        return response

    app.use([verifier.require(), after])
    app.get("/x", middlewares=[verifier.require(scopes=["a:b"])])(dict)

    assert app.resolve(rest_event(bearer(key.token())), None)["statusCode"] == 200
    assert seen == ["ada"]
    assert app.resolve(rest_event({}), None)["statusCode"] == 401


def test_claims_are_removed_when_the_route_raises(key, verifier):
    """AUTH-54: nothing is left for the next request."""
    app = APIGatewayRestResolver()

    @app.get("/x", middlewares=[verifier.require()])
    def route():
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        app.resolve(rest_event(bearer(key.token())), None)
    assert "claims" not in app.context


def test_asynchronous_requests(server, remote, key):
    """AUTH-50: two hundred at once, each with its own claims, and one request for the keys."""
    app = APIGatewayHttpResolver()
    verifier = remote()

    @app.get("/x", middlewares=[verifier.require()])
    async def route():
        mine = app.context["claims"]["sub"]
        await asyncio.sleep(0.01)
        assert app.context["claims"]["sub"] == mine
        return {"sub": mine}

    def event(token):
        context = {"http": {"method": "GET", "path": "/x"}, "stage": "$default", "requestId": "id"}
        return {"version": "2.0", "rawPath": "/x", "headers": bearer(token, "authorization"), "requestContext": context}

    async def main():
        tokens = [key.token(sub=f"user-{number}") for number in range(200)]
        return await asyncio.gather(*(app.resolve_async(event(token), None) for token in tokens))

    answers = asyncio.run(main())
    assert [json.loads(answer["body"])["sub"] for answer in answers] == [f"user-{number}" for number in range(200)]
    assert len(server.requests) == 1


def test_mocked_claims(key, verifier):
    """AUTH-85: any token has them, a copy for each call; headers and scopes are still checked, others not changed."""
    call, given = Middleware(), {"sub": "eve", "scope": "a:b", "groups": ["x"]}
    other = make_verifier(key)
    with mock_claims(verifier, given):
        given["sub"] = "changed"
        with mock_claims(verifier, {"sub": "inner"}):
            assert verifier.verify("x")["sub"] == "inner"
        verifier.verify("x")["groups"].append("y")
        assert verifier.verify("x")["groups"] == ["x"]
        assert asyncio.run(verifier.averify("x"))["sub"] == "eve"
        assert call(verifier, rest_event(bearer("any")))[0] == 200
        assert call(verifier, rest_event({"Authorization": "any"}))[0] == 401
        assert call(verifier, rest_event(bearer("any")), scopes=["c"])[0] == 403
        with pytest.raises(AuthError):
            other.verify("x")

    with pytest.raises(AuthError):
        verifier.verify("x")


def plugin_on(handler, **options):
    registry = Registry()
    registry.register(AuthPlugin)
    return powertools(registry=registry, **options)(handler)


def test_plugin_without_options_is_inert():
    """Section 6: it does nothing, and takes no time, for handlers that ask nothing of it."""
    assert plugin_on(lambda event, context: "in")({}, None) == "in"
    assert plugin_on(lambda event, context: "in", auth=True)({}, None) == "in"


def test_plugin_takes_a_verifier_alone(key, verifier):
    """Section 6: `auth=verifier` is enough."""
    handler = plugin_on(lambda event, context: "in", auth=verifier)

    assert handler(rest_event(bearer(key.token())), None) == "in"
    assert handler(rest_event({}), None)["statusCode"] == 401


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"scopes": ["a"]}, "verifier is missing"),
        ({"verifier": "secret"}, "verifier must be"),
        ("secret", "verifier must be"),
        ({"verifyer": 1}, "verifyer"),
    ],
)
def test_plugin_options_are_checked(options, word):
    """A wrong option is an error when the handler is decorated, without the value."""
    with pytest.raises((AuthConfigError, PluginOptionsError), match=word) as error:
        plugin_on(lambda event, context: "in", auth=options)
    assert "secret" not in str(error.value)


def test_plugin_prefetches(server, remote, key, capsys):
    """Section 6: in the INIT phase, if that is wanted; a failure is logged, and the first token tries again."""
    verifier = remote()
    plugin_on(lambda event, context: "in", auth={"verifier": verifier, "prefetch": True})
    assert len(server.requests) == 1

    server.on("/jwks", Answer(status=500))
    other = remote(jwks_max_age_seconds=5)
    handler = plugin_on(lambda event, context: "in", auth={"verifier": other, "prefetch": True})
    assert "the first token tries again" in capsys.readouterr().err
    assert handler(rest_event(bearer(key.token())), None)["statusCode"] == 503


def test_plugin_on_an_asynchronous_handler(server, remote, key):
    """Section 6: fetching the keys blocks no loop; refusals are the same."""

    async def handler(event, context):
        return "in"

    guarded = plugin_on(handler, auth={"verifier": remote(), "scopes": ["a:b"]})

    async def main():
        good, bad = rest_event(bearer(key.token())), rest_event(bearer(key.token(scope="c")))
        return await asyncio.gather(guarded(good, None), guarded(bad, None), guarded(rest_event({}), None))

    accepted, forbidden, missing = asyncio.run(main())
    assert (accepted, forbidden["statusCode"], missing["statusCode"]) == ("in", 403, 401)
    assert len(server.requests) == 1


def test_plugin_answers_load_balancers_in_their_way(verifier):
    """A load balancer takes headers in the form in which it sends them."""
    handler = plugin_on(lambda event, context: "in", auth=verifier)
    event = {"httpMethod": "GET", "path": "/", "multiValueHeaders": {}, "requestContext": {"elb": {}}}

    answer = handler(event, None)
    assert answer["multiValueHeaders"]["WWW-Authenticate"] == ["Bearer"]
    assert (answer["statusDescription"], "headers" in answer) == ("401 Unauthorized", False)


@pytest.mark.parametrize("event", [None, "text", [], {"headers": "text"}, {"headers": []}, 5])
def test_plugin_refuses_events_without_headers(verifier, event):
    """What is no HTTP event has no token."""
    assert plugin_on(lambda event, context: "in", auth=verifier)(event, None)["statusCode"] == 401


def test_header_lists_of_vpc_lattice(key, verifier):
    """AUTH-51: VPC Lattice's second format has a list of values for each header."""
    handler = plugin_on(lambda event, context: "in", auth=verifier)
    value = f"Bearer {key.token()}"

    assert handler({"version": "2.0", "headers": {"authorization": [value]}}, None) == "in"
    assert handler({"version": "2.0", "headers": {"authorization": [value, value]}}, None)["statusCode"] == 401
