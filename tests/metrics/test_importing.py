import subprocess
import sys
from importlib import import_module

import pytest

PUBLIC = {
    "": [
        "EphemeralMetrics",
        "MetricResolution",
        "MetricResolutionError",
        "MetricUnit",
        "MetricUnitError",
        "MetricValueError",
        "Metrics",
        "SchemaValidationError",
        "single_metric",
    ],
    ".provider": ["BaseProvider"],
    ".provider.base": ["BaseProvider"],
    ".provider.cold_start": ["is_cold_start", "reset_cold_start_flag"],
    ".provider.cloudwatch_emf.cloudwatch": ["AmazonCloudWatchEMFProvider"],
    ".provider.cloudwatch_emf.constants": [
        "MAX_DIMENSIONS",
        "MAX_METRICS",
        "MIN_METRIC_NAME_LENGTH",
        "MAX_METRIC_NAME_LENGTH",
    ],
    ".provider.cloudwatch_emf.exceptions": ["MetricNameError", "MetricUnitError", "MetricResolutionError"],
    ".provider.cloudwatch_emf.metric_properties": ["MetricUnit", "MetricResolution"],
    ".provider.cloudwatch_emf.types": [
        "CloudWatchEMFOutput",
        "CloudWatchEMFRoot",
        "CloudWatchEMFMetrics",
        "CloudWatchEMFMetric",
    ],
    ".provider.datadog": ["DatadogMetrics", "DatadogProvider"],
    ".provider.datadog.warnings": ["DatadogDataValidationWarning"],
    ".functions": [
        "extract_cloudwatch_metric_unit_value",
        "extract_cloudwatch_metric_resolution_value",
        "validate_emf_timestamp",
        "convert_timestamp_to_emf_format",
        "is_metrics_disabled",
        "resolve_cold_start_function_name",
    ],
    ".exceptions": ["MetricUnitError", "MetricResolutionError", "MetricValueError", "SchemaValidationError"],
    ".types": ["MetricNameUnitResolution"],
}


@pytest.mark.parametrize(("module", "names"), PUBLIC.items(), ids=PUBLIC)
def test_public_names_are_where_users_know_them(module, names):
    """Public surface: every name of every module, the same object wherever it occurs."""
    found = import_module(f"lambda_powertools.metrics{module}")
    root = import_module("lambda_powertools.metrics")

    for name in names:
        assert hasattr(found, name)
        assert name not in PUBLIC[""] or getattr(found, name) is getattr(root, name)


def test_the_limits_have_the_values_users_know():
    """Public surface: constants."""
    constants = import_module("lambda_powertools.metrics.provider.cloudwatch_emf.constants")

    assert (constants.MAX_DIMENSIONS, constants.MAX_METRICS) == (29, 100)
    assert (constants.MIN_METRIC_NAME_LENGTH, constants.MAX_METRIC_NAME_LENGTH) == (1, 255)


def test_ephemeral_metrics_is_the_provider():
    """Public surface: an alias."""
    root = import_module("lambda_powertools.metrics")
    cloudwatch = import_module("lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch")

    assert root.EphemeralMetrics is cloudwatch.AmazonCloudWatchEMFProvider


def test_a_name_that_does_not_exist_is_an_attribute_error():
    """The lazy exports answer like a module."""
    with pytest.raises(AttributeError, match="no attribute 'Metric'"):
        _ = import_module("lambda_powertools.metrics").Metric


HEAVY = {
    "asyncio",
    "boto3",
    "dataclasses",
    "datadog_lambda",
    "datetime",
    "decimal",
    "importlib.metadata",
    "inspect",
    "jmespath",
    "json",
    "logging",
    "numbers",
    "pydantic",
    "lambda_powertools.metrics.provider.datadog",
    "lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties",
}

PROGRAM = """
import sys
before = set(sys.modules)
{program}
print(" ".join(set(sys.modules) - before))
"""


@pytest.mark.parametrize(
    "program",
    [
        "import lambda_powertools.metrics",
        "import lambda_powertools.metrics.plugin; lambda_powertools.metrics.plugin.MetricsPlugin()",
        "from lambda_powertools.metrics import Metrics, EphemeralMetrics; Metrics(); EphemeralMetrics()",
        "from lambda_powertools.metrics import single_metric, MetricUnitError",
    ],
)
def test_importing_and_constructing_stay_light(program):
    """T-10: nothing heavy is loaded before it is needed."""
    assert not _loaded(program) & HEAVY


def test_a_plain_flush_loads_no_json():
    """T-10: one line with metrics and dimensions is written without importing json."""
    program = (
        "from lambda_powertools.metrics import Metrics; m = Metrics(namespace='Shop', service='orders');"
        "m.add_metric('a', 'Count', 1); m.add_dimension('d', 'v'); m.flush_metrics()"
    )

    assert not _loaded(program) & (HEAVY - {"numbers"})


def _loaded(program):
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(program=program)], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())
