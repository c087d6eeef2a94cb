"""A provider that another package registers: tracers record to it, those too that were made before."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.core import Registry, powertools, spans
from lambda_powertools.tracer import Tracer
from lambda_powertools.tracer.base import NoOpProvider
from lambda_powertools.tracer.plugin import TracerPlugin


@pytest.fixture(autouse=True)
def _unregister():
    yield
    spans.register_tracing_provider(None)


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(TracerPlugin)
    return registry


class Everywhere(NoOpProvider):
    records_outside_lambda = True


@pytest.mark.parametrize("is_made_before", [True, False])
def test_a_tracer_without_a_provider_records_to_the_one_that_is_registered(provider, is_made_before):
    """It makes no difference whether the tracer or the registration comes first."""
    if is_made_before:
        tracer = Tracer(disabled=False, auto_patch=False)
        spans.register_tracing_provider(provider)
    else:
        spans.register_tracing_provider(provider)
        tracer = Tracer(disabled=False, auto_patch=False)

    tracer.capture_method(lambda: 1)()
    tracer.put_annotation("a", 1)

    assert provider.only.name.endswith("lambda")
    assert provider.calls == [("put_annotation", "a", 1)]
    assert tracer.provider is provider


@pytest.mark.parametrize("is_made_before", [True, False])
def test_a_provider_that_was_given_stays(provider, is_made_before):
    """What the user has chosen is not replaced by what is installed."""
    own = type(provider)()
    if is_made_before:
        tracer = Tracer(disabled=False, provider=own)
        spans.register_tracing_provider(provider)
    else:
        spans.register_tracing_provider(provider)
        tracer = Tracer(disabled=False, provider=own)

    tracer.capture_method(lambda: 1)()

    assert (len(own.segments), len(provider.segments)) == (1, 0)


def test_when_the_provider_is_withdrawn_tracers_return_to_x_ray(provider, monkeypatch):
    """Also those that recorded to it."""
    monkeypatch.setenv("LAMBDA_TASK_ROOT", "/var/task")
    tracer = Tracer(auto_patch=False)
    x_ray = tracer._provider
    spans.register_tracing_provider(provider)
    assert spans.register_tracing_provider(None) is provider

    assert type(tracer._provider) is type(x_ray)
    assert spans.tracing_provider() is None


def test_a_tracer_that_moves_has_libraries_patched_by_its_new_provider(provider):
    """And is not kept alive for it."""
    tracer = Tracer(disabled=False)
    forgotten = Tracer(disabled=False)
    del forgotten
    gc.collect()
    spans.register_tracing_provider(provider)

    assert provider.calls == [("patch_all",)]
    assert tracer.provider is provider


@pytest.mark.parametrize("is_made_before", [True, False])
def test_a_provider_that_works_outside_lambda_enables_its_tracers_there(monkeypatch, is_made_before):
    """Unless they, or the environment, were told otherwise."""
    provider = Everywhere()
    if not is_made_before:
        spans.register_tracing_provider(provider)
    tracer, off = Tracer(auto_patch=False), None
    if is_made_before:
        assert tracer.disabled
        spans.register_tracing_provider(provider)
    assert not tracer.disabled

    off = Tracer(disabled=True)
    assert off.disabled
    Tracer._reset_config()
    monkeypatch.setenv("POWERTOOLS_TRACE_DISABLED", "true")
    assert Tracer().disabled


def test_plugin_stands_aside_where_the_provider_records_the_invocations(registry):
    """Of the handlers that it names, and of no other."""
    names = []

    class Recording(NoOpProvider):
        def records_invocations_of(self, application):
            return application.name == "known"

        def in_subsegment(self, name=None, **kwargs):
            names.append(name)
            return super().in_subsegment(name)

    spans.register_tracing_provider(Recording())

    @powertools(registry=registry, tracer={"disabled": False})
    def known(event, context):
        return 1

    @powertools(registry=registry)
    def unknown(event, context):
        return 2

    assert (known({}, None), unknown({}, None)) == (1, 2)
    assert names == ["## unknown"]


def test_thread_pools_hand_on_the_scope_of_a_provider_that_has_scopes():
    """As they do for X-Ray; a pool that was made while the tracer was there needs no help."""
    scope = threading.local()

    class Scoped(NoOpProvider):
        def get_scope(self):
            return getattr(scope, "value", None)

        def set_scope(self, value):
            scope.value = value

    tracer = Tracer(disabled=False, provider=Scoped())
    Tracer(provider=tracer.provider)
    scope.value = "of the caller"
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(tracer.provider.get_scope).result() == "of the caller"
        Tracer._reset_config()
        assert pool.submit(tracer.provider.get_scope).result() is None


def test_no_op_provider_changes_nothing():
    """Every kind of call gives what it gives untraced."""
    tracer = Tracer(disabled=False, provider=NoOpProvider())

    @tracer.capture_method
    async def load(number):
        tracer.put_annotation("a", number)
        tracer.put_metadata("b", number)
        return number

    @tracer.capture_method
    def numbers():
        yield from (1, 2)

    assert asyncio.run(load(3)) == 3
    assert list(numbers()) == [1, 2]
    tracer.patch(["anything"])
