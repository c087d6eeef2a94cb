import asyncio
import contextlib
import inspect
import json

import pytest

from lambda_powertools.core import MiddlewareInvalidArgumentError, spans
from lambda_powertools.data_classes import ALBEvent, APIGatewayProxyEvent, SQSEvent, event_source

EVENT = {"path": "/orders"}


@pytest.fixture(autouse=True)
def untraced(monkeypatch):
    """No test sees the tracing of another."""
    monkeypatch.delenv("POWERTOOLS_TRACE_MIDDLEWARES", raising=False)
    previous = spans.register_span_factory(None)
    yield
    spans.register_span_factory(previous)


def test_the_handler_gets_the_data_class():
    """DC-33: the event is wrapped, the response is the handler's, and so are its name, docstring and signature."""

    @event_source(data_class=ALBEvent)
    def handler(event: ALBEvent, context: int) -> tuple:
        """Give what it got."""
        return event, context

    event, context = handler(EVENT, 5)

    assert type(event) is ALBEvent
    assert event.raw_event is EVENT
    assert context == 5
    assert (handler.__name__, handler.__doc__) == ("handler", "Give what it got.")
    assert list(inspect.signature(handler).parameters) == ["event", "context"]


def test_async_handlers():
    """DC-33: the coroutine of an async handler is returned."""

    @event_source(data_class=ALBEvent)
    async def handler(event, context):
        await asyncio.sleep(0)
        return event.path

    assert inspect.iscoroutinefunction(handler)
    assert asyncio.run(handler(EVENT, None)) == "/orders"


def test_methods():
    """DC-33: a handler may be a method."""

    class Service:
        prefix = "/v1"

        @event_source(data_class=ALBEvent)
        def handle(self, event, context):
            return self.prefix + event.path

    assert Service().handle(EVENT, None) == "/v1/orders"


def test_positional_arguments():
    """DC-34: only keyword arguments are supported, and what was given is named."""
    with pytest.raises(MiddlewareInvalidArgumentError, match=r"(?s)event_source.*ALBEvent.*only keyword arguments"):
        event_source(ALBEvent)


@pytest.mark.parametrize("options", [{}, {"data_class": None}, {"data_class": dict}, {"data_class": "ALBEvent"}])
def test_no_data_class(options):
    """DC-34: without a data class decorating is a TypeError that shows how it is done."""
    with pytest.raises(TypeError, match=r"@event_source\(data_class=SQSEvent\)"):
        event_source(**options)


def test_bare_decoration():
    """DC-34: a handler alone is no data class."""
    with pytest.raises(TypeError, match="event_source needs a data class"):

        @event_source
        def handler(event, context):
            """Be decorated."""


def test_events_that_are_wrapped_already():
    """DC-35: an instance of the class is passed on; of another class, the raw event is wrapped."""
    handler = event_source(data_class=ALBEvent)(lambda event, context: event)
    own, other = ALBEvent(EVENT), APIGatewayProxyEvent(EVENT)

    assert handler(own, None) is own
    assert type(handler(other, None)) is ALBEvent
    assert handler(other, None).raw_event is EVENT


def test_the_deserializer_is_handed_over():
    """DC-8: JSON inside the event is parsed by it."""
    handler = event_source(data_class=SQSEvent, json_deserializer=lambda text: json.loads(text)["id"])(
        lambda event, context: [record.json_body for record in event.records]
    )

    assert handler({"Records": [{"body": '{"id": 7}'}]}, None) == [7]


@pytest.mark.parametrize("value", ["true", "false"])
def test_tracing(value, monkeypatch):
    """DC-36: where middlewares are traced, the call runs in a subsegment named after the decorator."""
    monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", value)
    opened = []

    @contextlib.contextmanager
    def span(name):
        opened.append(name)
        yield

    spans.register_span_factory(span)
    handler = event_source(data_class=ALBEvent)(lambda event, context: list(opened))

    assert handler(EVENT, None) == opened == (["## event_source"] if value == "true" else [])


def test_errors_of_the_handler():
    """DC-36: they leave as they were raised."""
    error = ValueError("no")

    @event_source(data_class=ALBEvent)
    def handler(event, context):
        raise error

    with pytest.raises(ValueError, match="no") as caught:
        handler(EVENT, None)
    assert caught.value is error
    assert caught.value.__cause__ is None
