"""`capture_method` on generator functions, synchronous and asynchronous."""

from __future__ import annotations

import asyncio
import gc
import inspect

import pytest

STOPPED = object()


def plain():
    """The generator that every case below drives, captured or not."""
    received = []
    try:
        while True:
            try:
                value = yield len(received)
            except KeyError as error:
                value = error.args[0]
            received.append(value)
            if value == "return":
                return received
            if value == "fail":
                raise ValueError(received)
    finally:
        received.append("closed")


def drive(generator, steps):
    """Take steps with a generator, and return what came of each."""
    return [take_step(getattr(generator, method), arguments) for method, *arguments in steps]


def take_step(method, arguments):
    """Return what comes of one step: a value, the end or an exception."""
    try:
        return method(*arguments)
    except StopIteration as stop:
        return STOPPED, stop.value
    except Exception as error:  # what came of it is the result
        return type(error), error.args


STEPS = {
    "exhausted by next": [("__next__",), ("send", "return"), ("__next__",)],
    "values sent in": [("__next__",), ("send", 1), ("send", 2), ("send", "return")],
    "exception thrown in and handled": [("__next__",), ("throw", KeyError("return"))],
    "exception thrown in and not handled": [("__next__",), ("throw", IndexError("x")), ("__next__",)],
    "own exception": [("__next__",), ("send", "fail"), ("__next__",)],
    "closed early": [("__next__",), ("close",), ("__next__",)],
    "closed before the start": [("close",), ("__next__",)],
    "value sent before the start": [("send", 1)],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_a_captured_generator_does_what_the_generator_does(tracer, steps):
    """TRC-33: send, throw, close, exceptions and the return value pass through."""
    assert drive(tracer.capture_method(plain)(), steps) == drive(plain(), steps)


@pytest.mark.parametrize(
    ("steps", "metadata", "error"),
    [
        ("exhausted by next", {f"{__name__}.plain response": ["return", "closed"]}, None),
        ("own exception", [f"{__name__}.plain error"], ValueError),
        ("exception thrown in and not handled", [f"{__name__}.plain error"], IndexError),
        ("closed early", {}, None),
    ],
)
def test_what_is_recorded_of_a_generator(tracer, provider, steps, metadata, error):
    """TRC-33, T-5 [beat]: the return value or the error; a generator that is left early is no fault."""
    drive(tracer.capture_method(plain)(), STEPS[steps])

    found = provider.only.metadata
    assert (found if isinstance(metadata, dict) else list(found)) == metadata
    assert type(provider.only.error) is (type(None) if error is None else error)
    assert not provider.only.open


def test_a_generator_function_stays_one(tracer):
    """TRC-33, TRC-37: frameworks that look at the function see a generator function."""
    assert inspect.isgeneratorfunction(tracer.capture_method(plain))


def test_the_subsegment_is_open_from_the_first_step_to_the_last(tracer, provider):
    """TRC-33: calling the function opens nothing, the first step does, and exhaustion closes it."""

    @tracer.capture_method
    def numbers():
        yield from (1, 2)

    generator = numbers()
    assert provider.segments == []
    assert next(generator) == 1
    assert provider.only.open
    assert list(generator) == [2]
    assert not provider.only.open
    assert provider.only.metadata == {}


def test_the_consumer_works_outside_of_the_generator(tracer, provider):
    """T-5, TRC-44: what the consumer does between two steps belongs to the consumer, the generator's own work to it."""

    @tracer.capture_method
    def work():
        pass

    @tracer.capture_method
    def numbers():
        work()
        yield 1
        work()

    @tracer.capture_method
    def consume():
        for _ in numbers():
            work()

    consume()

    consumer, generator, first, middle, last = provider.segments
    assert consumer.children == [generator, middle]
    assert generator.children == [first, last]


def test_interleaved_generators_close_their_own_subsegment(tracer, provider):
    """T-5: of two generators that take turns each closes itself, in whatever order they end."""

    @tracer.capture_method
    def count(end):
        for number in range(end):  # noqa: UP028  # steps of its own
            yield number

    short, long = count(1), count(2)
    next(short)
    next(long)
    assert list(short) == []
    assert [segment.open for segment in provider.segments] == [False, True]
    assert list(long) == [1]
    assert [segment.open for segment in provider.segments] == [False, False]
    assert provider.current is None


def test_a_generator_that_is_dropped_closes_its_subsegment(tracer, provider):
    """T-5: one that is never exhausted leaves nothing open once it is collected, and no fault."""

    @tracer.capture_method
    def count():
        yield 1
        yield 2

    generator = count()
    next(generator)
    del generator
    gc.collect()

    assert not provider.only.open
    assert provider.only.error is None
    assert provider.current is None


async def plain_async():
    """The asynchronous generator that the cases below drive."""
    received = []
    try:
        while True:
            await asyncio.sleep(0)
            try:
                value = yield len(received)
            except KeyError as error:
                value = error.args[0]
            received.append(value)
            if value == "return":
                return
            if value == "fail":
                raise ValueError(received)
    finally:
        await asyncio.sleep(0)
        received.append("closed")


async def drive_async(generator, steps):
    """Take steps with an asynchronous generator, and return what came of each."""
    names = {"__next__": "__anext__", "send": "asend", "throw": "athrow", "close": "aclose"}
    return [await take_async_step(getattr(generator, names[method]), arguments) for method, *arguments in steps]


async def take_async_step(method, arguments):
    """Return what comes of one asynchronous step."""
    try:
        return await method(*arguments)
    except StopAsyncIteration:
        return STOPPED
    except Exception as error:  # what came of it is the result
        return type(error), error.args


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_a_captured_async_generator_does_what_the_generator_does(tracer, steps):
    """TRC-35 [beat]: asend, athrow, aclose and exceptions pass through."""
    captured = tracer.capture_method(plain_async)

    assert inspect.isasyncgenfunction(captured)
    assert asyncio.run(drive_async(captured(), steps)) == asyncio.run(drive_async(plain_async(), steps))


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ("exhausted by next", None),
        ("own exception", ValueError),
        ("exception thrown in and not handled", IndexError),
        ("closed early", None),
    ],
)
def test_what_is_recorded_of_an_async_generator(tracer, provider, steps, error):
    """TRC-35 [beat]: an error is captured; there is no return value to capture, and leaving early is no fault."""
    asyncio.run(drive_async(tracer.capture_method(plain_async)(), STEPS[steps]))

    assert list(provider.only.metadata) == ([f"{__name__}.plain_async error"] if error else [])
    assert type(provider.only.error) is (type(None) if error is None else error)
    assert provider.only.asynchronous
    assert not provider.only.open
    assert provider.current is None


def test_the_consumer_of_an_async_generator_works_outside_of_it(tracer, provider):
    """TRC-35, TRC-44: between two steps the generator's subsegment is not the current one."""

    @tracer.capture_method
    def work():
        pass

    @tracer.capture_method
    async def numbers():
        work()
        yield 1

    @tracer.capture_method
    async def consume():
        async for _ in numbers():
            work()

    asyncio.run(consume())

    consumer, generator, inside, outside = provider.segments
    assert consumer.children == [generator, outside]
    assert generator.children == [inside]
