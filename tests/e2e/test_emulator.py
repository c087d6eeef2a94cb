from __future__ import annotations

import json

import pytest
from e2e_support.environment import trace_id_of
from e2e_support.segments import children, documents_of, named, traces_of

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


def test_a_decorated_handler_logs_measures_and_traces_without_further_wiring(emulator, daemon, check_emf):
    """One invocation gives a response, one log line, its metrics and its trace; stdout holds nothing else of ours."""
    function = emulator("shop.place_order")
    header = make_trace_header()

    answer = function.invoke({"order": "A1", "quantity": 3}, header)

    assert answer.status == 200
    assert answer.payload["total"] == 15
    output = function.output()
    assert output.strays == []
    [log] = output.logs
    assert log["level"] == "INFO"
    assert (log["message"], log["service"], log["order"], log["total"]) == ("order placed", "shop", "A1", 15)
    assert log["location"].startswith("answer:")
    assert log["function_request_id"] == answer.payload["request"]
    assert log["function_name"] == "shop"
    assert log["xray_trace_id"] == trace_id_of(header)
    check_emf(output.metrics)
    cold_start, business = output.metrics
    assert cold_start["ColdStart"] == [1.0]
    assert (business["OrderPlaced"], business["Total"], business["order"]) == ([1.0], [15.0], "A1")
    documents = documents_of(daemon)
    handler = named(documents, "## answer")
    assert {document["trace_id"] for document in documents} == {trace_id_of(header)}
    assert handler["annotations"] == {"ColdStart": True, "Service": "shop"}
    [price] = children(documents, handler)
    assert price["name"] == "## shop.price"
    assert price["annotations"] == {"quantity": 3}


def test_only_the_first_invocation_of_an_environment_is_a_cold_start(emulator, daemon):
    """Logger, metrics and tracer agree on which invocation was cold, and the ColdStart metric is written once."""
    function = emulator("shop.place_order")

    for number in range(3):
        function.invoke({"order": f"A{number}"}, make_trace_header())

    output = function.output()
    assert [log["cold_start"] for log in output.logs] == [True, False, False]
    assert [emf["ColdStart"] for emf in output.metrics if "ColdStart" in emf] == [[1.0]]
    handlers = [document for document in documents_of(daemon) if document["name"] == "## answer"]
    assert [document["annotations"]["ColdStart"] for document in handlers] == [True, False, False]


def test_nothing_of_an_invocation_is_left_for_the_next(emulator, daemon):
    """Keys, correlation id, dimensions, metadata and annotations of one invocation are not seen in the next."""
    function = emulator("shop.leave_keys")

    function.invoke({"leave": True}, make_trace_header())
    second = make_trace_header()
    function.invoke({}, second)

    output = function.output()
    [log] = output.logs
    assert log["message"] == "clean"
    assert not {"left", "left_in_thread", "correlation_id"} & log.keys()
    assert not {"left", "left_metadata"} & output.metrics[-1].keys()
    handler = named(traces_of(daemon)[trace_id_of(second)], "## leave_keys")
    assert handler["annotations"].keys() == {"ColdStart", "Service"}


def test_an_error_of_the_handler_is_one_structured_line_and_reaches_lambda_unchanged(emulator, daemon):
    """The exception is logged once as data and faults the trace; the runtime reports it as it would without us."""
    function = emulator("shop.fail")
    header = make_trace_header()

    answer = function.invoke({"order": "B7"}, header)

    undecorated = emulator("shop.fail_undecorated").invoke({"order": "B7"}, make_trace_header())
    assert answer.status == undecorated.status
    for part in ("errorType", "errorMessage"):
        assert answer.payload[part] == undecorated.payload[part]
    assert "in fail\n" in answer.payload["stackTrace"][-1]
    output = function.output()
    assert output.strays == []
    [error] = output.logs
    assert (error["level"], error["exception_name"]) == ("ERROR", "PaymentDeclinedError")
    assert "card of order B7 declined" in error["exception"]
    assert error["stack_trace"]["type"] == "PaymentDeclinedError"
    assert error["stack_trace"]["frames"][-1]["function"] == "fail"
    assert error["function_request_id"] == answer.payload["requestId"]
    handler = named(documents_of(daemon), "## fail")
    assert handler["fault"] is True
    assert handler["cause"]["exceptions"][0]["type"] == "PaymentDeclinedError"


def test_metrics_of_a_failed_invocation_are_written(emulator, check_emf):
    """What was measured before the handler raised is not lost."""
    function = emulator("shop.place_order")

    function.invoke({"order": "B8", "decline": True})

    emf = function.output().metrics[-1]
    check_emf([emf])
    assert (emf["OrderPlaced"], emf["order"]) == ([1.0], "B8")


def test_an_error_while_loading_the_function_is_reported_by_the_runtime_as_ever(emulator):
    """An exception at import reaches the runtime; what was logged before it is a JSON line like any other."""
    function = emulator("broken_at_import.handler")

    answer = function.invoke({})

    assert answer.status == 502
    output = function.output()
    assert output.strays == []
    assert {log["message"] for log in output.logs} == {"loading"}
    assert any("RuntimeError: no configuration for this region" in line for line in output.platform)


def test_a_timeout_leaves_the_lines_written_before_it_and_a_new_environment_after_it(emulator):
    """Lambda ends a late invocation; its lines are out, and the next one starts cold without a trace of it."""
    function = emulator("shop.sleep", timeout=1)

    late = function.invoke({"seconds": 30})
    in_time = function.invoke({"seconds": 0})

    assert "timed out after 1.00 seconds" in late.text
    assert in_time.payload == "awake"
    output = function.output()
    assert output.strays == []
    assert [log["message"] for log in output.logs] == ["going to sleep", "going to sleep", "awake"]
    assert [log["cold_start"] for log in output.logs] == [True, True, True]


def test_an_async_handler_is_awaited_and_its_coroutines_make_a_tree(emulator, daemon, check_emf):
    """Coroutines gathered by an async handler are siblings below it, each with what it awaited below itself."""
    function = emulator("shop.reserve_all")
    items = [f"item-{number}" for number in range(10)]

    answers = [function.invoke({"items": items}, header) for header in (make_trace_header(), make_trace_header())]

    assert [answer.payload for answer in answers] == [items, items]
    output = function.output()
    assert output.strays == []
    assert [log["count"] for log in output.logs] == [10, 10]
    check_emf(output.metrics)
    for documents in traces_of(daemon).values():
        reserved = children(documents, named(documents, "## reserve_all"))
        assert [document["name"] for document in reserved] == ["## shop.reserve"] * 10
        confirmed = [children(documents, document) for document in reserved]
        assert [len(below) for below in confirmed] == [1] * 10
        assert sorted(below[0]["annotations"]["item"] for below in confirmed) == items
        assert len(documents) == 21


def test_the_json_log_format_of_lambda_leaves_our_lines_as_they_are(emulator):
    """Under AWS_LAMBDA_LOG_FORMAT=JSON the runtime reports in JSON too, and ours is neither wrapped nor repeated."""
    function = emulator("shop.fail", AWS_LAMBDA_LOG_FORMAT="JSON", AWS_LAMBDA_LOG_LEVEL="INFO")

    function.invoke({"order": "B9"})

    output = function.output()
    assert output.strays == []
    assert len(output.logs) == 1
    reports = [json.loads(line) for line in output.platform if line.startswith("{")]
    assert [report["errorType"] for report in reports] == ["PaymentDeclinedError"]
