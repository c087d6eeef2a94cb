"""What the tests of the core share: a clean environment and small builders of registries and plugins."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from lambda_powertools.core import Registry, set_registry, spans
from lambda_powertools.core.cold_start import reset_cold_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins in a cold environment in which nothing is set and nothing is installed."""
    for name in list(os.environ):
        if name.startswith(("POWERTOOLS_", "AWS_LAMBDA_", "_X_AMZN_")):
            monkeypatch.delenv(name)
    reset_cold_start()
    previous = set_registry(Registry())
    yield
    set_registry(previous)


@pytest.fixture
def registry_of() -> Callable[..., Registry]:
    """Return what builds a registry of plugin classes."""

    def build(*plugin_classes: type[Any]) -> Registry:
        registry = Registry()
        for plugin_class in plugin_classes:
            registry.register(plugin_class)
        return registry

    return build


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Return what runs a program in a fresh interpreter, where warnings are errors, and gives what it prints.

    It must not write to stderr.
    """

    def run(program: str, *options: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", *options, "-c", textwrap.dedent(program)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, **environment},
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


@pytest.fixture(autouse=True)
def no_span_factory() -> Iterator[None]:
    """Let no tracing package open core's spans, whichever has been imported in this process."""
    previous = spans.register_span_factory(None)
    yield
    spans.register_span_factory(previous)
