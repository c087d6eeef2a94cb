from __future__ import annotations

import threading
import time

import pytest
from e2e_support.environment import trace_id_of
from otlp_receiver import OtlpReceiver

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


@pytest.fixture
def receiver():
    """A collector on loopback."""
    with OtlpReceiver() as listening:
        yield listening


def test_a_function_as_it_is_sends_its_trace_to_the_collector_instead(emulator, daemon, receiver, check_emf):
    """The endpoint is all that it is told: the spans go by OTLP, nothing to X-Ray, metrics and logs are as before."""
    function = emulator("shop.place_order", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url)
    header = make_trace_header()

    answer = function.invoke({"order": "A1", "quantity": 3}, header)

    assert answer.payload["total"] == 15
    outer, (inner,) = receiver.named("shop"), receiver.children(receiver.named("shop"))
    assert outer.trace_id == trace_id_of(header).replace("-", "")[1:]
    assert f"Parent={outer.parent_id}" in header
    assert outer.attributes["faas.invocation_id"] == answer.payload["request"]
    assert outer.attributes["faas.coldstart"] is True
    assert (inner.name, inner.attributes["quantity"]) == ("## shop.price", 3)
    assert inner.resource["service.name"] == "shop"
    assert daemon.drain() == []
    output = function.output()
    assert [log["message"] for log in output.logs] == ["order placed"]
    check_emf(output.metrics)


def test_each_invocation_is_sent_before_its_answer(emulator, receiver):
    """Spans and metrics of one invocation do not wait for the next, and none is sent twice."""
    function = emulator("telemetry.handler", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url)

    for number in range(1, 4):
        assert function.invoke({"number": number}).payload == number
        assert len(receiver.spans) == 2 * number
        assert sum(metric.points[0][1] for metric in receiver.metrics if metric.name == "loaded") == number

    assert [metric.name for metric in receiver.metrics].count("coldstart") == 1
    assert len({span.trace_id for span in receiver.spans}) == 3
    assert function.output().metrics == []


def test_an_invocation_answers_before_its_deadline_however_slow_the_collector_is(emulator, receiver):
    """The wait ends before the time of the function does; the next one delivers what was left."""
    receiver.delay = threading.Event()
    function = emulator(
        "telemetry.handler",
        timeout=3,
        OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url,
        OTEL_BSP_EXPORT_TIMEOUT="60000",
        OTEL_EXPORTER_OTLP_TIMEOUT="60",
    )

    begun = time.monotonic()
    assert function.invoke({"number": 1}).payload == 1
    assert time.monotonic() - begun < 10
    assert receiver.spans == []

    receiver.delay.set()
    assert function.invoke({"number": 2}).payload == 2
    assert sorted(span.attributes["number"] for span in receiver.spans if "number" in span.attributes) == [1, 2]


def test_a_failure_of_the_handler_is_sent_with_its_exception(emulator, receiver):
    """Lambda learns of it as of any other."""
    function = emulator("telemetry.handler", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url)

    answer = function.invoke({})

    assert answer.payload["errorType"] == "KeyError"
    (span,) = receiver.spans
    assert (span.failed, span.events["exception"]["exception.type"]) == (True, "KeyError")
