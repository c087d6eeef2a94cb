"""`@powertools`: a decorated handler is called, named, bound and looked into as before."""

from __future__ import annotations

import functools
import inspect
import warnings

import pytest

from lambda_powertools.core import Application, Plugin, Registry, current_invocation, hookimpl, powertools

decorate = functools.partial(powertools, registry=Registry())


@pytest.fixture(params=["no plugin", "a plugin"])
def surround(request, registry_of):
    """Return what decorates a handler, without and with a plugin."""

    class Watcher(Plugin[None]):
        name = "watcher"

        @hookimpl
        def after_invoke(self): ...

    return powertools(registry=registry_of(*([Watcher] if request.param == "a plugin" else [])))


CALLS = {
    "by position": lambda handler: handler("e", "c"),
    "event only": lambda handler: handler("e"),
    "by the usual names": lambda handler: handler(event="e", context="c"),
    "in another order": lambda handler: handler(context="c", event="e"),
    "by its own names": lambda handler: handler(evt="e", ctx="c"),
    "mixed": lambda handler: handler("e", context="c"),
    "mixed, its own name": lambda handler: handler("e", ctx="c"),
    "event by name only": lambda handler: handler(event="e"),
    "extra by position": lambda handler: handler("e", "c", "x"),
    "extra by name": lambda handler: handler("e", "c", extra="x"),
    "all by name": lambda handler: handler(extra="x", ctx="c", evt="e"),
    "any other": lambda handler: handler("e", "c", "x", "y", z="z"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_way_of_calling_works(call, surround):
    """Event and context by position, by the usual names and by the handler's own; what is more is passed on."""

    @surround
    def handler(evt, ctx=None, extra=None, *args, **kwargs):
        assert (evt, ctx) in {("e", "c"), ("e", None)}
        assert current_invocation().event == "e"
        return extra, args, kwargs

    extra, args, kwargs = call(handler)

    assert extra in {None, "x"}
    assert (args, kwargs) in [((), {}), (("y",), {"z": "z"})]


def test_names_that_are_swapped_are_taken_as_the_handler_has_them(surround):
    """A handler whose first parameter is called context gets as its first what its caller calls context."""

    @surround
    def handler(context, event):
        return context, event

    assert handler(context=1, event=2) == (1, 2)
    assert handler(1, 2) == (1, 2)


def test_an_event_given_twice_is_an_error(surround):
    """By position and by name at once is the TypeError that Python has for it."""

    @surround
    def handler(event, context): ...

    with pytest.raises(TypeError, match="multiple values for argument 'event'"):
        handler({}, None, event={})


def test_a_call_without_an_event_is_one_clear_error(surround):
    """The message says how the handler is called."""

    @surround
    def handler(event, context): ...

    with pytest.raises(TypeError, match=r"handler\(\) needs an event: call it as handler\(event, context\)"):
        handler(context=None)


def plain_decorator(function):
    """Decorate a function, as any decorator does."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


class Service:
    """A class with decorated handlers of each kind."""

    prefix = "class"

    def __init__(self):
        self.prefix = "instance"

    @decorate()
    def method(self, event, context):
        return self.prefix, event, context

    @decorate()
    def method_with_default(self, event, context=None):
        return self.prefix, event, context

    @decorate()
    def unusual(this, event, context):  # noqa: N805  # what it tests
        return this.prefix, event, context

    @decorate()
    async def asynchronous(self, event, context):
        return self.prefix, event, context

    @decorate()
    @plain_decorator
    def decorated(self, event, context):
        return self.prefix, event, context

    @plain_decorator
    @decorate()
    def decorated_outside(self, event, context):
        return self.prefix, event, context

    @classmethod
    @decorate()
    def class_inside(cls, event, context):
        return cls.prefix, event, context

    @decorate()
    @classmethod
    def class_outside(cls, event, context):
        return cls.prefix, event, context

    @staticmethod
    @decorate()
    def static_inside(event, context, extra=None):
        return "static", event, context

    @decorate()
    @staticmethod
    def static_outside(event, context, extra=None):
        return "static", event, context


METHODS = {
    "method": "instance",
    "method_with_default": "instance",
    "unusual": "instance",
    "asynchronous": "instance",
    "decorated": "instance",
    "decorated_outside": "instance",
    "class_inside": "class",
    "class_outside": "class",
    "static_inside": "static",
    "static_outside": "static",
}


@pytest.mark.parametrize("name", METHODS)
def test_methods_are_bound(name):
    """In a class body, each kind of method has its own self or cls, and event and context as given."""
    service = Service()
    expected = (METHODS[name], "e", "c")

    assert getattr(service, name)("e", "c") == expected
    assert getattr(service, name)(event="e", context="c") == expected
    if METHODS[name] == "instance":
        assert getattr(Service, name)(service, "e", "c") == expected
    else:
        assert getattr(Service, name)("e", "c") == expected


def test_a_function_inside_a_method_is_no_method():
    """A handler that is defined inside a method, with three parameters, is a function."""

    class Factory:
        def make(self):
            @decorate()
            def handler(event, context, extra=None):
                return event, context, extra

            return handler

    assert Factory().make()("e", "c", "x") == ("e", "c", "x")


def test_a_function_that_wraps_a_method_is_no_method():
    """functools.wraps of a method gives its name, not its self."""

    @decorate()
    @functools.wraps(Service.method)
    def handler(event, context):
        return event, context

    assert handler("e", "c") == ("e", "c")


def test_the_invocation_knows_the_bound_handler():
    """Invocation.handler is what the plugins surround: of a method, the bound one."""
    seen = []

    class Reading:
        @decorate()
        def handler(self, event, context):
            seen.append(current_invocation().handler)

    reading = Reading()
    reading.handler({}, None)

    assert seen[0].__self__ is reading


def test_metadata_is_kept():
    """Name, docstring, module, signature and the function itself are found on the decorated handler."""

    def handler(event: dict, context: object = None) -> str:
        """Handle orders."""

    handler.custom = 1
    decorated = decorate()(handler)

    assert decorated.__name__ == "handler"
    assert decorated.__qualname__ == handler.__qualname__
    assert decorated.__doc__ == "Handle orders."
    assert decorated.__module__ == __name__
    assert decorated.__wrapped__ is handler
    assert decorated.custom == 1
    assert inspect.signature(decorated) == inspect.signature(handler)
    assert isinstance(decorated.application, Application)
    assert decorated.application.handler is handler


@pytest.mark.parametrize("bare", [True, False])
def test_it_decorates_bare_and_with_options(bare):
    """@powertools, @powertools() and @powertools(service=…) all decorate."""
    handler = (powertools if bare else powertools())(lambda event, context: event)

    assert handler(7, None) == 7


def test_the_service_is_given_or_from_the_environment(monkeypatch):
    """An explicit service wins over the variable; without either there is none."""
    assert decorate()(print).application.service is None
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "environment")
    assert decorate()(print).application.service == "environment"
    assert decorate(service="explicit")(print).application.service == "explicit"
    assert decorate(service="explicit")(print).application.settings.service_name == "explicit"


def test_decorators_may_be_stacked(registry_of):
    """@powertools around @powertools are two layers with plugins of their own."""
    journal = []

    def plugin(plugin_name):
        class Recorder(Plugin[None]):
            name = plugin_name

            @hookimpl
            def before_invoke(self, invocation):
                journal.append((self.name, invocation.application.name, invocation.cold_start))

        return Recorder

    @powertools(registry=registry_of(plugin("outer")))
    @powertools(registry=registry_of(plugin("inner")))
    def handler(event, context):
        return event

    assert handler("e", None) == "e"
    assert journal == [("outer", "handler", True), ("inner", "handler", True)]


def test_nothing_is_left_unawaited_when_something_fails_early(surround):
    """A call that fails before the handler runs warns of no coroutine that was never awaited."""

    @surround
    async def handler(event, context): ...

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError):
            handler()
        with pytest.raises(TypeError):
            handler({}, None, unknown=1)
