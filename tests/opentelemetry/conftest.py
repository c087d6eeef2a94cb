"""A receiver of OTLP, and processes, handlers and providers that send to it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from otlp_receiver import OtlpReceiver

from lambda_powertools.core import Registry, spans
from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.opentelemetry import OpenTelemetryProvider
from lambda_powertools.opentelemetry.plugin import OpenTelemetryPlugin
from lambda_powertools.testing import lambda_environment
from lambda_powertools.tracer import Tracer


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    """Each test starts outside Lambda, with nothing configured and nobody registered."""
    for variable in list(os.environ):
        if variable.startswith(("OTEL_", "POWERTOOLS_", "AWS_LAMBDA_", "_X_AMZN", "LAMBDA_")):
            monkeypatch.delenv(variable)
    factory = spans.register_span_factory(None)
    spans.register_span_factory(factory)
    Tracer._reset_config()
    reset_cold_start()
    yield
    spans.register_tracing_provider(None)
    spans.register_span_factory(factory)
    Tracer._reset_config()


@pytest.fixture
def receiver():
    """A receiver of OTLP on loopback."""
    with OtlpReceiver() as listening:
        yield listening


@pytest.fixture
def make_exporter():
    """Makes the official exporter of spans for a receiver."""

    def make(receiver, timeout=5):
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        return OTLPSpanExporter(endpoint=f"{receiver.url}/v1/traces", timeout=timeout)

    return make


@pytest.fixture
def provider(receiver, make_exporter):
    """A provider that sends to the receiver."""
    return OpenTelemetryProvider(service="shop", span_exporter=make_exporter(receiver))


@pytest.fixture
def registry():
    """A registry with the plugin alone."""
    registry = Registry()
    registry.register(OpenTelemetryPlugin)
    return registry


@pytest.fixture(scope="session")
def sample():
    """Gives an event that AWS wrote, by its path in aws-sam-cli."""
    folder = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events" / "events"

    def load(path):
        text = (folder / path).read_text(encoding="utf-8")
        values = {"method": "GET", "resource": "/{proxy+}"}
        return json.loads(re.sub(r"\{\{\{(\w+)\}\}\}", lambda found: values.get(found[1], found[1]), text))

    return load


@pytest.fixture
def run_in_lambda(receiver):
    """Run code in a process that looks like Lambda and sends to the receiver; return what it has printed."""

    def run(code, **variables):
        environment = {
            "PATH": os.environ["PATH"],
            **lambda_environment("orders", region="eu-west-1"),
            "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url,
            **variables,
        }
        environment = {name: value for name, value in environment.items() if value is not None}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        run.stderr = done.stderr
        return done.stdout

    return run
