"""Semantic 9: `invocation.deadline` is the one clock that everything with a timeout shares."""

from __future__ import annotations

import time
from unittest.mock import MagicMock

import pytest

from lambda_powertools.core import Invocation
from lambda_powertools.core.typing import LambdaContext


class Context:
    """A context with a remaining time."""

    def __init__(self, milliseconds):
        self.milliseconds = milliseconds

    def get_remaining_time_in_millis(self):
        return self.milliseconds


class DurableContext:
    """What durable functions receive: a wrapper around the context."""

    state = object()

    def __init__(self, context):
        self.lambda_context = context


@pytest.mark.parametrize("wrap", [lambda context: context, DurableContext], ids=["plain", "durable"])
def test_the_deadline_is_the_contexts_remaining_time_from_now(wrap):
    """The deadline stands on the monotonic clock, in seconds, also where a durable function wraps the context."""
    before = time.monotonic()
    deadline = Invocation({}, wrap(Context(3000))).deadline

    assert before + 3 <= deadline <= time.monotonic() + 3


def test_the_deadline_does_not_move():
    """It is read once: every user of it has the same moment."""
    context = Context(3000)
    invocation = Invocation({}, context)
    first = invocation.deadline
    context.milliseconds = 10

    assert invocation.deadline == first


def test_the_remaining_time_counts_down_and_stops_at_zero():
    """remaining_time is what is left until the deadline, and never negative."""
    invocation = Invocation({}, Context(1))

    assert invocation.deadline is not None
    while time.monotonic() <= invocation.deadline:
        assert 0 <= invocation.remaining_time <= 0.001
    assert invocation.remaining_time == 0


@pytest.mark.parametrize(
    "context",
    [None, {}, {"get_remaining_time_in_millis": 5}, object(), LambdaContext(), Context(0), Context(-1), MagicMock()],
    ids=["None", "dict", "dict with key", "object", "LambdaContext", "zero", "negative", "mock"],
)
def test_there_is_no_deadline_where_nothing_tells_it(context):
    """Outside Lambda, and with stand-ins that say 0, there is no deadline rather than one that has passed."""
    invocation = Invocation({}, context)

    assert invocation.deadline is None
    assert invocation.remaining_time is None


@pytest.mark.parametrize("context", [None, {}, object(), LambdaContext(), MagicMock()], ids=lambda c: type(c).__name__)
def test_there_is_no_request_id_where_nothing_tells_it(context):
    """A context without an id, and a mock whose id is no text, give None."""
    assert Invocation({}, context).request_id is None


def test_the_lambda_context_is_unwrapped():
    """TYP-6: lambda_context is the context inside a durable function's wrapper, else the context itself."""
    context = Context(1)

    assert Invocation({}, DurableContext(context)).lambda_context is context
    assert Invocation({}, context).lambda_context is context
