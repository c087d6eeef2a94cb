from __future__ import annotations

import json

import pytest
from e2e_support.samples import sample_event
from e2e_support.segments import documents_of, named

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


def rest_event(**values):
    """Return AWS's event of a REST API."""
    return sample_event("apigateway", "aws-proxy", **values)


def http_event(**values):
    """Return AWS's event of an HTTP API."""
    return sample_event("apigateway", "http-api-proxy", **values)


def balancer_event(**values):
    """Return AWS's event of a load balancer."""
    return sample_event("alb", "request", **values)


def url_event(**values):
    """Return AWS's event of format 2.0 with what a function URL has in the place of an API's.

    https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
    """
    event = http_event(**values)
    event |= {"pathParameters": None, "stageVariables": None}
    event["requestContext"] |= {
        "authentication": None,
        "authorizer": None,
        "domainName": "abcdefgh.lambda-url.us-east-1.on.aws",
        "domainPrefix": "abcdefgh",
    }
    return event


FRONT_ENDS = {
    "rest_api": (rest_event, "Custom User Agent String"),
    "http_api": (http_event, None),
    "load_balancer": (balancer_event, "Mozilla/5.0"),
    "function_url": (url_event, None),
}


def cookie_of(response):
    """Return the cookie of a response, wherever its front end has it."""
    if "cookies" in response:
        return response["cookies"][0]
    headers = {**response.get("headers", {}), **response.get("multiValueHeaders", {})}
    value = next(value for name, value in headers.items() if name.lower() == "set-cookie")
    return value if isinstance(value, str) else value[0]


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_events_of_aws_reach_their_route_in_the_runtime(emulator, front_end):
    """In Lambda's runtime, a sample event of each front end is routed, decoded, and answered in its form."""
    make_event, agent = FRONT_ENDS[front_end]
    function = emulator(f"web.{front_end}")

    answer = function.invoke(make_event(), make_trace_header())

    response = answer.payload
    assert answer.status == 200
    assert response["statusCode"] == 201
    body = json.loads(response["body"])
    assert (body["thing"], body["sent"]) == ("resource", {"test": "body"})
    assert agent is None or body["agent"].startswith(agent)
    assert cookie_of(response).startswith("seen=resource")
    assert ("multiValueHeaders" in response) is (front_end == "rest_api")
    [log] = function.output().logs
    assert (log["message"], log["thing"]) == ("received", "resource")


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_other_answers_are_of_their_kind(emulator, front_end):
    """Pictures are base64, refusals and unknown paths are JSON with their status, an error is the function's error."""
    make_event, _ = FRONT_ENDS[front_end]
    function = emulator(f"web.{front_end}")

    def ask(path):
        return function.invoke(make_event(method="GET", path=path), make_trace_header()).payload

    picture, refused, unknown, broken = (ask(path) for path in ("picture", "refused", "nowhere", "broken"))

    assert (picture["statusCode"], picture["isBase64Encoded"], picture["body"]) == (200, True, "iVBORw0K")
    assert (refused["statusCode"], json.loads(refused["body"])["message"]) == (400, "not like this")
    assert unknown["statusCode"] == 404
    assert (broken["errorType"], broken["errorMessage"]) == ("RuntimeError", "the shelf fell down")


def test_a_wrong_method_is_refused_with_those_that_are_right(emulator):
    """A known path with another method is 405, and Allow names the methods that there are."""
    function = emulator("web.http_api")

    response = function.invoke(http_event(method="DELETE"), make_trace_header()).payload

    assert response["statusCode"] == 405
    headers = {name.lower(): value for name, value in response["headers"].items()}
    assert "POST" in headers["allow"]


def test_a_request_is_traced_with_its_handler(emulator, daemon):
    """A routed request has one trace, as any invocation."""
    function = emulator("web.rest_api")

    function.invoke(rest_event(), make_trace_header())

    assert named(documents_of(daemon), "## POST /path/to/:thing")
