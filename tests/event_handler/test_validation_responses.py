from __future__ import annotations

import base64
import json
import logging
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from http import HTTPStatus
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_serializer

from lambda_powertools.event_handler import ALBResolver, APIGatewayRestResolver, Response
from lambda_powertools.event_handler.exceptions import ServiceError
from lambda_powertools.event_handler.openapi.exceptions import (
    RequestValidationError,
    ResponseValidationError,
    SerializationError,
)
from lambda_powertools.event_handler.openapi.params import Body

EVENT = {"httpMethod": "GET", "path": "/x"}


class Kind(Enum):
    a = "a"


class Model(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    id: int = Field(alias="orderId")
    note: str | None = None
    when: date = date(2024, 1, 2)
    price: Decimal = Decimal("1.50")


@dataclass
class Point:
    x: int
    kind: Kind = Kind.a


class Row:
    """What an object-relational mapper gives."""

    id = 7
    orderId = 7  # noqa: N815  # the model's alias
    note = "n"


DUMPED = {"orderId": 1, "note": None, "when": "2024-01-02", "price": "1.50"}


def app_of(function, annotation, resolver=APIGatewayRestResolver, **options):
    function.__annotations__["return"] = annotation
    app = resolver(enable_validation=True, **options)
    app.get("/x")(function)
    return app


def answer(value, annotation, **options):
    result = app_of(lambda: value, annotation, **options).resolve(dict(EVENT), None)
    return result["statusCode"], result["body"]


@pytest.mark.parametrize(
    ("value", "annotation", "expected"),
    [
        pytest.param(Model(id=1), Model, DUMPED, id="model"),
        pytest.param({"orderId": 1}, Model, DUMPED, id="dictionary as model"),
        pytest.param([Model(id=1), {"id": 1}], list[Model], [DUMPED, DUMPED], id="list"),
        pytest.param(Row(), Model, {**DUMPED, "orderId": 7, "note": "n"}, id="EHO-40 attributes"),
        pytest.param(Point(1), Point, {"x": 1, "kind": "a"}, id="dataclass"),
        pytest.param({"a": Point(1)}, dict[str, Point], {"a": {"x": 1, "kind": "a"}}, id="mapping"),
        pytest.param(Response(201, "application/json", Model(id=1)), Response[Model], DUMPED, id="EHO-6 Response[T]"),
        pytest.param((Model(id=1), 202), tuple[Model, int], DUMPED, id="EHO-6 tuple"),
        pytest.param([1], Annotated[list[int], Body(title="Numbers")], [1], id="EHO-6 Annotated"),
        pytest.param(None, None, None, id="EHO-42 None"),
        pytest.param(None, Model | None, None, id="optional"),
        pytest.param({"a": {1}}, Any, {"a": [1]}, id="Any"),
        pytest.param({3}, set[int], [3], id="set"),
        pytest.param({"n": Decimal("1.5")}, Response, {"n": 1.5}, id="EHO-6 bare Response"),
        pytest.param(Response(200, "application/json", {"a": 1}), Response | Model, {"a": 1}, id="EHO-6 Response | T"),
        pytest.param("é", dict[str, str] | str, "é", id="text"),
        pytest.param({"n": "é"}, dict[str, str], {"n": "é"}, id="beyond ASCII"),
    ],
)
@pytest.mark.parametrize("middleware", [False, True])
def test_a_response_is_converted_by_its_declared_type(value, annotation, expected, middleware):
    """EHO-40: validated and dumped by alias, with nulls; the same whether or not a middleware looks at it."""
    app = app_of(lambda: value, annotation)
    seen = []
    if middleware:
        app.use([lambda app, following: (response := following(app), seen.append(response.body))[0]])
    body = app.resolve(dict(EVENT), None)["body"]
    assert (body if isinstance(value, str) else json.loads(body)) == expected
    assert seen == ([expected] if middleware else [])


@pytest.mark.parametrize(
    ("value", "annotation", "location", "kind"),
    [
        ({"orderId": "x"}, Model, ["response", "orderId"], "int_parsing"),
        (None, Model, ["response"], "model_attributes_type"),
        ([{}], list[Model], ["response", 0, "orderId"], "missing"),
        (Response(404, "application/json", {"error": "x"}), Response[Model], ["response", "orderId"], "missing"),
        (1, None, ["response"], "none_required"),
    ],
)
def test_a_response_that_does_not_fit_is_a_fault_of_the_server(value, annotation, location, kind):
    """EHO-40: the client did nothing wrong, so the status is 500 unless another one is chosen."""
    status, body = answer(value, annotation)
    assert (status, json.loads(body)) == (500, {"statusCode": 500, "detail": [{"loc": location, "type": kind}]})


@pytest.mark.parametrize(
    ("of_app", "of_route", "status", "source"),
    [(None, None, 500, "app"), (422, None, 422, "app"), (HTTPStatus.BAD_GATEWAY, 507, 507, "route")],
)
def test_the_status_of_a_fault_can_be_chosen(of_app, of_route, status, source):
    """EHO-40: for the app, and for a route, which wins; the exception knows which of them it was."""
    app = APIGatewayRestResolver(enable_validation=True, response_validation_error_http_code=of_app)

    @app.get("/x", custom_response_validation_http_code=of_route)
    def function() -> int:
        return "x"

    assert app.resolve(dict(EVENT), None)["statusCode"] == status
    seen = []

    @app.exception_handler(ResponseValidationError)
    def handle(error):
        seen.append((error.source, error.body, error.errors()[0]["input"]))
        return {}, 200

    assert app.resolve(dict(EVENT), None)["statusCode"] == 200
    assert seen == [(source, "x", "x")]


@pytest.mark.parametrize("code", [99, 600, "500", True])
def test_a_status_that_is_none_is_refused(code):
    """EHO-40: the error names the value."""
    with pytest.raises(ValueError, match="no HTTP status"):
        APIGatewayRestResolver(enable_validation=True, response_validation_error_http_code=code)


def test_a_status_needs_validation():
    """EHO-40: without validation nothing has that status; a route that is validated may have one."""
    with pytest.raises(ValueError, match="needs enable_validation"):
        APIGatewayRestResolver(response_validation_error_http_code=500)
    app = APIGatewayRestResolver()

    @app.get("/x", enable_validation=True, custom_response_validation_http_code=503)
    def function() -> int:
        return "x"

    assert app.resolve(dict(EVENT), None)["statusCode"] == 503


def test_a_fault_is_logged_without_values(caplog):
    """The log says where and what; what the function returned may be secret."""
    logger = logging.getLogger("lambda_powertools")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.ERROR, "lambda_powertools"):
            answer({"orderId": "secret-value"}, Model)
    finally:
        logger.removeHandler(caplog.handler)
    assert "int_parsing" in caplog.text
    assert "secret-value" not in caplog.text


@pytest.mark.parametrize("content_type", ["image/png", "application/json"])
def test_bytes_pass_through(content_type):
    """EHO-43: what is declared as bytes is sent as it is."""
    image = b"\x89PNG\xff"
    for annotation in (Response[bytes], Response[bytes | Model], Response):
        app = app_of(lambda: Response(200, content_type, image), annotation)
        result = app.resolve(dict(EVENT), None)
        assert (result["isBase64Encoded"], base64.b64decode(result["body"])) == (True, image)


@pytest.mark.parametrize("value", ["", None])
def test_a_load_balancer_s_empty_text_is_none(value):
    """EHO-42: a load balancer takes no null, so functions return the empty text for it."""
    assert answer(value, None, resolver=ALBResolver)[0] == 200


def test_the_resolver_s_serializer_writes_the_validated_data():
    """EHO-44: one's own serializer gets data, not models."""
    seen = []
    status, body = answer(Model(id=1), Model, serializer=lambda value: seen.append(value) or "text")
    assert (status, body, seen) == (200, "text", [DUMPED])


def test_undeclared_bodies_are_encoded():
    """EHO-41: dates, enums, sets and models in them become JSON; a response without JSON is left alone."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.get("/x")
    def function():
        return {"d": date(2024, 1, 2), "k": Kind.a, "s": {1}, "m": Model(id=1), "p": Point(1), "n": Decimal(2)}

    @app.get("/y")
    def text():
        return Response(200, "text/html", "<p>")

    body = json.loads(app.resolve(dict(EVENT), None)["body"])
    assert body == {"d": "2024-01-02", "k": "a", "s": [1], "m": DUMPED, "p": {"x": 1, "kind": "a"}, "n": 2}
    assert app.resolve({**EVENT, "path": "/y"}, None)["body"] == "<p>"


def test_an_undeclared_body_without_a_json_form_is_an_error():
    """EHO-41: it is the function's error, and a handler may be registered for it."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.get("/x")
    def function():
        return {"x": object()}

    with pytest.raises(SerializationError, match="'object'"):
        app.resolve(dict(EVENT), None)


def test_responses_of_middlewares_and_handlers_are_not_validated():
    """EHO-11: only what the function itself returns has the declared type."""
    app = APIGatewayRestResolver(enable_validation=True)
    app.use([lambda app, following: following(app) if app.current_event.path != "/y" else Response(200, None, "early")])

    @app.get("/x")
    def function() -> Model:
        raise ServiceError(409, "taken")

    @app.get("/y")
    def early() -> Model: ...

    assert app.resolve(dict(EVENT), None)["body"] == '{"statusCode":409,"message":"taken"}'
    assert app.resolve({**EVENT, "path": "/y"}, None)["body"] == "early"


def test_a_model_s_own_serialization_is_used():
    """What a model says of its form in JSON holds."""

    class Money(BaseModel):
        cents: int

        @field_serializer("cents")
        def _in_units(self, cents: int) -> str:
            return f"{cents / 100:.2f}"

    assert answer([Money(cents=150)], list[Money]) == (200, '[{"cents":"1.50"}]')


def test_a_module_level_response_is_not_changed():
    """A response object that is returned each time stays as it is."""
    constant = Response(200, "application/json", {"orderId": 1})
    app = app_of(lambda: constant, Response[Model])
    bodies = [app.resolve(dict(EVENT), None)["body"] for _ in range(2)]
    assert [json.loads(body) for body in bodies] == [DUMPED, DUMPED]
    assert constant.body == {"orderId": 1}


@pytest.mark.parametrize("count", [1, 100, 250])
def test_the_number_of_errors_that_are_sent_is_capped(count):
    """A body of endless errors has an answer of a hundred, while a handler sees all of them."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.post("/x")
    def function(items: list[int]):
        return items

    event = {"httpMethod": "POST", "path": "/x", "body": json.dumps(["x"] * count)}
    assert len(json.loads(app.resolve(event, None)["body"])["detail"]) == min(count, 100)
    seen = []

    @app.exception_handler(RequestValidationError)
    def handle(error):
        seen.extend(error.errors())
        return {"body": error.body == ["x"] * count}

    assert app.resolve(event, None)["body"] == '{"body":true}'
    assert len(seen) == count
    assert set(seen[0]) >= {"type", "loc", "msg", "input"}


def test_values_are_never_repeated_to_the_client():
    """EHO-30: neither input nor message nor link is in the answer or in the text of the exception."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.post("/x")
    def function(model: Model):
        return model

    event = {"httpMethod": "POST", "path": "/x", "body": '{"orderId": "secret-value"}'}
    result = app.resolve(event, None)
    assert json.loads(result["body"]) == {
        "statusCode": 422,
        "detail": [{"loc": ["body", "orderId"], "type": "int_parsing"}],
    }
    seen = []
    app.exception_handler(RequestValidationError)(lambda error: seen.append(str(error)) or {})
    app.resolve(event, None)
    assert seen == ["body.orderId (int_parsing)"]


def test_errors_are_problem_details_where_they_are_asked_for():
    """With problem_details=True errors have the form of RFC 9457."""
    app = APIGatewayRestResolver(enable_validation=True, problem_details=True)

    @app.get("/x")
    def function(n: int):
        return n

    result = app.resolve(dict(EVENT), None)
    assert result["multiValueHeaders"]["Content-Type"] == ["application/problem+json"]
    problem = json.loads(result["body"])
    assert (problem["status"], problem["errors"]) == (422, [{"loc": ["query", "n"], "type": "missing"}])


def test_an_async_route_is_validated():
    """EHO-11: the same holds for routes that are awaited."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.get("/x")
    async def function(n: int) -> Model:
        return {"orderId": n}

    event = {**EVENT, "queryStringParameters": {"n": "1"}}
    assert json.loads(app.resolve(event, None)["body"]) == DUMPED
    assert app.resolve(dict(EVENT), None)["statusCode"] == 422
