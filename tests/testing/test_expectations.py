"""Logs, metrics and spans as objects that say what there is when the answer is no."""

from __future__ import annotations

import json

import pytest

from lambda_powertools.core import Registry, powertools
from lambda_powertools.logger import Logger
from lambda_powertools.metrics import Metrics, MetricUnit
from lambda_powertools.testing import ExpectationError, Logs, invoke


def run(*, fail=False):
    logger, metrics = Logger(service="orders"), Metrics(namespace="Shop", service="orders")

    @metrics.log_metrics
    def handler(event, context):
        logger.info("received", extra={"order": 7})
        metrics.add_metric("Placed", MetricUnit.Count, 1)
        metrics.add_metric("Value", MetricUnit.Count, 20)
        metrics.add_metric("Value", MetricUnit.Count, 30)
        metrics.add_metadata("order", 7)
        logger.error("no stock")
        if fail:
            raise ZeroDivisionError("no stock")
        return "done"

    return invoke(handler)


def test_logs_are_found_by_their_fields():
    """A record is found by any fields it has; messages come in their order."""
    logs = run().logs

    assert logs.messages == ["received", "no stock"]
    assert logs.one(message="received", level="INFO")["order"] == 7
    assert logs.where(service="orders") == logs
    assert isinstance(logs, list)


def test_a_log_that_is_not_there_shows_those_that_are():
    """Expecting one record of none or of several tells how many there are, and shows all."""
    logs = run().logs

    with pytest.raises(ExpectationError, match=r"(?s)no log record has message='placed'; there are 2:.*received"):
        logs.one(message="placed")
    with pytest.raises(ExpectationError, match="2 log records have service='orders'; there are 2:"):
        logs.one(service="orders")
    with pytest.raises(ExpectationError, match="no log record has any field; there is none"):
        Logs().one()
    with pytest.raises(ExpectationError, match="and 30 more"):
        Logs({"n": n} for n in range(50)).one(n=50)


def test_metrics_are_objects():
    """A metric has values, unit, namespace, dimensions and metadata; a missing one is told with those there are."""
    metrics = run().metrics

    placed = metrics.one("Placed", service="orders")
    assert (placed.value, placed.unit, placed.namespace) == (1, "Count", "Shop")
    assert (placed.dimensions, placed.metadata["order"]) == ({"service": "orders"}, 7)
    assert metrics.names == ["Placed", "Value"]
    assert metrics.one("Value").values == [20, 30]
    with pytest.raises(ExpectationError, match="Value has 2 values"):
        _ = metrics.one("Value").value
    with pytest.raises(ExpectationError, match=r"(?s)no metric is called 'Lost'; there are 2:.*Placed \[1.0\] Count"):
        metrics.one("Lost")
    with pytest.raises(ExpectationError, match=r"no metric is called 'Placed' with service='shop'"):
        metrics.one("Placed", service="shop")


def test_spans_of_the_call_are_in_the_result(traced):
    """The spans of a traced call are there, as a tree, with annotations and failures; no other call's are."""
    from lambda_powertools.tracer import Tracer
    from lambda_powertools.tracer.plugin import TracerPlugin

    tracer = Tracer(service="orders")
    registry = Registry()
    registry.register(TracerPlugin)

    @tracer.capture_method
    def charge(amount):
        tracer.put_annotation("amount", amount)
        return 1 / amount

    @powertools(registry=registry, service="orders")
    def handler(event, context):
        return charge(event["amount"])

    first, second = invoke(handler, {"amount": 1}), invoke(handler, {"amount": 0})

    inner = next(name for name in first.spans.names if name.endswith("charge"))
    assert first.spans.names == ["## handler", inner]
    assert first.spans.one(inner).annotations == {"amount": 1}
    assert [first.spans.one(inner).is_failed, second.spans.one(inner).is_failed] == [False, True]
    with pytest.raises(ExpectationError, match=r"(?s)no span is called 'x'; there are 2:\n  ## handler\n    ## "):
        first.spans.one("x")


def test_tracing_patches_no_library_for_the_tests_that_follow(traced):
    """A tracer of the test, which would patch HTTP clients for the whole process, leaves them as they are."""
    import httpx

    from lambda_powertools.tracer import Tracer

    before = httpx.Client

    tracer = Tracer(service="orders", auto_patch=True)
    invoke(tracer.capture_lambda_handler(lambda event, context: None))

    assert httpx.Client is before


def test_without_a_daemon_there_are_no_spans():
    """Where nothing receives traces, a call has none."""
    assert invoke(lambda event, context: None).spans == []


def test_a_result_can_be_held_to_its_outcome():
    """Asked for the wrong outcome, a result tells the right one, what was written, and the handler's error as cause."""
    good, bad = run(), run(fail=True)

    assert good.returned() == "done"
    assert bad.raised(ZeroDivisionError) is bad.error
    with pytest.raises(ExpectationError, match=r"(?s)raised ZeroDivisionError: no stock\nIt wrote:.*rec") as caught:
        bad.returned()
    assert caught.value.__cause__ is bad.error
    with pytest.raises(ExpectationError, match="raised no KeyError, it returned 'done'"):
        good.raised(KeyError)
    with pytest.raises(ExpectationError, match="raised ZeroDivisionError: no stock, not KeyError or OSError"):
        bad.raised((KeyError, OSError))


def test_lines_of_a_subprocess_are_objects_too():
    """What `parse_output` sorts can be asked in the same way."""
    from lambda_powertools.testing import parse_output

    assert parse_output(json.dumps({"message": "hello", "n": 1})).logs.one(n=1)["message"] == "hello"
