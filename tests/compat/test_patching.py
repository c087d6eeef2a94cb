"""What tests replace at an old path is replaced where it is used."""

from __future__ import annotations

import sys
from types import ModuleType
from unittest import mock

import pytest

import aws_lambda_powertools
from aws_lambda_powertools import Logger, Metrics
from lambda_powertools import batch, logger
from lambda_powertools.core import cold_start
from lambda_powertools.metrics.provider import cold_start as metric_flag


@pytest.fixture(autouse=True)
def _settings(monkeypatch):
    """Nothing of the environment, and a cold start for each test."""
    for name in ("POWERTOOLS_SERVICE_NAME", "AWS_LAMBDA_INITIALIZATION_TYPE", "LAMBDA_TASK_ROOT"):
        monkeypatch.delenv(name, raising=False)
    cold_start.reset_cold_start()


class Context:
    """As much of a Lambda context as the logger needs."""

    function_name = "orders"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
    aws_request_id = "1"


def test_a_method_that_is_replaced_is_replaced_everywhere():
    """A provider's method patched at its old path answers callers of the new one, and comes back."""
    from lambda_powertools.parameters import get_parameter
    from lambda_powertools.parameters.ssm import SSMProvider

    before = SSMProvider.get

    with mock.patch("aws_lambda_powertools.utilities.parameters.ssm.SSMProvider.get", return_value="blue"):
        assert get_parameter("/shop/colour") == "blue"

    assert SSMProvider.get is before


@pytest.mark.parametrize(
    ("path", "owner", "attribute"),
    [
        ("aws_lambda_powertools.Logger", logger, "Logger"),
        ("aws_lambda_powertools.logging.logger.Logger", sys.modules["lambda_powertools.logger.logger"], "Logger"),
        ("aws_lambda_powertools.utilities.batch.base.BatchProcessor", batch, "BatchProcessor"),
        ("aws_lambda_powertools.utilities.batch.BatchProcessor", batch, "BatchProcessor"),
    ],
)
def test_a_name_that_is_replaced_is_replaced_at_its_owner(path, owner, attribute):
    """`mock.patch` sets the name where it lives, and leaves everything as it was."""
    before = getattr(owner, attribute)

    with mock.patch(path) as replacement:
        assert getattr(owner, attribute) is replacement

    assert getattr(owner, attribute) is before
    assert getattr(aws_lambda_powertools, "Logger") is Logger  # noqa: B009  # not what this module imported


def test_monkeypatch_sets_and_deletes(monkeypatch):
    """The fixture `monkeypatch` works by path and by object; a deleted name is gone at both paths, and returns."""
    import aws_lambda_powertools.utilities.batch as old

    with monkeypatch.context() as patch:
        patch.setattr("aws_lambda_powertools.utilities.batch.decorators.iscoroutinefunction", None, raising=False)
        assert sys.modules["lambda_powertools.batch.decorators"].iscoroutinefunction is None
        patch.setattr(old, "colour", "red", raising=False)
        assert batch.colour == "red"
        patch.delattr(old, "colour")
        assert not hasattr(batch, "colour")
        assert not hasattr(old, "colour")

    assert not hasattr(batch, "colour")


@pytest.mark.parametrize("module", ["logging.logger", "tracing.tracer"])
def test_the_flag_of_the_cold_start_can_be_read_and_set(module, capsys):
    """A test that sets an old module's flag has a cold start, or has none; and the next invocation clears it."""
    path = f"aws_lambda_powertools.{module}"
    log = Logger(service=f"flag-{module}", stream=sys.stdout)

    @log.inject_lambda_context
    def handler(event, context):
        log.info("hello")

    __import__(path)
    old = sys.modules[path]
    assert old.is_cold_start is True
    handler({}, Context())
    assert old.is_cold_start is False
    old.is_cold_start = True
    handler({}, Context())
    with mock.patch(f"{path}.is_cold_start", True):
        handler({}, Context())
        handler({}, Context())
    assert old.is_cold_start is False
    cold_start.reset_cold_start()
    old.is_cold_start = False
    handler({}, Context())

    flags = [line.split('"cold_start":')[1].split(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert flags == ["true", "true", "true", "false", "false"]


@pytest.mark.parametrize("module", ["base", "provider.cold_start"])
def test_the_flag_of_the_metric_can_be_read_and_set(module):
    """Both places of the metric's flag are the one flag, for assignment and for `mock.patch`."""
    path = f"aws_lambda_powertools.metrics.{module}"
    __import__(path)
    old = sys.modules[path]
    old.is_cold_start = False
    assert metric_flag.is_cold_start is False

    with mock.patch(f"{path}.is_cold_start", True):
        assert metric_flag.is_cold_start is True

    assert metric_flag.is_cold_start is False
    old.reset_cold_start_flag()
    assert metric_flag.is_cold_start is True


def test_the_xray_sdk_can_be_replaced():
    """What stands at the old place of the SDK is what new tracers record to; the real one comes back."""
    from aws_lambda_powertools import Tracer

    sdk = mock.MagicMock()
    installed = ModuleType("aws_xray_sdk")
    installed.core = ModuleType("aws_xray_sdk.core")
    with mock.patch.dict(sys.modules, {"aws_xray_sdk": installed, "aws_xray_sdk.core": installed.core}):
        Tracer._reset_config()
        with mock.patch("aws_lambda_powertools.tracing.tracer.aws_xray_sdk", sdk):
            tracer = Tracer(service="orders", disabled=False)

            @tracer.capture_method
            def price():
                return 7

            assert price() == 7

        assert sys.modules["aws_lambda_powertools.tracing.tracer"].aws_xray_sdk is installed
    Tracer._reset_config()

    sdk.core.patch_all.assert_called_once_with()
    sdk.core.xray_recorder.in_subsegment.assert_called_once()


def test_a_module_below_can_be_replaced_in_its_parent():
    """Patching a module as an attribute of its old parent reaches those who look there, and nobody else."""
    import aws_lambda_powertools.utilities.batch.exceptions
    from aws_lambda_powertools.utilities.batch import base

    with mock.patch("aws_lambda_powertools.utilities.batch.exceptions") as replacement:
        assert aws_lambda_powertools.utilities.batch.exceptions is replacement

    assert aws_lambda_powertools.utilities.batch.exceptions is sys.modules["lambda_powertools.batch.exceptions"]
    assert base.BatchProcessor is batch.BatchProcessor


def test_standalone_decorators_are_the_same_code(capsys):
    """A handler decorated through the old names writes what one decorated through the new names writes."""
    metrics = Metrics(namespace="Shop", service="orders")

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("Placed", "Count", 1)
        return "done"

    assert handler({}, Context()) == "done"
    assert '"Placed":[1.0]' in capsys.readouterr().out
    assert type(metrics) is sys.modules["lambda_powertools.metrics"].Metrics
