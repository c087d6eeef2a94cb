from __future__ import annotations

import json
import logging

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, Response, exceptions
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.event_handler.exceptions import (
    BadRequestError,
    InternalServerError,
    MethodNotAllowedError,
    NotFoundError,
    ServiceError,
)


def failing(app, error, path="/x", **options):
    @app.get(path, **options)
    def fail():
        raise error

    return app


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("BadRequestError", 400),
        ("UnauthorizedError", 401),
        ("ForbiddenError", 403),
        ("NotFoundError", 404),
        ("MethodNotAllowedError", 405),
        ("RequestTimeoutError", 408),
        ("RequestEntityTooLargeError", 413),
        ("InternalServerError", 500),
        ("ServiceUnavailableError", 503),
    ],
)
def test_service_error_becomes_a_response(app, client, name, status):
    """EHH-55: status and message as JSON, whatever the class."""
    failing(app, getattr(exceptions, name)("why"))

    answer = client.get("/x")

    assert (answer.status, answer.json) == (status, {"statusCode": status, "message": "why"})
    assert answer.header("content-type") == "application/json"


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ServiceError(402, {"code": "E1"}), 402, {"code": "E1"}),
        (ServiceError(599, "own"), 599, "own"),
        (NotFoundError, 404, "Not found"),
        (InternalServerError(message="oops"), 500, "oops"),
    ],
)
def test_message_may_be_a_text_or_an_object(app, client, error, status, message):
    """EHH-55: a dictionary is put in as it is; the class itself may be raised where it needs nothing."""
    assert client_json(failing(app, error)) == (status, {"statusCode": status, "message": message})


def client_json(app, path="/x", method="GET"):
    result = app.resolve({"path": path, "httpMethod": method}, None)
    return result["statusCode"], json.loads(result["body"])


def test_text_of_an_error_is_its_message():
    """`str` gives the message, a dictionary as JSON."""
    assert str(BadRequestError("why")) == "why"
    assert str(ServiceError(400, {"a": 1})) == '{"a":1}'


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (BadRequestError("why"), 400, {"title": "Bad Request", "detail": "why"}),
        (ServiceError(599, {"code": "E1"}), 599, {"title": "Error", "code": "E1"}),
    ],
)
def test_problem_details_where_the_app_has_them(error, status, expected):
    """RFC 9457: one flag makes all errors problem details."""
    app = failing(APIGatewayRestResolver(problem_details=True), error)

    result = app.resolve({"path": "/x", "httpMethod": "GET"}, None)

    assert result["multiValueHeaders"]["Content-Type"] == ["application/problem+json"]
    assert json.loads(result["body"]) == {"type": "about:blank", "status": status, **expected}
    assert client_json(app, "/none") == (
        404,
        {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "Not found"},
    )
    assert client_json(app, method="POST")[1]["title"] == "Method Not Allowed"


def test_nearest_class_answers(app, client):
    """EHH-56: the nearest registered ancestor wins, whatever the order of registration."""
    app.exception_handler(Exception)(lambda _: ("far", 500))
    app.exception_handler(LookupError)(lambda _: ("near", 500))
    failing(app, KeyError("x"))

    assert client.get("/x").body == "near"


def test_one_function_may_answer_several_classes(app, client):
    """EHH-56: a list of classes, stacked decorators, and a later one in place of an earlier."""

    @app.exception_handler(OverflowError)
    @app.exception_handler([ValueError, KeyError])
    def first(error):
        return type(error).__name__

    app.exception_handler(KeyError)(lambda _: "later")
    for number, error in enumerate([ValueError(), KeyError(), OverflowError()]):
        failing(app, error, f"/{number}")

    assert [client.get(f"/{number}").body for number in range(3)] == ["ValueError", "later", "OverflowError"]
    assert first(ValueError()) == "ValueError"


@pytest.mark.parametrize(
    ("result", "status", "body"),
    [
        ({"a": 1}, 200, '{"a":1}'),
        (({"a": 1}, 418), 418, '{"a":1}'),
        ("text", 200, "text"),
        (Response(502, "text/plain", "gate"), 502, "gate"),
    ],
)
def test_what_it_returns_is_taken_like_a_route_s_result(app, client, result, status, body):
    """EHH-56: a dictionary, a tuple or a response."""
    app.exception_handler(ValueError)(lambda _: result)
    failing(app, ValueError())

    answer = client.get("/x")

    assert (answer.status, answer.body) == (status, body)


def test_registered_function_comes_before_the_built_in_answer(app, client):
    """EHH-57: a function for Exception receives service errors, unknown paths and wrong methods, too."""
    seen = []
    app.exception_handler(Exception)(lambda error: seen.append(type(error)) or ("mine", 418))
    failing(app, BadRequestError("no"))

    assert {client.get("/x").status, client.get("/none").status, client("POST", "/x").status} == {418}
    assert seen == [BadRequestError, NotFoundError, MethodNotAllowedError]
    assert client("POST", "/x").header("allow") == "GET, HEAD, OPTIONS"


def test_service_error_out_of_a_registered_function_is_answered(app, client):
    """EHH-58: it becomes a response and is not looked up again; anything else leaves."""

    @app.exception_handler(Exception)
    def handle(error):
        raise BadRequestError("again") if isinstance(error, ValueError) else RuntimeError("out")

    failing(failing(app, ValueError()), KeyError(), "/y")

    assert client.get("/x").json["message"] == "again"
    with pytest.raises(RuntimeError, match="out"):
        client.get("/y")


def test_answer_has_the_options_of_the_route(app, client):
    """EHH-59: compression and cache control of the route hold for answers to its exceptions."""
    app.exception_handler(ValueError)(lambda _: "a" * 99)
    failing(app, ValueError(), compress=True, cache_control="max-age=1", status_code=200)

    answer = client.get("/x", headers={"accept-encoding": "gzip"})

    assert (answer.header("content-encoding"), answer.header("cache-control")) == ("gzip", "max-age=1")


@pytest.mark.parametrize("call", [lambda app: app.not_found, lambda app: app.not_found()])
def test_unknown_path_is_answered_by_its_function(app, client, call):
    """EHH-41: with or without brackets, for unknown paths and for NotFoundError raised by a route."""
    call(app)(lambda error: ({"sorry": str(error)}, 404))
    failing(app, NotFoundError("no such order"))

    assert client.get("/none").json == {"sorry": "Not found"}
    assert client.get("/x").json == {"sorry": "no such order"}


@pytest.mark.parametrize("error", [ValueError("secret"), KeyboardInterrupt()])
def test_error_that_nothing_answers_leaves_as_it_is(app, client, error, caplog):
    """EHH-29: the function fails with the very exception, and nothing of the request is left."""
    failing(app, error)
    app.append_context(a=1)

    with pytest.raises(type(error)) as caught:
        client.get("/x")

    assert caught.value is error
    assert app.context == {}
    with pytest.raises(exceptions.RequestStateError):
        _ = app.request


def test_error_is_logged_once_on_the_package_s_own_logger(app, client):
    """EHH-29: one record with the traceback, on a logger that is silent unless it is asked for."""
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    logger = logging.getLogger("lambda_powertools.event_handler")
    logger.addHandler(handler)
    try:
        failing(app, ValueError("x"))
        with pytest.raises(ValueError, match="x"):
            client.get("/x")
    finally:
        logger.removeHandler(handler)

    (record,) = records
    assert record.exc_info[0] is ValueError


def test_exceptions_have_no_details_for_clients(app, client):
    """What goes wrong inside is nobody's business outside: with a function for it only what that says is sent."""
    app.exception_handler(Exception)(lambda _: ({"message": "sorry"}, 500))
    failing(app, ValueError("password=hunter2"))

    assert "hunter2" not in str(client.get("/x").raw)


def test_manager_can_be_used_alone():
    """The registry of functions is a public class."""
    manager = ExceptionHandlerManager()
    manager.exception_handler([ValueError])(print)

    assert manager.lookup_exception_handler(UnicodeError) is print
    assert manager.lookup_exception_handler(KeyError) is None
    copy = manager.get_registered_handlers()
    copy.clear()
    assert manager.get_registered_handlers() == {ValueError: print}
    manager.update_exception_handlers({ValueError: repr})
    assert manager.lookup_exception_handler(ValueError) is repr
    manager.clear_handlers()
    assert manager.get_registered_handlers() == {}
    with pytest.raises(TypeError, match="exception classes"):
        manager.exception_handler("ValueError")
