import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from types import SimpleNamespace

import pytest

from lambda_powertools.core import Registry, powertools
from lambda_powertools.metrics import EphemeralMetrics, Metrics
from lambda_powertools.metrics.plugin import MetricsPlugin
from lambda_powertools.metrics.provider.datadog import DatadogMetrics

INVOCATIONS = 200


def context_of(number):
    return SimpleNamespace(function_name="f", aws_request_id=f"request-{number}")


def record(metrics, number):
    metrics.add_metric(f"m{number}", "Count", number)
    metrics.add_dimension("request", f"r{number}")
    metrics.add_dimensions(**{f"set{number}": "v"})
    metrics.add_metadata(f"k{number}", number)
    metrics.set_default_dimensions(**{f"default{number}": "v"})
    metrics.add_metric(f"own{number}", "Count", number, dimensions={"own": str(number)})


def assert_nothing_is_mixed(documents):
    plain = {}
    for document in documents:
        names = {name for some in document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] for name in some}
        if "request" not in names:
            number = document["own"]
            assert document[f"own{number}"] == [float(number)]
            assert document.keys() == {"_aws", "own", f"own{number}", f"k{number}", f"default{number}"}
            continue
        number = document["request"].removeprefix("r")
        plain[number] = document
        assert document[f"m{number}"] == [float(number)]
        assert document.keys() == {
            "_aws",
            "request",
            f"m{number}",
            f"k{number}",
            f"set{number}",
            f"default{number}",
        }
    assert plain.keys() == set(map(str, range(INVOCATIONS)))
    assert len(documents) == 2 * INVOCATIONS


def with_log_metrics(metrics):
    return metrics.log_metrics


def with_powertools(metrics):
    registry = Registry()
    registry.register(MetricsPlugin)
    return powertools(registry=registry, metrics={"instance": metrics, "capture_cold_start_metric": False})


def with_powertools_alone(metrics):
    registry = Registry()
    registry.register(MetricsPlugin)
    return powertools(registry=registry, metrics={"capture_cold_start_metric": False})


in_every_way = pytest.mark.parametrize(
    ("kind", "decorate"),
    [
        pytest.param(Metrics, with_log_metrics, id="shared-log_metrics"),
        pytest.param(EphemeralMetrics, with_log_metrics, id="ephemeral-log_metrics"),
        pytest.param(Metrics, with_powertools, id="shared-powertools"),
        pytest.param(EphemeralMetrics, with_powertools, id="ephemeral-powertools"),
        pytest.param(Metrics, with_powertools_alone, id="shared-powertools-without-options"),
    ],
)


@pytest.fixture(params=[Metrics, EphemeralMetrics], ids=["shared", "ephemeral"])
def metrics(request):
    return request.param(namespace="Shop")


@in_every_way
def test_concurrent_invocations_in_threads_see_nothing_of_each_other(kind, decorate, emf):
    """T-6: 200 invocations that all run at once in threads, each with metrics, dimensions, defaults and metadata."""
    metrics = kind(namespace="Shop")
    everybody_records, everybody_has_recorded = threading.Barrier(INVOCATIONS), threading.Barrier(INVOCATIONS)

    @decorate(metrics)
    def handler(event, context):
        everybody_records.wait(timeout=60)
        record(metrics, event)
        everybody_has_recorded.wait(timeout=60)
        assert list(metrics.metric_set) == [f"m{event}"]

    with ThreadPoolExecutor(INVOCATIONS) as pool:
        for future in [pool.submit(handler, number, context_of(number)) for number in range(INVOCATIONS)]:
            future.result()

    assert_nothing_is_mixed(emf())


@in_every_way
def test_concurrent_invocations_in_tasks_see_nothing_of_each_other(kind, decorate, emf):
    """T-6: 200 invocations that all run at once on one loop."""
    metrics = kind(namespace="Shop")

    @decorate(metrics)
    async def handler(event, context):
        await asyncio.sleep(0)
        record(metrics, event)
        await asyncio.sleep(0)
        assert list(metrics.metric_set) == [f"m{event}"]

    async def main():
        await asyncio.gather(*(handler(number, context_of(number)) for number in range(INVOCATIONS)))

    asyncio.run(main())

    assert_nothing_is_mixed(emf())


def test_nothing_of_concurrent_invocations_is_left_for_later_ones(metrics, emf):
    """T-6: defaults set while others are running end with their invocation."""
    together = threading.Barrier(8)

    @metrics.log_metrics
    def handler(event, context):
        together.wait(timeout=60)
        record(metrics, event)
        together.wait(timeout=60)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(handler, range(8), map(context_of, range(8))))
    emf()

    @metrics.log_metrics
    def later(event, context):
        metrics.add_metric("a", "Count", 1)

    later({}, context_of("later"))
    (document,) = emf()
    # The last one to end was alone by then, so its defaults are those of the next invocation, as without concurrency.
    assert len([name for name in document if name.startswith("default")]) <= 1
    assert not [name for name in document if name.startswith(("m", "k", "set", "request"))]


def test_defaults_set_in_an_invocation_hold_for_the_next(metrics, emf):
    """MET-18: one invocation after the other, defaults stay."""

    @metrics.log_metrics
    def handler(event, context):
        if event:
            metrics.set_default_dimensions(stage="test")
        metrics.add_metric("a", "Count", 1)

    handler(True, context_of(1))
    handler(False, context_of(2))

    assert [document["stage"] for document in emf()] == ["test", "test"]


def test_defaults_set_in_an_invocation_beside_another_hold_if_it_ends_last(metrics, emf):
    """MET-18: an invocation that got data of its own hands its defaults on when nobody else is running."""

    @metrics.log_metrics
    def inner(event, context):
        metrics.add_metric("inner", "Count", 1)

    @metrics.log_metrics
    def outer(event, context):
        copy_context().run(inner, {}, context_of("inner"))
        metrics.set_default_dimensions(stage="test")
        metrics.add_metric("outer", "Count", 1)

    outer({}, context_of("outer"))
    inner({}, context_of("later"))

    assert [document.get("stage") for document in emf()] == [None, "test", "test"]


def test_an_invocation_inside_another_has_its_own_metrics(metrics, emf):
    """T-6: a handler that calls another handler with another context does not mix with it."""

    @metrics.log_metrics
    def inner(event, context):
        metrics.add_metric("inner", "Count", 1)

    @metrics.log_metrics
    def outer(event, context):
        metrics.add_dimension("d", "v")
        metrics.add_metric("outer", "Count", 1)
        inner({}, context_of("inner"))

    outer({}, context_of("outer"))

    first, second = emf()
    assert "d" not in first
    assert (first["inner"], second["outer"]) == ([1.0], [1.0])


def test_worker_threads_of_an_invocation_record_into_it(metrics, emf):
    """MET-21: threads that know no invocation belong to the only one that is running."""

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_dimension("d", "v")
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda number: metrics.add_metric("a", "Count", number), range(40)))

    handler({}, context_of(1))

    (document,) = emf()
    assert sorted(document["a"]) == [float(number) for number in range(40)]
    assert document["d"] == "v"


@in_every_way
def test_strays_of_concurrent_invocations_carry_no_ones_dimensions(kind, decorate, emf):
    """T-6: a thread that belongs to none of two running invocations is written apart, and not lost."""
    metrics = kind(namespace="Shop")
    both_running, recorded = threading.Barrier(2), threading.Barrier(2)

    @decorate(metrics)
    def handler(event, context):
        metrics.add_dimension("request", event)
        metrics.add_metric("a", "Count", 1)
        both_running.wait(timeout=60)
        if event == "one":
            thread = threading.Thread(target=metrics.add_metric, args=("stray", "Count", 7))
            thread.start()
            thread.join()
        recorded.wait(timeout=60)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(handler, ["one", "two"], [context_of(1), context_of(2)]))

    documents = emf()
    (stray,) = [document for document in documents if "stray" in document]
    assert stray["stray"] == [7.0]
    assert "request" not in stray
    assert sorted(document["request"] for document in documents if "a" in document) == ["one", "two"]


def test_a_stray_is_written_without_a_word_about_an_empty_invocation(metrics, emf):
    """T-6: an invocation that has recorded nothing itself writes what belongs to no one, and does not warn."""
    started, flushed = threading.Event(), threading.Event()

    @metrics.log_metrics
    def long(event, context):
        started.set()
        assert flushed.wait(timeout=60)
        metrics.add_metric("a", "Count", 1)

    @metrics.log_metrics
    def short(event, context):
        thread = threading.Thread(target=metrics.add_metric, args=("stray", "Count", 7))
        thread.start()
        thread.join()

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(long, {}, context_of(1))
        assert started.wait(timeout=60)
        pool.submit(short, {}, context_of(2)).result()
        flushed.set()
        running.result()

    first, second = emf()
    assert (first["stray"], second["a"]) == ([7.0], [1.0])


def test_eight_threads_around_the_spill_over_lose_nothing_and_write_nothing_twice(metrics, emf):
    """MET-21 [beat]: every value arrives exactly once, in valid objects."""
    start = threading.Barrier(8)

    def work(thread):
        start.wait(timeout=60)
        for number in range(500):
            metrics.add_metric(f"m{number % 130}", "Count", thread * 1000 + number)

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if metrics.metric_set:
        metrics.flush_metrics()

    written = [
        value for document in emf() for name, values in document.items() if name.startswith("m") for value in values
    ]
    assert sorted(written) == sorted(float(thread * 1000 + number) for thread in range(8) for number in range(500))


# The adder may write a full hundred of values after the flusher has looked and before it flushes.
@pytest.mark.filterwarnings("ignore:No application metrics to publish")
def test_flushing_while_others_record_loses_nothing(metrics, emf):
    """MET-21: a flush and adders in other threads do not get between each other."""
    done = threading.Event()

    def work():
        for number in range(2000):
            metrics.add_metric("a", "Count", number)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        if metrics.metric_set:
            metrics.flush_metrics()
    thread.join()
    if metrics.metric_set:
        metrics.flush_metrics()

    assert sorted(value for document in emf() for value in document["a"]) == [float(number) for number in range(2000)]


def test_concurrent_invocations_for_datadog_see_nothing_of_each_other(capsys):
    """T-6, MET-86: default tags of one invocation are not on the metrics of another."""
    import json

    metrics = DatadogMetrics(namespace="shop", flush_to_log=True)
    together = threading.Barrier(50)

    @metrics.log_metrics
    def handler(event, context):
        together.wait(timeout=60)
        metrics.set_default_tags(request=event)
        metrics.add_metric(f"m{event}", event)
        together.wait(timeout=60)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(handler, range(50), map(context_of, range(50))))

    items = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(items) == 50
    for item in items:
        assert item["m"] == f"shop.m{item['v']}"
        assert item["t"] == [f"request:{item['v']}"]
