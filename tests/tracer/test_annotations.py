"""`put_annotation`, `put_metadata` and `patch`: what the tracer asks of its provider."""

from __future__ import annotations

import pytest

from lambda_powertools.tracer import Tracer


def test_annotations_go_to_the_current_segment(tracer, provider):
    """TRC-40, TRC-47: key and value are handed on by name."""
    tracer.put_annotation("PaymentId", "p-1")

    assert provider.calls[-1] == ("put_annotation", "PaymentId", "p-1")


@pytest.mark.parametrize(
    ("service", "namespace", "expected"),
    [("shop", None, "shop"), ("shop", "cart", "cart"), (None, None, ""), ("shop", "", "")],
)
def test_the_namespace_of_metadata(provider, service, namespace, expected):
    """TRC-40: the namespace is the parameter, else the service, which may be empty."""
    tracer = Tracer(service=service, disabled=False, provider=provider)

    tracer.put_metadata("cart", {"items": 3}, namespace)

    assert provider.calls[-1] == ("put_metadata", "cart", {"items": 3}, expected)


def test_a_disabled_tracer_asks_for_nothing(provider):
    """TRC-7: disabled, these methods do nothing."""
    tracer = Tracer(disabled=True, provider=provider)

    tracer.put_annotation("a", 1)
    tracer.put_metadata("b", 2)
    tracer.patch(["httpx"])
    tracer.patch()

    assert provider.calls == []


def test_patching_on_demand(provider):
    """TRC-15: `patch` hands a list on as it is, and without one asks for everything."""
    tracer = Tracer(disabled=False, auto_patch=False, provider=provider)

    tracer.patch()
    tracer.patch(["httpx"])

    assert provider.calls == [("patch_all",), ("patch", ["httpx"])]


def test_only_x_ray_ignores_endpoints(provider):
    """TRC-42: with another provider `ignore_endpoint` has no effect."""
    Tracer(disabled=False, provider=provider).ignore_endpoint(hostname="*.example.com")

    assert provider.calls == [("patch_all",)]
