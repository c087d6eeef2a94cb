"""Events of the two kinds of action groups, as Amazon documents them.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html#agents-lambda-input
"""

from __future__ import annotations

from typing import Any


def _common(**more: Any) -> dict[str, Any]:
    return {
        "messageVersion": "1.0",
        "inputText": "Where is my claim?",
        "sessionId": "session-1",
        "actionGroup": "ClaimManagement",
        "agent": {"name": "TestAgent", "version": "DRAFT", "id": "AGENT12345", "alias": "TSTALIASID"},
        "sessionAttributes": {"member": "gold"},
        "promptSessionAttributes": {"turn": "1"},
        **more,
    }


def listed(values):
    """Return (name, type, value) triples as the service lists them."""
    return [{"name": name, "type": kind, "value": value} for name, kind, value in values]


def api_event(method: str, path: str, parameters=(), body=None, **more: Any) -> dict[str, Any]:
    """Return a call of an operation of an OpenAPI schema."""
    event = _common(httpMethod=method, apiPath=path, parameters=listed(parameters), **more)
    if body is not None:
        event["requestBody"] = {"content": {"application/json": {"properties": listed(body)}}}
    return event


def function_event(function: str, parameters=(), **more: Any) -> dict[str, Any]:
    """Return a call of a function."""
    return _common(function=function, parameters=listed(parameters), **more)
