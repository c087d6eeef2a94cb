from __future__ import annotations

import asyncio
import sys
import threading
from types import ModuleType

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver
from lambda_powertools.event_handler.middlewares.schema_validation import SchemaValidationMiddleware

INBOUND = {"type": "object", "required": ["id"]}
OUTBOUND = {"type": "object", "required": ["done"]}


@pytest.fixture
def validation(monkeypatch):
    """A small stand-in for the package that validates: it knows `required`, and refuses a schema that is none."""
    module = ModuleType("lambda_powertools.validation")

    class SchemaValidationError(Exception):
        pass

    class InvalidSchemaFormatError(Exception):
        pass

    def validate(event, schema, formats=None):
        if "type" not in schema:
            raise InvalidSchemaFormatError("no type")
        for name in schema["required"]:
            if name not in (event or {}):
                raise SchemaValidationError(f"data must contain {name}")
        module.formats.append(formats)

    module.formats = []
    module.validate = validate
    module.SchemaValidationError = SchemaValidationError
    module.InvalidSchemaFormatError = InvalidSchemaFormatError
    monkeypatch.setitem(sys.modules, "lambda_powertools.validation", module)
    return module


def ask(middleware, result=None, body="{}"):
    app = APIGatewayRestResolver()
    app.post("/x", middlewares=[middleware])(lambda: result)
    answer = app.resolve({"path": "/x", "httpMethod": "POST", "body": body}, None)
    return answer["statusCode"], answer["body"]


def test_body_that_does_not_fit_is_a_400(validation):
    """EHH-70: the detail is the validation's message."""
    status, body = ask(SchemaValidationMiddleware(INBOUND))

    assert (status, body) == (400, '{"statusCode":400,"message":"Bad Request: data must contain id"}')
    assert ask(SchemaValidationMiddleware(INBOUND), {"a": 1}, '{"id":7}') == (200, '{"a":1}')


@pytest.mark.parametrize(
    ("result", "status"),
    [({"done": 1}, 200), ({"id": 1}, 400), ('{"done":1}', 200), ('{"id":1}', 400)],
)
def test_response_is_validated_by_its_own_schema(validation, result, status):
    """EHH-70: against the outbound schema, also when the body is JSON text already, and only when there is one."""
    middleware = SchemaValidationMiddleware(INBOUND, {"in": 1}, OUTBOUND, {"out": 1})

    found, body = ask(middleware, result, '{"id":7}')

    assert found == status
    assert ("Bad Response: data must contain done" in body) is (status == 400)
    assert ask(SchemaValidationMiddleware(INBOUND, outbound_formats={"a": 1}), {}, '{"id":7}')[0] == 200
    assert validation.formats[0] == {"in": 1}


@pytest.mark.parametrize(
    "middleware", [lambda: SchemaValidationMiddleware({}), lambda: SchemaValidationMiddleware(INBOUND, None, {})]
)
def test_broken_schema_is_a_500_that_tells_nothing(validation, middleware):
    """EHH-70: it is the server's fault."""
    assert ask(middleware(), {}, '{"id":7}') == (500, '{"statusCode":500,"message":"Internal Server Error"}')


def test_asynchronous_requests_are_validated_on_the_loop(validation):
    """EHH-92: it needs no thread, and validates both bodies as well."""
    app = APIGatewayRestResolver()
    middleware = SchemaValidationMiddleware(INBOUND, None, OUTBOUND)

    @app.post("/x", middlewares=[middleware])
    async def x():
        assert not [thread for thread in threading.enumerate() if thread.name == "lambda-powertools-middlewares"]
        return app.current_event.json_body

    def ask_async(body):
        event = {"path": "/x", "httpMethod": "POST", "body": body}
        return asyncio.run(app.resolve_async(event, None))["statusCode"]

    assert [ask_async(body) for body in ("{}", '{"id":7}', '{"id":7,"done":1}')] == [400, 400, 200]


def test_missing_package_is_named(monkeypatch):
    """EHH-70: without the package the error names the extra, when the middleware is made."""
    monkeypatch.setitem(sys.modules, "lambda_powertools.validation", None)

    with pytest.raises(ImportError, match=r"lambda-powertools-event-handler\[validation\]"):
        SchemaValidationMiddleware(INBOUND)
