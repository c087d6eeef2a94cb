import asyncio

import pytest

from lambda_powertools.metrics import Metrics
from lambda_powertools.metrics.provider import BaseProvider


class Memory(BaseProvider):
    """A provider of a user's own: the five methods and nothing else."""

    def __init__(self):
        self.calls = []

    def add_metric(self, *args, **kwargs):
        self.calls.append(("add_metric", args))

    def serialize_metric_set(self, *args, **kwargs):
        return list(self.calls)

    def flush_metrics(self, *args, **kwargs):
        self.calls.append(("flush_metrics", kwargs))

    def clear_metrics(self, *args, **kwargs):
        self.calls.clear()

    def add_cold_start_metric(self, context):
        self.calls.append(("add_cold_start_metric", context.function_name))


def test_the_base_provider_is_abstract():
    """MET-70: the five methods have to be there."""
    with pytest.raises(TypeError, match="abstract"):
        BaseProvider()


def test_a_provider_gets_the_decorator_and_the_cold_start_for_free(context):
    """MET-70, MET-71: the cold start once, before the handler; the flush after it, by name."""
    provider = Memory()

    @provider.log_metrics(capture_cold_start_metric=True, raise_on_empty_metrics=True)
    def handler(event, context):
        provider.add_metric("a", 1)
        return "done"

    assert handler({}, context) == "done"
    handler({}, context)

    flush = ("flush_metrics", {"raise_on_empty_metrics": True})
    assert provider.calls == [
        ("add_cold_start_metric", "orders-function"),
        ("add_metric", ("a", 1)),
        flush,
        ("add_metric", ("a", 1)),
        flush,
    ]


def test_a_provider_flushes_an_async_handler_after_it_has_finished(context):
    """MET-56: for every provider."""
    provider = Memory()

    @provider.log_metrics
    async def handler(event, context):
        await asyncio.sleep(0)
        provider.add_metric("a", 1)

    asyncio.run(handler({}, context))

    assert [name for name, _ in provider.calls] == ["add_metric", "flush_metrics"]


def test_any_option_of_the_decorator_survives_the_two_step_call(context):
    """MET-70 [beat]: a provider's own options arrive, whether the decorator is called with or without the handler."""
    seen = []

    class WithOptions(Memory):
        def log_metrics(self, lambda_handler=None, *args, **kwargs):
            if lambda_handler is not None:
                seen.append(kwargs)
            return super().log_metrics(lambda_handler, *args, **kwargs)

    WithOptions().log_metrics(default_tags={"a": 1}, custom=2)(lambda event, context: None)
    Metrics(provider=WithOptions()).log_metrics(default_dimensions={"d": 1}, custom=3)(lambda event, context: None)

    assert {name: seen[0][name] for name in ("default_tags", "custom")} == {"default_tags": {"a": 1}, "custom": 2}
    assert {name: seen[1][name] for name in ("default_dimensions", "custom")} == {
        "default_dimensions": {"d": 1},
        "custom": 3,
    }


def test_metrics_uses_the_decorator_of_its_provider(context):
    """MET-4: also where the provider is one of a user's own."""
    provider = Memory()
    metrics = Metrics(provider=provider)

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert [name for name, _ in provider.calls] == ["add_metric", "flush_metrics"]


class Structural:
    """A provider by its methods alone."""

    def __init__(self):
        self.calls = []

    add_metric = Memory.add_metric
    serialize_metric_set = Memory.serialize_metric_set
    flush_metrics = Memory.flush_metrics
    clear_metrics = Memory.clear_metrics
    add_cold_start_metric = Memory.add_cold_start_metric

    def set_default_dimensions(self, **dimensions):
        self.calls.append(("set_default_dimensions", dimensions))

    def enter_invocation(self, invocation):
        self.calls.append(("enter", invocation.request_id))

    def leave_invocation(self, invocation):
        self.calls.append(("leave", invocation.request_id))


def test_a_provider_that_inherits_nothing_has_the_decorator_of_metrics(context):
    """MET-4, MET-70: its methods are enough, whatever its class."""
    provider = Structural()
    metrics = Metrics(provider=provider)

    @metrics.log_metrics(capture_cold_start_metric=True, default_dimensions={"stage": "test"})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert [name for name, _ in provider.calls] == [
        "set_default_dimensions",
        "enter",
        "add_cold_start_metric",
        "add_metric",
        "flush_metrics",
        "leave",
    ]


def test_the_plugin_tells_a_provider_that_inherits_nothing_of_its_invocations(context):
    """MET-70, MET-71: also under `@powertools`."""
    from lambda_powertools.core import Registry, powertools
    from lambda_powertools.metrics.plugin import MetricsPlugin

    registry, provider = Registry(), Structural()
    registry.register(MetricsPlugin)

    @powertools(registry=registry, metrics=Metrics(provider=provider))
    def handler(event, context):
        provider.add_metric("a", 1)

    handler({}, context)

    assert [name for name, _ in provider.calls] == [
        "enter",
        "add_cold_start_metric",
        "add_metric",
        "flush_metrics",
        "leave",
    ]
