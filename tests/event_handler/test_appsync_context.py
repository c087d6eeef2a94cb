import asyncio
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.event_handler import AppSyncEventsResolver, AppSyncResolver
from lambda_powertools.event_handler.appsync import Router
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.event_handler.events_appsync.router import Router as EventsRouter
from lambda_powertools.event_handler.exceptions import RequestStateError
from lambda_powertools.event_handler.graphql_appsync.exceptions import ResolverNotFoundError


def field(name="order", **arguments):
    return {"info": {"parentTypeName": "Query", "fieldName": name}, "arguments": arguments}


def publish(path="/default/a", *payloads):
    events = [{"id": str(number), "payload": payload} for number, payload in enumerate(payloads)]
    return {"info": {"operation": "PUBLISH", "channel": {"path": path}}, "events": events}


@pytest.fixture
def app():
    """An app behind a GraphQL API."""
    return AppSyncResolver()


def test_context_is_for_one_invocation(app):
    """GQL-40, GQL-41: later values win; it is one dictionary for good, empty after each invocation."""
    kept = app.context
    app.resolver("Query", "order")(lambda: app.append_context(b=3) or dict(app.context))
    app.append_context(a=1, b=1)
    app.append_context(b=2)
    assert app.context == {"a": 1, "b": 2}

    assert app.resolve(field(), None) == {"a": 1, "b": 3}
    assert app.context is kept
    assert app.resolve(field(), None) == {"b": 3}


@pytest.mark.parametrize("handled", [False, True])
def test_failure_empties_the_context(app, handled):
    """GQL-41, T-2: also when the function raised or a handler answered."""

    @app.resolver("Query", "order")
    def order():
        raise OSError("disk")

    if handled:
        app.exception_handler(OSError)(lambda error: dict(app.context))
    app.append_context(a=1)

    if handled:
        assert app.resolve(field(), None) == {"a": 1}
    else:
        with pytest.raises(OSError, match="disk"):
            app.resolve(field(), None)
    assert app.context == {}


def test_context_can_be_cleared(app):
    """GQL-40: before an invocation and within it."""
    app.append_context(a=1)
    app.clear_context()
    assert app.context == {}
    app.resolver("Query", "order")(lambda: app.append_context(a=1) or app.clear_context() or dict(app.context))
    assert app.resolve(field(), None) == {}


@pytest.mark.parametrize(
    ("app", "router", "event"),
    [(AppSyncResolver, Router, field()), (AppSyncEventsResolver, EventsRouter, publish("/default/a", 1))],
    ids=["graphql", "events"],
)
def test_router_shares_the_context_of_its_app(app, router, event):
    """GQL-42, GQL-43, EVT-30: contexts are merged into one dictionary, and a router sees the app's event."""
    app, router = app(), router()
    seen = []

    def function(**given):
        router.append_context(c=3)
        seen.append((dict(app.context), router.context is app.context, router.current_event is app.current_event))
        seen.append(router.lambda_context)

    (router.resolver("Query", "order") if isinstance(app, AppSyncResolver) else router.on_publish())(function)
    router.append_context(b=2)
    app.append_context(a=1)
    app.include_router(router)
    assert app.context is router.context
    assert app.context == {"a": 1, "b": 2}

    app.resolve(event, "context")

    assert seen == [({"a": 1, "b": 2, "c": 3}, True, True), "context"]
    assert router.context == {}
    assert app.context is router.context


def test_functions_of_a_router_win_and_later_ones_are_not_seen(app):
    """GQL-42: what is registered on it after it was included is its own."""
    router = Router()
    for kind in ("resolver", "batch_resolver", "async_batch_resolver"):
        getattr(app, kind)("Query", kind)(lambda **given: ["app"])
        getattr(router, kind)("Query", kind)(lambda **given: ["router"])
    app.include_router(router)
    router.resolver("Query", "later")(lambda: None)

    assert app.resolve(field("resolver"), None) == ["router"]
    assert app.resolve([field("batch_resolver")], None) == ["router"]
    assert app.resolve([field("async_batch_resolver")], None) == ["router"]
    with pytest.raises(ResolverNotFoundError):
        app.resolve(field("later"), None)


def test_router_of_two_apps_sees_the_one_that_runs():
    """GQL-43, T-1: an app called by a function of another does not take its place."""
    first, second, router = AppSyncResolver(), AppSyncResolver(), Router()
    router.resolver("Query", "inner")(lambda: router.current_event.field_name)
    first.include_router(router)
    second.include_router(router)

    @first.resolver("Query", "outer")
    def outer():
        inner = second.resolve(field("inner"), "inner")
        return inner, router.current_event.field_name, router.lambda_context, second.current_event.field_name

    assert first.resolve(field("outer"), "outer") == ("inner", "outer", "outer", "inner")


def test_app_may_call_itself(app):
    """T-1: the outer event is the current one again when the inner is done, its context included."""
    app.resolver("Query", "inner")(lambda: (app.current_event.field_name, dict(app.context)))

    @app.resolver("Query", "outer")
    def outer():
        app.append_context(mine=1)
        return app.resolve(field("inner"), None), app.current_event.field_name, dict(app.context)

    assert app.resolve(field("outer"), None) == (("inner", {}), "outer", {"mine": 1})


def test_last_event_remains_readable(app):
    """GQL-20, GQL-46: until the next call, which leaves nothing of the one before."""
    app.resolver("Query", "order")(lambda: None)
    app.batch_resolver("Query", "order")(lambda event: [])
    assert (app.current_event, app.current_batch_event, app.lambda_context) == (None, [], None)

    app.resolve(field(), "first")
    assert (app.current_event.field_name, app.current_batch_event, app.lambda_context) == ("order", [], "first")
    app.resolve([field()], "second")
    assert (app.current_event, len(app.current_batch_event), app.lambda_context) == (None, 1, "second")


def test_events_app_has_no_event_at_first():
    """GQL-46: asking for it says so; afterwards the last one can be read."""
    app = AppSyncEventsResolver()
    app.on_publish()(lambda payload: payload)
    with pytest.raises(RequestStateError, match="no event yet"):
        _ = app.current_event

    app.resolve(publish("/default/a", 1), None)
    assert app.current_event.info.channel_path == "/default/a"


def test_nothing_of_an_invocation_is_seen_by_another_thread(app):
    """T-1: what is left of the last event belongs to its thread."""
    app.resolver("Query", "order")(lambda: None)
    app.resolve(field(), "mine")

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: (app.current_event, app.lambda_context, dict(app.context))).result() == (
            None,
            None,
            {},
        )


def look(app, number):
    event = app.current_event or app.current_batch_event[0]
    return number, event.arguments["number"], app.context["number"], app.context.get("before"), app.lambda_context


def expected(number):
    return (number, number, number, number, number)


@pytest.mark.parametrize("kind", ["single", "batch", "async batch"])
def test_two_hundred_invocations_in_threads_see_nothing_of_each_other(app, kind):
    """T-1: event, context and context object are each thread's own, also what it appended before."""
    pause = threading.Event()

    def single(number):
        app.append_context(number=number)
        pause.wait(0.001)
        return look(app, number)

    async def several(event, number):
        app.append_context(number=number)
        await asyncio.sleep(0)
        return look(app, number)

    app.resolver("Query", "order")(single)
    app.batch_resolver("Query", "plain", aggregate=False)(lambda event, number: single(number))
    app.async_batch_resolver("Query", "async", aggregate=False)(several)
    events = {
        "single": lambda number: field(number=number),
        "batch": lambda number: [field("plain", number=number)] * 2,
        "async batch": lambda number: [field("async", number=number)] * 2,
    }

    def ask(number):
        app.append_context(before=number)
        result = app.resolve(events[kind](number), number)
        return result if kind == "single" else result[1]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(20) as pool:
            found = list(pool.map(ask, range(200)))
    finally:
        sys.setswitchinterval(interval)

    assert found == [expected(number) for number in range(200)]
    assert app.context == {}


def test_two_hundred_invocations_in_tasks_see_nothing_of_each_other(app):
    """T-1: the same for tasks of one loop."""

    @app.resolver("Query", "order")
    async def order(number):
        app.append_context(number=number)
        await asyncio.sleep(0)
        return look(app, number)

    async def ask(number):
        app.append_context(before=number)
        await asyncio.sleep(0)
        return await app.resolve_async(field(number=number), number)

    async def main():
        return await asyncio.gather(*map(ask, range(200)))

    assert asyncio.run(main()) == [expected(number) for number in range(200)]
    assert app.context == {}


def test_tasks_of_a_batch_have_their_own_context_variables(app):
    """T-1: what one event's function sets in a context variable, another does not see."""
    from contextvars import ContextVar

    variable = ContextVar("variable", default=None)

    @app.async_batch_resolver("Query", "order", aggregate=False)
    async def order(event, number):
        before = variable.get()
        variable.set(number)
        await asyncio.sleep(0)
        return before, variable.get()

    events = [field(number=number) for number in range(5)]
    assert AppSyncResolver.resolve(app, events, None) == [(None, number) for number in range(5)]


def test_refusal_empties_the_context_of_an_events_app():
    """EVT-30: also when UnauthorizedException propagates."""
    app = AppSyncEventsResolver()

    @app.on_publish(aggregate=True)
    def refuse(payload):
        app.append_context(user="jane")
        raise UnauthorizedException("no")

    kept = app.context
    with pytest.raises(UnauthorizedException):
        app.resolve(publish("/default/a", 1), None)
    assert app.context is kept
    assert kept == {}
