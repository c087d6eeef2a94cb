import asyncio
import contextlib
import gc
import importlib.util
import inspect
import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import PowertoolsError
from lambda_powertools.data_classes import AppSyncResolverEvent
from lambda_powertools.event_handler import AppSyncResolver
from lambda_powertools.event_handler.graphql_appsync.exceptions import ResolverNotFoundError


def field(name="order", type_name="Query", **arguments):
    return {"info": {"parentTypeName": type_name, "fieldName": name}, "arguments": arguments}


AMPLIFY = [
    {"typeName": "Query", "fieldName": "order", "arguments": {"id": 1}},
    {"parentTypeName": "Query", "fieldName": "order", "arguments": {"id": 1}},
]


@pytest.fixture
def app():
    """An app behind a GraphQL API."""
    return AppSyncResolver()


@pytest.mark.parametrize("event", [field(id=1), *AMPLIFY], ids=["direct", "amplify", "amplify-parent"])
def test_function_of_a_field_is_given_its_arguments(app, event):
    """GQL-5, GQL-10, GQL-11: type and field are found in each form of event; arguments come by name, nothing else."""
    app.resolver("Query", "order")(lambda **given: (given, app.current_event.arguments, app.lambda_context))

    assert app.resolve(event, "context") == ({"id": 1}, {"id": 1}, "context")
    assert app(event, "context") == ({"id": 1}, {"id": 1}, "context")


def test_sample_of_aws_is_resolved(app):
    """The event that AWS wrote reaches the function of its field."""
    samples = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events" / "events"
    event = json.loads((samples / "appsync" / "AppSyncDirectResolver.json").read_text(encoding="utf-8"))

    @app.resolver(type_name=event["info"]["parentTypeName"], field_name=event["info"]["fieldName"])
    def resolve(**arguments):
        current = app.current_event
        return arguments, current.identity.username, current.request_headers["X-Forwarded-For"]

    arguments, username, forwarded = app.resolve(event, None)

    assert arguments == event["arguments"]
    assert username == event["identity"]["username"]
    assert forwarded == event["request"]["headers"]["x-forwarded-for"]


def test_exact_type_comes_before_any_type(app):
    """GQL-3: the type's own function first, then the one for any type; names are case-sensitive."""
    app.resolver(field_name="name")(lambda: "any")
    app.resolver("Order", "name")(lambda: "order")

    assert app.resolve(field("name", "Order"), None) == "order"
    assert app.resolve(field("name", "Customer"), None) == "any"
    with pytest.raises(ResolverNotFoundError):
        app.resolve(field("Name", "Order"), None)


def test_later_registration_wins_and_decorators_stack(app):
    """GQL-1, GQL-2, T-15: a decorator returns the function itself; the last one for a field is called."""

    def both():
        return "both"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        app.resolver("Query", "a")(lambda: "first")
        assert app.resolver("Query", "a")(app.resolver("Query", "b")(both)) is both

    assert (app.resolve(field("a"), None), app.resolve(field("b"), None)) == ("both", "both")


@pytest.mark.parametrize("decorator", ["resolver", "batch_resolver", "async_batch_resolver"])
@pytest.mark.parametrize("name", [None, "", 7])
def test_registration_needs_a_field(app, decorator, name):
    """GQL-4: without a name of a field the decorator refuses at once."""
    with pytest.raises(ValueError, match=f"{decorator} needs the name of a field"):
        getattr(app, decorator)("Query", name)


def test_decorator_without_parentheses_is_refused(app):
    """GQL-4: `@app.resolver` as it stands says what is missing."""
    with pytest.raises(ValueError, match="needs the name of a field"):
        app.resolver(lambda: None)


def test_unknown_field_is_one_error(app):
    """GQL-13: for a single event it is the error that batches have; a ValueError, and one of the project."""
    with pytest.raises(ResolverNotFoundError, match=r"No resolver found for 'Query\.order'") as raised:
        app.resolve(field(), None)

    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, PowertoolsError)


def test_event_without_arguments_is_a_key_error(app):
    """GQL-11: arguments belong to an event."""
    app.resolver("Query", "order")(lambda: None)
    with pytest.raises(KeyError, match="arguments"):
        app.resolve({"info": field()["info"]}, None)


@pytest.mark.parametrize("arguments", [{"unknown": 1}, {}])
def test_arguments_that_do_not_fit_are_the_call_s_own_error(app, arguments):
    """GQL-11: an argument too many or too few is a TypeError."""
    app.resolver("Query", "order")(lambda number: number)
    with pytest.raises(TypeError, match="argument"):
        app.resolve(field(**arguments), None)


@pytest.mark.parametrize("event", [None, "text", 7, ("tuple",), [None], [7, {}]])
def test_what_is_no_event_is_named(app, event):
    """Anything but a dictionary, or a list of such, is an error that says so."""
    app.resolver("Query", "order")(lambda: None)
    with pytest.raises(TypeError, match="an AppSync event is a dict, or a list of dicts"):
        app.resolve(event, None)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["info", "fieldName", "typeName", "arguments"]), inner, max_size=4)
        ),
        max_leaves=8,
    )
)
def test_no_event_breaks_the_app(event):
    """Whatever comes is answered or refused by an exception, and leaves nothing behind for the next event."""
    app = AppSyncResolver()
    app.resolver("Query", "order")(lambda **given: given)
    kept = app.context
    app.append_context(a=1)

    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        app.resolve(event, None)

    assert app.context is kept
    assert kept == {}
    assert app.resolve(field(id=1), None) == {"id": 1}


@pytest.mark.parametrize("result", [None, [1], {"a": 1}, object(), 0], ids=lambda value: type(value).__name__)
def test_result_is_handed_back_untouched(app, result):
    """GQL-12: the very object that the function returned."""
    app.resolver("Query", "order")(lambda: result)

    assert app.resolve(field(), None) is result


def test_generator_is_handed_back_as_it_is(app):
    """GQL-12: a generator is not run."""

    @app.resolver("Query", "order")
    def order():
        yield 1

    result = app.resolve(field(), None)

    assert inspect.isgenerator(result)
    assert list(result) == [1]


def test_async_function_gives_a_coroutine(app):
    """GQL-14, GQL-15: the caller runs it; the event and the context are there meanwhile, and gone afterwards."""

    @app.resolver("Query", "order")
    async def order(number):
        await asyncio.sleep(0)
        return number, app.current_event.field_name, dict(app.context)

    app.append_context(tenant="a")
    kept = app.context
    result = app.resolve(field(number=1), None)

    assert inspect.iscoroutine(result)
    assert app.context == {"tenant": "a"}
    assert asyncio.run(result) == (1, "order", {"tenant": "a"})
    assert app.context is kept
    assert kept == {}


def test_coroutines_of_several_events_have_their_own_event(app):
    """GQL-14: made one after the other and run together, each sees its own event and context."""

    @app.resolver("Query", "order")
    async def order(number):
        app.append_context(number=number)
        await asyncio.sleep(0)
        return number, app.current_event.arguments["number"], app.context["number"]

    async def main():
        return await asyncio.gather(*[app.resolve(field(number=number), None) for number in range(20)])

    assert asyncio.run(main()) == [(number, number, number) for number in range(20)]
    assert app.context == {}


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
def test_coroutine_that_is_dropped_leaves_nothing_behind(app):
    """GQL-15: a coroutine that nobody awaits ends its invocation when it is gone, the function's own one included."""

    @app.resolver("Query", "order")
    async def order():
        """Nobody waits for it."""

    kept = app.context
    app.append_context(tenant="a")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app.resolve(field(), None)
        gc.collect()

    assert not [warning for warning in caught if "order" in str(warning.message)]
    assert app.context is kept
    assert kept == {}


def test_async_function_may_clear_the_context_itself(app):
    """GQL-15: emptying the dictionary before the end is no harm."""

    @app.resolver("Query", "order")
    async def order():
        app.context.clear()
        return "done"

    app.append_context(tenant="a")
    assert asyncio.run(app.resolve(field(), None)) == "done"


@pytest.mark.parametrize("is_async", [False, True])
def test_exception_handler_answers_what_a_function_raises(app, is_async):
    """GQL-15, GQL-44: also what is raised while awaiting; the nearest class wins, and the context is emptied."""

    def fail():
        app.append_context(leaked=True)
        raise KeyError("missing")

    async def fail_async():
        await asyncio.sleep(0)
        fail()

    app.resolver("Query", "order")(fail_async if is_async else fail)

    @app.exception_handler([LookupError, ValueError])
    def answer(error):
        return {"lookup": str(error), "field": app.current_event.field_name}

    app.exception_handler(Exception)(lambda error: "any")

    result = app.resolve(field(), None)

    assert (asyncio.run(result) if is_async else result) == {"lookup": "'missing'", "field": "order"}
    assert app.context == {}


def test_exception_handlers_may_be_any_iterable_and_async(app):
    """GQL-44: a set of classes, and a coroutine function, which is run to its end."""

    @app.exception_handler({ZeroDivisionError, KeyError})
    async def answer(error):
        await asyncio.sleep(0)
        return type(error).__name__

    app.resolver("Query", "order")(lambda: 1 / 0)

    assert app.resolve(field(), None) == "ZeroDivisionError"
    assert asyncio.run(app.resolve_async(field(), None)) == "ZeroDivisionError"


def test_exception_handlers_see_what_is_wrong_with_the_event(app):
    """GQL-44: an unknown field, and an event that its class refuses."""

    class Picky(AppSyncResolverEvent):
        def __init__(self, data, *more):
            raise LookupError("not this one")

    app.exception_handler(ResolverNotFoundError)(lambda error: "no resolver")
    app.exception_handler(LookupError)(str)

    assert app.resolve(field(), None) == "no resolver"
    assert app.resolve([field()], None) == "no resolver"
    assert app.resolve(field(), None, data_model=Picky) == "not this one"


def test_error_of_an_exception_handler_propagates(app):
    """GQL-44: as does an error without a handler, unchanged."""
    error = OSError("disk")

    def fail():
        raise error

    app.resolver("Query", "order")(fail)
    with pytest.raises(OSError, match="disk") as raised:
        app.resolve(field(), None)
    assert raised.value is error

    app.exception_handler(OSError)(lambda error: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        app.resolve(field(), None)


def test_data_model_is_for_one_call(app):
    """GQL-45: its properties decide, for single events and batches; the next call has the default again."""

    class Mine(AppSyncResolverEvent):
        @property
        def field_name(self):
            return "mine"

    app.resolver("Query", "mine")(lambda: type(app.current_event))
    app.batch_resolver("Query", "mine")(lambda event: [type(item) for item in event])

    assert app.resolve(field(), None, data_model=Mine) is Mine
    assert app([field()], None, Mine) == [Mine]
    with pytest.raises(ResolverNotFoundError):
        app.resolve(field(), None)


def test_resolve_async_awaits_what_there_is_to_await(app):
    """`resolve_async` gives the result of plain and of async functions."""
    app.resolver("Query", "plain")(lambda: "plain")

    @app.resolver("Query", "slow")
    async def slow():
        await asyncio.sleep(0)
        return app.current_event.field_name

    async def main():
        return [await app.resolve_async(field(name), None) for name in ("plain", "slow")]

    assert asyncio.run(main()) == ["plain", "slow"]


@pytest.mark.parametrize("limit", [0, -1, 1.5, "2", True])
def test_limit_is_a_number_from_one_on(limit):
    """Another `max_concurrency` is refused by name and value."""
    with pytest.raises(ValueError, match=f"max_concurrency .* not {limit!r}"):
        AppSyncResolver(max_concurrency=limit)


def test_names_are_found_where_they_are_looked_for():
    """The public paths export one and the same classes, and importing them loads no event loop."""
    code = """
import sys
from lambda_powertools.event_handler.appsync import AppSyncResolver, Router
from lambda_powertools.event_handler.graphql_appsync import base, exceptions, router
from lambda_powertools.event_handler.events_appsync import AppSyncEventsResolver
from lambda_powertools.event_handler.events_appsync import appsync_events, base as channels, exceptions as refusals
from lambda_powertools.event_handler.events_appsync import router as events_router
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.data_classes.appsync.scalar_types_utils import make_id
import lambda_powertools.event_handler as package
from abc import ABC
assert package.AppSyncResolver is AppSyncResolver and Router is router.Router
assert package.AppSyncEventsResolver is AppSyncEventsResolver is appsync_events.AppSyncEventsResolver
assert issubclass(router.Router, base.BaseRouter) and issubclass(base.BaseRouter, ABC)
assert issubclass(events_router.Router, channels.BaseRouter) and channels.DEFAULT_ROUTE == "/default/*"
assert isinstance(AppSyncResolver().exception_handler_manager, ExceptionHandlerManager)
assert AppSyncResolver().resolve([], None) == []
print([name for name in ("asyncio", "inspect", "logging", "pydantic", "http") if name in sys.modules])
print([name for name in sys.modules if name.startswith(package.__name__) and "_pipeline" in name])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
