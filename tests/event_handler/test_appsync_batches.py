import asyncio
import logging
import threading
import warnings

import pytest

from lambda_powertools.core import loop
from lambda_powertools.core.package_logger import get_logger
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler import AppSyncResolver
from lambda_powertools.event_handler.graphql_appsync.exceptions import InvalidBatchResponse, ResolverNotFoundError


def batch(count=3, name="owner", type_name="Order", **arguments):
    info = {"parentTypeName": type_name, "fieldName": name}
    return [{"info": info, "arguments": arguments, "source": {"id": number}} for number in range(count)]


def ids(events):
    return [event.source["id"] for event in events]


@pytest.fixture
def app():
    """An app behind a GraphQL API."""
    return AppSyncResolver()


@pytest.fixture
def debug_log():
    """The messages of the package's debug log."""
    messages = []

    class Keeping(logging.Handler):
        def emit(self, record):
            messages.append(record.getMessage())

    logger, handler = get_logger("lambda_powertools.event_handler"), Keeping()
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield messages
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)


def register(app, function, *, is_async, **options):
    """Register a function that waits, or does not, for the field of the batches."""
    if not is_async:
        app.batch_resolver("Order", "owner", **options)(function)
        return

    async def wait(**given):
        await asyncio.sleep(0)
        return function(**given)

    app.async_batch_resolver("Order", "owner", **options)(wait)


BOTH = pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])


@BOTH
def test_whole_batch_is_one_call(app, is_async):
    """GQL-20, GQL-24: called once with all events, which are also the app's own list; there is no single event."""
    seen = []

    def owners(event):
        seen.append((event is app.current_batch_event, app.current_event))
        return ids(event)

    register(app, owners, is_async=is_async)

    assert app.resolve(batch(arg=1), None) == [0, 1, 2]
    assert seen == [(True, None)]


@BOTH
def test_each_event_is_one_call(app, is_async):
    """GQL-25, GQL-28: with that event and its arguments; the results are in the order of the batch."""
    register(app, lambda event, size: (event.source["id"], size), is_async=is_async, aggregate=False)

    assert app.resolve(batch(size=2), None) == [(0, 2), (1, 2), (2, 2)]
    assert asyncio.run(app.resolve_async(batch(size=2), None)) == [(0, 2), (1, 2), (2, 2)]


def test_async_events_run_at_the_same_time_in_order(app):
    """GQL-28: all wait for each other, so all are under way at once; the last to begin is the first to end."""
    arrived = []
    everybody = asyncio.Event()

    @app.async_batch_resolver("Order", "owner", aggregate=False)
    async def owner(event):
        arrived.append(event.source["id"])
        if len(arrived) == 100:
            everybody.set()
        await everybody.wait()
        for _ in range(100 - event.source["id"]):
            await asyncio.sleep(0)
        return event.source["id"]

    assert app.resolve(batch(100), None) == list(range(100))


def test_limit_bounds_what_runs_at_a_time():
    """With `max_concurrency` no more than that many functions are under way, and all are called."""
    app = AppSyncResolver(max_concurrency=7)
    running, most = 0, 0

    @app.async_batch_resolver("Order", "owner", aggregate=False)
    async def owner(event):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return event.source["id"]

    assert app.resolve(batch(100), None) == list(range(100))
    assert most == 7


def test_async_batches_share_the_loop_of_the_environment(app):
    """GQL-28: what belongs to a loop lives through invocations."""
    loops = []

    @app.async_batch_resolver("Order", "owner")
    async def owner(event):
        loops.append(asyncio.get_running_loop())
        return ids(event)

    app.resolve(batch(), None)
    app.resolve(batch(), None)

    assert loops == [loop.get_event_loop()] * 2


FAILING = {5, 50, 99}


@BOTH
def test_of_a_hundred_events_three_that_fail_are_none(app, is_async, debug_log):
    """GQL-26: the others have their results, at their places; the debug log names index and field of what failed."""

    def owner(event):
        if event.source["id"] in FAILING:
            raise ValueError("no owner")
        return event.source["id"]

    register(app, owner, is_async=is_async, aggregate=False)

    assert app.resolve(batch(100), None) == [None if number in FAILING else number for number in range(100)]
    assert debug_log == [f"event {number} of a batch for Order.owner failed" for number in sorted(FAILING)]


def test_failure_can_be_raised_and_ends_the_batch(app):
    """GQL-27: with raise_on_error the first exception propagates, and later events are not begun."""
    seen = []

    @app.batch_resolver("Order", "owner", raise_on_error=True, aggregate=False)
    def owner(event):
        seen.append(event.source["id"])
        if event.source["id"] == 1:
            raise ValueError("no owner")

    with pytest.raises(ValueError, match="no owner"):
        app.resolve(batch(), None)
    assert seen == [0, 1]


@pytest.mark.parametrize("limit", [None, 2])
def test_failure_cancels_what_else_is_under_way(limit):
    """GQL-27: in an async batch the others are cancelled and have ended, and those that wait never begin."""
    app = AppSyncResolver(max_concurrency=limit)
    began, cancelled = [], []

    @app.async_batch_resolver("Order", "owner", raise_on_error=True, aggregate=False)
    async def owner(event):
        number = event.source["id"]
        began.append(number)
        if number == 1:
            raise ValueError("no owner")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            cancelled.append(number)
            raise

    with pytest.raises(ValueError, match="no owner"):
        app.resolve(batch(4), None)
    assert began == ([0, 1] if limit else [0, 1, 2, 3])
    assert cancelled == ([0] if limit else [0, 2, 3])


@BOTH
@pytest.mark.parametrize("given", [None, {"a": 1}, "text", (1, 2)])
def test_whole_batch_has_to_be_a_list(app, is_async, given):
    """GQL-24: another result is an error; exception handlers see it (GQL-44, T-7)."""
    register(app, lambda event: given, is_async=is_async)
    with pytest.raises(InvalidBatchResponse, match="The response must be a List when using batch resolvers"):
        app.resolve(batch(), None)

    app.exception_handler(InvalidBatchResponse)(lambda error: "handled")
    assert app.resolve(batch(), None) == "handled"


@BOTH
def test_length_of_the_list_is_not_checked(app, is_async):
    """GQL-24: the list is handed back as it is."""
    register(app, lambda event: [1], is_async=is_async)

    assert app.resolve(batch(), None) == [1]


@BOTH
@pytest.mark.parametrize("raise_on_error", [False, True])
def test_error_of_a_whole_batch_propagates(app, is_async, raise_on_error):
    """GQL-24: raise_on_error does not matter."""

    def fail(event):
        raise OSError("database")

    register(app, fail, is_async=is_async, raise_on_error=raise_on_error)
    with pytest.raises(OSError, match="database"):
        app.resolve(batch(), None)


@BOTH
def test_exception_handlers_see_raised_errors_only(app, is_async):
    """GQL-44, T-7: an event that became None does not reach them, one that is raised does."""
    seen = []

    def fail(event):
        raise OSError(event.source["id"])

    app.exception_handler(OSError)(lambda error: seen.append(error) or "handled")
    register(app, fail, is_async=is_async, aggregate=False)
    assert app.resolve(batch(), None) == [None, None, None]
    assert seen == []

    register(app, fail, is_async=is_async, aggregate=False, raise_on_error=True)
    assert app.resolve(batch(), None) == "handled"
    assert len(seen) == 1


def test_empty_batch_is_an_empty_list(app):
    """GQL-21: nothing is looked for."""
    assert app.resolve([], None) == []
    assert asyncio.run(app.resolve_async([], None)) == []


def test_first_event_decides(app):
    """GQL-21: the field of the batch is that of its first event."""
    app.batch_resolver("Order", "owner")(lambda event: ["first"] * len(event))

    assert app.resolve([*batch(1), *batch(1, "other")], None) == ["first", "first"]


def test_batch_without_a_function_is_an_error(app):
    """GQL-1, GQL-23: a function for single events does not serve batches, nor the other way round."""
    app.resolver("Order", "owner")(lambda: None)
    app.batch_resolver("Order", "size")(lambda event: [])
    with pytest.raises(ResolverNotFoundError, match=r"No resolver found for 'Order\.owner'"):
        app.resolve(batch(), None)
    with pytest.raises(ResolverNotFoundError):
        app.resolve(batch(1, "size")[0], None)


def test_batches_of_any_type_are_served(app):
    """GQL-3: the function for any type serves batches, too."""
    app.async_batch_resolver(field_name="owner", aggregate=False)(lambda event: event.type_name)

    assert app.resolve(batch(2), None) == ["Order", "Order"]


def test_of_two_functions_the_plain_one_runs_with_a_warning(app):
    """GQL-22: the warning names it."""

    @app.batch_resolver("Order", "owner")
    def plain(event):
        return ["plain"]

    @app.async_batch_resolver(field_name="owner")
    async def waits(event):
        return ["async"]

    text = "^Both synchronous and asynchronous resolvers found for the same event and field.*plain"
    with pytest.warns(PowertoolsUserWarning, match=text):
        assert app.resolve(batch(), None) == ["plain"]


def test_coroutine_functions_are_run_wherever_they_are_registered(app):
    """GQL-31, T-14: also behind a plain function that hides them; no coroutine is left."""

    @app.batch_resolver("Order", "owner", aggregate=False)
    async def owner(event):
        await asyncio.sleep(0)
        return event.source["id"]

    app.batch_resolver("Order", "hidden", aggregate=False)(lambda **given: owner(**given))  # noqa: PLW0108  # it hides it

    async def all_of_them(event):
        return ids(event)

    app.batch_resolver("Order", "all")(lambda event: all_of_them(event))  # noqa: PLW0108  # it hides what it calls

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in ("owner", "hidden", "all"):
            assert app.resolve(batch(3, name), None) == [0, 1, 2]
            assert asyncio.run(app.resolve_async(batch(3, name), None)) == [0, 1, 2]


@BOTH
def test_arguments_that_do_not_fit_are_the_failure_of_their_event(app, is_async):
    """GQL-29, T-4: a missing, unknown or clashing argument is None for that event; no coroutine is left behind."""
    events = batch(6, size=1)
    events[1]["arguments"] = {}
    events[2]["arguments"] = {"size": 1, "colour": 2}
    events[3]["arguments"] = {"size": 1, "event": 2}
    del events[4]["arguments"]
    if is_async:

        @app.async_batch_resolver("Order", "owner", aggregate=False)
        async def owner(event, size):
            await asyncio.sleep(0)
            return event.source["id"]

    else:
        app.batch_resolver("Order", "owner", aggregate=False)(lambda event, size: event.source["id"])

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert app.resolve(events, None) == [0, None, None, None, None, 5]


def test_argument_called_event_is_explained(app, debug_log):
    """T-6: the debug log says why such an event fails."""
    app.batch_resolver("Order", "owner", aggregate=False)(lambda event, **more: 1)

    assert app.resolve(batch(1, event=1), None) == [None]
    [message] = debug_log
    assert "argument called 'event'" in message


def test_cancellation_of_the_batch_is_no_result(app):
    """GQL-29, T-5: it reaches the events under way and propagates."""
    cancelled = []
    under_way = asyncio.Event()

    @app.async_batch_resolver("Order", "owner", aggregate=False)
    async def owner(event):
        under_way.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(event.source["id"])
            raise

    async def main():
        task = asyncio.ensure_future(app.resolve_async(batch(), None))
        await under_way.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert cancelled == [0, 1, 2]
    assert app.context == {}


def test_inside_a_running_loop_a_thread_runs_the_batch(app):
    """GQL-30: `resolve` called by a coroutine sees the same event and context; `resolve_async` stays on the loop."""

    @app.async_batch_resolver("Order", "owner", aggregate=False)
    async def owner(event):
        await asyncio.sleep(0)
        return threading.get_ident(), app.context["tenant"], len(app.current_batch_event)

    async def main():
        app.append_context(tenant="a")
        in_thread = app.resolve(batch(), None)
        app.append_context(tenant="b")
        return in_thread, await app.resolve_async(batch(), None)

    in_thread, on_loop = asyncio.run(main())
    here = threading.get_ident()
    assert {(thread == here, *more) for thread, *more in in_thread} == {(False, "a", 3)}
    assert {(thread == here, *more) for thread, *more in on_loop} == {(True, "b", 3)}
