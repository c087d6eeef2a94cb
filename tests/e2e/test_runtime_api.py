from __future__ import annotations

import pytest
from e2e_support.environment import trace_id_of
from e2e_support.segments import documents_of, named, traces_of

from lambda_powertools.testing import XRayDaemon, make_trace_header

pytestmark = pytest.mark.e2e


def check_streams(requests, answers, output, traces):
    """Assert that logs, metrics and trace of every request hold that request's values and no other's."""
    by_order = {emf["order"]: emf for emf in output.metrics if "order" in emf}
    assert output.strays == []
    for request, answer in zip(requests, answers, strict=True):
        order = request.event["order"]
        assert answer.kind == "response"
        assert (answer.payload["order"], answer.payload["tenant"]) == (order, request.tenant)
        logs = output.logs_of(request.request_id)
        assert {(log["order"], log["xray_trace_id"]) for log in logs} == {(order, trace_id_of(request.trace_header))}
        assert [log["message"] for log in logs] == ["arrived", "order placed"]
        assert logs[-1].get("tenant") == request.tenant
        assert by_order[order]["Total"] == [float(request.event["quantity"] * 5)]
        assert by_order[order]["tenant"] == request.tenant
        documents = traces[trace_id_of(request.trace_header)]
        handler, price = named(documents, "## meet"), named(documents, "## shop.price")
        assert price["parent_id"] == handler["id"]
        assert price["annotations"]["quantity"] == request.event["quantity"]
    assert len(output.logs) == 2 * len(requests)
    assert len(by_order) == len(requests)


def test_environments_that_run_at_once_have_streams_of_their_own(environment):
    """Three environments of one function, each with its own daemon, share no line, metric or segment."""
    with XRayDaemon() as first, XRayDaemon() as second, XRayDaemon() as third:
        daemons = (first, second, third)
        functions = [environment("shop.meet", daemon_address=daemon.address) for daemon in daemons]

        started = [
            [
                function.start({"order": f"E{number}-{index}", "quantity": 10 * number + index}, tenant=f"t{number}")
                for index in range(6)
            ]
            for number, function in enumerate(functions)
        ]

        for function, daemon, requests in zip(functions, daemons, started, strict=True):
            answers = [request.answer() for request in requests]
            check_streams(requests, answers, function.output(), traces_of(daemon))
            assert len(traces_of(daemon)) == len(requests)
            assert [log["cold_start"] for log in function.output().logs] == [True] * 2 + [False] * 10
            assert function.process.errors() == ""


def test_workers_of_one_environment_do_not_mix_requests_or_tenants(environment, daemon):
    """Four workers of a multi-concurrent environment serve two tenants; all that a request leaves names its own."""
    function = environment("shop.meet", AWS_LAMBDA_MAX_CONCURRENCY="4")

    requests = [
        function.start({"order": f"W{index}", "quantity": index}, tenant=("blue", "green")[index % 2])
        for index in range(16)
    ]

    answers = [request.answer() for request in requests]
    check_streams(requests, answers, function.output(), traces_of(daemon))


def test_the_tenant_of_a_request_reaches_the_handler_and_not_the_next_request(environment, daemon):
    """The tenant id is that of the request: the one after it without a tenant sees none."""
    function = environment("shop.place_order")

    tenants = [
        function.invoke({"order": f"T{index}"}, tenant=tenant).payload["tenant"]
        for index, tenant in enumerate(["blue", None, "green"])
    ]

    assert tenants == ["blue", None, "green"]
    assert [log.get("tenant") for log in function.output().logs] == tenants


def test_an_unsampled_request_sends_no_segments(environment, daemon):
    """With Sampled=0 the handler runs as ever and the daemon hears nothing."""
    function = environment("shop.place_order")

    answer = function.invoke({"order": "U1", "quantity": 2}, trace=make_trace_header(sampled=False))

    assert answer.payload["total"] == 10
    assert documents_of(daemon) == []
    assert function.output().strays == []


def test_a_request_without_a_tracing_header_is_silent_about_it(environment, daemon):
    """Where active tracing is off there is no trace, no trace id in the log, and no complaint on stdout or stderr."""
    function = environment("shop.place_order")

    answer = function.invoke({"order": "U2"}, trace=None)

    output = function.output()
    assert answer.payload["total"] == 5
    assert documents_of(daemon) == []
    assert [log.get("xray_trace_id") for log in output.logs] == [None]
    assert output.strays == []
    assert function.process.errors() == ""


def test_disabled_tracing_changes_nothing_else(environment, daemon):
    """POWERTOOLS_TRACE_DISABLED stops the segments alone."""
    function = environment("shop.place_order", POWERTOOLS_TRACE_DISABLED="true")

    answer = function.invoke({"order": "U3"})

    output = function.output()
    assert answer.payload["total"] == 5
    assert documents_of(daemon) == []
    assert (len(output.logs), output.strays) == (1, [])
    assert output.metrics[-1]["OrderPlaced"] == [1.0]


def test_provisioned_concurrency_is_never_a_cold_start(environment, daemon):
    """An environment that was initialised ahead of its first request reports no cold start anywhere."""
    function = environment("shop.place_order", AWS_LAMBDA_INITIALIZATION_TYPE="provisioned-concurrency")

    function.invoke({"order": "P1"})

    output = function.output()
    assert [log["cold_start"] for log in output.logs] == [False]
    assert not any("ColdStart" in emf for emf in output.metrics)
    assert named(documents_of(daemon), "## answer")["annotations"]["ColdStart"] is False


def test_a_mistyped_option_is_an_init_error_that_says_what_was_meant(environment):
    """A wrong plugin name stops the function while it loads, with the name that was probably meant."""
    function = environment("misspelt_option.handler")

    error = function.init_error().payload

    assert error["errorType"] == "PluginNotFoundError"
    assert "did you mean 'logger'" in error["errorMessage"]
    assert function.process.wait() == 1


def test_a_wrong_environment_variable_is_an_init_error_that_names_it(environment):
    """A boolean that is none stops the function while it loads, naming variable and value."""
    function = environment("shop.place_order", POWERTOOLS_TRACE_DISABLED="maybe")

    message = function.init_error().payload["errorMessage"]

    assert "POWERTOOLS_TRACE_DISABLED" in message
    assert "maybe" in message
