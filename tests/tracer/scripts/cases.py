"""Runs each case under a trace of its own, and prints the trace ids and what came out, as JSON."""

# the functions are cases, told by their names

import contextlib
import gc
import json
import os

from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer

PARENT = "53995c3f42cd8ad8"
tracer = Tracer(service="shop")
CASES = []


def case(function):
    """Add a case; its name is that of the function."""
    CASES.append(function)
    return function


def handler_that(act, **switches):
    """Return a captured handler that does this."""

    @tracer.capture_lambda_handler(**switches)
    def handler(event, context):
        return act()

    return handler


def fail():
    """Raise what the cases expect."""
    raise ValueError("no stock")


class A:
    """A class with a captured method."""

    @tracer.capture_method
    def m(self):
        return {"price": 1}


@tracer.capture_method
def gen():
    yield 1
    yield 2


@contextlib.contextmanager
def _cm():
    yield "connection"


cm = tracer.capture_method(_cm)


@case
def handler_returns():
    return handler_that(lambda: {"statusCode": 200})({}, None)


@case
def handler_raises():
    handler_that(fail)({}, None)


@case
def handler_raises_without_capture():
    handler_that(fail, capture_error=False)({}, None)


@case
def handler_returns_none():
    handler_that(lambda: None)({}, None)


@case
def plugin_raises():
    @powertools(service="shop", only=["tracer"])
    def handler(event, context):
        fail()

    handler({}, None)


@case
def method():
    A().m()


@case
def nested_function():
    def f():
        @tracer.capture_method
        def inner():
            return 1

        return inner()

    f()


@case
def generator():
    return list(gen())


@case
def generator_closed_early():
    return next(number for number in gen())


@case
def generator_dropped():
    tracer.capture_method(lambda: next(gen()))()
    gc.collect()


@case
def generator_kept():
    kept.append(gen())
    handler_that(lambda: next(kept[0]))({}, None)


kept = []


@case
def block_raises():
    with cm():
        fail()


@case
def notes_inside():
    @tracer.capture_method
    def work():
        tracer.put_annotation("OrderId", "o-1")
        tracer.put_annotation("not allowed!", "dropped")
        tracer.put_annotation("Total", 1.5)
        tracer.put_annotation("Cart", ["dropped"])
        tracer.put_metadata("cart", {"items": 3})
        tracer.put_metadata("cart", {"items": 4}, namespace="other")

    handler_that(work)({}, None)


@case
def notes_without_a_subsegment():
    tracer.put_annotation("OrderId", "o-1")
    tracer.put_metadata("cart", 1)
    return "survived"


@case
def mutated_later():
    basket = ["apple"]

    def act():
        tracer.put_metadata("basket", basket)
        basket.append("pear")

    tracer.capture_method(act)()


@case
def subsegment_of_the_users_own():
    with tracer.provider.in_subsegment("## custom") as subsegment:
        subsegment.put_annotation("Mine", value=True)
        A().m()


@case
def subsegment_left_open():
    @tracer.capture_method
    def leaky():
        tracer.provider.begin_subsegment("leaked")

    handler_that(lambda: [leaky(), A().m()])({}, None)


@case
def exception_with_slots():
    class SlottedError(Exception):
        __slots__ = ("_recorded",)

        def __setattr__(self, name, value):
            raise AttributeError(name)

    def act():
        raise SlottedError("cannot be marked")

    handler_that(tracer.capture_method(act))({}, None)


@case
def unserialisable():
    class Evil:
        def __iter__(self):
            raise RuntimeError("do not look at me")

    tracer.capture_method(lambda: Evil())()  # noqa: PLW0108  # made by the captured function
    return "survived"


@case
def decorated_by_the_sdk_too():
    @tracer.provider.capture("## by the SDK")
    def work():
        return A().m()

    work()


def run(function, trace_id):
    """Run a case under a trace, and return what came of it."""
    os.environ["_X_AMZN_TRACE_ID"] = f"Root={trace_id};Parent={PARENT};Sampled=1"
    try:
        return {"trace_id": trace_id, "returned": function()}
    except Exception as error:  # what came of it is the result
        return {"trace_id": trace_id, "raised": f"{type(error).__name__}: {error}"}


results = {
    function.__name__: run(function, f"1-5759e988-{number:024x}") for number, function in enumerate(CASES, start=1)
}
print(json.dumps(results))
