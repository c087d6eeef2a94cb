from __future__ import annotations

import asyncio
import json

import pytest

from lambda_powertools.event_handler import ALBResolver, Cookie, Response
from lambda_powertools.event_handler.exceptions import ResponseSizeExceededError

LIMIT = 1_048_576
EVENT = {"path": "/x", "httpMethod": "GET", "headers": {}}


def build(result, **options):
    app = ALBResolver(**options)
    app.get("/x")(lambda: result)
    return app


def test_no_body_is_an_empty_one():
    """EHH-110: null would be an error to the load balancer: from functions, exception handlers and early returns."""
    app = build(Response(204))
    app.exception_handler(ValueError)(lambda _: Response(204))
    app.get("/early", middlewares=[lambda _a, _n: Response(204)])(lambda: None)

    @app.get("/bad")
    def bad():
        raise ValueError

    assert {app.resolve({**EVENT, "path": path}, None)["body"] for path in ("/x", "/early", "/bad")} == {""}


@pytest.mark.parametrize("validation", [False, True])
def test_nothing_returned_is_an_empty_body(validation):
    """EHH-110: whether nothing is declared, None is, or something else or None, and through validation as well."""
    app = ALBResolver(enable_validation=validation)

    def declares_none() -> None:
        """Return nothing."""

    def declares_optional() -> dict | None:
        """Return nothing."""

    app.get("/x")(lambda: None)
    app.get("/none")(declares_none)
    app.get("/optional")(declares_optional)
    app.get("/response")(lambda: Response(200, "application/json"))

    paths = ("/x", "/none", "/optional", "/response")
    assert [app.resolve({**EVENT, "path": path}, None)["body"] for path in paths] == [""] * 4


@pytest.mark.parametrize("decode", [False, True])
def test_event_is_told_whether_to_decode_its_query(decode):
    """EHH-111: the load balancer leaves queries percent-encoded."""
    app = build(None, decode_query_parameters=decode)

    app.resolve({**EVENT, "queryStringParameters": {"a%20b": "c%20d"}}, None)

    found = app.current_event.resolved_query_string_parameters
    assert found == ({"a b": ["c d"]} if decode else {"a%20b": ["c%20d"]})


def test_headers_are_written_the_way_the_request_had_them():
    """EHH-112: multi-value where the request had that, else the last value and cookie, with warnings."""
    app = build(Response(200, body="", headers={"X": ["1", "2"]}, cookies=[Cookie("a", "1"), Cookie("b", "2")]))

    multiple = app.resolve({**EVENT, "multiValueHeaders": {"x": ["1"]}}, None)
    with (
        pytest.warns(UserWarning, match="^Can't encode more than one header value"),
        pytest.warns(UserWarning, match="^Can't encode more than one cookie"),
    ):
        single = app.resolve(EVENT, None)

    assert multiple["multiValueHeaders"] == {"X": ["1", "2"], "Set-Cookie": ["a=1; Secure", "b=2; Secure"]}
    assert single["headers"] == {"X": "2", "Set-Cookie": "b=2; Secure"}


def test_response_that_is_too_large_is_an_error_where_that_is_checked(monkeypatch):
    """EHH-113: the whole response counts, written the way the runtime does."""
    monkeypatch.setenv("AWS_EXECUTION_ENV", "AWS_Lambda_python3.12")
    empty = len(json.dumps(build("").resolve(EVENT, None)))
    fits, exceeds = "a" * (LIMIT - empty), "a" * (LIMIT - empty + 1)

    assert build(exceeds).resolve(EVENT, None)["statusCode"] == 200
    assert build(fits, enable_response_size_validation=True).resolve(EVENT, None)["statusCode"] == 200
    with pytest.raises(ResponseSizeExceededError, match=f"{LIMIT + 1} bytes.*{LIMIT}") as caught:
        build(exceeds, enable_response_size_validation=True).resolve(EVENT, None)
    assert (caught.value.actual_size, caught.value.max_size) == (LIMIT + 1, LIMIT)
    with pytest.raises(ResponseSizeExceededError):
        asyncio.run(build(exceeds, enable_response_size_validation=True).resolve_async(EVENT, None))


@pytest.mark.parametrize(
    ("runtime", "size"),
    [("AWS_Lambda_python3.12", 2), ("AWS_Lambda_python3.13", 2), ("AWS_Lambda_python3.11", 6), ("", 6)],
)
def test_size_depends_on_the_runtime(monkeypatch, runtime, size):
    """EHH-113: what is not ASCII is written as it is from Python 3.12 on, as escapes before."""
    monkeypatch.setenv("AWS_EXECUTION_ENV", runtime)
    count = LIMIT // size
    app = build(Response(200, "text/plain", "é" * count), enable_response_size_validation=True)

    with pytest.raises(ResponseSizeExceededError) as caught:
        app.resolve(EVENT, None)

    assert size * count < caught.value.actual_size < size * count + 200


def test_exception_handler_may_give_a_smaller_response():
    """EHH-113: which is checked once more, and not again."""
    app = build("a" * LIMIT, enable_response_size_validation=True)
    calls = []

    @app.exception_handler(ResponseSizeExceededError)
    def smaller(error):
        calls.append(error)
        return "sorry" if len(calls) == 1 else "a" * LIMIT

    assert app.resolve(EVENT, None)["body"] == "sorry"
    with pytest.raises(ResponseSizeExceededError):
        app.resolve(EVENT, None)
    assert len(calls) == 2
