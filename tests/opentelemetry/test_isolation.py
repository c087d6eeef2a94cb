"""Two hundred invocations at once, in threads and in tasks: every tree is whole, and nobody's is in another's."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.core import powertools
from lambda_powertools.opentelemetry import OpenTelemetryProvider
from lambda_powertools.testing import make_context
from lambda_powertools.tracer import Tracer

COUNT = 200


@pytest.fixture
def provider(receiver, make_exporter):
    """A provider that takes its time."""
    return OpenTelemetryProvider(span_exporter=make_exporter(receiver, 30), flush_timeout=30)


def check(receiver):
    """Every invocation is a tree of its own, with its two steps and their leaf, all marked with its number."""
    assert len(receiver.spans) == COUNT * 4
    roots = [span for span in receiver.spans if not span.parent_id]
    assert len({span.trace_id for span in roots}) == len(roots) == COUNT
    for root in roots:
        steps = receiver.children(root)
        (leaf,) = (leaf for step in steps for leaf in receiver.children(step))
        numbers = {span.attributes["number"] for span in (root, leaf, *steps)}
        assert len(steps) == 2
        assert len(numbers) == 1
    assert sum(root.attributes["faas.coldstart"] for root in roots) == 1


def test_threads(receiver, provider, registry):
    """Each invocation in a thread of its own."""
    tracer = Tracer(auto_patch=False, disabled=False)
    barrier = threading.Barrier(COUNT, timeout=60)

    @tracer.capture_method
    def leaf(number):
        tracer.put_annotation("number", number)

    @tracer.capture_method
    def step(number, deeper):
        tracer.put_annotation("number", number)
        if deeper:
            leaf(number)

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        barrier.wait()
        tracer.put_annotation("number", event["number"])
        step(event["number"], deeper=True)
        step(event["number"], deeper=False)

    threads = [threading.Thread(target=handler, args=({"number": n}, make_context(timeout=60))) for n in range(COUNT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert provider.flush(30)

    check(receiver)


def test_tasks(receiver, provider, registry):
    """Each invocation in a task of one loop."""
    tracer = Tracer(auto_patch=False, disabled=False)

    @tracer.capture_method
    async def leaf(number):
        await asyncio.sleep(0)
        tracer.put_annotation("number", number)

    @tracer.capture_method
    async def step(number, deeper):
        tracer.put_annotation("number", number)
        await asyncio.sleep(0)
        if deeper:
            await leaf(number)

    @powertools(registry=registry, opentelemetry=provider)
    async def handler(event, context):
        tracer.put_annotation("number", event["number"])
        await asyncio.gather(step(event["number"], deeper=True), step(event["number"], deeper=False))

    async def main():
        await asyncio.gather(*(handler({"number": n}, make_context(timeout=60)) for n in range(COUNT)))

    asyncio.run(main())
    assert provider.flush(30)

    check(receiver)


def test_nothing_of_an_invocation_is_left_for_the_next(receiver, provider, registry):
    """No current span, no baggage, no parent; also after a failure."""
    from opentelemetry import baggage, trace

    tracer = Tracer(auto_patch=False, disabled=False)

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        if "fail" in event:
            raise ValueError
        return dict(baggage.get_all())

    first = {"httpMethod": "GET", "path": "/", "headers": {"baggage": "customer=c-1"}}
    assert handler(first, None) == {"customer": "c-1"}
    assert handler({}, None) == {}
    with pytest.raises(ValueError):
        handler({"fail": 1}, None)
    assert not trace.get_current_span().get_span_context().is_valid
    tracer.put_annotation("stray", 1)
    assert handler({}, None) == {}
    provider.flush()

    assert len({span.trace_id for span in receiver.spans}) == len(receiver.spans) == 4
    assert not any("stray" in span.attributes for span in receiver.spans)


def test_thread_pools_hang_below_what_started_them(receiver, provider, registry):
    """With `auto_patch`, as for X-Ray; threads of one's own by `propagate`."""
    tracer = Tracer(disabled=False)

    @tracer.capture_method
    def work(number):
        return number

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        with ThreadPoolExecutor(4) as pool:
            thread = threading.Thread(target=tracer.propagate(work), args=(0,))
            thread.start()
            thread.join()
            return sum(pool.map(work, range(20)))

    handler({}, make_context(function_name="orders"))

    assert len(receiver.children(receiver.named("orders"))) == 21
