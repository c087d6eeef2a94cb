import asyncio
import inspect

import pytest

from lambda_powertools.core import PowertoolsUserWarning, current_invocation
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError


@pytest.fixture(params=[EphemeralMetrics, Metrics], ids=["ephemeral", "shared"])
def metrics(request):
    return request.param(namespace="Shop", service="orders")


def test_a_handler_is_flushed_and_returns_what_it_returns(metrics, emf, context):
    """MET-50: bare and with arguments, the result is untouched and the metrics are written."""

    def handler(event, context, more=None):
        """Handle."""
        metrics.add_metric("a", "Count", event["n"])
        return event, more

    for number, decorated in enumerate([metrics.log_metrics(handler), metrics.log_metrics()(handler)]):
        assert decorated.__name__ == "handler"
        assert decorated.__doc__ == "Handle."
        assert decorated({"n": number}, context, more=3) == ({"n": number}, 3)
        assert emf()[0]["a"] == [float(number)]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_handler_that_raises_is_flushed(metrics, emf, context, error):
    """MET-50: in all cases, whatever is raised."""

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        raise error("x")

    with pytest.raises(error):
        handler({}, context)

    assert len(emf()) == 1


def test_a_method_is_decorated_like_a_function(metrics, emf, context):
    """MET-50: in the body of a class, self comes before event and context."""

    class Service:
        @metrics.log_metrics
        def handle(self, event, context):
            metrics.add_metric("a", "Count", 1)
            assert current_invocation().context is context
            return self, event

    service = Service()

    assert service.handle({"x": 1}, context) == (service, {"x": 1})
    assert len(emf()) == 1


def test_event_and_context_may_be_given_by_name(metrics, emf, context):
    """MET-50: the call is passed on as it is."""

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        return event

    assert handler(event={"x": 1}, context=context) == {"x": 1}
    assert len(emf()) == 1


def test_an_async_handler_is_awaited_before_the_flush(metrics, emf, context):
    """MET-56 [beat]: what is recorded after an await is written too."""

    @metrics.log_metrics
    async def handler(event, context):
        await asyncio.sleep(0)
        metrics.add_metric("a", "Count", 1)
        return "done"

    assert inspect.iscoroutinefunction(handler)
    assert asyncio.run(handler({}, context)) == "done"
    assert emf()[0]["a"] == [1.0]


def test_default_dimensions_are_set_once_at_decoration(metrics, emf, context):
    """MET-51: before the first invocation, and for every one."""

    @metrics.log_metrics(default_dimensions={"stage": "test"})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    assert metrics.default_dimensions == {"stage": "test"}
    handler({}, context)
    handler({}, context)

    assert [document["stage"] for document in emf()] == ["test", "test"]


def test_no_metrics_is_a_warning_or_an_error(metrics, emf, context):
    """MET-37: the option decides; the warning points at the caller of the handler."""

    @metrics.log_metrics
    def handler(event, context): ...

    @metrics.log_metrics(raise_on_empty_metrics=True)
    def strict(event, context): ...

    with pytest.warns(UserWarning, match="^No application metrics to publish") as caught:
        handler({}, context)
    with pytest.raises(SchemaValidationError, match="^Must contain at least one metric"):
        strict({}, context)

    assert caught[0].filename == __file__
    assert emf() == []


def test_an_error_of_the_flush_leaves_after_success(context):
    """MET-54: a namespace that is missing is reported."""
    metrics = EphemeralMetrics()

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    with pytest.raises(SchemaValidationError, match="namespace"):
        handler({}, context)


def test_an_error_of_the_handler_is_not_masked_by_the_flush(context):
    """MET-54 [beat]: the handler's own exception leaves, the other is a warning."""
    metrics = EphemeralMetrics()

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        raise KeyError("payment")

    with (
        pytest.warns(PowertoolsUserWarning, match="could not be written.*namespace") as caught,
        pytest.raises(KeyError, match="payment"),
    ):
        handler({}, context)

    assert caught[0].filename == __file__


def test_nested_decorators_of_different_instances_flush_both(emf, context):
    """MET-55: each writes its own."""
    shared, own = Metrics(namespace="Shop"), EphemeralMetrics(namespace="Stock")

    @shared.log_metrics
    @own.log_metrics
    def handler(event, context):
        shared.add_metric("a", "Count", 1)
        own.add_metric("b", "Count", 1)

    handler({}, context)

    inner, outer = emf()
    assert (inner["b"], outer["a"]) == ([1.0], [1.0])


def test_stacked_decorators_share_one_invocation(metrics, context):
    """One invocation has one state, however many decorators it passes."""
    other = EphemeralMetrics(namespace="Stock")
    seen = []

    def outer(handler):
        def wrapper(event, context):
            seen.append(current_invocation())
            return handler(event, context)

        return wrapper

    @metrics.log_metrics
    @outer
    @other.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        other.add_metric("b", "Count", 1)
        seen.append(current_invocation())

    handler({}, context)

    assert seen[0] is seen[1] is not None
    assert current_invocation() is None


def test_what_is_recorded_at_import_goes_out_with_the_first_invocation(metrics, emf, context):
    """T-6: the fallback for import time is the first invocation's."""
    metrics.add_metric("imported", "Count", 1)
    metrics.add_dimension("d", "v")

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)
    handler({}, context)

    first, second = emf()
    assert (first["imported"], first["a"], first["d"]) == ([1.0], [1.0], "v")
    assert "imported" not in second
    assert "d" not in second


def test_a_handler_may_flush_by_itself(emf, context):
    """Without a decorator the data is the process's, and flush_metrics writes it."""
    metrics = Metrics(namespace="Shop")

    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()

    handler({}, context)

    assert len(emf()) == 1
