from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lambda_powertools.testing import PowertoolsTestingError, lambda_environment
from lambda_powertools.testing.exceptions import ProviderConformanceError
from lambda_powertools.testing.providers.tracing import RULES, check_tracing_provider

BACKENDS = Path(__file__).with_name("tracing_backends.py")
spec = importlib.util.spec_from_file_location("tracing_backends", BACKENDS)
backends = importlib.util.module_from_spec(spec)
spec.loader.exec_module(backends)

BROKEN = [
    (backends.FlatProvider, "nesting"),
    (backends.StickyProvider, "notes"),
    (backends.IndifferentProvider, "exceptions"),
    (backends.BlamingProvider, "exceptions"),
    (backends.SyncProvider, "coroutines"),
    (backends.GlobalProvider, "gather"),
    (backends.ScopelessProvider, "generators"),
    (backends.GeneratorBlamingProvider, "context-managers"),
    (backends.ThreadlessProvider, "threads"),
    (backends.LeakyProvider, "separate-handlers"),
]


@pytest.mark.parametrize("factory", [backends.GoodProvider, backends.no_op, backends.open_telemetry])
def test_sound_provider_keeps_to_every_rule(factory):
    """OpenTelemetry, the provider that keeps nothing, and a simple one of a user's own."""
    check_tracing_provider(factory)


@pytest.mark.parametrize(("provider", "rule"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_broken_provider_fails_with_its_rule_named(provider, rule):
    """At the beginning of the message, which goes on with what was recorded."""
    with pytest.raises(ProviderConformanceError, match=rf"^{rule}: ") as caught:
        RULES[rule](provider)

    assert isinstance(caught.value, (PowertoolsTestingError, AssertionError))


def test_every_rule_can_be_broken():
    """No rule is kept by each of the broken providers."""
    assert {rule for _, rule in BROKEN} == set(RULES)


def run_suite(tmp_path, factory, **variables):
    """Run the suite by its option, in a process of its own."""
    (tmp_path / "backends.py").write_text(BACKENDS.read_text())
    (tmp_path / "test_shop.py").write_text("def test_shop():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", f"--tracing-provider=backends:{factory}"]
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_x_ray_keeps_to_every_rule(tmp_path):
    """With the SDK's recorder, in a process that looks like Lambda."""
    result = run_suite(tmp_path, "x_ray", **lambda_environment("shop"))

    assert f"{len(RULES)} passed" in result.stdout, result.stdout + result.stderr


def test_option_runs_the_suite_alone(tmp_path):
    """`pytest --tracing-provider=module:factory` runs every rule and nothing else; a broken one is named."""
    result = run_suite(tmp_path, "IndifferentProvider")

    assert "test_tracing_provider[exceptions]" in result.stdout, result.stdout + result.stderr
    assert "exceptions: inner is not marked as failed" in result.stdout
    assert "test_shop" not in result.stdout
