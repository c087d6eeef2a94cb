import functools
from typing import Annotated, Any

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, PowertoolsError, Registry, hookimpl, powertools
from lambda_powertools.data_classes import (
    ALBEvent,
    APIGatewayAuthorizerResponseV2,
    AppSyncAuthorizerResponse,
    KinesisFirehoseDataTransformationResponse,
    PreSignUpTriggerEvent,
    S3BatchOperationResponse,
    SQSEvent,
    event_source,
)
from lambda_powertools.data_classes.plugin import DataClassesPlugin

EVENT = {"path": "/orders", "Records": [{"body": "7"}]}


class Outer(Plugin[None]):
    """A plugin that keeps what it sees."""

    name = "outer"
    order = 940

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["outer"] = [invocation.event]

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response = [invocation.state["outer"][0], invocation.response]


def decorated(handler, *, more=(), **options):
    registry = Registry()
    for plugin in (DataClassesPlugin, *more):
        registry.register(plugin)
    return powertools(registry=registry, **options)(handler)


def by_class(event: ALBEvent, context):
    return event


def by_text(event: "ALBEvent", context):
    return event


def by_annotated(event: Annotated[ALBEvent, "documented"], context):
    return event


def by_annotated_text(event: 'Annotated["ALBEvent", "documented"]', context):
    return event


async def asynchronous(event: ALBEvent, context):
    return event


def wrapping(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


class Service:
    def method(self, event: ALBEvent, context):
        return event

    def __call__(self, event: ALBEvent, context):
        return event


@pytest.mark.parametrize(
    "handler",
    [
        by_class,
        by_text,
        by_annotated,
        by_annotated_text,
        asynchronous,
        wrapping(wrapping(by_text)),
        Service().method,
        Service(),
        functools.partial(by_class),
        event_source(data_class=ALBEvent)(by_class),
    ],
)
def test_the_annotation_names_the_class(handler):
    """Section 6: a handler whose event is annotated with a data class gets one, however it is annotated."""
    event = decorated(handler, data_classes={"unwrap_response": False})(EVENT, None)

    assert type(event) is ALBEvent
    assert event.raw_event is EVENT


def unannotated(event, context):
    return event


def a_dict(event: dict[str, Any], context):
    return event


def unknown(event: "NotImported", context):  # noqa: F821  # what a checker alone sees
    return event


def no_class(event: ALBEvent | dict, context):
    return event


def only_the_context(event, context: ALBEvent):
    return event


def anything(*args):
    return args[0]


@pytest.mark.parametrize("handler", [unannotated, a_dict, unknown, no_class, only_the_context, anything])
def test_without_a_data_class_nothing_happens(handler):
    """Section 6: with no such annotation the event is the one that came."""
    assert decorated(handler)(EVENT, None) is EVENT


def test_the_option_names_the_class():
    """Section 6: given to the decorator, it counts more than the annotation; the class alone is a shorthand."""
    for option in (SQSEvent, {"data_class": SQSEvent}):
        handler = decorated(lambda event, context: event.raw_event and type(event).__name__, data_classes=option)
        assert handler(EVENT, None) == "SQSEvent"
    assert type(decorated(by_class, data_classes={"data_class": SQSEvent, "unwrap_response": False})(EVENT, None)) is (
        SQSEvent
    )


def test_the_deserializer_is_handed_over():
    """Section 6: JSON inside the event is parsed by it."""
    options = {"data_class": SQSEvent, "json_deserializer": lambda text: f"parsed {text}"}
    handler = decorated(lambda event, context: [record.json_body for record in event.records], data_classes=options)

    assert handler(EVENT, None) == ["parsed 7"]


@pytest.mark.parametrize("value", [dict, "SQSEvent", 5, {"data_class": dict}])
def test_options_that_are_no_data_class(value):
    """Section 6: one clear error when the handler is decorated."""
    with pytest.raises(PluginOptionsError, match="is no data class"):
        decorated(unannotated, data_classes=value)


def test_events_that_are_data_classes_already():
    """Section 6: an instance is left as it is, another class's raw event is wrapped."""
    own = ALBEvent(EVENT)
    handler = decorated(by_class, data_classes={"unwrap_response": False})

    assert handler(own, None) is own
    assert handler(SQSEvent(EVENT), None).raw_event is EVENT


@pytest.mark.parametrize("event", [None, [], "text", 7])
def test_events_that_are_no_mapping(event):
    """Section 6: a TypeError, one of ours, that names both types."""
    with pytest.raises(TypeError, match=f"ALBEvent.*{type(event).__name__}") as error:
        decorated(by_class)(event, None)
    assert isinstance(error.value, PowertoolsError)


def test_the_other_plugins_see_plain_data():
    """Section 6: the plugin is the innermost, so event and response are plain for all others."""
    event, response = decorated(by_class, more=[Outer])(EVENT, None)

    assert event is EVENT
    assert response is EVENT


def test_a_returned_data_class_is_unwrapped():
    """Section 6: a trigger of Cognito returns its event, with what was set in it."""

    def handler(event: PreSignUpTriggerEvent, context):
        event.response.auto_confirm_user = True
        return event

    data = {"request": {}, "response": {}}

    assert decorated(handler)(data, None) is data
    assert data["response"] == {"autoConfirmUser": True}


@pytest.mark.parametrize(
    ("builder", "expected"),
    [
        (APIGatewayAuthorizerResponseV2(authorize=True), {"isAuthorized": True}),
        (AppSyncAuthorizerResponse(), {"isAuthorized": False}),
    ],
)
def test_a_returned_builder_is_the_response(builder, expected):
    """Section 6: what has asdict in this package stands for its result."""
    assert decorated(lambda event, context: builder)(EVENT, None) == expected


@pytest.mark.parametrize("kind", [KinesisFirehoseDataTransformationResponse, S3BatchOperationResponse])
def test_an_invalid_builder_is_an_error(kind):
    """Section 6: what its asdict raises is the invocation's error."""
    builder = kind() if kind is KinesisFirehoseDataTransformationResponse else kind("1.0", "id")

    with pytest.raises(ValueError, match="esponse"):
        decorated(lambda event, context: builder)(EVENT, None)


class Foreign:
    def asdict(self):
        return {}

    raw_event = "not ours"


@pytest.mark.parametrize("response", [None, [1], "text", 7, Foreign(), {"a": 1}])
def test_other_responses_are_left_alone(response):
    """Section 6: only classes of this package are unwrapped."""
    assert decorated(lambda event, context: response)(EVENT, None) is response


def test_unwrapping_can_be_switched_off():
    """Section 6: unwrap_response=False leaves the response as it is."""
    builder = AppSyncAuthorizerResponse()
    handler = decorated(lambda event, context: builder, data_classes={"unwrap_response": False})

    assert handler(EVENT, None) is builder


def test_with_nothing_to_do_it_stands_aside():
    """Section 6: without a data class and without unwrapping no hook of the plugin is called."""
    builder = AppSyncAuthorizerResponse()
    handler = decorated(lambda event, context: builder, data_classes={"unwrap_response": False})

    assert handler(None, None) is builder
    assert handler.application.plugins["data_classes"].after_invoke is None


def test_the_plugin_is_installed():
    """An entry point makes it take part in every handler, as the innermost of ours."""

    @powertools(only=["data_classes"])
    def handler(event: ALBEvent, context):
        return event.path

    assert handler(EVENT, None) == "/orders"
    assert list(handler.application.plugins) == ["data_classes"]
