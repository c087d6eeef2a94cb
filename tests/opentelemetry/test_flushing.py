"""Collectors that are dead, slow, or refuse: what an invocation waits for, and what becomes of the spans."""

from __future__ import annotations

import os
import socket
import threading
import time

import pytest

from lambda_powertools.core import powertools
from lambda_powertools.opentelemetry import OpenTelemetryProvider
from lambda_powertools.opentelemetry._buffer import Buffer
from lambda_powertools.opentelemetry._flushing import Flusher, flush_all
from lambda_powertools.testing import make_context

AMPLE = 5.0
"""Far more than any of these bounds, far less than what the collectors here would take: 30 seconds."""


@pytest.fixture
def invoke(registry):
    """Invokes a handler that records to a provider; returns its response and the seconds that took."""

    def run(provider, context=None):
        @powertools(registry=registry, opentelemetry=provider)
        def handler(event, context):
            return "done"

        begun = time.monotonic()
        response = handler({}, context)
        return response, time.monotonic() - begun

    return run


def test_a_slow_collector_delays_an_invocation_no_longer_than_the_bound(receiver, make_exporter, invoke):
    """And gets the spans nevertheless, in one of the next invocations: nothing that is on its way is lost."""
    receiver.delay = threading.Event()
    provider = OpenTelemetryProvider(span_exporter=make_exporter(receiver, 30), flush_timeout=0.1)

    response, seconds = invoke(provider, make_context(function_name="first"))
    assert response == "done"
    assert 0.1 <= seconds < AMPLE
    assert receiver.spans == []

    receiver.delay.set()
    invoke(provider, make_context(function_name="second"))
    assert provider.flush(AMPLE)
    assert [span.name for span in receiver.spans] == ["first", "second"]


def test_the_deadline_of_the_invocation_bounds_the_wait(receiver, make_exporter, invoke):
    """Less the margin; with no time left there is no wait at all."""
    receiver.delay = threading.Event()
    provider = OpenTelemetryProvider(span_exporter=make_exporter(receiver, 30), flush_timeout=30, flush_margin=0.9)

    _, seconds = invoke(provider, make_context(timeout=1.2))
    assert seconds < AMPLE
    _, seconds = invoke(provider, make_context(timeout=0.5))
    assert seconds < AMPLE


def test_a_dead_collector_fails_no_invocation_and_loses_no_span(make_exporter, receiver, invoke):
    """Spans wait until there is somebody to take them."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = OpenTelemetryProvider(
            span_exporter=Redirected(f"http://127.0.0.1:{unused.getsockname()[1]}", receiver, make_exporter),
            flush_timeout=0.3,
        )
        for number in range(4):
            assert invoke(dead, make_context(function_name=str(number)))[0] == "done"
    assert receiver.spans == []

    dead._given["span_exporter"].is_up = True
    assert dead.flush(AMPLE)
    assert sorted(span.name for span in receiver.spans) == ["0", "1", "2", "3"]


class Redirected:
    """An exporter whose collector is not there, until it is."""

    def __init__(self, dead, receiver, make_exporter):
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        self.dead = OTLPSpanExporter(endpoint=dead, timeout=0.2)
        self.alive = make_exporter(receiver)
        self.is_up = False

    def export(self, spans):
        return (self.alive if self.is_up else self.dead).export(spans)

    def shutdown(self):
        pass


def test_an_exporter_that_raises_is_reported_once(invoke, capsys):
    """To stderr; the invocation goes on."""

    class Broken:
        def export(self, spans):
            raise RuntimeError("no route")

        def shutdown(self):
            pass

    provider = OpenTelemetryProvider(span_exporter=Broken(), flush_timeout=1)
    for _ in range(3):
        assert invoke(provider)[0] == "done"

    assert capsys.readouterr().err.count("RuntimeError: no route") == 1


def test_patience_wears_out_and_returns():
    """Each failure halves the wait, down to a sixty-fourth; one success restores it."""
    results = [False] * 8 + [True]
    flusher = Flusher(lambda: results.pop(0), "test")
    waits = []
    for _ in range(9):
        waits.append(flusher.patience(64.0))
        flusher.flush(AMPLE)

    assert waits == [64, 32, 16, 8, 4, 2, 1, 1, 1]
    assert flusher.patience(64.0) == 64


def test_a_run_that_is_late_counts_once_for_all_who_wait():
    """However many invocations share it."""
    go = threading.Event()
    flusher = Flusher(lambda: go.wait(30), "test")
    threads = [threading.Thread(target=flusher.flush, args=(0.05,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 <= flusher.failures <= 2
    go.set()
    assert flusher.flush(AMPLE)
    assert flusher.failures == 0


def test_flushers_are_waited_for_side_by_side():
    """One that hangs does not keep another from its work."""
    go, worked = threading.Event(), threading.Event()
    slow, quick = Flusher(lambda: go.wait(30), "slow"), Flusher(lambda: worked.set() or True, "quick")

    assert flush_all([slow, quick], 0.05) is False
    assert worked.wait(AMPLE)
    go.set()


def test_nothing_to_do_starts_no_thread():
    """An invocation that is not sampled pays for no flush."""
    flusher = Flusher(lambda: True, "test", lambda: False)

    assert flush_all([flusher], AMPLE)
    assert flusher._thread is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_flushes_with_a_thread_of_its_own():
    """The parent's is not part of it."""
    flusher = Flusher(lambda: True, "test")
    assert flusher.flush(AMPLE)
    child = os.fork()
    if child == 0:
        os._exit(0 if flusher.flush(AMPLE) else 1)

    assert os.waitpid(child, 0)[1] == 0


def test_beyond_its_capacity_a_buffer_gives_up_the_oldest(capsys):
    """And says so, once, with their number."""
    taken = []
    buffer = Buffer(lambda items: not taken.extend(items), capacity=3, batch_size=2, what="spans")
    full = [buffer.add(number) for number in range(5)]

    assert full == [False, True, True, True, True]
    assert buffer.drain()
    assert taken == [2, 3, 4]
    assert "2 spans were given up" in capsys.readouterr().err


def test_a_batch_that_is_refused_while_others_are_taken_is_given_up():
    """After three times: one span that cannot be encoded does not stop all others for ever."""
    taken = []

    def export(items):
        if "poison" in items:
            return False
        taken.extend(items)
        return True

    buffer = Buffer(export, capacity=100, batch_size=1, what="spans")
    buffer.add("poison")
    for number in range(3):
        buffer.add(number)
        assert not buffer.drain()

    assert len(buffer) == 0
    assert taken == [0, 1, 2]
    assert buffer.drain()


def test_a_buffer_keeps_what_nobody_takes_up_to_its_capacity():
    """A collector that is down for long costs memory for so many, and no more."""
    buffer = Buffer(lambda items: False, capacity=10, batch_size=2, what="spans")
    for number in range(40):
        buffer.add(number)
        buffer.drain()

    assert 8 <= len(buffer) <= 10


def test_at_the_end_of_the_process_what_waits_is_sent(run_in_lambda, receiver):
    """Spans without an invocation around them, of a script or of the function's initialisation."""
    run_in_lambda(
        "from lambda_powertools.opentelemetry import OpenTelemetryProvider\n"
        "with OpenTelemetryProvider().in_subsegment('initialising'): pass"
    )

    assert [span.name for span in receiver.spans] == ["initialising"]


def test_without_the_plugin_the_outermost_span_flushes(receiver, provider):
    """`Tracer(provider=…)` with its own decorator for the handler."""
    from lambda_powertools.tracer import Tracer

    tracer = Tracer(service="shop", provider=provider, auto_patch=False)

    @tracer.capture_lambda_handler
    def handler(event, context):
        return tracer.capture_method(lambda: 1)()

    assert handler({}, make_context()) == 1

    assert len(receiver.requests) == 1
    outer = receiver.named("## handler")
    assert len(receiver.children(outer)) == 1
    assert outer.attributes["ColdStart"] is True
    assert outer.attributes["Service"] == "shop"
