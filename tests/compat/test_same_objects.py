"""What an old path gives is what the new path gives."""

from __future__ import annotations

import importlib
import inspect
import sys

import pytest

from aws_lambda_powertools._table import ALIASES, ASSEMBLED

PACKAGES_WITH_A_FUNCTION_OF_A_MODULE_S_NAME = [
    ("aws_lambda_powertools.utilities.circuit_breaker", "circuit_breaker"),
    ("aws_lambda_powertools.utilities.data_classes", "event_source"),
    ("aws_lambda_powertools.utilities.kafka", "kafka_consumer"),
    ("aws_lambda_powertools.utilities.validation", "validator"),
]


def modules(coverage):
    return [module for module in coverage.facts() if coverage.module_state(module) == "answered"]


def test_nothing_of_the_original_is_missing(coverage):
    """Every public module and name of the original is answered, or the table says what to use instead of it."""
    missing = [
        f"{module}:{name}"
        for module, known in coverage.facts().items()
        for name in [*known["names"], ""]
        if (coverage.name_state(module, name) if name else coverage.module_state(module)) == "missing"
    ]

    assert missing == []


def test_a_path_that_one_module_answers_is_that_module(coverage):
    """The old module and the new one are one object, which knows itself by its new name, and loads anew by that."""
    for old, new in ALIASES.items():
        if coverage.module_state(old) != "answered":
            continue
        module = importlib.import_module(old)

        assert module is importlib.import_module(new) is sys.modules[old], old
        assert module.__name__ == module.__spec__.name == new


def test_what_is_assembled_gives_the_objects_of_its_owners(coverage):
    """A name at an old path is the object that its owner has, for every name that anybody knows."""
    compared = 0
    for old, (base, owners) in ASSEMBLED.items():
        if coverage.module_state(old) != "answered":
            continue
        module = importlib.import_module(old)
        for name, where in owners.items():
            owner, _, attribute = where.partition(":")
            assert getattr(module, name) is getattr(importlib.import_module(owner), attribute)
        for name in getattr(importlib.import_module(base), "__all__", ()) if base else ():
            if name not in owners and name != "__version__":
                assert getattr(module, name) is getattr(sys.modules[base], name), f"{old}:{name}"
                compared += 1

    assert compared > 300


@pytest.mark.parametrize(("package", "function"), PACKAGES_WITH_A_FUNCTION_OF_A_MODULE_S_NAME)
def test_a_module_does_not_hide_the_function_of_its_name(package, function):
    """Importing the module leaves the package's attribute a function, at the old path and at the new one."""
    module = importlib.import_module(f"{package}.{function}")
    parent = importlib.import_module(package)

    assert inspect.ismodule(module)
    assert inspect.isfunction(getattr(parent, function))
    assert inspect.isfunction(getattr(sys.modules[parent.__spec__.loader._base], function))
    assert getattr(module, function) is getattr(parent, function)


def test_old_paths_leave_the_new_packages_as_they_are(python):
    """After every old path has been imported, no module of ours has an attribute that is an old one's."""
    code = """
import importlib, sys, types
from aws_lambda_powertools._table import ALIASES, ASSEMBLED
for path in (*ALIASES, *ASSEMBLED):
    try:
        importlib.import_module(path)
    except ImportError:
        pass
for name, module in list(sys.modules.items()):
    if name.startswith("lambda_powertools."):
        for attribute, value in vars(module).items():
            if isinstance(value, types.ModuleType) and value.__name__.startswith("aws_lambda_powertools"):
                print(name, attribute)
        if module.__name__ != name or module.__spec__.name != name:
            print(name, module.__name__, module.__spec__.name)
print(len([name for name in sys.modules if name.startswith("aws_lambda_powertools.")]) > 200)
"""

    assert python(code, "-W", "ignore") == "True\n"


def test_a_class_has_one_identity():
    """What was made at one path is an instance for the other, and an error of the one is caught as the other's."""
    from aws_lambda_powertools.utilities.data_classes import SQSEvent
    from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError as Old
    from lambda_powertools.data_classes.sqs_event import SQSEvent as New
    from lambda_powertools.parameters import GetParameterError

    assert isinstance(New({"Records": []}), SQSEvent)
    with pytest.raises(Old):
        raise GetParameterError("nothing there")


def test_names_that_moved_are_found_at_their_old_places():
    """A sample of names that the original has at several places, and ours at one."""
    from aws_lambda_powertools import Logger, Metrics, Tracer, single_metric
    from aws_lambda_powertools.exceptions import InvalidEnvelopeExpressionError
    from aws_lambda_powertools.metrics.base import MetricManager, MetricUnit, SingleMetric
    from aws_lambda_powertools.metrics.metric import single_metric as also_single_metric
    from aws_lambda_powertools.middleware_factory import lambda_handler_decorator
    from aws_lambda_powertools.shared.functions import extract_event_from_common_models
    from aws_lambda_powertools.utilities.batch.base import AsyncBatchProcessor
    from aws_lambda_powertools.utilities.typing.lambda_context import LambdaContext
    from lambda_powertools import batch, core, jmespath, logger, metrics, tracer
    from lambda_powertools.core import json, typing

    assert (Logger, Metrics, Tracer) == (logger.Logger, metrics.Metrics, tracer.Tracer)
    assert single_metric is also_single_metric is metrics.single_metric
    assert MetricUnit is metrics.MetricUnit
    assert issubclass(SingleMetric, MetricManager)
    assert InvalidEnvelopeExpressionError is jmespath.InvalidEnvelopeExpressionError
    assert lambda_handler_decorator is core.lambda_handler_decorator
    assert AsyncBatchProcessor is batch.AsyncBatchProcessor
    assert LambdaContext is typing.LambdaContext
    assert extract_event_from_common_models is json.plain


def test_an_attribute_chain_reaches_what_was_not_imported(python):
    """Like the original, the package brings its modules along: they load when an attribute is asked for."""
    code = """
import aws_lambda_powertools
print(aws_lambda_powertools.logging.correlation_paths.API_GATEWAY_REST)
print(aws_lambda_powertools.utilities.__name__)
import aws_lambda_powertools.utilities.batch.sqs_fifo_partial_processor as fifo
print(fifo.SqsFifoPartialProcessor.__name__)
import aws_lambda_powertools.utilities.batch.base as base
print(base.BatchProcessor.__name__, base.BasePartialProcessor.__name__)
"""

    assert python(code).splitlines() == [
        "requestContext.requestId",
        "aws_lambda_powertools.utilities",
        "SqsFifoPartialProcessor",
        "BatchProcessor BasePartialProcessor",
    ]
