from types import SimpleNamespace
from unittest.mock import patch

import pytest

from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError
from lambda_powertools.metrics.functions import resolve_cold_start_function_name
from lambda_powertools.metrics.provider import cold_start


def decorated(metrics, error=None, **options):
    @metrics.log_metrics(capture_cold_start_metric=True, **options)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        if error:
            raise error

    return handler


def names(documents):
    return [
        [metric["Name"] for metric in document["_aws"]["CloudWatchMetrics"][0]["Metrics"]] for document in documents
    ]


def test_the_first_invocation_writes_an_object_of_its_own(emf, context):
    """MET-52: before the application's object; function name, then service, and nothing else."""
    metrics = Metrics(namespace="Shop", service="orders")
    metrics.set_default_dimensions(stage="test")
    metrics.add_metadata("k", 1)
    handler = decorated(metrics)
    handler({}, context)
    handler({}, context)

    documents = emf()
    assert names(documents) == [["ColdStart"], ["a"], ["a"]]
    first = documents[0]
    assert first["_aws"]["CloudWatchMetrics"] == [
        {
            "Namespace": "Shop",
            "Dimensions": [["function_name", "service"]],
            "Metrics": [{"Name": "ColdStart", "Unit": "Count"}],
        }
    ]
    del first["_aws"]
    assert first == {"function_name": "orders-function", "service": "orders", "ColdStart": [1.0]}


def test_without_a_service_there_is_one_dimension(emf, context):
    """MET-52: the service is there only if it is known."""
    decorated(EphemeralMetrics(namespace="Shop"))({}, context)

    assert emf()[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["function_name"]]


@pytest.mark.parametrize(
    ("parameter", "variable", "expected"),
    [("given", "environment", "given"), (None, "environment", "environment"), (None, None, "orders-function")],
)
def test_the_name_of_the_function_is_found(emf, monkeypatch, context, parameter, variable, expected):
    """MET-52: parameter before variable before context."""
    if variable:
        monkeypatch.setenv("POWERTOOLS_METRICS_FUNCTION_NAME", variable)
    decorated(EphemeralMetrics(namespace="Shop", function_name=parameter))({}, context)

    assert emf()[0]["function_name"] == expected
    assert resolve_cold_start_function_name(parameter, context) == expected


def test_the_context_inside_a_durable_one_is_asked(emf, context):
    """MET-52: the wrapper that durable functions receive is unwrapped."""
    decorated(EphemeralMetrics(namespace="Shop"))({}, SimpleNamespace(lambda_context=context, state=object()))

    assert emf()[0]["function_name"] == "orders-function"


def test_the_context_is_not_touched_when_it_is_not_needed(emf):
    """MET-52: any context will do for a warm invocation, or without the option."""
    metrics = EphemeralMetrics(namespace="Shop")
    decorated(metrics)({}, SimpleNamespace(function_name="f"))
    decorated(metrics)({}, object())

    assert names(emf()) == [["ColdStart"], ["a"], ["a"]]


def test_a_context_without_a_name_is_one_clear_error_after_the_handler(emf):
    """MET-54: the handler runs and its metrics are written; then the cold start's failure is reported."""
    with pytest.raises(SchemaValidationError, match="ColdStart needs the name of the function"):
        decorated(EphemeralMetrics(namespace="Shop"))({}, None)

    assert names(emf()) == [["a"]]


def test_several_instances_write_one_cold_start(emf, context):
    """MET-53: the flag is the process's."""
    one, other = EphemeralMetrics(namespace="Shop"), EphemeralMetrics(namespace="Stock")

    @one.log_metrics(capture_cold_start_metric=True)
    @other.log_metrics(capture_cold_start_metric=True)
    def handler(event, context):
        one.add_metric("a", "Count", 1)
        other.add_metric("b", "Count", 1)

    handler({}, context)
    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["b"], ["a"], ["b"], ["a"]]


def test_an_instance_that_does_not_ask_does_not_use_up_the_cold_start(emf, context):
    """T-7: an outer decorator without the option hides nothing from an inner one."""
    one, other = EphemeralMetrics(namespace="Shop"), EphemeralMetrics(namespace="Stock")

    @one.log_metrics
    @other.log_metrics(capture_cold_start_metric=True)
    def handler(event, context):
        one.add_metric("a", "Count", 1)
        other.add_metric("b", "Count", 1)

    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["b"], ["a"]]


def test_an_invocation_that_is_not_the_first_is_not_cold(emf, context):
    """T-7: the invocation knows; a decorator that first runs in the second one writes nothing."""
    plain = EphemeralMetrics(namespace="Shop")

    @plain.log_metrics
    def first(event, context):
        plain.add_metric("a", "Count", 1)

    first({}, context)
    decorated(EphemeralMetrics(namespace="Shop"))({}, context)

    assert names(emf()) == [["a"], ["a"]]


def test_it_is_written_though_the_handler_raises(emf, context):
    """MET-53 [beat]: a first invocation that fails was cold all the same."""
    handler = decorated(EphemeralMetrics(namespace="Shop"), ValueError("x"))
    for _ in range(2):
        with pytest.raises(ValueError, match="x"):
            handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"], ["a"]]


def test_provisioned_concurrency_is_never_cold(emf, monkeypatch, context):
    """MET-53: the environment was initialised before the request came."""
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")

    assert cold_start.is_cold_start is False
    decorated(EphemeralMetrics(namespace="Shop"))({}, context)
    assert names(emf()) == [["a"]]


@pytest.mark.parametrize(
    "reset",
    [cold_start.reset_cold_start_flag, lambda: setattr(cold_start, "is_cold_start", True)],
    ids=["function", "assignment"],
)
def test_tests_may_make_the_next_invocation_cold(emf, context, reset):
    """Migration: the flag can be reset by function and by assignment, for one invocation."""
    handler = decorated(EphemeralMetrics(namespace="Shop"))
    handler({}, context)
    assert cold_start.is_cold_start is False
    reset()
    assert cold_start.is_cold_start is True
    handler({}, context)
    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"], ["ColdStart"], ["a"], ["a"]]


def test_the_flag_may_be_assigned_false(emf, context, monkeypatch):
    """Migration: with the flag off even a first invocation is not cold."""
    monkeypatch.setattr(cold_start, "is_cold_start", False)
    decorated(EphemeralMetrics(namespace="Shop"))({}, context)

    assert names(emf()) == [["a"]]


def test_a_new_environment_is_cold_again(emf, context):
    """The core's answer is the one that counts: a test that resets it has a cold invocation."""
    handler = decorated(EphemeralMetrics(namespace="Shop"))
    handler({}, context)
    reset_cold_start()
    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"], ["ColdStart"], ["a"]]


def test_the_provider_writes_it_on_request(emf, context):
    """add_cold_start_metric writes the object at once."""
    EphemeralMetrics(namespace="Shop").add_cold_start_metric(context)

    assert names(emf()) == [["ColdStart"]]


def test_mock_patches_the_flag_and_puts_it_back():
    """unittest.mock can replace the flag for a while; afterwards it is what it was."""
    reset_cold_start()
    before = cold_start.is_cold_start

    with patch("lambda_powertools.metrics.provider.cold_start.is_cold_start", not before):
        assert cold_start.is_cold_start is not before

    assert cold_start.is_cold_start is before
