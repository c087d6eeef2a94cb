"""The fixtures, active in every pytest run of an environment in which this distribution is installed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lambda_powertools.core import Registry
    from lambda_powertools.core.typing import LambdaContext
    from lambda_powertools.testing.client import TestClient
    from lambda_powertools.testing.clock import FakeClock
    from lambda_powertools.testing.running import InvocationResult
    from lambda_powertools.testing.xray import XRayDaemon


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that run a conformance suite."""
    from lambda_powertools.testing.stores.running import add_options

    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Bring the suites that are asked for into the run."""
    from lambda_powertools.testing.stores.running import add_suites

    add_suites(config)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a suite of this package."""
    from lambda_powertools.testing.stores.running import make_module

    return make_module(module_path, parent)


@pytest.fixture(autouse=True)
def _own_registry() -> Iterator[None]:
    """Give each test a process-wide registry of its own: what it registers, removes or blocks reaches no other test."""
    # Not imported for it: a test whose function uses no plugin pays nothing, and may look at what is imported.
    registry = sys.modules.get("lambda_powertools.core.registry")
    before = None if registry is None else registry.set_registry(None)
    if registry is not None and before is not None:
        registry.set_registry(before.copy())
    yield
    registry = sys.modules.get("lambda_powertools.core.registry")
    if registry is not None:
        registry.set_registry(before)


@pytest.fixture
def lambda_context() -> LambdaContext:
    """A context with every value set, 30 seconds before its deadline; `make_context` makes others."""
    from lambda_powertools.testing.context import make_context

    return make_context()


@pytest.fixture
def isolated_registry() -> Iterator[Registry]:
    """An empty registry in the place of the process-wide one, for the time of the test.

    What is decorated in the test has the plugins that the test registers, whatever is installed.
    """
    from lambda_powertools.core import Registry, set_registry

    registry = Registry()
    previous = set_registry(registry)
    yield registry
    set_registry(previous)


@pytest.fixture
def cold_start() -> Iterator[Callable[[], None]]:
    """Make the test's first invocation a cold one; call the fixture's value to make the next one cold again."""
    from lambda_powertools.core.cold_start import reset_cold_start

    reset_cold_start()
    yield reset_cold_start
    reset_cold_start()


@pytest.fixture
def clock() -> Iterator[FakeClock]:
    """A `FakeClock` that stands at a full hour, for the time of the test."""
    from lambda_powertools.testing.clock import FakeClock
    from lambda_powertools.testing.events._values import SECONDS

    with FakeClock(SECONDS) as clock:
        yield clock


@pytest.fixture
def make_client() -> Callable[..., TestClient]:
    """`lambda_powertools.testing.TestClient`: sends requests to an app."""
    from lambda_powertools.testing.client import TestClient

    return TestClient


@pytest.fixture
def run_handler() -> Callable[..., InvocationResult]:
    """`lambda_powertools.testing.invoke`: call a handler, keep its response or error, logs and metrics."""
    from lambda_powertools.testing.running import invoke

    return invoke


@pytest.fixture
def xray_daemon(monkeypatch: pytest.MonkeyPatch) -> Iterator[XRayDaemon]:
    """A listening `XRayDaemon`, to which `AWS_XRAY_DAEMON_ADDRESS` and, once it is imported, the X-Ray SDK point."""
    from lambda_powertools.testing.xray import XRayDaemon, led_to

    with XRayDaemon() as daemon:
        monkeypatch.setenv("AWS_XRAY_DAEMON_ADDRESS", daemon.address)
        with led_to(daemon):
            yield daemon


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch, xray_daemon: XRayDaemon) -> Iterator[XRayDaemon]:
    """Trace what the test calls, as in Lambda: `invoke(...).spans` holds it. The test has to make its `Tracer` itself.

    Libraries are not patched, as that could not be undone after the test. Without the X-Ray SDK the test is skipped.
    """
    from lambda_powertools.testing.environment import make_trace_header

    pytest.importorskip("aws_xray_sdk", reason="spans need the X-Ray SDK: pip install lambda-powertools-tracer")
    monkeypatch.setenv("LAMBDA_TASK_ROOT", "/var/task")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", make_trace_header())
    import aws_xray_sdk.core
    from aws_xray_sdk.core.lambda_launcher import LambdaContext as SegmentsOfLambda

    recorder = aws_xray_sdk.core.xray_recorder
    monkeypatch.setattr(recorder, "_context", SegmentsOfLambda())
    monkeypatch.setattr(aws_xray_sdk.core.patcher, "_patch_module", lambda *_, **__: None)
    _reset_tracer()  # what was configured outside of Lambda
    yield xray_daemon
    _reset_tracer()  # it has begun to wait for libraries, to patch them when they are imported


def _reset_tracer() -> None:
    if (package := sys.modules.get("lambda_powertools.tracer")) is not None:
        package.Tracer._reset_config()  # noqa: SLF001  # users of the original know it, and have no other
