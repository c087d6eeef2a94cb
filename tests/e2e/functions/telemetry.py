"""A function whose traces and metrics both go to a collector."""

from __future__ import annotations

from lambda_powertools.core import powertools
from lambda_powertools.metrics import Metrics
from lambda_powertools.opentelemetry import OpenTelemetryMetricsProvider
from lambda_powertools.tracer import Tracer

tracer = Tracer()
metrics = Metrics(provider=OpenTelemetryMetricsProvider())


@tracer.capture_method
async def load(number):
    tracer.put_annotation("number", number)
    return number


@powertools(metrics=metrics)
async def handler(event, context):
    metrics.add_metric("Loaded", "Count", 1)
    return await load(event["number"])
