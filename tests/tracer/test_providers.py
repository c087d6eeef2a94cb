"""Providers of users' own: what is asked of them, and what is not."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager, nullcontext
from types import ModuleType
from unittest.mock import MagicMock, call

import pytest

from lambda_powertools.tracer import Tracer
from lambda_powertools.tracer.base import BaseProvider, BaseSegment
from lambda_powertools.tracer.sdk import replace_sdk, sdk_in_use


def test_the_interfaces():
    """The abstract classes name exactly the methods that a provider and a segment need."""
    assert BaseProvider.__abstractmethods__ == {
        "in_subsegment",
        "in_subsegment_async",
        "patch",
        "patch_all",
        "put_annotation",
        "put_metadata",
    }
    assert BaseSegment.__abstractmethods__ == {
        "add_exception",
        "add_subsegment",
        "close",
        "put_annotation",
        "put_metadata",
        "remove_subsegment",
    }


def test_a_disabled_tracer_still_uses_a_provider_of_the_users_own(provider):
    """TRC-8: outside Lambda the decorators call a custom provider, on which users' tests rely."""
    tracer = Tracer(provider=provider)
    assert tracer.disabled

    tracer.capture_method(lambda: 1)()

    assert list(provider.only.metadata.values()) == [1]


def test_the_calls_that_a_provider_sees_are_these():
    """TRC-47, T-15: the complete list of calls, with their keywords, seen by an object that answers to everything."""
    fake = MagicMock()
    tracer = Tracer(service="shop", disabled=False, provider=fake, patch_modules=["httpx"])

    @tracer.capture_lambda_handler
    def handler(event, context):
        tracer.put_annotation("a", 1)
        tracer.put_metadata("b", 2)
        return sum(numbers())

    @tracer.capture_method(capture_response=False)
    def numbers():
        yield 1

    handler({}, None)

    segment = call.in_subsegment().__enter__()
    assert fake.mock_calls == [
        call.patch(["httpx"]),
        call.in_subsegment(name="## handler"),
        segment,
        call.put_annotation(key="a", value=1),
        call.put_metadata(key="b", value=2, namespace="shop"),
        call.in_subsegment(name=f"## {__name__}.test_the_calls_that_a_provider_sees_are_these.locals.numbers"),
        segment,
        call.in_subsegment().__exit__(None, None, None),
        call.in_subsegment().__enter__().put_metadata(key="handler response", value=1, namespace="shop"),
        call.in_subsegment().__enter__().put_annotation(key="ColdStart", value=True),
        call.in_subsegment().__enter__().put_annotation(key="Service", value="shop"),
        call.in_subsegment().__exit__(None, None, None),
    ]


class OnlySync:
    """A provider that can do the least: yields no segment, and has nothing else."""

    def __init__(self):
        self.names = []

    @contextmanager
    def in_subsegment(self, name):
        self.names.append(name)
        yield None


def test_a_provider_needs_only_what_is_used():
    """TRC-46 [beat], T-14: a segment may be None, and methods that are not needed may be missing."""
    fake = OnlySync()
    tracer = Tracer(service="shop", disabled=False, auto_patch=False, provider=fake)

    assert tracer.capture_lambda_handler(lambda event, context: {"a": 1})({}, None) == {"a": 1}
    assert tracer.capture_method(lambda: 1)() == 1
    assert fake.names == ["## lambda", f"## {__name__}.test_a_provider_needs_only_what_is_used.locals.lambda"]


def test_a_missing_asynchronous_method_does_not_stop_coroutines():
    """TRC-50, T-14: what cannot be traced runs untraced."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=OnlySync())

    @tracer.capture_method
    async def load():
        return 7

    assert asyncio.run(load()) == 7


class Swallowing:
    """A provider whose context managers claim to have handled every exception."""

    def in_subsegment(self, name):
        return self

    def __enter__(self):
        return None

    def __exit__(self, *error):
        return True


def test_a_provider_cannot_swallow_an_error():
    """A context manager that returns true on exit does not make a failed call a successful one."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=Swallowing())

    @tracer.capture_method
    def fail():
        raise ValueError

    with pytest.raises(ValueError):
        fail()


def test_the_provider_can_be_replaced_on_a_tracer(provider):
    """Users' tests put their fake on the tracer of the code under test."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=type(provider)())
    tracer.provider = provider

    tracer.capture_method(lambda: 1)()

    assert provider.only.name.endswith("lambda")


def test_a_provider_without_scopes_can_trace_generators():
    """TRC-46: a provider that knows nothing of generators opens at the first step and closes at the last."""
    fake = MagicMock(spec=["in_subsegment"])
    fake.in_subsegment.return_value = nullcontext(None)
    tracer = Tracer(disabled=False, auto_patch=False, provider=fake)

    @tracer.capture_method
    def numbers():
        yield from (1, 2)

    assert list(numbers()) == [1, 2]
    assert fake.in_subsegment.call_count == 1


@pytest.fixture
def sdk():
    """Something in the place of the X-Ray SDK."""
    replacement = MagicMock()
    replace_sdk(replacement)
    yield replacement
    replace_sdk(None)


def test_a_replaced_sdk_is_what_new_tracers_use(sdk):
    """The recorder of what stands for the SDK takes the subsegments, and its functions patch the libraries."""
    tracer = Tracer(service="orders", disabled=False)

    @tracer.capture_method
    def price():
        return 7

    assert price() == 7
    assert sdk_in_use() is sdk
    assert sdk.core.xray_recorder.in_subsegment.call_count == 1
    assert sdk.core.patch_all.call_count == 1


def test_a_replaced_sdk_outlives_a_reset_and_goes_when_it_is_told_to(sdk, monkeypatch):
    """Forgetting the configuration keeps the replacement; without one it is the installed SDK again."""
    installed = ModuleType("aws_xray_sdk")
    installed.core = ModuleType("aws_xray_sdk.core")
    monkeypatch.setitem(sys.modules, "aws_xray_sdk", installed)
    monkeypatch.setitem(sys.modules, "aws_xray_sdk.core", installed.core)
    Tracer._reset_config()
    assert Tracer(disabled=False).provider is sdk.core.xray_recorder

    replace_sdk(None)

    assert sdk_in_use() is installed
