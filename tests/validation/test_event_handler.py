import json

import pytest

event_handler = pytest.importorskip("lambda_powertools.event_handler")
middlewares = pytest.importorskip("lambda_powertools.event_handler.middlewares.schema_validation")

INBOUND = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "order-id"}}}
OUTBOUND = {"type": "object", "required": ["done"]}


def ask(body, result, *schemas):
    app = event_handler.APIGatewayRestResolver()
    app.post("/x", middlewares=[middlewares.SchemaValidationMiddleware(*schemas)])(lambda: result)
    answer = app.resolve({"path": "/x", "httpMethod": "POST", "body": json.dumps(body)}, None)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.mark.parametrize(
    ("body", "result", "status", "text"),
    [
        ({"id": "A1"}, {"done": True}, 200, None),
        ({}, {"done": True}, 400, "Bad Request: Failed schema validation. Error: data must contain ['id'] properties"),
        ({"id": "B-secret"}, {"done": True}, 400, "data.id must be order-id, Path: ['data', 'id'], Data: str"),
        ({"id": "A1"}, {"card": "secret"}, 400, "Bad Response: Failed schema validation"),
    ],
)
def test_middleware_of_the_event_handler(body, result, status, text):
    """The event handler's middleware answers 400 with this package's message, which holds nothing of the body."""
    found, answer = ask(body, result, INBOUND, {"order-id": "^A"}, OUTBOUND)

    assert found == status
    if text is not None:
        assert text in answer["message"]
        assert "secret" not in answer["message"]


def test_middleware_with_an_unusable_schema():
    """A schema that cannot be used is the function's mistake: 500, and nothing of it in the answer."""
    assert ask({}, {}, {"type": "none such"}) == (500, {"statusCode": 500, "message": "Internal Server Error"})
