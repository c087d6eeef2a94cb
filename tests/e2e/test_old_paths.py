"""Code with the original's imports, under the real runtime client."""

from __future__ import annotations

import json

import pytest
from e2e_support.samples import sample_event
from e2e_support.segments import children, documents_of

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


def request_of(path):
    """Return an HTTP API event out of the sample that AWS wrote."""
    event = sample_event("apigateway", "http-api-proxy", method="GET", path=path)
    event["rawPath"] = event["requestContext"]["http"]["path"] = path
    event["requestContext"]["stage"] = "$default"
    return event


def test_a_function_of_the_original_s_users_runs_as_it_is(emulator, daemon, check_emf):
    """With old imports and the old decorators alone, responses, logs, metrics and traces are there, and right."""
    function = emulator("old_paths.handler")

    answers = [function.invoke(request_of(f"/orders/{name}"), make_trace_header()) for name in ("A1", "none", "A2")]

    assert [answer.payload["statusCode"] for answer in answers] == [200, 404, 200]
    assert json.loads(answers[0].payload["body"]) == {"id": "A1"}
    output = function.output()
    assert output.strays == []
    assert [(log["message"], log["order"], log["cold_start"], log["service"]) for log in output.logs] == [
        ("order read", "A1", True, "shop"),
        ("order read", "A2", False, "shop"),
    ]
    assert {log["correlation_id"] for log in output.logs} == {request_of("/")["requestContext"]["requestId"]}
    check_emf(output.metrics)
    assert [emf["ColdStart"] for emf in output.metrics if "ColdStart" in emf] == [[1.0]]
    assert [emf["Requests"] for emf in output.metrics if "Requests" in emf] == [[1.0]] * 3
    documents = documents_of(daemon)
    handlers = [document for document in documents if document["name"] == "## GET /orders/:order_id"]
    assert [document["annotations"]["ColdStart"] for document in handlers] == [True, False, False]
    assert [child["name"] for child in children(documents, handlers[0])] == ["## old_paths.order"]
