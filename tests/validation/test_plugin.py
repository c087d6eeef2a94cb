import asyncio
import json

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, powertools
from lambda_powertools.validation import (
    InvalidEnvelopeExpressionError,
    InvalidSchemaFormatError,
    SchemaValidationError,
    envelopes,
)
from lambda_powertools.validation.plugin import ValidationPlugin

ORDER = {"type": "object", "required": ["id"], "properties": {"note": {"default": "none"}}}
ANSWER = {"type": "object", "required": ["statusCode"]}


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(ValidationPlugin)
    return registry


def test_event_and_response_are_validated(registry):
    """Plugin: the event is unwrapped and validated, the response validated, with one option each."""

    @powertools(
        registry=registry,
        validation={"inbound_schema": ORDER, "outbound_schema": ANSWER, "envelope": envelopes.API_GATEWAY_HTTP},
    )
    def handler(event, context):
        return event["answer"] if event["note"] == "none" else None

    assert handler({"body": json.dumps({"id": 1, "answer": {"statusCode": 1}})}, None) == {"statusCode": 1}
    with pytest.raises(SchemaValidationError, match="'id'"):
        handler({"body": "{}"}, None)
    with pytest.raises(SchemaValidationError, match="statusCode"):
        handler({"body": json.dumps({"id": 1, "answer": {}})}, None)


def test_async_handler(registry):
    """Plugin: an async handler is validated in the same way."""

    @powertools(registry=registry, validation={"inbound_schema": ORDER, "outbound_schema": ANSWER})
    async def handler(event, context):
        return {"statusCode": event["id"]}

    async def call():
        return await handler({"id": 1}, None)

    assert asyncio.run(call()) == {"statusCode": 1}


def test_nothing_asked_nothing_done(registry):
    """Plugin: without options it stands aside and costs an invocation nothing."""

    @powertools(registry=registry)
    def handler(event, context):
        return event

    assert handler("anything", None) == "anything"
    assert handler.application.plugins["validation"].before_invoke is None


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"inbound_schema": {"type": "none such"}}, InvalidSchemaFormatError),
        ({"outbound_schema": "file.json"}, InvalidSchemaFormatError),
        ({"inbound_schema": ORDER, "envelope": "["}, InvalidEnvelopeExpressionError),
        ({"inbound": ORDER}, PluginOptionsError),
        ({"on_invalid": 5}, PluginOptionsError),
    ],
)
def test_wrong_options_are_errors_at_decoration_time(registry, options, error):
    """Plugin: what cannot be used fails in INIT, not during a request."""
    with pytest.raises(error):
        powertools(registry=registry, validation=options)(lambda event, context: None)


def test_on_invalid_answers(registry):
    """Plugin: on_invalid turns a refused event into the response, which outbound validation leaves alone."""
    seen = []

    class Watch(Plugin[None]):
        name = "watch"
        order = 10

        @hookimpl
        def after_invoke(self, invocation):
            seen.append((invocation.response, invocation.state.get("validation")))

    registry.register(Watch)

    @powertools(
        registry=registry,
        validation={
            "inbound_schema": ORDER,
            "outbound_schema": ANSWER,
            "on_invalid": lambda error: {"problem": error.rule},
        },
    )
    def handler(event, context):
        return {"statusCode": 200}

    assert handler({}, None) == {"problem": "required"}
    assert handler({"id": 1}, None) == {"statusCode": 200}
    assert seen == [({"problem": "required"}, {"refused": True}), ({"statusCode": 200}, None)]


def test_invocations_compile_nothing(registry, compilations):
    """Plugin: both schemas are compiled when the handler is decorated."""

    @powertools(registry=registry, validation={"inbound_schema": ORDER, "outbound_schema": ANSWER})
    def handler(event, context):
        return {"statusCode": 200}

    assert compilations == [ORDER, ANSWER]
    handler({"id": 1}, None)
    assert len(compilations) == 2


def test_handler_error_skips_outbound_validation(registry):
    """Plugin: the handler's own exception comes out."""

    @powertools(registry=registry, validation={"outbound_schema": ANSWER})
    def handler(event, context):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        handler({}, None)


def test_order_is_outside_of_the_parser():
    """Plugin: event shaping, before a parser makes models of the event; wrong is worse than down."""
    assert (ValidationPlugin.order, ValidationPlugin.on_failure) == (230, "raise")
