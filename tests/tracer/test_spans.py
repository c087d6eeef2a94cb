"""Middlewares of the core are traced on the provider of the user's tracer."""

from __future__ import annotations

import asyncio
import sys

import pytest

from lambda_powertools.core import lambda_handler_decorator, spans
from lambda_powertools.tracer import Tracer


def make_middleware():
    """Return a traced middleware that passes everything on."""

    @lambda_handler_decorator(trace_execution=True)
    def audit(handler, event, context):
        return handler(event, context)

    return audit


def test_importing_the_tracer_registers_it():
    """MWF-23: the core finds a tracing package by its having been imported."""
    assert spans.has_span_factory()


def test_a_middleware_has_its_own_subsegment(tracer, provider):
    """MWF-21: the handler that a traced middleware surrounds is recorded below it."""

    @make_middleware()
    @tracer.capture_lambda_handler
    def handler(event, context):
        return event

    assert handler(1, None) == 1
    middleware, inner = provider.segments
    assert middleware.name == "## make_middleware.locals.audit"
    assert middleware.children == [inner]
    assert middleware.notes == []


def test_an_error_closes_the_subsegment_as_failed(tracer, provider):
    """MWF-21: an exception is recorded by the provider, and leaves unchanged."""
    failure = ValueError("no")

    @make_middleware()
    def handler(event, context):
        raise failure

    with pytest.raises(ValueError) as raised:
        handler({}, None)

    assert raised.value is failure
    assert provider.only.error is failure


def test_an_async_middleware_is_traced(tracer, provider):
    """MWF-21: the subsegment of an async middleware closes when it has finished."""

    @lambda_handler_decorator(trace_execution=True)
    async def audit(handler, event, context):
        await asyncio.sleep(0)
        return await handler(event, context)

    assert asyncio.run(audit(lambda event, context: event)(1, None)) == 1
    assert not provider.only.open


def test_disabled_nothing_is_opened(provider):
    """MWF-22: while tracing is disabled a span does nothing, also with a provider of the user's own."""
    Tracer(provider=provider)

    assert make_middleware()(lambda event, context: event)(1, None) == 1
    assert provider.segments == []


def test_without_a_tracer_the_environment_decides():
    """MWF-22: nobody needs to make a tracer; outside Lambda a span does nothing."""
    before = "aws_xray_sdk.core" in sys.modules

    assert make_middleware()(lambda event, context: event)(1, None) == 1
    assert ("aws_xray_sdk.core" in sys.modules) is before


def test_the_provider_is_looked_up_per_call(tracer, provider):
    """MWF-24: a tracer made after the middleware, with another provider, is the one that counts."""
    handler = make_middleware()(lambda event, context: event)
    handler(1, None)
    other = type(provider)()
    Tracer(disabled=False, provider=other)
    handler(1, None)

    assert provider.names == other.names == ["## make_middleware.locals.audit"]
