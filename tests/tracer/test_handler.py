"""`capture_lambda_handler`: what is recorded of an invocation."""

from __future__ import annotations

import asyncio
import functools
import inspect
from types import SimpleNamespace

import pytest

from lambda_powertools.core import invocation_scope
from lambda_powertools.tracer import Tracer

CONTEXT = SimpleNamespace(aws_request_id="r-1")


def test_a_successful_invocation_is_recorded(tracer, provider):
    """TRC-20, 21, 23: response metadata, then ColdStart, then Service, on the subsegment named after the handler."""
    response = {"statusCode": 200}

    @tracer.capture_lambda_handler
    def handler(event, context):
        assert provider.current.name == "## handler"
        return response

    assert handler({}, CONTEXT) is response
    assert provider.only.notes == [
        ("metadata", "handler response", response, "shop"),
        ("annotation", "ColdStart", True),
        ("annotation", "Service", "shop"),
    ]
    assert not provider.only.open
    assert provider.only.error is None


def test_an_exception_is_recorded_and_leaves_unchanged(tracer, provider):
    """TRC-22: the exception object itself is the metadata, and it leaves the handler as it was raised."""
    failure = KeyError("order")

    @tracer.capture_lambda_handler
    def handler(event, context):
        raise failure

    with pytest.raises(KeyError) as raised:
        handler({}, CONTEXT)

    assert raised.value is failure
    assert failure.__cause__ is failure.__context__ is None
    assert [note[:2] for note in provider.only.notes] == [
        ("metadata", "handler error"),
        ("annotation", "ColdStart"),
        ("annotation", "Service"),
    ]
    assert provider.only.metadata["handler error"] is failure
    assert provider.only.error is failure


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_is_no_error_of_the_handler(tracer, provider, interruption):
    """T-6: for what is no Exception there is no metadata, but the annotations are made and the subsegment closes."""

    @tracer.capture_lambda_handler
    def handler(event, context):
        raise interruption

    with pytest.raises(interruption):
        handler({}, CONTEXT)

    assert provider.only.metadata == {}
    assert provider.only.annotations == {"ColdStart": True, "Service": "shop"}
    assert not provider.only.open


@pytest.mark.parametrize("response", [{}, 0, "", False, []])
def test_falsy_responses_are_captured(tracer, provider, response):
    """TRC-21: every response but None is captured."""
    tracer.capture_lambda_handler(lambda event, context: response)({}, CONTEXT)

    assert provider.only.metadata == {"lambda response": response}


def test_none_is_not_captured(tracer, provider):
    """TRC-21: a handler that returns nothing has no response."""
    tracer.capture_lambda_handler(lambda event, context: None)({}, CONTEXT)

    assert provider.only.metadata == {}


def test_without_a_service_there_is_no_service_annotation(provider):
    """TRC-23: an empty service is no annotation; it is still the namespace of metadata."""
    tracer = Tracer(disabled=False, provider=provider)

    tracer.capture_lambda_handler(lambda event, context: 1)({}, CONTEXT)

    assert provider.only.notes == [("metadata", "lambda response", 1, ""), ("annotation", "ColdStart", True)]


def test_only_the_first_invocation_is_a_cold_start(tracer, provider):
    """TRC-24: ColdStart is true once in the life of an environment."""
    handler = tracer.capture_lambda_handler(lambda event, context: None)

    for _ in range(3):
        handler({}, CONTEXT)

    assert [segment.annotations["ColdStart"] for segment in provider.segments] == [True, False, False]


def test_provisioned_concurrency_is_never_cold(monkeypatch, tracer, provider):
    """TRC-24: an environment that was initialised ahead of its requests has no cold start."""
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")

    tracer.capture_lambda_handler(lambda event, context: None)({}, CONTEXT)

    assert provider.only.annotations["ColdStart"] is False


def test_cold_start_is_that_of_the_invocation(tracer, provider):
    """TRC-24 [beat], T-11: whoever began the invocation has claimed its cold start, and all utilities see the same."""
    handler = tracer.capture_lambda_handler(lambda event, context: None)

    with invocation_scope({}, CONTEXT) as invocation:
        handler({}, CONTEXT)

    assert provider.only.annotations["ColdStart"] is invocation.cold_start is True


@pytest.mark.parametrize(
    ("parameter", "variable", "captured"),
    [(None, None, True), (None, "false", False), (None, "true", True), (True, "false", True), (False, "true", False)],
)
@pytest.mark.parametrize("what", ["response", "error"])
def test_capture_switches(monkeypatch, tracer, provider, what, parameter, variable, captured):
    """TRC-25: the parameter wins over the variable, which wins over true; T-1: the fault is recorded in any case."""
    if variable:
        monkeypatch.setenv(f"POWERTOOLS_TRACER_CAPTURE_{what.upper()}", variable)

    @tracer.capture_lambda_handler(**{f"capture_{what}": parameter})
    def handler(event, context):
        if what == "error":
            raise ValueError
        return 1

    monkeypatch.delenv(f"POWERTOOLS_TRACER_CAPTURE_{what.upper()}", raising=False)
    if what == "error":
        with pytest.raises(ValueError):
            handler({}, CONTEXT)
        assert isinstance(provider.only.error, ValueError)
    else:
        handler({}, CONTEXT)

    assert (f"handler {what}" in provider.only.metadata) is captured


def test_all_arguments_pass_through(tracer):
    """TRC-20 [beat]: further arguments reach the handler, by name and by position."""

    @tracer.capture_lambda_handler
    def handler(event, context, *args, **kwargs):
        return event, context, args, kwargs

    assert handler(1, 2, 3, key=4) == (1, 2, (3,), {"key": 4})
    assert handler(event=1, context=2) == (1, 2, (), {})


def test_the_handler_keeps_its_metadata(tracer):
    """TRC-20, TRC-37: name, doc and signature are those of the handler."""

    @tracer.capture_lambda_handler
    def handler(event: dict, context: object) -> dict:
        """Handle."""

    assert (handler.__name__, handler.__doc__) == ("handler", "Handle.")
    assert list(inspect.signature(handler).parameters) == ["event", "context"]


def test_an_async_handler_is_awaited_in_its_subsegment(tracer, provider):
    """TRC-26 [beat]: the response of a coroutine function is what it returns, not a coroutine."""

    @tracer.capture_lambda_handler
    async def handler(event, context):
        await asyncio.sleep(0)
        assert provider.current.name == "## handler"
        return {"ok": True}

    assert inspect.iscoroutinefunction(handler)
    assert asyncio.run(handler({}, CONTEXT)) == {"ok": True}
    assert provider.only.asynchronous
    assert provider.only.metadata == {"handler response": {"ok": True}}
    assert provider.only.annotations == {"ColdStart": True, "Service": "shop"}


def test_an_async_handler_that_raises(tracer, provider):
    """TRC-22, TRC-26 [beat]: an exception of a coroutine function is recorded like any other."""

    @tracer.capture_lambda_handler
    async def handler(event, context):
        raise ValueError

    with pytest.raises(ValueError) as raised:
        asyncio.run(handler({}, CONTEXT))

    assert provider.only.metadata == {"handler error": raised.value}


class Handler:
    """A handler that is an object."""

    def __call__(self, event, context):
        return event

    def method(self, event, context):
        return event


def _handler(prefix, event, context):
    return prefix + event


@pytest.mark.parametrize(
    ("handler", "name"),
    [(Handler(), "Handler"), (functools.partial(_handler, "a"), "_handler"), (Handler().method, "method")],
)
def test_handlers_without_a_name(tracer, provider, handler, name):
    """TRC-26 [beat]: objects are named after their class, partials after their function, and methods work."""
    captured = tracer.capture_lambda_handler(handler)

    assert captured("b", CONTEXT).endswith("b")
    assert provider.only.name == f"## {name}"
    assert captured.__name__ == name


def test_a_method_of_a_class_can_be_a_handler(tracer, provider):
    """A decorated method binds, and its event and context are found after `self`."""

    class Function:
        @tracer.capture_lambda_handler
        def handle(self, event, context):
            with invocation_scope(event, context) as invocation:
                return invocation.context

    assert Function().handle({}, CONTEXT) is CONTEXT
    assert provider.only.name == "## handle"


def test_two_handlers_of_one_name_are_recorded_apart(tracer, provider):
    """T-12: names are not made unique; each invocation has its subsegment."""

    def make():
        @tracer.capture_lambda_handler
        def lambda_handler(event, context):
            return event

        return lambda_handler

    make()(1, CONTEXT)
    make()(2, CONTEXT)

    assert provider.names == ["## lambda_handler", "## lambda_handler"]


def test_decorating_twice_records_once(tracer, provider):
    """A handler is recorded once under its name, whatever has been stacked on it."""

    @tracer.capture_lambda_handler
    @tracer.capture_lambda_handler
    def handler(event, context):
        return event

    assert handler(1, CONTEXT) == 1
    assert provider.names == ["## handler"]


def test_a_handler_called_by_another_is_recorded_below_it(tracer, provider):
    """TRC-44: handlers of other names nest, and one that is done may be called again in the same invocation."""

    @tracer.capture_lambda_handler
    def inner(event, context):
        return event

    @tracer.capture_lambda_handler
    def outer(event, context):
        return inner(event, context) + inner(event, context)

    assert outer(1, CONTEXT) == 2
    assert provider.names == ["## outer", "## inner", "## inner"]
    assert [child.name for child in provider.segments[0].children] == ["## inner", "## inner"]
