"""A failure of tracing is never a failure of what is traced."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, contextmanager

import pytest

from lambda_powertools.core.package_logger import get_logger
from lambda_powertools.tracer import Tracer

PLACES = ["in_subsegment", "enter", "put_metadata", "put_annotation", "exit", "get_scope", "set_scope"]


class Broken:
    """A provider that fails in one place."""

    def __init__(self, place, failure=RuntimeError):
        self.place = place
        self.failure = failure

    def _reach(self, place):
        if place == self.place:
            raise self.failure(place)

    def in_subsegment(self, name):
        self._reach("in_subsegment")
        return self._manager()

    def in_subsegment_async(self, name):
        self._reach("in_subsegment")
        return self._manager_async()

    @contextmanager
    def _manager(self):
        self._reach("enter")
        try:
            yield self
        finally:
            self._reach("exit")

    @asynccontextmanager
    async def _manager_async(self):
        with self._manager():
            yield self

    def put_metadata(self, **_):
        self._reach("put_metadata")

    def put_annotation(self, **_):
        self._reach("put_annotation")

    def get_scope(self):
        self._reach("get_scope")

    def set_scope(self, scope):
        self._reach("set_scope")


class Log(logging.Handler):
    """Keeps what is logged."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def log():
    """What the package logger has been told at debug level or above."""
    handler = Log()
    logger = get_logger("lambda_powertools.tracer")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler.records
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def make_callables(act):
    """Return one undecorated function of each kind that does `act`."""

    async def load():
        return act()

    def generate():
        yield act()

    async def generate_async():
        yield act()

    @contextmanager
    def manage():
        yield act()

    @asynccontextmanager
    async def manage_async():
        yield act()

    return load, generate, generate_async, manage, manage_async


def use_everything(tracer, *, fail):
    """Return what comes out of one captured callable of each kind."""

    def act():
        if fail:
            raise KeyError("mine")
        return 1

    load, generate, generate_async, manage, manage_async = map(tracer.capture_method, make_callables(act))

    def managed():
        with manage() as value:
            return value

    async def managed_async():
        async with manage_async() as value:
            return value

    async def first():
        values = [value async for value in generate_async()]
        return values.pop()

    tracer.put_annotation("a", 1)
    tracer.put_metadata("b", 2)
    calls = {
        "handler": lambda: tracer.capture_lambda_handler(lambda event, context: act())({}, None),
        "async handler": lambda: asyncio.run(_async_handler(tracer, act)({}, None)),
        "function": tracer.capture_method(act),
        "coroutine": lambda: asyncio.run(load()),
        "generator": lambda: next(generate()),
        "async generator": lambda: asyncio.run(first()),
        "context manager": managed,
        "async context manager": lambda: asyncio.run(managed_async()),
    }
    return {kind: _outcome(run) for kind, run in calls.items()}


def _async_handler(tracer, act):
    @tracer.capture_lambda_handler
    async def handler(event, context):
        return act()

    return handler


def _outcome(run):
    try:
        return run()
    except Exception as error:  # what came of it is the result
        return error


@pytest.mark.parametrize("place", PLACES)
def test_results_survive_a_broken_provider(place):
    """TRC-50 [beat]: wherever tracing fails, every kind of callable gives its result."""
    tracer = Tracer(service="shop", disabled=False, auto_patch=False, provider=Broken(place))

    outcomes = use_everything(tracer, fail=False)

    assert outcomes == dict.fromkeys(outcomes, 1)


@pytest.mark.parametrize("place", PLACES)
def test_exceptions_survive_a_broken_provider(place):
    """TRC-50 [beat]: wherever tracing fails, an exception of the traced code leaves in its place."""
    tracer = Tracer(service="shop", disabled=False, auto_patch=False, provider=Broken(place))

    outcomes = use_everything(tracer, fail=True)

    assert {type(error) for error in outcomes.values()} == {KeyError}
    assert {error.args for error in outcomes.values()} == {("mine",)}


@pytest.mark.parametrize("place", ["in_subsegment", "enter", "put_metadata", "exit"])
def test_a_failure_is_logged_once(log, place):
    """TRC-50: each failure of tracing is one debug record of the package logger, with its traceback."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=Broken(place))

    tracer.capture_method(lambda: 1)()

    (record,) = log
    assert record.levelno == logging.DEBUG
    assert record.exc_info[1].args == (place,)


def test_exceptions_of_traced_code_are_logged_for_debugging(log, tracer):
    """Section 6: the package logger sees exceptions of captured functions, at debug level."""

    @tracer.capture_method
    def fail():
        raise ValueError("mine")

    with pytest.raises(ValueError):
        fail()

    (record,) = log
    assert (record.levelno, record.exc_info[1].args) == (logging.DEBUG, ("mine",))


def test_tracing_is_silent_by_default(capfd):
    """TRC-50: without POWERTOOLS_DEBUG nothing of this is seen."""
    use_everything(Tracer(disabled=False, auto_patch=False, provider=Broken("exit")), fail=True)

    assert capfd.readouterr() == ("", "")


def test_an_interruption_while_tracing_is_not_held_back():
    """TRC-50 is about failures: an interruption that arrives inside tracing is still an interruption."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=Broken("exit", KeyboardInterrupt))

    with pytest.raises(KeyboardInterrupt):
        tracer.capture_method(lambda: 1)()
