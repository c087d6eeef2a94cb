import subprocess
import sys
from dataclasses import dataclass
from typing import Annotated, Any

import pydantic.dataclasses
import pytest
from pydantic import BaseModel, ValidationError, field_validator
from typing_extensions import TypedDict

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, powertools
from lambda_powertools.data_classes import SQSEvent
from lambda_powertools.data_classes.plugin import DataClassesPlugin
from lambda_powertools.event_handler import APIGatewayHttpResolver
from lambda_powertools.event_handler.plugin import EventHandlerPlugin
from lambda_powertools.parser import InvalidModelTypeError, envelopes, event_parser, models
from lambda_powertools.parser.plugin import ParserOptions, ParserPlugin


class Order(BaseModel):
    id: int


class Letter(BaseModel):
    pages: int


@pydantic.dataclasses.dataclass
class Point:
    id: int


@dataclass
class Plain:
    id: int


class Raw(TypedDict):
    id: int


EVENT = {"id": "7"}
BRIDGE = {
    "version": "0",
    "id": "1",
    "source": "shop",
    "account": "1",
    "time": "2030-01-01T00:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": EVENT,
}


class Outer(Plugin[None]):
    """Keeps what a plugin outside of the parser sees."""

    name = "outer"
    order = 100

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["outer"] = invocation.event

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response = (invocation.state, invocation.response)

    @hookimpl
    def on_error(self, invocation, error):
        invocation.recover((invocation.state, error))


def decorated(handler, *plugins, **options):
    registry = Registry()
    for plugin in (ParserPlugin, *plugins):
        registry.register(plugin)
    return powertools(registry=registry, **options)(handler)


def handler_of(annotation):
    def handler(event, context):
        return event

    if annotation is not None:
        handler.__annotations__["event"] = annotation
    return handler


@pytest.mark.parametrize(
    ("annotation", "event", "parsed"),
    [
        (Order, EVENT, Order(id=7)),
        ("Order", EVENT, Order(id=7)),
        (Order | Letter, {"pages": 2}, Letter(pages=2)),
        (Order | None, None, None),
        (list[Order], [EVENT], [Order(id=7)]),
        (Annotated[Order, "a note"], EVENT, Order(id=7)),
        (Point, EVENT, Point(7)),
        (Annotated[Order, envelopes.EVENTBRIDGE], BRIDGE, Order(id=7)),
        (Annotated[Raw, envelopes.EVENTBRIDGE], BRIDGE, {"id": 7}),
        (models.EventBridgeModel, BRIDGE, models.EventBridgeModel(**BRIDGE)),
    ],
)
def test_an_annotated_model_is_what_the_handler_receives(annotation, event, parsed):
    """A handler whose event is annotated with a model, a union or list of them, or a payload, receives it."""
    assert decorated(handler_of(annotation))(event, None) == parsed


def test_an_annotated_payload_of_messages_is_a_list(sample):
    """`Annotated[Order, envelopes.SQS]` gives the bodies of the messages."""
    event = sample("sqs", "receive-message")
    event["Records"][0]["body"] = '{"id": 7}'

    assert decorated(handler_of(Annotated[Order, envelopes.SQS]))(event, None) == [Order(id=7)]


@pytest.mark.parametrize(
    "annotation",
    [None, dict, Any, dict[str, Any], Plain, Raw, list[dict], SQSEvent, "NoSuchName", Annotated[dict, 1], type[Order]],
)
def test_the_plugin_stands_aside_where_nothing_asks_for_it(annotation):
    """Any other annotation, or none, leaves the event and the state of the invocation as they are."""
    handler = decorated(handler_of(annotation), Outer)
    state, event = handler(EVENT, None)

    assert event is EVENT
    assert "parser" not in state


def test_data_classes_get_their_handlers():
    """A handler annotated with a data class gets it from the plugin of the data classes."""
    event = {"Records": [{"body": "7"}]}

    found = decorated(lambda event, context: event, DataClassesPlugin)({}, None)
    parsed = decorated(handler_of(SQSEvent), DataClassesPlugin, data_classes={"unwrap_response": False})(event, None)

    assert found == {}
    assert isinstance(parsed, SQSEvent)


def test_an_event_is_parsed_once_under_both_decorators():
    """Where `event_parser` parses the event, the plugin leaves it alone."""

    @event_parser
    def handler(event: Annotated[Order, envelopes.EVENTBRIDGE], context):
        return event

    state, event = decorated(handler, Outer)(BRIDGE, None)

    assert event == Order(id=7)
    assert "parser" not in state


def test_an_app_gets_the_raw_event(sample):
    """Where an app answers events, an annotation is not acted upon; a model given as an option is."""
    app = APIGatewayHttpResolver()

    @app.post("/path/to/resource")
    def post():
        return {"method": app.current_event.http_method}

    event = sample("apigateway", "http-api-proxy")
    event["requestContext"]["stage"] = "$default"

    assert decorated(handler_of(Order), EventHandlerPlugin, event_handler=app)(event, None)["statusCode"] == 200
    assert decorated(handler_of(Order), EventHandlerPlugin, event_handler=app)(EVENT, None) == EVENT
    assert decorated(handler_of(None), EventHandlerPlugin, event_handler=app, parser=Order)(EVENT, None) == Order(id=7)


@pytest.mark.parametrize(
    ("options", "event"),
    [
        (Order, EVENT),
        ({"model": Order}, EVENT),
        (ParserOptions(model=Order), EVENT),
        ({"model": Order, "envelope": envelopes.EVENTBRIDGE}, BRIDGE),
    ],
)
def test_a_model_may_be_an_option(options, event):
    """The model of the options wins over the annotation, and may stand as the option itself."""
    assert decorated(handler_of(Letter), parser=options)(event, None) == Order(id=7)


def test_an_envelope_option_goes_with_the_annotated_model():
    """An envelope given as an option is taken off before the annotated model; without a model it is an error."""
    options = {"envelope": envelopes.EVENTBRIDGE}

    assert decorated(handler_of(Order), parser=options)(BRIDGE, None) == Order(id=7)
    with pytest.raises(InvalidModelTypeError, match="handler.*envelope.*no model"):
        decorated(handler_of(None), parser=options)


def test_the_plugin_can_be_switched_off():
    """`parser=False` and `disable` leave the event as it is."""
    assert decorated(handler_of(Order), parser=False)(EVENT, None) == EVENT
    assert decorated(handler_of(Order), disable=["parser"])(EVENT, None) == EVENT


def test_plugins_outside_get_the_raw_event():
    """Outer plugins see the raw event, which also stays in the state."""
    state, event = decorated(handler_of(Order), Outer)(EVENT, None)

    assert event == Order(id=7)
    assert state["outer"] is state["parser"]["raw_event"] is EVENT


def test_a_failure_is_seen_by_outer_plugins():
    """An event that does not fit is the error of the invocation."""
    state, error = decorated(handler_of(Order), Outer)({"id": "x"}, None)

    assert isinstance(error, ValidationError)
    assert state["parser"]["raw_event"] == {"id": "x"}
    with pytest.raises(ValidationError, match="id is of type str"):
        decorated(handler_of(Order))({"id": "x"}, None)


@pytest.mark.parametrize("option", ["on_error", "on_validation_error"])
def test_a_failure_may_become_a_response(option):
    """`on_error` turns an event that does not fit into a response; the handler's own errors stay errors."""

    def answer(error, event):
        return {"statusCode": 400, "count": error.error_count(), "event": event}

    def handler(event: Order, context):
        raise ValueError("of the handler")

    ready = decorated(handler, parser={option: answer})

    assert ready({"id": "x"}, None) == {"statusCode": 400, "count": 1, "event": {"id": "x"}}
    with pytest.raises(ValueError, match="of the handler"):
        ready(EVENT, None)


def test_a_wrong_option_is_an_error():
    """A misspelt option is an error that names the right one."""
    with pytest.raises(PluginOptionsError, match="did you mean 'envelope'"):
        decorated(handler_of(Order), parser={"envelop": envelopes.SQS})


@pytest.mark.parametrize("model", [7, object()])
def test_a_model_that_cannot_be_used_is_an_error_at_decoration(model):
    """The validator is built when the handler is decorated, so a wrong model fails there."""
    with pytest.raises(InvalidModelTypeError):
        decorated(handler_of(None), parser={"model": model})
    with pytest.raises(InvalidModelTypeError):
        decorated(handler_of(None), parser={"model": model, "envelope": envelopes.SQS})


def test_a_validator_with_state_sees_each_event_once():
    """Each invocation parses its event once."""
    seen = []

    class Seen(BaseModel):
        id: int

        @field_validator("id")
        @classmethod
        def _see(cls, value):
            seen.append(value)
            return value

    handler = decorated(handler_of(Seen))
    handler({"id": 1}, None)
    handler({"id": 2}, None)

    assert seen == [1, 2]


def test_methods_and_async_handlers_receive_models():
    """A method and an async handler receive the model that their event is annotated with."""

    class Handlers:
        def method(self, event: Order, context):
            return event

    async def handler(event: Order, context):
        return event

    assert decorated(Handlers().method)(EVENT, None) == Order(id=7)
    assert decorated(handler)(EVENT, None) == Order(id=7)


def test_a_handler_without_a_model_never_loads_pydantic():
    """Where nothing asks for a model, the installed plugin leaves pydantic unloaded."""
    program = """
import sys
from lambda_powertools.core import powertools

@powertools(only=["parser"])
def handler(event, context):
    return event

assert handler({"id": 7}, None) == {"id": 7}
assert "parser" in handler.application.plugins
assert "pydantic" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_the_plugin_shapes_events():
    """The plugin is in the band of event shaping, inside of validation, and its failures are failures."""
    assert (ParserPlugin.name, ParserPlugin.order, ParserPlugin.on_failure) == ("parser", 260, "raise")
