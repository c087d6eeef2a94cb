import asyncio
import contextvars
import functools
import threading
import time
from typing import Annotated

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, Depends, Response
from lambda_powertools.event_handler.exceptions import BadRequestError
from lambda_powertools.event_handler.middlewares import BaseMiddlewareHandler
from lambda_powertools.event_handler.middlewares.async_utils import AsyncMiddlewareFrame, wrap_middleware_async

VALUE: contextvars.ContextVar[str] = contextvars.ContextVar("value", default="unset")


def plain(log, name):
    def middleware(app, next_middleware):
        log.append(f">{name}")
        response = next_middleware(app)
        log.append(f"<{name}")
        return response

    return middleware


def awaiting(log, name):
    async def middleware(app, next_middleware):
        log.append(f">{name}")
        await asyncio.sleep(0)
        response = await next_middleware(app)
        log.append(f"<{name}")
        return response

    return middleware


def hidden(log, name):
    """An asynchronous middleware that does not look like one."""
    inner = awaiting(log, name)
    return lambda app, next_middleware: inner(app, next_middleware)  # noqa: PLW0108  # that it hides it is the point


class AsyncClass(BaseMiddlewareHandler):
    def __init__(self, log, name) -> None:
        self.middleware = awaiting(log, name)

    async def handler(self, app, next_middleware):
        return await self.middleware(app, next_middleware)


KINDS = [plain, awaiting, hidden, AsyncClass]


def ask(client, how, method="GET", path="/x"):
    return client(method, path) if how == "resolve" else asyncio.run(client.wait(method, path))


async def until(condition):
    """Wait for what a thread does."""
    while not condition():  # noqa: ASYNC110  # a thread cannot set an asyncio.Event
        await asyncio.sleep(0.001)


HOWS = pytest.mark.parametrize("how", ["resolve", "resolve_async"])


@HOWS
@pytest.mark.parametrize("inner", KINDS)
@pytest.mark.parametrize("outer", KINDS)
@pytest.mark.parametrize("is_async", [False, True])
def test_all_kinds_of_middlewares_nest_around_all_kinds_of_functions(app, client, how, outer, inner, is_async):
    """EHH-90: plain and asynchronous ones in any order, under both ways of resolving, each request anew."""
    log = []
    app.use([outer(log, "a"), plain(log, "b")])

    async def wait():
        await asyncio.sleep(0)
        log.append("function")
        return {"a": 1}

    def function():
        log.append("function")
        return {"a": 1}

    app.get("/x", middlewares=[inner(log, "c"), awaiting(log, "d"), plain(log, "e")])(wait if is_async else function)

    for _ in range(2):
        assert ask(client, how).json == {"a": 1}
    assert log == [">a", ">b", ">c", ">d", ">e", "function", "<e", "<d", "<c", "<b", "<a"] * 2


@HOWS
def test_async_function_and_its_disguises_are_awaited(app, client, how):
    """EHH-90: it is the result that counts, so decorated functions and objects work as well."""

    async def function():
        return "awaited", 201

    app.get("/a")(function)
    app.get("/b")(lambda: function())  # noqa: PLW0108  # that it hides it is the point
    app.get("/c")(functools.partial(function))
    app.get("/d")(type("Callable", (), {"__call__": lambda _: function()})())

    assert [ask(client, how, path=path).status for path in ("/a", "/b", "/c", "/d", "/b")] == [201] * 5


@HOWS
def test_exception_handlers_may_be_async(app, client, how):
    """EHH-90: also those for unknown paths and wrong methods."""

    async def answer(error):
        await asyncio.sleep(0)
        return {"error": type(error).__name__}, 418

    async def fail():
        raise ValueError

    app.exception_handler(Exception)(answer)
    app.get("/x")(fail)

    assert ask(client, how).json == {"error": "ValueError"}
    assert ask(client, how, path="/none").json == {"error": "NotFoundError"}
    assert ask(client, how, method="POST").json == {"error": "MethodNotAllowedError"}


@HOWS
def test_errors_pass_through_all_kinds_of_middlewares(app, client, how):
    """An exception of the function reaches plain and asynchronous middlewares, and is answered in the end."""
    log = []

    def plain_one(app, next_middleware):
        try:
            return next_middleware(app)
        except BadRequestError as error:
            log.append(error.msg)
            raise

    async def async_one(app, next_middleware):
        try:
            return await next_middleware(app)
        finally:
            log.append("finally")

    @app.get("/x", middlewares=[plain_one, async_one, plain_one])
    async def fail():
        raise BadRequestError("no")

    assert ask(client, how).status == 400
    assert log == ["no", "finally", "no"]


@HOWS
def test_middleware_may_answer_or_go_on_twice(app, client, how):
    """Not going on ends the chain; going on twice runs what is further in twice."""
    calls = []

    def retry(app, next_middleware):
        next_middleware(app)
        return next_middleware(app)

    async def retry_async(app, next_middleware):
        await next_middleware(app)
        return await next_middleware(app)

    @app.get("/x", middlewares=[retry, retry_async, retry])
    async def x():
        calls.append(1)
        return len(calls)

    app.get("/y", middlewares=[lambda _a, _n: Response(403), awaiting([], "never")])(x)

    assert ask(client, how).body == "8"
    assert ask(client, how, path="/y").status == 403


def test_sync_resolve_works_inside_a_running_loop(app, client):
    """`resolve` of an async route called from a coroutine does not dead-lock."""

    async def x():
        await asyncio.sleep(0)
        return "awaited"

    app.get("/x")(x)

    async def main():
        return client("GET", "/x").body

    assert asyncio.run(main()) == "awaited"


def test_resolve_keeps_one_loop_for_the_environment(app, client):
    """Locks and clients of a module survive warm invocations: the loop is the same each time."""

    async def x():
        return str(id(asyncio.get_running_loop()))

    app.get("/x")(x)

    assert client.get("/x").body == client.get("/x").body


def test_plain_function_runs_on_the_loop_and_plain_middlewares_in_one_thread(app, client):
    """EHH-91, EHH-92: consecutive or not, plain middlewares of a request share a thread that is no pool's."""
    threads = {}

    def note(name):
        def middleware(app, next_middleware):
            threads[name] = threading.current_thread()
            return next_middleware(app)

        return middleware

    @app.get("/x", middlewares=[note("a"), note("b"), awaiting([], "c"), note("d")])
    def x():
        threads["function"] = threading.current_thread()

    asyncio.run(client.wait("GET", "/x"))

    assert threads["function"] is threading.current_thread()
    assert threads["a"] is threads["b"] is threads["d"] is not threads["function"]
    threads["a"].join(5)
    assert not threads["a"].is_alive()


def test_more_nested_plain_middlewares_than_any_pool_has(app, client):
    """EHH-92: forty of them, in fifty concurrent requests, do not dead-lock."""
    log = []
    app.use([plain(log, "m") for _ in range(20)])
    app.get("/x", middlewares=[middleware(log, "m") for _ in range(10) for middleware in (awaiting, plain)])(lambda: 1)

    async def main():
        return await asyncio.wait_for(asyncio.gather(*(client.wait("GET", "/x") for _ in range(50))), 60)

    assert [answer.body for answer in asyncio.run(main())] == ["1"] * 50
    assert len(log) == 50 * 40 * 2


def test_context_variables_go_along(app, client):
    """EHH-91: what was set before or in an outer middleware is seen further in, in the thread as well."""
    seen = []

    def setting(app, next_middleware):
        seen.append(VALUE.get())
        VALUE.set("middleware")
        return next_middleware(app)

    def reading(app, next_middleware):
        seen.append(VALUE.get())
        return next_middleware(app)

    @app.get("/x", middlewares=[setting, awaiting([], "a"), reading])
    async def x():
        seen.append(VALUE.get())

    async def main():
        VALUE.set("request")
        await client.wait("GET", "/x")

    asyncio.run(main())
    assert seen == ["request", "middleware", "middleware"]


@pytest.mark.parametrize("around", [[], [awaiting([], "a")]])
def test_cancelling_a_request_ends_its_thread(app, client, around):
    """EHH-93: what waits in next_middleware is woken with the cancellation, and the function is cancelled."""
    entered, log, threads = threading.Event(), [], []

    def middleware(app, next_middleware):
        threads.append(threading.current_thread())
        try:
            return next_middleware(app)
        except BaseException as error:
            log.append(type(error).__name__)
            raise

    @app.get("/x", middlewares=[*around, middleware])
    async def x():
        entered.set()
        try:
            await asyncio.sleep(60)
        finally:
            log.append("function")

    async def main():
        task = asyncio.create_task(client.wait("GET", "/x"))
        await until(entered.is_set)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: len(log) == 2)  # the thread is not waited for, it ends by itself

    asyncio.run(asyncio.wait_for(main(), 30))
    threads[0].join(5)

    assert sorted(log) == ["CancelledError", "function"]
    assert not threads[0].is_alive()
    assert app.context == {}


def test_thread_that_goes_on_after_a_cancellation_is_stopped(app, client):
    """EHH-93: a middleware that was busy when the request was cancelled does not get further in."""
    started, released, log = threading.Event(), threading.Event(), []

    def busy(app, next_middleware):
        started.set()
        released.wait(10)
        try:
            return next_middleware(app)
        except BaseException as error:
            log.append(type(error).__name__)
            raise

    app.get("/x", middlewares=[busy])(lambda: log.append("function"))

    async def main():
        task = asyncio.create_task(client.wait("GET", "/x"))
        await until(started.is_set)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        released.set()
        await until(lambda: log)

    asyncio.run(asyncio.wait_for(main(), 30))
    assert log == ["CancelledError"]


def test_blocking_middleware_does_not_hold_up_other_requests(app, client):
    """While one request's plain middleware sleeps, others go on."""
    app.get("/slow", middlewares=[lambda app, following: (time.sleep(0.3), following(app))[1]])(lambda: "slow")

    async def fast():
        return "fast"

    app.get("/fast")(fast)
    done = []

    async def ask_for(path):
        done.append((await client.wait("GET", path)).body)

    async def main():
        await asyncio.gather(ask_for("/slow"), ask_for("/fast"))

    asyncio.run(main())
    assert done == ["fast", "slow"]


@HOWS
def test_dependencies_of_middlewares_may_be_async(app, client, how):
    """EHH-82: a plain middleware is given what a coroutine function fetched."""

    async def fetch():
        await asyncio.sleep(0)
        return "fetched"

    def middleware(app, next_middleware, value: Annotated[str, Depends(fetch)]):
        response = next_middleware(app)
        response.body += value
        return response

    async def async_middleware(app, next_middleware, value: Annotated[str, Depends(fetch)]):
        response = await next_middleware(app)
        response.body += value
        return response

    app.get("/x", middlewares=[middleware, async_middleware, middleware])(lambda: "x")

    assert ask(client, how).body == "xfetchedfetchedfetched"


@pytest.mark.parametrize("kind", [plain, awaiting])
def test_helpers_make_a_chain_of_either_kind(kind):
    """EHH-96: a middleware and what it goes on to, as one coroutine function."""
    log = []

    async def last(app):
        return Response(200, body=app)

    frame = AsyncMiddlewareFrame(kind(log, "a"), wrap_middleware_async(kind(log, "b"), last))

    assert asyncio.run(frame("app")).body == "app"
    assert log == [">a", ">b", "<b", "<a"]
    assert frame.__name__ == "middleware"
    assert "middleware" in str(frame)
    assert APIGatewayRestResolver().middlewares == []
