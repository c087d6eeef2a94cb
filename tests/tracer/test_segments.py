"""What a trace looks like, as the X-Ray daemon receives it."""

from __future__ import annotations

import json
import re

import pytest

SHOP = "shop"
INNER = "__main__.nested_function.locals.f.locals.inner"


@pytest.fixture(scope="module")
def cases(run_in_lambda):
    """The trace, and what came out, of every case in `scripts/cases.py`."""
    trace = run_in_lambda("cases.py")
    assert set(trace.stderr.splitlines()) == {  # said by the SDK, nothing by the tracer
        "ignoring annnotation with unsupported characters in key: 'not allowed!'.",
        "ignoring unsupported annotation value type <class 'list'>.",
        "Failed to convert metadata to dict:",
        "('do not look at me',)",
    }
    return {name: (trace.of(result["trace_id"]), result) for name, result in trace.printed.items()}


@pytest.mark.parametrize(
    ("case", "name", "annotations", "metadata", "fault"),
    [
        ("handler_returns", "## handler", {"ColdStart": True, "Service": SHOP}, {"handler response"}, False),
        ("handler_raises", "## handler", {"ColdStart": False, "Service": SHOP}, {"handler error"}, True),
        ("handler_raises_without_capture", "## handler", {"ColdStart": False, "Service": SHOP}, None, True),
        ("handler_returns_none", "## handler", {"ColdStart": False, "Service": SHOP}, None, False),
        ("plugin_raises", "## handler", {"ColdStart": False, "Service": SHOP}, {"handler error"}, True),
        ("method", "## __main__.A.m", None, {"__main__.A.m response"}, False),
        ("nested_function", f"## {INNER}", None, {f"{INNER} response"}, False),
        ("generator", "## __main__.gen", None, None, False),
        ("generator_closed_early", "## __main__.gen", None, None, False),
        ("block_raises", "## __main__._cm", None, {"__main__._cm error"}, True),
    ],
)  # fmt: skip
def test_what_a_trace_looks_like(cases, case, name, annotations, metadata, fault):
    """TRC-21..23, 30, 33, 34: name, annotations, metadata under the service, and fault, of the one subsegment."""
    (document,) = cases[case][0].documents

    assert document["name"] == name
    assert document.get("annotations") == annotations
    assert (set(document["metadata"][SHOP]) if "metadata" in document else None) == metadata
    assert document.get("fault", False) is fault


def test_every_document_is_a_subsegment_of_the_functions_segment(cases):
    """TRC-44, https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html: required fields."""
    for case, (trace, _) in cases.items():
        for document in trace.documents:
            assert re.fullmatch(r"[0-9a-f]{16}", document["id"]), case
            assert document["type"] == "subsegment"
            assert document["in_progress"] is False
            assert document["end_time"] >= document["start_time"] > 0
            assert "subsegments" not in document  # each is sent by itself
        ids = {document["id"] for document in trace.documents} | {"53995c3f42cd8ad8"}
        assert {document["parent_id"] for document in trace.documents} <= ids, case


@pytest.mark.parametrize("case", ["handler_raises", "handler_raises_without_capture", "plugin_raises"])
def test_the_cause_is_recorded_in_any_case(cases, case):
    """TRC-22, T-1: the SDK records message and stack as the fault's cause, also with `capture_error=False`."""
    (document,) = cases[case][0].documents

    (exception,) = document["cause"]["exceptions"]
    assert (exception["type"], exception["message"]) == ("ValueError", "no stock")
    assert "fail" in {line["label"] for line in exception["stack"]}
    assert cases[case][1]["raised"] == "ValueError: no stock"


def test_notes_land_on_the_function_that_makes_them(cases):
    """TRC-40, 41, 44: on the captured function, not the handler; what X-Ray does not accept is dropped."""
    trace = cases["notes_inside"][0]
    work = trace.named("## __main__.notes_inside.locals.work")

    assert work["annotations"] == {"OrderId": "o-1", "Total": 1.5}
    assert work["metadata"] == {SHOP: {"cart": {"items": 3}}, "other": {"cart": {"items": 4}}}
    assert trace.named("## handler")["annotations"] == {"ColdStart": False, "Service": SHOP}
    assert work["parent_id"] == trace.named("## handler")["id"]


@pytest.mark.parametrize("case", ["notes_without_a_subsegment", "unserialisable"])
def test_the_function_survives(cases, case):
    """TRC-50 [beat]: the Lambda service's segment cannot be annotated, and not all can be written; neither raises."""
    assert cases[case][1]["returned"] == "survived"


def test_metadata_is_written_when_the_subsegment_closes(cases):
    """T-3: what changes after `put_metadata` is seen as it was in the end."""
    (document,) = cases["mutated_later"][0].documents

    assert document["metadata"][SHOP]["basket"] == ["apple", "pear"]


def test_the_sdk_can_be_used_alongside(cases):
    """TRC-9, TRC-44: subsegments that the user opens on `tracer.provider` take part in the tree."""
    assert cases["subsegment_of_the_users_own"][0].tree() == [("## custom", [("## __main__.A.m", [])])]
    assert cases["decorated_by_the_sdk_too"][0].tree() == [("## by the SDK", [("## __main__.A.m", [])])]


def test_a_subsegment_left_open_does_not_take_others_along(cases):
    """TRC-50: what a function begins and never ends is ended with it, and the caller's next call is its own."""
    leaky = "## __main__.subsegment_left_open.locals.leaky"

    assert cases["subsegment_left_open"][0].tree() == [
        ("## handler", [("## __main__.A.m", []), (leaky, [("leaked", [])])])
    ]


def test_an_exception_that_cannot_be_marked_closes_its_subsegment(cases):
    """TRC-50: the SDK writes on exceptions; where that fails the subsegments are sent and the exception is the same."""
    trace, result = cases["exception_with_slots"]

    assert result["raised"] == "SlottedError: cannot be marked"
    assert trace.tree() == [("## handler", [("## __main__.exception_with_slots.locals.act", [])])]


def test_a_generator_that_is_dropped_is_sent(cases):
    """T-5: one that is never exhausted is closed, without a fault, when it is collected."""
    document = cases["generator_dropped"][0].named("## __main__.gen")

    assert "fault" not in document


def test_a_generator_that_outlives_its_handler_does_not_hold_it_back(cases):
    """T-5: a generator that is still open when the handler ends costs itself, not the handler's subsegment."""
    assert ("## handler", []) in cases["generator_kept"][0].tree()


@pytest.mark.parametrize("imported", ["before the tracer", "after the tracer"])
@pytest.mark.parametrize(
    "environ", [{}, {"LAMBDA_TASK_ROOT": None, "_X_AMZN_TRACE_ID": None}], ids=["Lambda", "elsewhere"]
)
def test_what_is_open_when_the_tracer_comes_stays_open(run_in_lambda, imported, environ):
    """TRC-9, TRC-44: subsegments that the user opened on the SDK before are the parents of captured functions."""
    sdk, tracer = "from aws_xray_sdk.core import xray_recorder", "tracer = Tracer(disabled=False)"
    opened = "outer = xray_recorder.in_subsegment('outer'); outer.__enter__()"
    script = f"""
import os
from lambda_powertools.tracer import Tracer
{sdk if imported == "before the tracer" else tracer}
{sdk if imported == "after the tracer" else ""}
if "LAMBDA_TASK_ROOT" not in os.environ: xray_recorder.begin_segment("program", sampling=1)
{opened}
{tracer if imported == "before the tracer" else ""}
tracer.capture_method(lambda: 1)()
outer.__exit__(None, None, None)
"""

    trace = run_in_lambda(script, **environ)

    assert trace.tree(trace.named("outer")["id"]) == [("## __main__.lambda", [])]


def test_unsampled_traces_send_nothing(run_in_lambda):
    """TRC-45: with `Sampled=0` nothing is sent, and captured functions run identically."""
    header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0"
    script = """
import json
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def inner():
    tracer.put_annotation("a", 1)
    return 42
@tracer.capture_lambda_handler
def handler(event, context):
    with tracer.provider.in_subsegment("## custom") as subsegment:
        return [inner(), subsegment.sampled]
results = [handler({}, None) for _ in range(3)]
print(json.dumps([results, len(tracer.provider.current_segment().subsegments)]))
"""

    trace = run_in_lambda(script, _X_AMZN_TRACE_ID=header)

    assert trace.documents == []
    assert trace.printed == [[[42, False]] * 3, 0]
    assert trace.stderr == ""


def test_capturing_while_the_environment_initialises_is_silent(run_in_lambda):
    """T-8: before the first request there is no trace; captured functions run, and nothing is sent or printed."""
    script = """
import os
from lambda_powertools.tracer import Tracer
tracer = Tracer()
@tracer.capture_method
def work(): return 42
assert work() == 42
os.environ["_X_AMZN_TRACE_ID"] = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
assert work() == 42
"""

    trace = run_in_lambda(script, _X_AMZN_TRACE_ID=None)

    assert trace.tree() == [("## __main__.work", [])]
    assert trace.stderr == ""


def test_two_invocations_of_one_trace_have_their_own_parents(run_in_lambda):
    """TRC-44: a trace may call a function twice in one environment; each call's work is below its own segment."""
    script = """
import os
from lambda_powertools.core import powertools
@powertools(only=["tracer"])
def handler(event, context): pass
for parent in ("1" * 16, "2" * 16):
    os.environ["_X_AMZN_TRACE_ID"] = f"Root=1-5759e988-bd862e3fe1be46a994272793;Parent={parent};Sampled=1"
    handler({}, None)
"""

    trace = run_in_lambda(script)

    assert [document["parent_id"] for document in trace.documents] == ["1" * 16, "2" * 16]


def test_a_segment_of_the_users_own_outside_lambda(run_in_lambda):
    """TRC-2, TRC-44: with `disabled=False` a program outside Lambda is traced below the segments that it opens."""
    script = """
import asyncio
from lambda_powertools.tracer import Tracer
tracer = Tracer(disabled=False, auto_patch=False)
tracer.provider.configure(sampling=False)
@tracer.capture_method
async def work(number): await asyncio.sleep(0)
async def main(): await asyncio.gather(*(work(number) for number in range(3)))
with tracer.provider.in_segment("program"):
    asyncio.run(tracer.capture_method(main)())
"""

    trace = run_in_lambda(script, LAMBDA_TASK_ROOT=None, _X_AMZN_TRACE_ID=None)

    program = trace.named("program")
    assert trace.tree(program["id"]) == [("## __main__.main", [("## __main__.work", [])] * 3)]
    assert json.dumps(program).count("subsegments") == 0
