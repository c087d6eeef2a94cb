"""The fixtures, active in every pytest run of an environment in which this distribution is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lambda_powertools.core import Registry
    from lambda_powertools.core.typing import LambdaContext
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
def run_handler() -> Callable[..., InvocationResult]:
    """`lambda_powertools.testing.invoke`: call a handler, keep its response or error, logs and metrics."""
    from lambda_powertools.testing.running import invoke

    return invoke


@pytest.fixture
def xray_daemon(monkeypatch: pytest.MonkeyPatch) -> Iterator[XRayDaemon]:
    """A listening `XRayDaemon`, with `AWS_XRAY_DAEMON_ADDRESS` pointing to it.

    The X-Ray SDK reads the variable when it is imported; once it is,
    `xray_recorder.configure(daemon_address=xray_daemon.address)` leads it here.
    """
    from lambda_powertools.testing.xray import XRayDaemon

    with XRayDaemon() as daemon:
        monkeypatch.setenv("AWS_XRAY_DAEMON_ADDRESS", daemon.address)
        yield daemon
