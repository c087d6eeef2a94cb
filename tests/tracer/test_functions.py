"""`capture_method` on plain functions, methods and coroutine functions."""

from __future__ import annotations

import asyncio
import functools
import inspect
import io
import threading
from typing import NamedTuple

import pytest

from lambda_powertools.tracer.names import sanitize_xray_segment_name

HERE = __name__


def test_a_call_is_recorded(tracer, provider):
    """TRC-30: the subsegment and the metadata are named after module and qualified name; nothing is annotated."""

    @tracer.capture_method
    def price(order):
        return order * 2

    name = f"{HERE}.test_a_call_is_recorded.locals.price"
    assert price(21) == 42
    assert provider.only.name == f"## {name}"
    assert provider.only.notes == [("metadata", f"{name} response", 42, "shop")]
    assert not provider.only.open


def test_an_exception_is_recorded_and_leaves_unchanged(tracer, provider):
    """TRC-30: errors are captured as in handlers."""
    failure = ValueError("no")

    @tracer.capture_method
    def price():
        raise failure

    with pytest.raises(ValueError) as raised:
        price()

    assert raised.value is failure
    assert list(provider.only.metadata.values()) == [failure]
    assert provider.only.error is failure


@pytest.mark.parametrize("character", list("?;*()!$~^<>"))
def test_forbidden_characters_are_removed(character):
    """TRC-30: names lose the characters that X-Ray does not accept."""
    assert sanitize_xray_segment_name(f"a{character}b") == "ab"


@pytest.mark.parametrize(
    ("switch", "captured"), [({}, True), ({"capture_response": False}, False), ({"capture_response": True}, True)]
)
def test_response_switch(tracer, provider, switch, captured):
    """TRC-30: responses are captured unless that is switched off."""
    tracer.capture_method(lambda: 1, **switch)()

    assert bool(provider.only.metadata) is captured


def test_calls_nest_by_who_calls_whom(tracer, provider):
    """TRC-44: a captured function that calls another one is its parent."""

    @tracer.capture_method
    def inner():
        pass

    @tracer.capture_method
    def outer():
        inner()
        inner()

    outer()

    assert [child.name.rpartition(".")[2] for child in provider.segments[0].children] == ["inner", "inner"]


class Shop:
    """Methods of every kind; decorated in `captured_shop`, since each test has its own tracer."""

    def plain(self):
        return self

    def of_class(cls):  # noqa: N805  # becomes a class method below
        return cls

    def of_nobody():
        return "static"


@pytest.mark.parametrize("decorated_from", ["inside", "outside"])
def test_methods_of_every_kind(tracer, provider, decorated_from):
    """TRC-31: methods get their object; static and class methods may be decorated on either side [beat]."""
    capture = tracer.capture_method

    def both(kind, function):
        return kind(capture(function)) if decorated_from == "inside" else capture(kind(function))

    class Captured(Shop):
        plain = capture(Shop.plain)
        of_class = both(classmethod, Shop.of_class)
        of_nobody = both(staticmethod, Shop.of_nobody)

    shop = Captured()

    assert shop.plain() is shop
    assert shop.of_class() is Captured.of_class() is Captured
    assert shop.of_nobody() == Captured.of_nobody() == "static"
    assert provider.names == [
        f"## {HERE}.Shop.{name}" for name in ("plain", "of_class", "of_class", "of_nobody", "of_nobody")
    ]


def test_coroutine_functions(tracer, provider):
    """TRC-32: a coroutine function stays one, its subsegment is opened asynchronously, and awaited is its response."""

    @tracer.capture_method
    async def load():
        await asyncio.sleep(0)
        assert provider.current is provider.only
        return 7

    assert inspect.iscoroutinefunction(load)
    assert asyncio.run(load()) == 7
    assert provider.only.asynchronous
    assert list(provider.only.metadata.values()) == [7]


def test_a_coroutine_that_raises(tracer, provider):
    """TRC-32: an exception of a coroutine is captured as in functions."""

    @tracer.capture_method
    async def load():
        raise ValueError("no")

    with pytest.raises(ValueError) as raised:
        asyncio.run(load())

    assert provider.only.error is raised.value
    assert list(provider.only.metadata.values()) == [raised.value]


def test_a_cancelled_coroutine_closes_its_subsegment(tracer, provider):
    """T-6: a cancellation is no error to be captured, but nothing stays open."""

    @tracer.capture_method
    async def wait():
        await asyncio.sleep(60)

    async def main():
        task = asyncio.ensure_future(wait())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())

    assert not provider.only.open
    assert provider.only.metadata == {}


def _decorated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def test_a_decorated_generator_function_is_a_plain_function(tracer, provider):
    """TRC-36 [beat], T-10: a function that is merely wrapped around a generator function is no context manager."""

    @tracer.capture_method
    @_decorated
    def numbers():
        yield 1
        yield 2

    assert list(numbers()) == [1, 2]
    assert provider.only.metadata == {}


@pytest.mark.parametrize("order", ["below", "above"])
def test_the_function_stays_what_it_was(tracer, order):
    """TRC-37: signature, name and doc survive, in any order with other decorators."""

    def price(order: int, *, vat: float = 0.2) -> float:
        """Compute the price."""

    capture = tracer.capture_method
    captured = capture(_decorated(price)) if order == "above" else _decorated(capture(price))

    assert inspect.signature(captured) == inspect.signature(price)
    assert (captured.__name__, captured.__doc__) == ("price", "Compute the price.")


def test_partials_are_named_after_their_function(tracer, provider):
    """TRC-30: what has no qualified name of its own is named after what it calls."""
    assert tracer.capture_method(functools.partial(max, 1))(2) == 2
    assert provider.only.name == "## builtins.max"


class Stream(io.BytesIO):
    """A body that can be read once."""


class Body(NamedTuple):
    stream: object


@pytest.mark.parametrize(
    "make",
    [
        Stream,
        lambda: {"Body": Stream(b"x"), "ETag": "1"},
        lambda: [Stream(b"x")],
        lambda: Body(Stream(b"x")),
        lambda: iter([1]),
        lambda: (number for number in range(3)),
        lambda: map(str, [1]),
        threading.Lock,
    ],
)
def test_what_can_be_used_once_is_left_alone(tracer, provider, make):
    """T-2 [beat]: streams, iterators and resources, also inside a response, are not handed over to be written down."""
    response = make()

    assert tracer.capture_method(lambda: response)() is response
    assert provider.only.metadata == {}


@pytest.mark.parametrize("response", [{"a": [1]}, [1, "x"], (1, 2), {1, 2}, range(3), b"x", object(), int])
def test_all_else_is_captured_as_it_is(tracer, provider, response):
    """T-2, T-3: the provider is handed the very object that was returned, no copy."""
    tracer.capture_method(lambda: response)()

    (captured,) = provider.only.metadata.values()
    assert captured is response
