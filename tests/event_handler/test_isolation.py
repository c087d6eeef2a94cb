import asyncio
import itertools
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

import pytest

from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, Depends, Request, Router
from lambda_powertools.event_handler.exceptions import RequestStateError

PAUSES = itertools.cycle([0, 0.004, 0.001, 0.007, 0.002])


def numbered(make_async):
    """An app whose routes say what they see of their own request."""
    app = APIGatewayRestResolver()

    def tenant(request: Request):
        return request.path_parameters["number"]

    def middleware(app, next_middleware):
        app.append_context(middleware=app.current_event.path)
        response = next_middleware(app)
        response.body["after"] = app.current_event.path
        response.body["kept"] = app.context.get("before")
        return response

    def look(number, tenant):
        return {
            "number": number,
            "tenant": tenant,
            "event": app.current_event.path,
            "context": app.context["middleware"],
            "lambda": app.lambda_context,
            "request": app.request.path_parameters["number"],
        }

    if make_async:

        @app.get("/n/<number>", middlewares=[middleware])
        async def wait(number, tenant: Annotated[str, Depends(tenant)]):
            await asyncio.sleep(next(PAUSES))
            return look(number, tenant)

    else:

        @app.get("/n/<number>", middlewares=[middleware])
        def function(number, tenant: Annotated[str, Depends(tenant)]):
            threading.Event().wait(next(PAUSES))
            return look(number, tenant)

    return app


def expected(number):
    path = f"/n/{number}"
    return {
        "number": str(number),
        "tenant": str(number),
        "event": path,
        "context": path,
        "lambda": number,
        "request": str(number),
        "after": path,
        "kept": number,
    }


def event(path):
    return {"path": path, "httpMethod": "GET"}


@pytest.mark.parametrize("make_async", [False, True])
def test_two_hundred_requests_in_threads_see_nothing_of_each_other(make_async):
    """EHH-26: event, context, dependencies and request are each thread's own, also what it appended before."""
    app = numbered(make_async)

    def ask(number):
        app.append_context(before=number)
        return json.loads(app.resolve(event(f"/n/{number}"), number)["body"])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(20) as pool:
            found = list(pool.map(ask, range(200)))
    finally:
        sys.setswitchinterval(interval)

    assert found == [expected(number) for number in range(200)]
    assert app.context == {}


@pytest.mark.parametrize("make_async", [False, True])
def test_two_hundred_requests_in_tasks_see_nothing_of_each_other(make_async):
    """EHH-26: the same for tasks of one loop."""
    app = numbered(make_async)

    async def ask(number):
        app.append_context(before=number)
        await asyncio.sleep(0)
        return json.loads((await app.resolve_async(event(f"/n/{number}"), number))["body"])

    async def main():
        return await asyncio.gather(*map(ask, range(200)))

    assert asyncio.run(main()) == [expected(number) for number in range(200)]
    assert app.context == {}


def test_app_called_by_a_route_of_another_leaves_that_alone():
    """EHH-26: two apps in one process, one inside the other."""
    outer, inner = APIGatewayRestResolver(), APIGatewayHttpResolver()
    inner.get("/inner")(lambda: {"inner": inner.current_event.path})

    @outer.get("/outer")
    def call():
        request = {"rawPath": "/inner", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}
        body = inner.resolve(request, "inner")["body"]
        return [body, outer.current_event.path, inner.current_event.path, outer.lambda_context, outer.request.route]

    found = json.loads(outer.resolve(event("/outer"), "outer")["body"])

    assert found == ['{"inner":"/inner"}', "/outer", "/inner", "outer", "/outer"]


def test_app_may_call_itself():
    """EHH-26: the outer request is as it was when the inner one is done, its context included."""
    app = APIGatewayRestResolver()
    app.get("/inner")(lambda: {"context": "mine" in app.context})

    @app.get("/outer")
    def outer():
        app.append_context(mine=1)
        body = app.resolve(event("/inner"), None)["body"]
        return [body, app.current_event.path, app.context["mine"], app.request.route]

    assert json.loads(app.resolve(event("/outer"), None)["body"]) == ['{"context":false}', "/outer", 1, "/outer"]


def test_last_event_remains_readable():
    """EHH-26: after a request its event and context object can be read, until the next one."""
    app = APIGatewayRestResolver()
    app.get("/.+")(lambda: None)
    with pytest.raises(RequestStateError, match="no event yet"):
        _ = app.current_event

    app.resolve(event("/a"), "first")
    assert (app.current_event.path, app.lambda_context) == ("/a", "first")
    app.resolve(event("/b"), "second")
    assert (app.current_event.path, app.lambda_context) == ("/b", "second")


@pytest.mark.parametrize("fails", [False, True])
def test_context_is_for_one_request(fails):
    """EHH-27: what is appended before is seen by the next request only, also when that fails; the object stays."""
    app = APIGatewayRestResolver()
    kept = app.context

    @app.get("/x")
    def x():
        seen = {name: value for name, value in app.context.items() if not name.startswith("_")}
        app.append_context(during=True)
        assert kept is app.context
        if fails:
            raise ValueError
        return seen

    def ask():
        try:
            return json.loads(app.resolve(event("/x"), None)["body"])
        except ValueError:
            return {}

    app.append_context(a=1)
    app.context["b"] = 2
    assert ask() == ({} if fails else {"a": 1, "b": 2})
    assert app.context is kept
    assert kept == {}
    assert ask() == {}


def test_context_can_be_cleared_and_shows_the_route():
    """EHH-27: clear_context empties it; route, values and path are in it under their names."""
    app = APIGatewayRestResolver()

    @app.get("/u/<user_id>")
    def user(user_id):
        found = [app.context["_route"].path, app.context["_route_args"], app.context["_path"]]
        app.clear_context()
        return [*found, app.context]

    assert json.loads(app.resolve(event("/u/7"), None)["body"]) == ["/u/<user_id>", {"user_id": "7"}, "/u/7", {}]


@pytest.mark.parametrize("included", [False, True])
def test_clearing_outside_of_a_request_leaves_those_in_progress_alone(included):
    """EHH-27: another thread that empties the context empties that of the next request."""
    app, router = APIGatewayRestResolver(), Router()

    @app.get("/x")
    def route():
        app.append_context(mine=1)
        thread = threading.Thread(target=(router if included else app).clear_context)
        thread.start()
        thread.join()
        return app.context.get("mine")

    app.include_router(router)
    app.append_context(forgotten=1)
    app.clear_context()

    assert "forgotten" not in app.context
    assert app.resolve(event("/x"), None)["body"] == "1"


def test_first_requests_of_many_threads_run_middlewares_once():
    """A route that is prepared by several threads at once runs each middleware once."""
    for _ in range(20):
        app = APIGatewayRestResolver()
        counts = []
        app.use([lambda app, following, counts=counts: counts.append(1) or following(app)])
        app.get("/x/<item>")(lambda item: item)
        barrier = threading.Barrier(4)

        def ask(app=app, barrier=barrier):
            barrier.wait()
            return app.resolve(event("/x/7"), None)["body"]

        with ThreadPoolExecutor(4) as pool:
            assert [future.result() for future in [pool.submit(ask) for _ in range(4)]] == ["7"] * 4
        assert len(counts) == 4
