import asyncio
import json
import subprocess
import sys
from typing import Annotated

import pytest

from lambda_powertools.core import MiddlewareInvalidArgumentError, PluginOptionsError, Registry, powertools
from lambda_powertools.data_classes import KafkaEvent
from lambda_powertools.kafka import ConsumerRecords, SchemaConfig, kafka_consumer
from lambda_powertools.kafka.exceptions import KafkaConsumerEventError
from lambda_powertools.kafka.plugin import KafkaPlugin

JSON = SchemaConfig("JSON")


def values(event):
    return [record.value for record in event.records]


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(KafkaPlugin)
    return registry


def test_decorator(kafka):
    """KAF-1: the handler receives the records, and its result comes back unchanged."""

    @kafka_consumer(schema_config=JSON)
    def handler(event: ConsumerRecords, context):
        return event, values(event)

    event, found = handler(kafka.event(b"[1]"), None)
    assert found == [[1]]
    assert event.schema_config is JSON


def test_bare_decorator(kafka):
    """KAF-1: bare, and with empty parentheses, values are text."""

    @kafka_consumer
    def bare(event, context):
        return values(event)

    @kafka_consumer()
    def empty(event, context):
        return values(event)

    assert bare(kafka.event(b"[1]"), None) == empty(kafka.event(b"[1]"), None) == ["[1]"]


def test_async_handler_and_further_arguments(kafka):
    """KAF-3: async handlers are awaited by the caller, and further arguments are handed on."""

    @kafka_consumer(schema_config=JSON)
    async def handler(event, context, suffix=None):
        return values(event), suffix

    assert asyncio.run(handler(kafka.event(b"1"), None, suffix="x")) == ([1], "x")


def test_method(kafka):
    """A method of a class can be decorated."""

    class App:
        @kafka_consumer(schema_config=JSON)
        def handle(self, event, context):
            return values(event)

    assert App().handle(kafka.event(b"1"), None) == [1]


@pytest.mark.parametrize("view", [KafkaEvent, ConsumerRecords])
def test_event_that_is_a_data_class(kafka, view):
    """KAF-4: a data class is unwrapped first."""
    raw = kafka.event(b"1")

    event = kafka_consumer(schema_config=JSON)(lambda event, context: event)(view(raw), None)

    assert event.raw_event is raw
    assert values(event) == [1]


@pytest.mark.parametrize("event", [None, [], "text", 5])
def test_event_that_is_no_mapping(event):
    """An event that is no mapping is an error that says what it is."""
    with pytest.raises(KafkaConsumerEventError, match=type(event).__name__):
        kafka_consumer(lambda event, context: None)(event, None)


def test_decorating_something_else():
    """A config by position is the middleware factory's error."""
    with pytest.raises(MiddlewareInvalidArgumentError):
        kafka_consumer(JSON)


@pytest.mark.parametrize("source", ["aws:kafka", "SelfManagedKafka", "aws:SelfManagedKafka"])
@pytest.mark.parametrize("option", [JSON, {"schema_config": JSON}])
def test_plugin_with_a_config(registry, kafka, source, option):
    """Plugin: a config makes the event of each Kafka source its records."""

    @powertools(registry=registry, kafka=option)
    def handler(event, context):
        return values(event)

    assert handler(kafka.event(b"[1]", eventSource=source), None) == [[1]]


def by_class(event: ConsumerRecords, context): ...
def by_text(event: "ConsumerRecords", context): ...
def by_annotated(event: Annotated[ConsumerRecords, "note"], context): ...


@pytest.mark.parametrize("annotated", [by_class, by_text, by_annotated])
def test_plugin_by_annotation(registry, kafka, annotated):
    """Plugin: a handler that is annotated with ConsumerRecords receives them, as text."""

    def handler(event, context):
        return event

    handler.__annotations__ = annotated.__annotations__
    event = powertools(registry=registry)(handler)(kafka.event(b"a"), None)

    assert values(event) == ["a"]


@pytest.mark.parametrize("event", [{"eventSource": "aws:sqs"}, {}, [], None, "text"])
def test_plugin_leaves_other_events_alone(registry, event):
    """Plugin: events of other sources, and what is no event, stay as they are."""
    assert powertools(registry=registry, kafka=JSON)(lambda event, context: event)(event, None) is event


def test_plugin_without_anything_to_do(registry, kafka):
    """Plugin: it stands aside where neither a config nor an annotation asks for it."""
    handler = powertools(registry=registry)(lambda event, context: event)
    raw = kafka.event(b"a")

    assert handler(raw, None) is raw
    assert handler.application.plugins["kafka"].before_invoke is None


@pytest.mark.parametrize("option", ["JSON", {"schema_config": "JSON"}, {"schema": JSON}])
def test_wrong_plugin_options(registry, option):
    """Plugin: what is no config is an error at decoration time."""
    with pytest.raises(PluginOptionsError):
        powertools(registry=registry, kafka=option)(lambda event, context: None)


def test_plugin_under_an_async_handler(registry, kafka):
    """Plugin: an async handler receives the records too."""

    @powertools(registry=registry, kafka=JSON)
    async def handler(event, context):
        return values(event)

    async def call():
        return await handler(kafka.event(b"1"), None)

    assert asyncio.run(call()) == [1]


def test_import_loads_no_library():
    """Importing the package, and reading JSON, loads none of the libraries of the other formats."""
    code = """
import json, sys
from lambda_powertools.kafka import SchemaConfig, kafka_consumer
@kafka_consumer(schema_config=SchemaConfig("JSON", value_output_serializer=dict))
def handler(event, context):
    return [record.value for record in event.records]
assert handler({"records": {"a-0": [{"value": "e30="}]}}, None) == [{}]
print(json.dumps([name for name in ("avro", "google.protobuf", "pydantic", "asyncio", "boto3") if name in sys.modules]))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(result.stdout) == []
