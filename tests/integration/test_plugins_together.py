"""What plugins know of each other, through the invocation's state alone."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest

from lambda_powertools.core import Registry, powertools
from lambda_powertools.event_handler import APIGatewayHttpResolver
from lambda_powertools.event_handler.plugin import EventHandlerPlugin
from lambda_powertools.idempotency import EmbeddedPersistenceLayer, IdempotencyConfig
from lambda_powertools.idempotency.plugin import IdempotencyPlugin
from lambda_powertools.logger import Logger
from lambda_powertools.logger.plugin import LoggerPlugin
from lambda_powertools.metrics import EphemeralMetrics
from lambda_powertools.metrics.plugin import MetricsPlugin

CONTEXT = SimpleNamespace(
    function_name="orders",
    memory_limit_in_mb=128,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:orders",
    aws_request_id="request-1",
    get_remaining_time_in_millis=lambda: 30_000,
)


@pytest.fixture
def registry():
    """Return a registry with the plugins of these tests, in no particular order."""
    registry = Registry()
    for plugin in (EventHandlerPlugin, MetricsPlugin, IdempotencyPlugin, LoggerPlugin):
        registry.register(plugin)
    return registry


@pytest.fixture
def output():
    """Return what the logger writes to."""
    return io.StringIO()


def records(output):
    return [json.loads(line) for line in output.getvalue().splitlines()]


def request(path):
    return {"rawPath": path, "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}


@pytest.mark.parametrize("style", ["option", "in the body"])
def test_logs_and_metrics_know_the_route_of_the_request(registry, output, capsys, style):
    """Lines and metrics of a route say which one it is; nothing of it is left for the next request."""
    logger = Logger(service=f"routes-{style}", stream=output)
    metrics = EphemeralMetrics(namespace="Shop")
    app = APIGatewayHttpResolver()

    @app.get("/orders/<order_id>")
    def order(order_id):
        logger.info("found", order_id=order_id)
        metrics.add_metric("Found", "Count", 1)
        return {"id": order_id}

    options = {"metrics": {"instance": metrics, "route_dimension": "route", "capture_cold_start_metric": False}}
    if style == "option":
        options["event_handler"] = app

    @powertools(registry=registry, **options)
    def handler(event, context):
        return app.resolve(event, context)

    assert handler(request("/orders/7"), CONTEXT)["statusCode"] == 200
    assert handler(request("/nowhere"), CONTEXT)["statusCode"] == 404

    (line,) = records(output)
    assert (line["http.route"], line["order_id"]) == ("/orders/{order_id}", "7")
    (document,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert document["route"] == "/orders/{order_id}"


def test_logs_and_metrics_see_a_replay(registry, output, capsys):
    """A stored response is told by one record, and counted where that is asked for; the first one is neither."""
    Logger(service="replays", stream=output)
    metrics = EphemeralMetrics(namespace="Shop")

    @powertools(
        registry=registry,
        service="replays",
        metrics={"instance": metrics, "capture_replay_metric": True, "capture_cold_start_metric": False},
        idempotency={
            "persistence_store": EmbeddedPersistenceLayer(),
            "config": IdempotencyConfig(event_key_jmespath="id"),
        },
    )
    def handler(event, context):
        return {"charged": event["id"]}

    first = handler({"id": 7}, CONTEXT)
    assert records(output) == []
    assert capsys.readouterr().out == ""

    assert handler({"id": 7}, CONTEXT) == first == {"charged": 7}

    (line,) = records(output)
    assert line["level"] == "INFO"
    assert len(line["idempotency_key_hash"]) == 8
    (document,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert document["IdempotentReplay"] == [1.0]
