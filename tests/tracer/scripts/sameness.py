"""Runs each case under a trace of its own; with the argument `recorder` the SDK's recorder makes every subsegment,
with `asked` somebody asks for the subsegment of every captured function that would otherwise not be asked for.

Prints the trace ids by case, and whether the subsegment of a captured function is of the SDK's own class, as JSON.
"""

# the functions are cases, told by their names

import asyncio
import collections
import contextlib
import contextvars
import enum
import functools
import json
import os
import sys
import threading
from typing import NamedTuple

from aws_xray_sdk.core.models.subsegment import Subsegment

from lambda_powertools.core import powertools
from lambda_powertools.tracer import Tracer

tracer = Tracer(service="shop")
recorder = tracer.provider
if sys.argv[1:] == ["recorder"]:  # as a test does that wants to know what is recorded
    recorder.in_subsegment = functools.partial(recorder.in_subsegment)
    recorder.in_subsegment_async = functools.partial(recorder.in_subsegment_async)
CASES = {}


def ask():
    if sys.argv[1:] == ["asked"]:
        recorder.get_trace_entity()


def ask_and_return(value):
    ask()
    return value


def case(function):
    CASES[function.__name__] = function
    return function


class Colour(enum.Enum):
    RED = "red"


class Word(str, enum.Enum):
    YES = "yes"


class Level(enum.IntEnum):
    HIGH = 3


class Thing:
    def __init__(self):
        self.seen, self._hidden, self.inner = 1, 2, {"set": {1}}


class Listing(list):
    def __iter__(self):
        return iter(["overridden"])


class Mapping(dict):
    def items(self):
        return [("overridden", 1)]


deep = []
for _ in range(100):
    deep = [deep]


class Pair(NamedTuple):
    a: int
    b: int


VALUES = {
    "true": True,
    "number": 7,
    "huge": 2**70,
    "float": 0.1,
    "nan": float("nan"),
    "text": 'é "quoted" \u2028\n',
    "empty": "",
    "dict": {"a": [1, 2.5, None, {"b": (True, "x")}], "empty": {}, "none": None},
    "list": [[], {}, ()],
    "tuple": (1, (2,)),
    "keys": {1: "a", 2.5: "b", None: "c", False: "d"},
    "bad_key": {(1, 2): "a"},
    "text_key": {Word.YES: 1},
    "set": {1},
    "frozen": {"in": frozenset("a")},
    "bytes": b"ab",
    "bytearray": [bytearray(b"ab")],
    "complex": 1j,
    "enum": Colour.RED,
    "word": Word.YES,
    "level": [Level.HIGH],
    "thing": Thing(),
    "nested_thing": {"things": [Thing()]},
    "type": Thing,
    "listing": Listing([1]),
    "mapping": Mapping(a=1),
    "ordered": collections.OrderedDict(a=1),
    "named": Pair(1, 2),
    "function": [len],
    "exception": ValueError("no"),
    "deep": deep,
}
for name, value in VALUES.items():
    CASES[f"returns_{name}"] = tracer.capture_method(lambda value=value: ask_and_return(value))
CAPTURED_VALUES = set(CASES.values())


NOTES = [
    *(("Text", "é"), ("Number", 1), ("Float", 0.5), ("Bool", False), ("_", ""), ("1st", 1), ("Text", "again")),
    *(("Word", Word.YES), ("Level", Level.HIGH), ("None", None), ("List", [1])),
    *(("with space", 1), ("é", 1), ("x-y", 1), ("", 1), (7, 7)),
]


@case
@tracer.capture_method
def annotates():
    for key, note in NOTES:
        tracer.put_annotation(key, note)
        recorder.current_subsegment().put_annotation(key=f"by_hand_{key}", value=note)


@case
@tracer.capture_method
def keeps_more():
    subsegment = recorder.current_subsegment()
    subsegment.put_http_meta("url", "https://example.com")
    subsegment.put_http_meta("status", 429)
    subsegment.set_aws({"operation": "GetItem"})
    subsegment.set_sql({"sanitized_query": "select 1"})
    subsegment.namespace = "remote"
    subsegment.precursor_ids = ["1" * 16]
    subsegment.put_metadata("default namespace", 1)
    subsegment.put_metadata("reserved", 1, "AWS.x")


@case
@tracer.capture_method
def is_elsewhere():
    recorder.current_subsegment().namespace = "remote"


@case
@tracer.capture_method
def is_marked():
    recorder.current_subsegment().add_fault_flag()


@case
def fails():
    @tracer.capture_method
    def inner():
        raise ValueError("no stock")

    @tracer.capture_lambda_handler
    def handler(event, context):
        inner()

    handler({}, None)


@case
@tracer.capture_method
def fails_without_text():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    raise MuteError


@case
@tracer.capture_method
def is_interrupted():
    raise KeyboardInterrupt


@case
def works_async():
    @tracer.capture_method
    async def leaf(number):
        await asyncio.sleep(0)
        tracer.put_annotation("Number", number)
        return number

    @tracer.capture_method
    async def branch():
        return await asyncio.gather(*(leaf(number) for number in range(3)))

    @powertools(only=["tracer"])
    async def handler(event, context):
        return await branch()

    handler({}, None)


@case
def mixes():
    @contextlib.contextmanager
    def begun(name):
        recorder.begin_subsegment(name)
        yield
        recorder.end_subsegment()

    @tracer.capture_method
    def leaf():
        return 1

    @tracer.capture_method
    def branch():
        with recorder.in_subsegment("## in", namespace="remote"), begun("## begun"):
            leaf()
        return leaf()

    @recorder.capture("## by the SDK")
    def both():
        return branch()

    @powertools(only=["tracer"], service="shop")
    def handler(event, context):
        both()
        recorder.begin_subsegment("## left open")
        leaf()

    handler({}, None)


@case
def leaves_sampling():
    @tracer.capture_method
    def leaf():
        return 1

    @tracer.capture_method
    def branch():
        recorder.begin_subsegment_without_sampling("## not sampled")
        leaf()
        recorder.end_subsegment()
        return leaf()

    branch()


@case
@tracer.capture_method
def closes_a_child_itself():
    child = recorder.begin_subsegment("## child")
    child.close()
    recorder.context.set_trace_entity(child.parent_segment)


@case
def passes_the_header_on():
    from aws_xray_sdk.ext.util import inject_trace_header

    @tracer.capture_method
    def work():
        headers = {}
        inject_trace_header(headers, recorder.current_subsegment())
        root, parent, *rest = headers["X-Amzn-Trace-Id"].split(";")
        assert parent == f"Parent={recorder.current_subsegment().id}"
        return [root, *rest]

    work()


@case
def annotates_only():
    @tracer.capture_method
    def valid():
        for key, note in NOTES[:6]:
            tracer.put_annotation(key, note)
        return 1

    @tracer.capture_method
    def partly_valid():
        for key, note in NOTES:
            tracer.put_annotation(key, note)
        return 1

    @powertools(only=["tracer"], service="shop")
    def handler(event, context):
        ask()
        tracer.put_annotation("Service", "overwritten")
        tracer.put_annotation("OrderId", "o-1")
        return [valid(), partly_valid()]

    return handler({}, None)


@case
def nests():
    @tracer.capture_method
    def leaf(number):
        ask()
        return number

    @tracer.capture_method
    async def branch(number):
        await asyncio.sleep(0)
        return [leaf(number), leaf(number + 1)]

    @tracer.capture_method
    async def tree():
        return await asyncio.gather(branch(1), branch(10))

    @powertools(only=["tracer"], service='the "shop"')
    def handler(event, context):
        return asyncio.run(tree())

    return handler({}, None)


@case
def is_asked_for_within():
    @tracer.capture_method
    def leaf():
        return 1

    @tracer.capture_method
    def asking():
        ask()
        entity = recorder.current_subsegment()
        entity.put_annotation("Asked", value=True)
        return [entity.name, entity.in_progress, leaf()]

    @tracer.capture_lambda_handler
    def handler(event, context):
        said = [leaf(), asking(), leaf()]
        tracer.put_metadata("said", said)
        return said

    return handler({}, None)


@case
def is_asked_for_by_a_thread():
    @tracer.capture_method
    def work():
        ask()
        note = tracer.propagate(lambda: tracer.put_annotation("Thread", value=True))
        thread = threading.Thread(target=note)
        thread.start()
        thread.join()
        return "done"

    return work()


@case
def is_asked_for_when_it_is_over():
    contexts = []

    @tracer.capture_method
    def leaf():
        return 1

    @tracer.capture_method
    def work():
        ask()
        contexts.append(contextvars.copy_context())

    @tracer.capture_lambda_handler
    def handler(event, context):
        work()
        return leaf()

    def look_back():
        before = leaf()
        entity = recorder.current_subsegment()
        return [before, entity.name, entity.in_progress, entity.end_time >= entity.start_time, leaf()]

    handler({}, None)
    return contexts[0].run(look_back)


@case
def loses_its_line():
    @tracer.capture_method
    def leaf():
        return 1

    @tracer.capture_method
    def work():
        ask()
        recorder.clear_trace_entities()
        return leaf()

    return work()


@case
def ends_out_of_order():
    @tracer.capture_method
    @contextlib.contextmanager
    def first():
        ask()
        yield 1

    @tracer.capture_method
    @contextlib.contextmanager
    def second():
        yield 2

    one, two = first(), second()
    one.__enter__()
    two.__enter__()
    one.__exit__(None, None, None)
    two.__exit__(None, None, None)


@case
def has_a_reserved_namespace():
    odd = Tracer(service="AWS.shop")

    @odd.capture_method
    def leaf():
        return 1

    @odd.capture_lambda_handler
    def handler(event, context):
        return [leaf()]

    return handler({}, None)


@case
def has_no_service():
    silent = Tracer()
    silent.service = ""

    @silent.capture_lambda_handler
    def handler(event, context):
        return ["nothing"]

    return handler({}, None)


@case
def has_a_service_that_is_no_text():
    odd = Tracer()
    odd.service = 7

    @odd.capture_lambda_handler
    def handler(event, context):
        return ["something"]

    return handler({}, None)


@case
@tracer.capture_method
def is_told():
    return type(recorder.current_subsegment()) is Subsegment


def run(function, trace_id):
    os.environ["_X_AMZN_TRACE_ID"] = f"Root={trace_id};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:abc:0"
    try:
        result = function()
    except BaseException as error:  # what came of it is the result
        result = type(error).__name__
    return trace_id, None if function in CAPTURED_VALUES else result


results = {name: run(function, f"1-5759e988-{number:024x}") for number, (name, function) in enumerate(CASES.items(), 1)}
print(json.dumps(results))
