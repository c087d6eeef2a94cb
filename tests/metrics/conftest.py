"""What the tests of metrics share: a clean environment, and output that is checked against the published schema."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.metrics import _shared
from lambda_powertools.metrics.metrics import Metrics
from lambda_powertools.metrics.provider import cold_start
from lambda_powertools.metrics.provider.datadog import DatadogMetrics

# The schema of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
SCHEMA = jsonschema.Draft7Validator(json.loads((Path(__file__).parent / "data" / "emf.schema.json").read_text()))

PREFIXES = ("POWERTOOLS_", "DD_", "AWS_LAMBDA_INITIALIZATION_TYPE")


def _no_constant(text):
    raise AssertionError(f"{text} is no JSON")


def _no_duplicates(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a name occurs twice: {names}"
    return dict(pairs)


def assert_valid_emf(line):
    """Assert what the schema says, and what the specification says beyond it; return the document."""
    document = json.loads(line, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    SCHEMA.validate(document)
    assert len(line.encode()) <= 1_048_576 - 26
    assert document["_aws"]["Timestamp"] >= 0
    for directive in document["_aws"]["CloudWatchMetrics"]:
        assert directive.keys() == {"Namespace", "Dimensions", "Metrics"}
        assert len(directive["Metrics"]) <= 100
        assert len({metric["Name"] for metric in directive["Metrics"]}) == len(directive["Metrics"])
        for dimensions in directive["Dimensions"]:
            assert len(set(dimensions)) == len(dimensions)
            for name in dimensions:
                assert isinstance(document[name], str)
        for metric in directive["Metrics"]:
            assert metric.get("StorageResolution", 60) in {1, 60}
            values = document[metric["Name"]]
            assert 1 <= len(values) <= 100
            assert all(isinstance(value, float) for value in values)
    return document


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """Leave no environment, shared data or cold start from one test to the next."""
    for name in [name for name in os.environ if name.startswith(PREFIXES)]:
        monkeypatch.delenv(name)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget():
    # Instances that went out of use in a cycle live until the garbage is collected; to the next test they are gone.
    _shared._instances.clear()
    reset_cold_start()
    cold_start._assigned = None
    for shared in (Metrics(), DatadogMetrics()):
        shared.clear_default_dimensions() if isinstance(shared, Metrics) else shared.clear_default_tags()
        shared.clear_metrics()


@pytest.fixture
def emf(capsys):
    """Return what was written since the last call, each line a valid document and nothing else."""

    def documents():
        out = capsys.readouterr().out
        assert out == "" or out.endswith("\n")
        return [assert_valid_emf(line) for line in out.splitlines()]

    return documents


@pytest.fixture
def assert_emf():
    """Return the check of a single line, for output that is captured in another way."""
    return assert_valid_emf


@pytest.fixture
def context():
    """Return a context as Lambda gives it."""
    return SimpleNamespace(
        function_name="orders-function", aws_request_id="request-1", get_remaining_time_in_millis=lambda: 3000
    )
