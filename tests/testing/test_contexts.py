from __future__ import annotations

import subprocess
import sys
import time

import pytest

from lambda_powertools.core import Invocation
from lambda_powertools.core.typing import LambdaContext
from lambda_powertools.testing import lambda_environment, make_context, make_trace_header


@pytest.mark.parametrize(
    ("argument", "attribute", "value"),
    [
        ("function_name", "function_name", "orders"),
        ("function_version", "function_version", "7"),
        ("memory_limit_in_mb", "memory_limit_in_mb", 1024),
        ("request_id", "aws_request_id", "request-1"),
        ("invoked_function_arn", "invoked_function_arn", "arn:aws:lambda:eu-west-1:1:function:orders:live"),
        ("tenant_id", "tenant_id", "acme"),
    ],
)
def test_given_value_is_the_context_s(argument, attribute, value):
    """TYP-8: a value given to make_context is what the context says."""
    context = make_context(**{argument: value})

    assert getattr(context, attribute) == value


def test_every_attribute_has_a_value():
    """TYP-8: a context made without arguments answers every attribute that Lambda's does."""
    context = make_context()

    assert isinstance(context, LambdaContext)
    names = [name for name in dir(LambdaContext) if not name.startswith("_")]
    assert "aws_request_id" in names
    assert [name for name in names if not hasattr(context, name)] == []
    assert context.identity.cognito_identity_id is None
    assert context.client_context is None


def test_two_requests_have_two_ids():
    """A request id that is not given is a new one."""
    assert make_context().aws_request_id != make_context().aws_request_id


def test_remaining_time_counts_down_to_zero():
    """TYP-8: the remaining time falls with the clock and never below zero."""
    context = make_context(timeout=0.05)
    first = context.get_remaining_time_in_millis()
    time.sleep(0.06)

    assert 0 < first <= 50
    assert context.get_remaining_time_in_millis() == 0


def test_core_derives_its_deadline_from_the_context():
    """An invocation with a context of ours has a deadline, as it has in Lambda."""
    invocation = Invocation({}, make_context(timeout=10))

    assert 9 < invocation.remaining_time <= 10


def test_environment_names_function_folder_and_daemon():
    """The environment is the one that Lambda documents, with the given values in it."""
    environment = lambda_environment("orders", task_root="/var/task", daemon_address="127.0.0.1:4711", timeout=3)

    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == "orders"
    assert environment["LAMBDA_TASK_ROOT"] == "/var/task"
    assert environment["AWS_XRAY_DAEMON_ADDRESS"] == "127.0.0.1:4711"
    assert environment["_AWS_XRAY_DAEMON_PORT"] == "4711"
    assert environment["AWS_LAMBDA_FUNCTION_TIMEOUT"] == "3"
    assert not [name for name in environment if "SECRET" in name or "ACCESS_KEY" in name]


@pytest.mark.parametrize(("sampled", "end"), [(True, ";Sampled=1"), (False, ";Sampled=0")])
def test_trace_header_starts_a_new_trace(sampled, end):
    """Every tracing header has a root of its own and says whether the trace is recorded."""
    header = make_trace_header(sampled=sampled)

    assert header.endswith(end)
    assert header != make_trace_header(sampled=sampled)


def test_package_works_without_pytest():
    """Everything outside pytest_plugin is usable without importing pytest."""
    code = (
        "import sys; from lambda_powertools.testing import *; from lambda_powertools.testing import invoke; "
        "invoke(lambda event, context: None); assert 'pytest' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
