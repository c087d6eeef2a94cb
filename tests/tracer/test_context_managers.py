"""`capture_method` on context managers, synchronous and asynchronous."""

from __future__ import annotations

import asyncio
import contextlib
import functools

import pytest

CASES = ["left normally", "left with an error", "error swallowed", "error while entering", "error while leaving"]


def run(case, manager, log):
    """Use a context manager as the case says, and return what left the `with` statement."""
    try:
        with manager(case, log) as value:
            log.append(value)
            if case in {"left with an error", "error swallowed"}:
                raise KeyError(case)
    except Exception as error:  # what came of it is the result
        return type(error)
    return None


@contextlib.contextmanager
def session(case, log):
    """Do what the case says."""
    if case == "error while entering":
        raise ValueError(case)
    try:
        yield {"session": 1}
    except KeyError:
        log.append("seen inside")
        if case != "error swallowed":
            raise
    finally:
        log.append("left")
    if case == "error while leaving":
        raise ValueError(case)


async def run_async(case, manager, log):
    """Do the same with an asynchronous context manager."""
    try:
        async with manager(case, log) as value:
            log.append(value)
            if case in {"left with an error", "error swallowed"}:
                raise KeyError(case)
    except Exception as error:  # what came of it is the result
        return type(error)
    return None


@contextlib.asynccontextmanager
async def session_async(case, log):
    """Do the same."""
    await asyncio.sleep(0)
    with session(case, log) as value:
        yield value


EXPECTED = {
    "left normally": (["response"], None),
    "left with an error": (["error"], KeyError),
    "error swallowed": (["response"], None),
    "error while entering": (["error"], ValueError),
    "error while leaving": (["error"], ValueError),
}


@pytest.mark.parametrize("case", CASES)
def test_a_captured_context_manager_does_what_it_does(tracer, case):
    """TRC-34: the value of `as`, the exceptions that the inner manager sees, and what leaves, are as undecorated."""
    plain_log, captured_log = [], []

    plain = run(case, session, plain_log)
    captured = run(case, tracer.capture_method(session), captured_log)

    assert (captured, captured_log) == (plain, plain_log)


@pytest.mark.parametrize("case", CASES)
def test_what_is_recorded_of_a_context_manager(tracer, provider, case):
    """TRC-34: the yielded value on normal exit, the exception otherwise."""
    run(case, tracer.capture_method(session), [])

    notes, error = EXPECTED[case]
    assert list(provider.only.metadata) == [f"{__name__}.session {note}" for note in notes]
    assert type(provider.only.error) is (type(None) if error is None else error)
    if notes == ["response"]:
        assert provider.only.metadata[f"{__name__}.session response"] == {"session": 1}


@pytest.mark.parametrize("case", CASES)
def test_a_captured_async_context_manager_does_what_it_does(tracer, provider, case):
    """TRC-35 [beat]: asynchronous context managers behave, and are recorded, correspondingly."""
    plain_log, captured_log = [], []

    plain = asyncio.run(run_async(case, session_async, plain_log))
    captured = asyncio.run(run_async(case, tracer.capture_method(session_async), captured_log))

    assert (captured, captured_log) == (plain, plain_log)
    notes, error = EXPECTED[case]
    assert list(provider.only.metadata) == [f"{__name__}.session_async {note}" for note in notes]
    assert type(provider.only.error) is (type(None) if error is None else error)
    assert provider.only.asynchronous


def test_the_subsegment_spans_the_block(tracer, provider):
    """TRC-34, TRC-44: what happens in the `with` block is recorded below the context manager."""

    @tracer.capture_method
    def work():
        pass

    with tracer.capture_method(session)("left normally", []):
        work()
        assert provider.segments[0].open

    manager, inner = provider.segments
    assert manager.children == [inner]
    assert not manager.open


def test_a_block_that_is_left_with_a_generator_is_no_fault(tracer, provider):
    """T-5 [beat]: when a generator is closed inside the block, the block has not failed."""
    captured = tracer.capture_method(session)

    def numbers():
        with captured("left normally", []):
            yield 1

    generator = numbers()
    next(generator)
    generator.close()

    assert not provider.only.open
    assert provider.only.error is None
    assert provider.only.metadata == {}


def test_a_captured_context_manager_still_decorates(tracer, provider):
    """TRC-37: what contextlib makes can also be used as a decorator, any number of times."""

    @tracer.capture_method(session)("left normally", [])
    def work():
        return 1

    assert (work(), work()) == (1, 1)
    assert len(provider.segments) == 2


def test_a_wrapped_context_manager_is_a_plain_function(tracer, provider):
    """TRC-36, T-10: a function around a context manager only makes one, which is not written down as a response."""

    @tracer.capture_method
    @functools.wraps(session)
    def make(*args):
        return session(*args)

    with make("left normally", []) as value:
        assert value == {"session": 1}
        assert not provider.only.open
    assert provider.only.metadata == {}
