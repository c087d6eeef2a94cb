from __future__ import annotations

import json

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, Response
from lambda_powertools.event_handler import router as routers
from lambda_powertools.event_handler.api_gateway import BaseRouter
from lambda_powertools.event_handler.exceptions import NotFoundError, RequestStateError, RouteConflictError
from lambda_powertools.event_handler.router import Router


@pytest.mark.parametrize(
    ("prefix", "rule", "path"),
    [
        (None, "/x", "/x"),
        ("/users", "/", "/users"),
        ("/users", "/<id>", "/users/7"),
        ("/users/", "<id>", "/users/7"),
        ("/users", ".+", "/usersX"),
    ],
)
def test_prefix_is_put_before_each_rule(app, client, prefix, rule, path):
    """EHH-120: as plain text; the rule `/` becomes the prefix itself."""
    router = Router()
    router.get(rule)(lambda **values: values)

    app.include_router(router, prefix=prefix)

    assert client.get(path).status == 200


def test_router_shares_everything_with_its_app(app, client):
    """EHH-121, EHH-122: context, event, request, exception handlers and the app itself."""
    router = Router()
    router.append_context(early=1)

    @router.get("/x")
    def x():
        router.append_context(late=2)
        assert router.context is app.context
        assert router.current_event is app.current_event
        assert router.request is app.request
        return [router.context["early"], app.context["late"], router.lambda_context]

    @router.get("/bad")
    def bad():
        raise ValueError

    router.exception_handler(ValueError)(lambda _: ("router", 418))
    app.exception_handler(ValueError)(lambda _: ("app", 418))
    assert router.api_resolver is None
    app.include_router(router)

    assert router.api_resolver is app
    assert client.get("/x").json == [1, 2, None]
    assert client.get("/bad").body == "router"
    assert router.context == {}


def test_router_can_say_what_is_not_found(app, client):
    """A router has `not_found` as well, for the whole app."""
    router = Router()

    @router.not_found
    def missing(error: NotFoundError):
        return {"sorry": error.msg}, 404

    app.include_router(router)

    assert client.get("/none").json == {"sorry": "Not found"}


@pytest.mark.parametrize("attribute", ["current_event", "lambda_context", "request"])
def test_router_without_an_app_has_no_request(attribute):
    """EHH-122: before inclusion it is a RuntimeError that says so."""
    with pytest.raises(RuntimeError, match="include this router") as caught:
        getattr(Router(), attribute)

    assert isinstance(caught.value, RequestStateError)


def test_options_survive_inclusion(app, client):
    """EHH-123: each of them; tags in their order; equal options do not merge two routes."""
    router = Router()
    log = []

    def note(name):
        def middleware(app, next_middleware):
            log.append(name)
            return next_middleware(app)

        return middleware

    options = {"compress": True, "cache_control": "max-age=1", "tags": ["b", "a"], "status_code": 201}
    router.get("/a", **options, middlewares=[note("a")])(lambda: "a" * 99)
    router.post("/a", **options, middlewares=[note("b")])(lambda: "b")
    app.include_router(router)

    answer = client.get("/a", headers={"Accept-Encoding": "gzip"})
    route = app._static_routes[0]

    assert (answer.status, answer.header("content-encoding"), answer.header("cache-control")) == (
        201,
        "gzip",
        "no-cache",
    )
    assert route.options.tags == ("b", "a")
    assert log == ["a"]


def test_router_may_be_included_several_times(app, client):
    """EHH-123: with different prefixes; its middlewares run once for each request."""
    router = Router()
    log = []
    router.use([lambda app, following: log.append(1) or following(app)])
    router.get("/x")(lambda: "x")
    app.include_router(router, prefix="/a")
    app.include_router(router, prefix="/b")

    assert [client.get("/a/x").body, client.get("/b/x").body, log] == ["x", "x", [1, 1]]
    with pytest.raises(RouteConflictError):
        app.include_router(router, prefix="/a")


def test_routers_may_contain_routers(app, client):
    """EHH-124: prefixes add up, middlewares and exception handlers come along, and the inner one knows the app."""
    inner, outer = Router(), Router()

    @inner.get("/<number>")
    def item(number):
        return {"id": number, "path": inner.current_event.path, "context": inner.context["early"]}

    inner.append_context(early=1)
    inner.use([lambda app, following: Response(200, body={**following(app).body, "seen": 1})])
    outer.include_router(inner, prefix="/items")
    app.include_router(outer, prefix="/shop")

    assert client.get("/shop/items/7").json == {"id": "7", "path": "/shop/items/7", "context": 1, "seen": 1}
    assert inner.api_resolver is app


def test_router_may_be_included_after_the_first_request(app, client):
    """EHH-125: the next request finds its routes."""
    assert client.get("/x").status == 404
    router = Router()
    router.get("/x")(lambda: "x")

    app.include_router(router)

    assert client.get("/x").body == "x"


@pytest.mark.parametrize("name", [name for name in routers.__all__ if name != "Router"])
def test_narrowed_routers_are_routers(name, app):
    """Each narrows the type of the event only."""
    router = getattr(routers, name)()
    router.get("/x")(lambda: json.dumps(router.current_event.raw_event))

    app.include_router(router)

    assert isinstance(router, Router)
    assert isinstance(router, BaseRouter)
    assert app.resolve({"path": "/x", "httpMethod": "GET"}, None)["statusCode"] == 200


def test_base_class_is_abstract():
    """What has no routes of its own cannot be made."""
    with pytest.raises(TypeError, match="abstract"):
        BaseRouter()
    assert issubclass(APIGatewayRestResolver, BaseRouter)


def test_router_of_several_apps_answers_for_the_one_with_the_request():
    """EHH-122: event, request, context and app are those of the request in progress, also of one inside another."""
    inner, outer = Router(), Router()
    apps = [APIGatewayRestResolver() for _ in range(3)]
    inner_app = apps[2]

    @inner.get("/<name>")
    def get(name: str):
        inner.append_context(name=name)
        nested = None
        if name == "out":
            nested = inner_app.resolve({"httpMethod": "GET", "path": "/in"}, None)["body"]
        assert inner.api_resolver.current_event is inner.current_event
        return [inner.current_event.path, inner.request.resolved_event.path, dict(inner.context)["name"], nested]

    outer.include_router(inner)
    for app in apps:
        app.include_router(outer)
    assert inner.api_resolver is inner_app

    for app in apps[:2]:
        answer = json.loads(app.resolve({"httpMethod": "GET", "path": "/out"}, None)["body"])
        assert answer == ["/out", "/out", "out", '["/in","/in","in",null]']
        assert inner.api_resolver is inner_app  # its request was the last one
    apps[0].resolve({"httpMethod": "GET", "path": "/last"}, None)
    assert (inner.api_resolver, inner.current_event.path) == (apps[0], "/last")


def test_router_that_is_included_again_brings_its_middlewares_once():
    """EHH-64: with another prefix, and another app in between."""
    router, calls = Router(), []
    router.get("/x")(lambda: None)

    def count(app, next_middleware):
        calls.append(app)
        return next_middleware(app)

    router.use([count])
    first, second = APIGatewayRestResolver(), APIGatewayRestResolver()
    first.include_router(router)
    second.include_router(router)
    first.include_router(router, prefix="/again")

    first.resolve({"httpMethod": "GET", "path": "/again/x"}, None)
    assert calls == [first]
