"""Each test has its own service, its own output, and a process as fresh as can be made."""

import io
import itertools
import json
import os

import pytest

from lambda_powertools import testing
from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.core.secrets import clear_secrets
from lambda_powertools.logger import Logger, _registry
from lambda_powertools.logger._keys import clear_thread_safe_keys

_numbers = itertools.count()


class Output(io.StringIO):
    """A stream that can be read as the records written to it."""

    @property
    def lines(self):
        return self.getvalue().splitlines()

    @property
    def records(self):
        return [json.loads(line) for line in self.lines]

    @property
    def last(self):
        return self.records[-1]

    @property
    def messages(self):
        return [record.get("message") for record in self.records]

    def forget(self):
        self.seek(0)
        self.truncate()


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("POWERTOOLS_", "AWS_LAMBDA_")) or name in {"_X_AMZN_TRACE_ID", "LOG_LEVEL"}:
            monkeypatch.delenv(name)
    monkeypatch.setattr(_registry, "services", [])
    monkeypatch.setattr(_registry, "special", [])
    reset_cold_start()
    clear_secrets()
    yield
    clear_thread_safe_keys()  # not by a logger: the test's environment, which may not suit one, is still there
    clear_secrets()


@pytest.fixture
def output():
    return Output()


@pytest.fixture
def service():
    return f"service-{next(_numbers)}"


@pytest.fixture
def make(service, output):
    """Make a logger of the test's own service that writes to its output."""

    def make_logger(**options):
        return Logger(**{"service": service, "stream": output, **options})

    return make_logger


@pytest.fixture
def logger(make):
    return make()


def make_context(request_id="request-1", **attributes):
    """Make a context of the function orders in Ireland; attributes are set as they are given."""
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
    context = testing.make_context(request_id=request_id, function_name="orders", invoked_function_arn=arn)
    for name, value in attributes.items():
        setattr(context, f"_{name}", value)
    return context


@pytest.fixture
def context():
    return make_context()


@pytest.fixture
def contexts():
    """Make contexts of several requests."""
    return make_context
