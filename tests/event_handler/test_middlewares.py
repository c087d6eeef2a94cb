import functools
from typing import Annotated, Any

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, Depends, Request, Response
from lambda_powertools.event_handler.exceptions import BadRequestError
from lambda_powertools.event_handler.middlewares import BaseMiddlewareHandler, NextMiddleware
from lambda_powertools.event_handler.router import Router


def tracing(log, name):
    def middleware(app, next_middleware):
        log.append(f">{name}")
        response = next_middleware(app)
        log.append(f"<{name}")
        return response

    return middleware


def test_middlewares_nest_in_their_order(app, client):
    """EHH-25, EHH-63: global ones in the order of use, then the route's, and back out the other way round."""
    log = []
    app.use([tracing(log, "a"), tracing(log, "b")])
    app.use(middlewares=[tracing(log, "c")])
    app.get("/x", middlewares=[tracing(log, "d"), tracing(log, "e")])(lambda: log.append("function"))

    client.get("/x")

    assert log == [">a", ">b", ">c", ">d", ">e", "function", "<e", "<d", "<c", "<b", "<a"]


def test_router_s_middlewares_are_everybody_s(app, client):
    """EHH-63, EHH-64: they run for all routes, in the order of use and include_router."""
    log = []
    router = Router()
    router.use([tracing(log, "router")])
    app.include_router(router)
    app.use([tracing(log, "app")])
    app.get("/x")(lambda: None)

    client.get("/x")

    assert log == [">router", ">app", "<app", "<router"]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/none", 404), ("POST", "/x", 405), ("OPTIONS", "/x", 204)]
)
def test_global_middlewares_see_what_no_route_answers(app, client, method, path, status):
    """EHH-65: unknown paths, wrong methods and OPTIONS pass through them as responses."""
    seen = []

    def middleware(app, next_middleware):
        response = next_middleware(app)
        seen.append((response.status_code, app.context["_route"].path))
        response.headers["X-Seen"] = "1"
        return response

    app.use([middleware])
    app.get("/x", middlewares=[lambda *_: pytest.fail("a middleware of a route that did not match")])(lambda: None)

    answer = client(method, path)

    assert (answer.status, answer.header("x-seen"), seen) == (status, "1", [(status, path)])


def test_middleware_may_answer_by_itself(app, client):
    """EHH-62: without going on the function does not run, while the outer ones see the answer."""
    log = []
    app.use([tracing(log, "outer"), lambda _app, _next: Response(403, body="no")])
    app.get("/x")(lambda: log.append("function"))

    assert client.get("/x").status == 403
    assert log == [">outer", "<outer"]


def test_middleware_sees_the_body_as_it_is(app, client):
    """EHH-62: what the function returned is not yet JSON, and may be changed."""

    def middleware(app, next_middleware):
        response = next_middleware(app)
        response.body["seen"] = True
        return response

    app.get("/x", middlewares=[middleware])(lambda: {"a": 1})

    assert client.get("/x").json == {"a": 1, "seen": True}


@pytest.mark.parametrize(("result", "status", "body"), [({"a": 1}, 200, '{"a":1}'), (({"a": 1}, 202), 202, '{"a":1}')])
def test_outer_middlewares_always_see_a_response(app, client, result, status, body):
    """EHH-69: a dictionary or tuple of an inner one is made a response at once."""
    seen = []

    def outer(app, next_middleware):
        seen.append(type(response := next_middleware(app)))
        return response

    app.use([outer, lambda _app, _next: result])
    app.get("/x")(lambda: None)

    answer = client.get("/x")

    assert (answer.status, answer.body, seen) == (status, body, [Response])


def test_middleware_that_returns_nothing_is_named(app, client):
    """EHH-69: forgetting to return the response is a TypeError with the name of the middleware."""

    def forgetful(app, next_middleware):
        next_middleware(app)

    app.use([forgetful])
    app.get("/x")(lambda: None)

    with pytest.raises(TypeError, match="middleware forgetful returned None"):
        client.get("/x")


def test_middleware_that_is_added_later_runs(app, client):
    """EHH-68: also for a route that was called before."""
    app.get("/x")(lambda: "x")
    client.get("/x")

    app.use([lambda _app, _next: "changed"])

    assert client.get("/x").body == "changed"


def test_error_can_be_caught_on_its_way_out(app, client):
    """An exception of the function passes through the middlewares before anything answers it."""

    def middleware(app, next_middleware):
        try:
            return next_middleware(app)
        except ValueError:
            raise BadRequestError("mended") from None

    def fail():
        raise ValueError

    app.use([middleware])
    app.get("/x")(fail)

    assert client.get("/x").json["message"] == "mended"


class Stamp(BaseMiddlewareHandler[APIGatewayRestResolver]):
    def __init__(self, value) -> None:
        self.value = value

    def handler(self, app: APIGatewayRestResolver, next_middleware: NextMiddleware, **kwargs: Any) -> Response:
        response = next_middleware(app)
        response.headers["X-Stamp"] = self.value
        return response


class Asking(BaseMiddlewareHandler):
    def handler(self, app, next_middleware, *, request: Request, unit: Annotated[str, Depends(lambda: "EUR")]):
        response = next_middleware(app)
        response.headers["X-Asked"] = f"{request.route} {unit}"
        return response


def test_class_middleware_is_an_instance(app, client):
    """EHH-66: calling it is calling its handler, and its name is that of its class."""
    stamp = Stamp("7")
    app.get("/x", middlewares=[stamp])(lambda: None)

    assert client.get("/x").header("x-stamp") == "7"
    assert stamp.__name__ == "Stamp"
    assert Stamp.__name__ == "Stamp"
    assert stamp(app, lambda _app: Response(200)).headers == {"X-Stamp": "7"}


def test_middleware_is_given_what_it_asks_for(app, client):
    """EHH-67: request and dependencies, to functions and class middlewares, with one cache for all."""
    calls = []

    def user():
        calls.append(1)
        return "zoë"

    name_of_user = Annotated[str, Depends(user)]

    def greet(app, next_middleware, name: name_of_user, request: Request):
        response = next_middleware(app)
        response.body["greeted"] = f"{name} {request.method}"
        return response

    @app.get("/x/<item>", middlewares=[greet, Asking()])
    def x(item, name: name_of_user):
        return {"item": item, "name": name}

    answer = client.get("/x/7")

    assert answer.json == {"item": "7", "name": "zoë", "greeted": "zoë GET"}
    assert answer.header("x-asked") == "/x/{item} EUR"
    assert calls == [1]


@pytest.mark.parametrize(
    "wrap", [functools.partial, lambda f: type("Callable", (), {"__call__": lambda _, *a: f(*a)})()]
)
def test_anything_that_can_be_called_is_taken(app, client, wrap):
    """EHH-19: functions and middlewares need no name."""
    app.get("/x", middlewares=[wrap(lambda app, going_on: going_on(app))])(wrap(lambda: {"a": 1}))

    assert client.get("/x").json == {"a": 1}


def test_registration_returns_the_function_as_it_is(app, client):
    """EHH-19: decorators stack, and the function can be called directly."""

    @app.get("/a")
    @app.route("/b", method=["post", "PUT"])
    @app.patch("/c")
    @app.delete("/d")
    @app.head("/e")
    @app.put("/f")
    @app.post("/g")
    def function():
        return "here"

    assert function() == "here"
    asked = [("GET", "/a"), ("POST", "/b"), ("PUT", "/b"), ("PATCH", "/c"), ("DELETE", "/d"), ("HEAD", "/e")]
    assert {client(method, path).body for method, path in [*asked, ("PUT", "/f"), ("POST", "/g")]} == {"here"}


def test_any_token_may_be_a_method(app, client):
    """EHH-14: TRACE and methods of one's own."""
    app.route("/x", method=("TRACE", "purge"))(lambda: "done")

    assert client("TRACE", "/x").body == client("PURGE", "/x").body == "done"
    assert client("GET", "/x").header("allow") == "OPTIONS, PURGE, TRACE"


def test_head_of_its_own_comes_before_get(app, client):
    """A HEAD route answers HEAD itself; where there is none, GET does, with its headers and no body."""
    app.get("/a")(lambda: Response(200, body="body", headers={"X-From": "get"}))
    app.get("/b")(lambda: Response(200, body="body", headers={"X-From": "get"}))
    app.head("/b")(lambda: Response(200, headers={"X-From": "head"}))

    assert [client("HEAD", path).header("x-from") for path in ("/a", "/b")] == ["get", "head"]
    assert client("HEAD", "/a").body == ""


def test_missing_argument_is_a_type_error(app, client):
    """EHH-13: without validation the function has to take all parts of its rule."""
    app.get("/<a>/<b>")(lambda a: a)

    with pytest.raises(TypeError, match="b"):
        client.get("/1/2")
