"""The middleware factory: a function around a handler becomes a decorator for handlers."""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import sys
from contextlib import contextmanager

import pytest

from lambda_powertools.core import (
    MiddlewareInvalidArgumentError,
    Plugin,
    PowertoolsError,
    PowertoolsUserWarning,
    Registry,
    SettingsError,
    hookimpl,
    lambda_handler_decorator,
    powertools,
    spans,
)
from lambda_powertools.core.package_logger import get_logger


@lambda_handler_decorator
def tag(handler, event, context, *, name="default", journal=None):
    """Add a name to event and response."""
    response = handler({**event, "tags": [*event.get("tags", []), name]}, context)
    return {**response, "left": [*response.get("left", []), name]}


@lambda_handler_decorator
async def async_tag(handler, event, context, *, name="default"):
    """Add a name to event and response, asynchronously."""
    await asyncio.sleep(0)
    response = await handler({**event, "tags": [*event.get("tags", []), name]}, context)
    return {**response, "left": [*response.get("left", []), name]}


def echo(event, context):
    """Give the event back."""
    return dict(event)


async def async_echo(event, context):
    """Give the event back, asynchronously."""
    await asyncio.sleep(0)
    return dict(event)


# Defining a middleware


@pytest.mark.parametrize(
    "define",
    [
        lambda_handler_decorator,
        lambda_handler_decorator(),
        lambda_handler_decorator(trace_execution=False),
        lambda function: lambda_handler_decorator(decorator=function),
        lambda function: lambda_handler_decorator(function, False),
    ],
    ids=["bare", "called", "with an option", "by keyword", "by position"],
)
def test_a_middleware_is_defined_in_each_form(define):
    """MWF-1: bare, called and with options it gives the decorator, with the metadata of the function."""

    def middleware(handler, event, context):
        """Pass on."""
        return handler(event, context)

    decorator = define(middleware)

    assert (decorator.__name__, decorator.__doc__) == ("middleware", "Pass on.")
    assert decorator.__qualname__ == middleware.__qualname__
    assert decorator.__wrapped__ is middleware
    assert decorator(echo)({"id": 1}, None) == {"id": 1}


def test_what_is_no_function_is_no_middleware():
    """The factory refuses what cannot be called."""
    with pytest.raises(MiddlewareInvalidArgumentError, match="not 5"):
        lambda_handler_decorator(5)


def test_the_arguments_are_given_by_position():
    """MWF-2: handler, event and context come first, in this order, whatever their names."""

    @lambda_handler_decorator
    def middleware(a, b, c, **options):
        return a, b, c, options

    assert middleware(echo, x=1)("event", "context") == (echo, "event", "context", {"x": 1})


@pytest.mark.parametrize("value", [None, 0, {"a": 1}, [], object()])
def test_its_return_value_is_the_result(value):
    """MWF-3: what the middleware returns is the result, unchanged, also None for a forgotten return."""

    @lambda_handler_decorator
    def middleware(handler, event, context):
        return value

    assert middleware(echo)({}, None) is value


def test_it_calls_the_handler_as_often_as_it_likes():
    """MWF-3: not at all, once or several times, with an event of its own."""

    @lambda_handler_decorator
    def repeat(handler, event, context, *, times):
        return [handler({"turn": turn}, context) for turn in range(times)]

    for times in (0, 1, 3):
        assert repeat(echo, times=times)({}, None) == [{"turn": turn} for turn in range(times)]


# Using it


@pytest.mark.parametrize(
    ("decorate", "name"),
    [(tag, "default"), (tag(), "default"), (tag(name="x"), "x"), (lambda handler: tag(handler, name="x"), "x")],
    ids=["bare", "called", "with options", "handler and options"],
)
def test_a_middleware_decorates_in_each_form(decorate, name):
    """MWF-5: the options reach the middleware at every call."""
    handler = decorate(echo)

    for _ in range(2):
        assert handler({}, None) == {"tags": [name], "left": [name]}


@pytest.mark.parametrize("value", [True, "x", 5, None, dict, Plugin, {"name": "x"}], ids=repr)
def test_options_by_position_are_refused(value):
    """MWF-6, MWF-7: what is no handler is an error at decoration that names the middleware, the value and the way."""
    with pytest.raises(MiddlewareInvalidArgumentError) as caught:
        tag(value)

    for part in ("middleware tag", repr(value), "only keyword arguments"):
        assert part in str(caught.value)
    assert isinstance(caught.value, PowertoolsError)


def test_options_by_position_after_the_handler_are_refused():
    """MWF-6: neither does a second positional argument pass."""
    with pytest.raises(MiddlewareInvalidArgumentError, match=r"'x'.*only keyword arguments"):
        tag(echo, "x")


def test_what_a_configured_middleware_decorates_is_checked_too():
    """MWF-6: `@mw(option=…)` refuses what is no handler as `@mw` does."""
    with pytest.raises(MiddlewareInvalidArgumentError, match="no handler"):
        tag(name="x")(5)


class Service:
    """A class with handlers."""

    def method(self, event, context):
        return dict(event)

    def __call__(self, event, context):
        return dict(event)

    @tag(name="m")
    def decorated(self, event, context):
        assert isinstance(self, Service)
        return dict(event)

    @tag(name="m")
    async def decorated_async(self, event, context):
        return dict(event)

    @classmethod
    @tag(name="m")
    def class_inside(cls, event, context):
        assert cls is Service
        return dict(event)

    @tag(name="m")
    @classmethod
    def class_outside(cls, event, context):
        assert cls is Service
        return dict(event)

    @staticmethod
    @tag(name="m")
    def static_inside(event, context):
        return dict(event)

    @tag(name="m")
    @staticmethod
    def static_outside(event, context):
        return dict(event)


HANDLERS = {
    "function": echo,
    "lambda": lambda event, context: dict(event),
    "bound method": Service().method,
    "callable object": Service(),
    "partial": functools.partial(lambda prefix, event, context: dict(event), "x"),
    "builtin": lambda *args: dict(*args[:1]),
}


@pytest.mark.parametrize("handler", HANDLERS.values(), ids=HANDLERS)
def test_any_callable_that_is_no_class_is_a_handler(handler):
    """MWF-7: functions, methods, partials and callable objects may be decorated."""
    assert tag(handler)({}, None) == {"tags": ["default"], "left": ["default"]}


@pytest.mark.parametrize("name", ["decorated", "class_inside", "class_outside", "static_inside", "static_outside"])
def test_methods_are_bound(name):
    """MWF-13: a method in a class body keeps its self or cls, and the middleware sees the event."""
    assert getattr(Service(), name)({}, None) == {"tags": ["m"], "left": ["m"]}
    assert getattr(Service(), name)(event={}, context=None) == {"tags": ["m"], "left": ["m"]}


@pytest.mark.parametrize("option", ["func", "handler_", "self", "decorator", "function", "args", "options", "wrapper"])
def test_an_option_may_have_any_name(option):
    """MWF-8: no name of an option collides with a name of ours."""

    @lambda_handler_decorator
    def middleware(a, b, c, **options):
        return options

    assert middleware(echo, **{option: 1})({}, None) == {option: 1}
    assert middleware(**{option: 1})(echo)({}, None) == {option: 1}


def test_an_option_may_be_called_handler():
    """MWF-8: even `handler` is free, where the middleware calls its own first parameter something else."""

    @lambda_handler_decorator
    def middleware(function, event, context, *, handler):
        return handler

    assert middleware(handler="mine")(echo)({}, None) == "mine"


@pytest.mark.parametrize("decorate", [tag, functools.partial(tag, echo)], ids=["called", "with handler"])
def test_an_unknown_option_is_an_error_at_decoration(decorate):
    """MWF-9: the TypeError names the middleware, the option, and what was probably meant."""
    with pytest.raises(TypeError, match="middleware tag has no option 'nmae': did you mean 'name'"):
        decorate(nmae="x")


def test_a_missing_option_may_come_with_the_call():
    """MWF-9, MWF-12: options are not missing before the call, and a keyword of the call is an option."""

    @lambda_handler_decorator
    def middleware(handler, event, context, *, times):
        return times

    handler = middleware(echo)

    assert handler({}, None, times=3) == 3
    with pytest.raises(TypeError, match="times"):
        handler({}, None)


def test_a_keyword_of_the_call_wins_and_does_not_stay():
    """MWF-12: an option given with the call overrides the one given at decoration, for this call."""
    handler = tag(echo, name="decoration")

    assert handler({}, None, name="call")["tags"] == ["call"]
    assert handler({}, None)["tags"] == ["decoration"]


def test_the_handler_does_not_see_the_options():
    """MWF-12: keywords of the call are the middleware's; the handler gets what the middleware forwards."""

    @lambda_handler_decorator
    def middleware(handler, event, context, **options):
        return handler(event, context)

    assert middleware(echo)({"id": 1}, None, x=1) == {"id": 1}


def test_metadata_and_signature_are_kept():
    """MWF-10: the decorated handler is named, documented and signed as the handler, which is its __wrapped__."""

    def handler(event: dict, context: object = None) -> dict:
        """Handle orders."""

    decorated = tag(handler)

    assert (decorated.__name__, decorated.__doc__) == ("handler", "Handle orders.")
    assert decorated.__wrapped__ is handler
    assert inspect.signature(decorated) == inspect.signature(handler)
    assert tag(name="x").__name__ == "tag"


@pytest.mark.parametrize(
    "call",
    [
        lambda handler: handler({"id": 1}, None),
        lambda handler: handler(event={"id": 1}, context=None),
        lambda handler: handler({"id": 1}, context=None),
        lambda handler: handler({"id": 1}),
    ],
)
def test_event_and_context_by_position_and_by_name(call):
    """MWF-11: the decorated handler is called by these names, whatever the names of the user's parameters."""

    @tag
    def handler(evt, _):
        return dict(evt)

    assert call(handler)["id"] == 1


def test_middlewares_nest():
    """MWF-14: the topmost sees the event first and the response last."""

    @tag(name="outer")
    @tag(name="inner")
    def handler(event, context):
        return dict(event)

    assert handler({}, None) == {"tags": ["outer", "inner"], "left": ["inner", "outer"]}


def test_two_handlers_do_not_share_options():
    """Each decorated handler has the options that it was decorated with."""
    first, second = tag(name="first")(echo), tag(name="second")(echo)

    assert (first({}, None)["tags"], second({}, None)["tags"]) == (["first"], ["second"])


# Errors


@pytest.fixture
def debug_log():
    """Records of the core's debug output."""
    records = []

    class Handler(logging.Handler):
        def emit(self, record):
            records.append(record)

    handler, package = Handler(), get_logger("lambda_powertools")
    level = package.level
    package.addHandler(handler)
    package.setLevel(logging.DEBUG)
    yield records
    package.removeHandler(handler)
    package.setLevel(level)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_exceptions_leave_unchanged_and_are_logged_once(asynchronous, debug_log):
    """MWF-15: the object leaves through all layers; its traceback is in the debug output once."""
    error = ValueError("bad order")

    def handler(event, context):
        raise error

    decorated = async_tag(async_tag(handler)) if asynchronous else tag(tag(handler))

    with pytest.raises(ValueError, match="bad order") as caught:
        asyncio.run(decorated({}, None)) if asynchronous else decorated({}, None)

    assert caught.value is error
    assert error.__cause__ is error.__context__ is None
    assert [(record.levelname, record.exc_info[1]) for record in debug_log] == [("DEBUG", error)]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_is_no_exception_passes_without_a_log(kind, debug_log):
    """MWF-16: a BaseException is not logged."""

    @tag
    def handler(event, context):
        raise kind

    with pytest.raises(kind):
        handler({}, None)

    assert debug_log == []


def test_an_exception_that_takes_no_attribute_passes(debug_log):
    """MWF-15: an exception with slots leaves as well."""

    class SlottedError(Exception):
        __slots__ = ()

        def __setattr__(self, name, value):
            raise AttributeError(name)

    @tag
    def handler(event, context):
        raise SlottedError

    with pytest.raises(SlottedError):
        handler({}, None)


# Async


@pytest.mark.parametrize("middleware", [tag, async_tag], ids=["sync", "async"])
@pytest.mark.parametrize("handler", [echo, async_echo], ids=["sync handler", "async handler"])
def test_sync_and_async_combine(middleware, handler):
    """MWF-17: the decorated handler is a coroutine function when either is one, and gives what the middleware gives."""
    if middleware is tag and handler is async_echo:

        @lambda_handler_decorator
        def middleware(handler, event, context):
            return handler({**event, "tags": ["sync"]}, context)

    decorated = middleware(handler)
    asynchronous = middleware is async_tag or handler is async_echo

    assert inspect.iscoroutinefunction(decorated) is asynchronous
    result = asyncio.run(decorated({}, None)) if asynchronous else decorated({}, None)
    assert len(result["tags"]) == 1


def test_an_async_middleware_awaits_a_handler_under_powertools():
    """MWF-17: also where the handler inside is decorated by @powertools, which gives a coroutine inside a loop."""
    handler = async_tag(powertools(registry=Registry())(async_echo))

    assert asyncio.run(handler({}, None))["left"] == ["default"]


def test_an_async_method_is_flagged_and_bound():
    """MWF-13, MWF-17: an async method under a sync middleware that passes on."""

    @lambda_handler_decorator
    def passing(handler, event, context):
        return handler(event, context)

    class Async:
        @passing
        async def handler(self, event, context):
            return self, event

    instance = Async()

    assert inspect.iscoroutinefunction(Async.handler)
    assert asyncio.run(instance.handler("e", None)) == (instance, "e")


def test_generators_are_not_consumed():
    """MWF-18: a streaming handler's generator is passed on as it is."""

    @lambda_handler_decorator
    def passing(handler, event, context):
        return handler(event, context)

    @passing
    def handler(event, context):
        yield from event

    response = handler([1, 2], None)

    assert inspect.isgenerator(response)
    assert list(response) == [1, 2]


# Beside @powertools


class Recorder(Plugin[None]):
    """A plugin that writes down what it sees."""

    name = "recorder"

    @hookimpl
    def on_init(self, application):
        self.seen = [list(inspect.signature(application.handler).parameters)]

    @hookimpl
    def before_invoke(self, invocation):
        self.seen.append(dict(invocation.event))
        invocation.event = {**invocation.event, "plugin": True}

    @hookimpl
    def after_invoke(self, invocation):
        self.seen.append(dict(invocation.response))
        invocation.response = {**invocation.response, "plugin_left": True}

    @hookimpl
    def on_error(self, invocation, error):
        self.seen.append(error)


def user_handler(order, ctx):
    """Give the event back, with parameter names of its own."""
    return dict(order)


def test_inside_powertools_a_middleware_is_part_of_the_handler(registry_of):
    """Under @powertools it sees the event as the plugins left it, and they its response and the handler's signature."""
    handler = powertools(registry=registry_of(Recorder))(tag(tag(user_handler, name="b"), name="a"))

    result = handler({}, None)

    assert result == {"plugin": True, "tags": ["a", "b"], "left": ["b", "a"], "plugin_left": True}
    assert handler.application.plugins["recorder"].seen == [
        ["order", "ctx"],
        {},
        {"plugin": True, "tags": ["a", "b"], "left": ["b", "a"]},
    ]


def test_outside_powertools_a_middleware_sees_what_lambda_sees(registry_of):
    """Around @powertools it sees the raw event and the final response."""
    inner = powertools(registry=registry_of(Recorder))(user_handler)
    handler = tag(tag(inner, name="b"), name="a")

    result = handler({}, None)

    assert result == {"plugin": True, "tags": ["a", "b"], "left": ["b", "a"], "plugin_left": True}
    assert inner.application.plugins["recorder"].seen[1] == {"tags": ["a", "b"]}


def test_an_exception_of_a_middleware_inside_reaches_on_error(registry_of):
    """A middleware under @powertools that raises is a handler that raises."""
    error = PermissionError("no")

    @lambda_handler_decorator
    def guard(handler, event, context):
        raise error

    handler = powertools(registry=registry_of(Recorder))(guard(user_handler))

    with pytest.raises(PermissionError, match="no"):
        handler({}, None)

    assert handler.application.plugins["recorder"].seen[-1] is error


# Tracing


@pytest.fixture
def opened():
    """Names of the spans that were opened, with a span factory registered."""
    journal = []

    @contextmanager
    def factory(name):
        try:
            yield
        except Exception as error:
            journal.append((name, repr(error)))
            raise
        else:
            journal.append((name, None))

    spans.register_span_factory(factory)
    yield journal
    spans.register_span_factory(None)


def define(trace_execution=None):
    """Define a middleware."""

    @lambda_handler_decorator(trace_execution=trace_execution)
    def middleware(handler, event, context):
        return handler(event, context)

    return middleware


NAME = "## define.locals.middleware"


@pytest.mark.parametrize(
    ("explicit", "variable", "traced"),
    [
        (None, None, False),
        (None, "true", True),
        (None, "no", False),
        (True, None, True),
        (True, "false", True),
        (False, "true", False),
    ],
)
def test_tracing_is_explicit_or_from_the_environment(explicit, variable, traced, opened, monkeypatch):
    """MWF-20, MWF-21: the explicit value wins; a traced call runs in a span named after the middleware."""
    if variable:
        monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", variable)

    define(explicit)(echo)({}, None)

    assert opened == ([(NAME, None)] if traced else [])


def test_tracing_is_decided_when_the_middleware_is_defined(opened, monkeypatch):
    """MWF-20: a later change of the environment changes nothing."""
    handler = define()(echo)
    monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", "true")

    handler({}, None)

    assert opened == []


def test_a_bad_value_of_the_variable_is_an_error(monkeypatch):
    """MWF-20: the variable is parsed strictly, and the error names it."""
    monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", "sometimes")

    with pytest.raises(SettingsError, match="POWERTOOLS_TRACE_MIDDLEWARES is 'sometimes'"):
        define()


def test_a_traced_failure_closes_the_span_with_the_error(opened):
    """MWF-21: the span sees the exception, which leaves unchanged."""

    def handler(event, context):
        raise KeyError("id")

    with pytest.raises(KeyError, match="id"):
        define(trace_execution=True)(handler)({}, None)

    assert opened == [(NAME, "KeyError('id')")]


def test_an_async_middleware_is_traced_to_its_end(opened):
    """MWF-21: the span of an async middleware is open until it has finished."""

    @lambda_handler_decorator(trace_execution=True)
    async def middleware(handler, event, context):
        await asyncio.sleep(0)
        assert opened == []
        return await handler(event, context)

    asyncio.run(middleware(async_echo)({}, None))

    assert len(opened) == 1


def test_the_span_factory_is_looked_up_at_each_call(opened):
    """MWF-24: a factory that is registered later is the one that is used."""
    handler = define(trace_execution=True)(echo)
    later = []

    @contextmanager
    def factory(name):
        later.append(name)
        yield

    spans.register_span_factory(factory)
    handler({}, None)
    spans.register_span_factory(None)
    handler({}, None)

    assert (opened, later) == ([], [NAME])


@pytest.fixture
def no_tracer(monkeypatch):
    """An environment in which no tracing package is installed."""
    monkeypatch.setitem(sys.modules, "lambda_powertools.tracer", None)


@pytest.mark.usefixtures("no_tracer")
def test_tracing_asked_for_without_a_tracer_is_an_error():
    """MWF-23: an explicit trace_execution=True without a tracing package names the one to install."""
    with pytest.raises(ImportError, match="pip install lambda-powertools-tracer"):
        define(trace_execution=True)


@pytest.mark.usefixtures("no_tracer")
def test_tracing_from_the_environment_without_a_tracer_is_a_warning(monkeypatch):
    """MWF-23: through the variable it is one warning, and the middleware works untraced."""
    monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", "1")

    with pytest.warns(PowertoolsUserWarning, match="lambda-powertools-tracer.*POWERTOOLS_TRACE_MIDDLEWARES") as caught:
        middleware = define()

    assert len(caught) == 1
    assert middleware(echo)({"id": 1}, None) == {"id": 1}
