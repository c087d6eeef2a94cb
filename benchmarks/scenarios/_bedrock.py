"""Events of agents of Amazon Bedrock, alike for both libraries."""

from scenarios._http import CONTEXT

COMMON = {
    "messageVersion": "1.0",
    "inputText": "What is in order 7?",
    "sessionId": "session-1",
    "actionGroup": "Orders",
    "agent": {"name": "Shop", "version": "DRAFT", "id": "AGENT12345", "alias": "TSTALIASID"},
    "sessionAttributes": {"member": "gold"},
    "promptSessionAttributes": {},
    "parameters": [
        {"name": "number", "type": "integer", "value": "7"},
        {"name": "detail", "type": "string", "value": "items, prices"},
    ],
}
ACTION = {**COMMON, "apiPath": "/orders/{number}", "httpMethod": "GET"}
FUNCTION = {**COMMON, "function": "find_order"}


def resolving(app, given):
    """Return a callable that resolves an event, after checking the body that comes of it."""
    answer = app.resolve(given, CONTEXT)["response"]
    content = answer.get("responseBody") or answer["functionResponse"]["responseBody"]
    [body] = [each["body"] for each in content.values()]
    if '"number"' not in body or "7" not in body:
        raise AssertionError(answer)

    def resolve():
        app.resolve(given, CONTEXT)

    return resolve
