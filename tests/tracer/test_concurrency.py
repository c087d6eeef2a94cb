"""Work that runs side by side: each piece is a child of what started it, and nothing is lost."""

from __future__ import annotations

import sys

import pytest

BRANCH = ("## __main__.branch", [("## __main__.leaf", []), ("## __main__.leaf", [])])
LEAF = ("## __main__.leaf", [])
STEP = ("## __main__.step", [])
JOB = ("## __main__.job", [STEP])


@pytest.fixture(scope="module")
def traces(run_in_lambda):
    """The trace of every case in `scripts/concurrency.py`."""
    trace = run_in_lambda("concurrency.py")
    assert trace.stderr == ""
    return {name: trace.of(trace_id) for name, trace_id in trace.printed.items()}


@pytest.mark.parametrize(
    ("case", "below_the_handler"),
    [
        ("gather", [BRANCH] * 100),
        pytest.param(
            "task_group", [BRANCH] * 20, marks=pytest.mark.skipif(sys.version_info < (3, 11), reason="no TaskGroup")
        ),
        ("wait_for", [LEAF]),
        ("to_thread", [STEP] * 20),
        ("run_in_executor", [STEP] * 20),
        ("thread_pool", [("## __main__.thread_pool.locals.hand_out", [JOB] * 50)]),
        ("thread_pool_map", [STEP] * 20),
        ("copied_contexts", [STEP] * 20),
        ("propagated_threads", [STEP] * 20),
        (
            "task_that_outlives_its_parent",
            [("## __main__.task_that_outlives_its_parent.locals.start", [LEAF])],
        ),
        (
            "child_that_ends_after_its_parent",
            [("## __main__.child_that_ends_after_its_parent.locals.start", [BRANCH])],
        ),
    ],
)
def test_the_tree_is_that_of_who_started_what(traces, case, below_the_handler):
    """T-4: coroutines, tasks and threads hang below what started them, with their own children below each."""
    assert traces[case].tree() == [("## handler", below_the_handler)]


def test_threads_without_help_are_recorded_below_the_invocation(traces):
    """T-4: a bare thread knows nothing of what started it; its work is in the trace, below the function's segment."""
    assert traces["plain_threads"].tree() == [*[STEP] * 20, ("## handler", [])]


def test_notes_land_on_the_right_one_of_many(traces):
    """TRC-44: of a hundred coroutines each annotates its own subsegment, and so do the children of each."""
    trace = traces["gather"]

    branches = [document for document in trace.documents if document["name"] == "## __main__.branch"]
    assert sorted(branch["annotations"]["Number"] for branch in branches) == list(range(100))
    for branch in branches:
        numbers = [leaf["annotations"]["Number"] for leaf in trace.children(branch["id"])]
        assert numbers == [branch["annotations"]["Number"]] * 2


def test_one_failure_among_many_marks_one_subsegment(traces):
    """TRC-22, T-4: the job that failed is the fault, not its neighbours."""
    faults = [document for document in traces["thread_pool"].documents if document.get("fault")]

    assert [(fault["name"], fault["annotations"]["Number"]) for fault in faults] == [("## __main__.job", 13)]
