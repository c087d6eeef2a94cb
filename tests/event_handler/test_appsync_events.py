import asyncio
import threading
import warnings

import pytest

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent
from lambda_powertools.event_handler import AppSyncEventsResolver
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.event_handler.events_appsync.router import Router


def published(*payloads, path="/default/chat", operation="PUBLISH"):
    return {
        "identity": {"username": "jane", "sub": "192879fc"},
        "request": {"headers": {"x-forwarded-for": "192.0.2.1"}, "domainName": None},
        "info": {
            "operation": operation,
            "channel": {"path": path, "segments": path.split("/")[1:]},
            "channelNamespace": {"name": "default"},
        },
        "events": [{"id": f"id-{number}", "payload": payload} for number, payload in enumerate(payloads)],
        "stash": {},
        "prev": None,
        "outErrors": [],
        "error": None,
        "result": None,
    }


def subscription(path="/default/chat"):
    return {**published(path=path, operation="SUBSCRIBE"), "events": None}


@pytest.fixture
def app():
    """An app behind an Events API."""
    return AppSyncEventsResolver()


BOTH = pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])


def on_publish(app, function, *, is_async, path="/default/*", **options):
    """Register a function that waits, or does not."""
    if not is_async:
        app.on_publish(path, **options)(function)
        return

    async def wait(payload):
        await asyncio.sleep(0)
        return function(payload)

    app.async_on_publish(path, **options)(wait)


def double(payload):
    if payload == "bad":
        raise ValueError("no number")
    if payload == "secret":
        raise UnauthorizedException("not for you")
    return payload * 2


@BOTH
def test_each_event_is_answered_by_itself(app, is_async):
    """EVT-11, EVT-12, EVT-15: in their order, with a payload or the error of that event alone, refusals included."""
    on_publish(app, double, is_async=is_async)
    event = published(1, "bad", 2, "secret", 3)

    expected = {
        "events": [
            {"id": "id-0", "payload": 2},
            {"id": "id-1", "error": "ValueError - no number"},
            {"id": "id-2", "payload": 4},
            {"id": "id-3", "error": "UnauthorizedException - not for you"},
            {"id": "id-4", "payload": 6},
        ]
    }
    assert app.resolve(event, None) == expected
    assert app(AppSyncResolverEventsEvent(event), None) == expected
    assert asyncio.run(app.resolve_async(event, None)) == expected


def test_async_events_run_at_the_same_time(app):
    """EVT-15: each waits for all others; with a limit of fewer they would never be done."""
    arrived = []
    everybody = asyncio.Event()

    @app.async_on_publish()
    async def meet(payload):
        arrived.append(payload)
        if len(arrived) == 5:
            everybody.set()
        await everybody.wait()
        return payload

    assert [event["payload"] for event in app.resolve(published(*range(5)), None)["events"]] == list(range(5))


def test_limit_bounds_what_runs_at_a_time():
    """With `max_concurrency` no more than that many functions are under way."""
    app = AppSyncEventsResolver(max_concurrency=2)
    running, most = 0, 0

    @app.async_on_publish()
    async def work(payload):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return payload

    assert len(app.resolve(published(*range(9)), None)["events"]) == 9
    assert most == 2


@BOTH
def test_all_events_may_be_one_call(app, is_async):
    """EVT-13: the function is given the events themselves, and its list is the answer."""
    on_publish(app, lambda payload: [*payload[1:], {"id": "new"}], is_async=is_async, aggregate=True)
    event = published(1, 2)

    assert app.resolve(event, None) == {"events": [event["events"][1], {"id": "new"}]}


@BOTH
@pytest.mark.parametrize("result", [None, {"id": "1"}, "text"], ids=repr)
def test_result_that_is_no_list_is_warned_of(app, is_async, result):
    """EVT-13: and returned all the same."""
    on_publish(app, lambda payload: result, is_async=is_async, aggregate=True)
    with pytest.warns(PowertoolsUserWarning, match="AppSync drops the events"):
        assert app.resolve(published(1), None) == {"events": result}


@BOTH
def test_failure_of_one_call_is_the_answer(app, is_async):
    """EVT-14, T-12: class and message, no traceback; a refusal propagates."""
    on_publish(app, lambda payload: double(payload[0]["payload"]), is_async=is_async, aggregate=True)

    assert app.resolve(published("bad"), None) == {"error": "ValueError - no number"}
    with pytest.raises(UnauthorizedException, match="not for you"):
        app.resolve(published("secret"), None)
    assert asyncio.run(app.resolve_async(published("bad"), None)) == {"error": "ValueError - no number"}


def test_without_a_function_the_events_are_returned(app):
    """EVT-16: with a warning that names operation and path; a function for subscriptions is none."""
    app.on_subscribe("/default/*")(lambda: None)
    event = published(1, 2)
    with pytest.warns(PowertoolsUserWarning, match="PUBLISH operations with path /default/chat.*returned as is"):
        assert app.resolve(event, None) == {"events": event["events"]}


@BOTH
@pytest.mark.parametrize("aggregate", [False, True])
@pytest.mark.parametrize("events", [None, [], ...], ids=["null", "empty", "missing"])
def test_nothing_published_is_nothing_answered(app, is_async, aggregate, events):
    """EVT-17: the function is not called."""
    on_publish(app, lambda payload: 1 / 0, is_async=is_async, aggregate=aggregate)
    event = {**published(), "events": events}
    if events is ...:
        del event["events"]

    assert app.resolve(event, None) == {"events": []}


def test_of_two_functions_the_plain_one_runs_with_a_warning(app):
    """EVT-6: even if the path of the other is more explicit."""

    def plain(payload):
        return "plain"

    app.on_publish("/*")(plain)
    app.async_on_publish("/default/chat")(plain)
    with pytest.warns(PowertoolsUserWarning, match="^Both synchronous and asynchronous resolvers found.*plain"):
        assert app.resolve(published(1), None)["events"][0]["payload"] == "plain"


def test_coroutine_functions_are_run_wherever_they_are_registered(app):
    """EVT-15: also behind a plain function that hides them."""

    async def wait(payload):
        await asyncio.sleep(0)
        return payload

    app.on_publish("/default/chat")(wait)
    app.on_publish("/hidden/*")(lambda payload: wait(payload))  # noqa: PLW0108  # it hides what it calls

    for path in ("/default/chat", "/hidden/a"):
        expected = {"events": [{"id": "id-0", "payload": 1}]}
        assert app.resolve(published(1, path=path), None) == expected
        assert asyncio.run(app.resolve_async(published(1, path=path), None)) == expected


def test_inside_a_running_loop_a_thread_runs_the_functions(app):
    """EVT-15: `resolve` can be called by a coroutine."""

    @app.async_on_publish()
    async def wait(payload):
        await asyncio.sleep(0)
        return threading.get_ident()

    async def main():
        return app.resolve(published(1), None)["events"][0]["payload"]

    assert asyncio.run(main()) != threading.get_ident()


def registrations():
    """Give each way to register what checks a subscription."""

    def plain(app, check):
        app.on_subscribe("/default/*")(check)

    def hidden(app, check):
        async def wait():
            await asyncio.sleep(0)
            return check()

        app.on_subscribe("/default/*")(lambda: wait())  # noqa: PLW0108  # the same

    def asynchronous(decorator):
        def register(app, check):
            async def wait():
                await asyncio.sleep(0)
                return check()

            getattr(app, decorator)("/default/*")(wait)

        return register

    return [plain, hidden, asynchronous("on_subscribe"), asynchronous("async_on_subscribe")]


@pytest.mark.parametrize("register", registrations())
def test_subscription_is_checked(app, register):
    """EVT-20 to EVT-22, EVT-24: accepted by any result, refused by UnauthorizedException, failed by other errors."""
    seen = []

    def check():
        event = app.current_event
        seen.append((event.identity.username, event.info.channel_path, event.request_headers["X-Forwarded-For"]))
        if event.info.channel_path.endswith("secret"):
            raise UnauthorizedException("not for you")
        if event.info.channel_path.endswith("broken"):
            raise OSError("database")
        return "ignored"

    register(app, check)

    assert app.resolve(subscription(), None) is None
    assert app.resolve(subscription("/default/broken"), None) == {"error": "OSError - database"}
    with pytest.raises(UnauthorizedException, match="not for you"):
        app.resolve(subscription("/default/secret"), None)
    with pytest.raises(UnauthorizedException):
        asyncio.run(app.resolve_async(subscription("/default/secret"), None))
    assert seen[0] == ("jane", "/default/chat", "192.0.2.1")


def test_subscription_without_a_function_is_accepted(app):
    """EVT-23: with a warning that names operation and path."""
    app.on_publish("/default/*")(lambda payload: payload)
    with pytest.warns(PowertoolsUserWarning, match="SUBSCRIBE operations with path /default/chat.*accepted"):
        assert app.resolve(subscription(), None) is None


def test_unknown_operation_is_treated_as_a_subscription(app):
    """EVT-10: with a warning."""
    called = []
    app.on_subscribe("/default/*")(lambda: called.append(1))
    with pytest.warns(PowertoolsUserWarning, match="'DELETE' is no operation of AppSync Events"):
        assert app.resolve(published(1, operation="DELETE"), None) is None
    assert called == [1]


def test_exception_handlers_say_what_clients_are_told(app):
    """EVT-32: in place of class and message, for one event, for all, and for subscriptions; None leaves those."""
    app.on_publish("/default/*")(double)
    app.on_publish("/all/*", aggregate=True)(lambda payload: double("bad"))
    app.on_subscribe("/default/*")(lambda: double("bad"))
    kept = app.exception_handler([ValueError, LookupError])(lambda error: "please send a number")

    assert kept(None) == "please send a number"
    assert app.resolve(published("bad"), None)["events"] == [{"id": "id-0", "error": "please send a number"}]
    assert app.resolve(published(1, path="/all/a"), None) == {"error": "please send a number"}
    assert app.resolve(subscription(), None) == {"error": "please send a number"}

    @app.exception_handler(ValueError)
    async def later(error):
        await asyncio.sleep(0)

    assert app.resolve(subscription(), None) == {"error": "ValueError - no number"}


def test_refusal_goes_to_no_handler_of_all_exceptions(app):
    """EVT-32: only to one that is registered for it, and then still is no acceptance."""

    class Refused(UnauthorizedException):
        """A refusal of the user's own."""

    def refuse():
        raise Refused("no")

    app.on_subscribe("/default/*")(refuse)
    app.exception_handler(Exception)(lambda error: "any")
    with pytest.raises(Refused):
        app.resolve(subscription(), None)

    app.exception_handler(UnauthorizedException)(lambda error: None)
    assert app.resolve(subscription(), None) == {"error": "Refused - no"}


def test_unauthorized_exception_is_known_by_its_name():
    """AppSync looks for the name; message and arguments are those of any exception."""
    error = UnauthorizedException("not for you", 1)

    assert (error.name, error.args, UnauthorizedException().args) == ("UnauthorizedException", ("not for you", 1), ())
    assert str(UnauthorizedException("not for you")) == "not for you"


def test_functions_of_a_router_are_taken_over(app):
    """EVT-30: all kinds, and those of the router win."""
    router = Router()
    app.on_publish("/a")(lambda payload: "app")
    router.on_publish("/a")(lambda payload: "router")
    router.async_on_publish("/b")(lambda payload: "async")
    router.on_subscribe("/c")(lambda: 1 / 0)
    app.include_router(router)

    assert app.resolve(published(1, path="/a"), None)["events"][0]["payload"] == "router"
    assert app.resolve(published(1, path="/b"), None)["events"][0]["payload"] == "async"
    assert app.resolve(subscription("/c"), None) == {"error": "ZeroDivisionError - division by zero"}


@pytest.mark.parametrize("missing", ["info", "channel", "operation"])
def test_event_without_what_matters_is_a_key_error(app, missing):
    """An event of something else says what it lacks."""
    event = published(1)
    del (event if missing == "info" else event["info"])[missing]
    with pytest.raises(KeyError, match=missing):
        app.resolve(event, None)


@pytest.mark.parametrize("event", [None, [], "text"])
def test_what_is_no_event_is_named(app, event):
    """Anything but a dictionary is an error that says so."""
    with pytest.raises(TypeError, match="an event of AppSync Events is a dict"):
        app.resolve(event, None)


def test_no_coroutine_is_left_behind(app):
    """T-14: an event that is no dictionary, or an error, leaves nothing that was never awaited."""

    @app.async_on_publish()
    async def work(payload):
        raise OSError

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        app.resolve(published(1, 2), None)
        with pytest.raises(AttributeError):
            app.resolve({**published(), "events": [None, {"id": "1"}]}, None)
