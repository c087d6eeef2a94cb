from __future__ import annotations

import asyncio
import json

import pytest
from bedrock_events import api_event, function_event
from openapi_spec_validator import OpenAPIV30SpecValidator

from lambda_powertools.tools import Toolbox


def body_of(result):
    """Return the body's text, whichever kind of agent it is for."""
    response = result["response"]
    [content] = (response.get("responseBody") or response["functionResponse"]["responseBody"]).values()
    return content["body"]


def call_function(app, name, parameters=(), **more):
    """Return the response of the function agent, and its body, decoded."""
    result = app.resolve(function_event(name, parameters, **more), None)
    return result, json.loads(result["response"]["functionResponse"]["responseBody"]["TEXT"]["body"])


def call_action(app, name, body=None, **more):
    """Return the response of the schema's agent, its status and its body."""
    result = app.resolve(api_event("POST", f"/{name}", (), body, **more), None)
    [content] = result["response"]["responseBody"].values()
    return result, result["response"]["httpStatusCode"], content["body"]


def test_functions_are_called_with_values_of_their_types(shop):
    """Texts become what is declared: numbers, arrays as agents write them, objects; unknown parameters are ignored."""
    app = shop.bedrock_functions()

    assert call_function(app, "find_order", [("number", "integer", "7"), ("fields", "array", "[a, b]")])[1] == {
        "number": 7,
        "items": ["a", "b"],
        "note": None,
    }
    numbers = [("number", "integer", "7"), ("fields", "array", "[1, 2]"), ("else", "string", "x")]
    assert call_function(app, "find_order", numbers)[1]["items"] == ["1", "2"]
    cancelled = [("order", "object", '{"number": 3}'), ("reason", "string", "late")]
    result, text = call_function(app, "cancel", cancelled)
    assert text == "3 late bedrock-functions"
    assert result["sessionAttributes"] == {"member": "gold", "cancelled": "3"}
    assert result["promptSessionAttributes"] == {"turn": "1"}
    assert call_function(app, "wait", [("seconds", "number", "1.5")])[1] == {"waited": 1.5}


def test_functions_tell_the_agent_what_is_wrong(shop, caplog):
    """Arguments that do not fit and announced errors are said, others are not."""
    app = shop.bedrock_functions()

    assert call_function(app, "find_order")[1] == "Error: Invalid arguments: number: Field required"
    assert call_function(app, "find_order", [("number", "integer", "404")])[1] == "Error: There is no order 404."
    assert call_function(app, "fail")[1] == "Error: The tool 'fail' failed."
    assert call_function(app, "wrong")[1] == "Error: The tool 'wrong' failed."
    assert call_function(app, "nope")[1] == "Error: No tool registered with name 'nope'"
    assert "secret result" not in caplog.text


def test_functions_have_details(shop):
    """What an action group is created with: types that agents know, and which are required."""
    details = {each["name"]: each for each in shop.bedrock_function_details()}
    assert details["find_order"] == {
        "name": "find_order",
        "description": "Find an order.",
        "parameters": {
            "number": {"type": "integer", "required": True, "description": "number of the order."},
            "fields": {"type": "array", "required": False, "description": "what of it is wanted."},
        },
    }
    assert details["cancel"]["parameters"] == {
        "order": {"type": "string", "required": True},
        "reason": {"type": "string", "required": True},
    }
    assert details["cancel"]["requireConfirmation"] == "ENABLED"
    assert details["wait"]["parameters"]["seconds"]["type"] == "number"
    sent = [("order", "string", '{"number": 3}'), ("reason", "string", "late")]
    assert call_function(shop.bedrock_functions(), "cancel", sent)[1] == "3 late bedrock-functions"


def test_actions_have_a_schema_and_are_validated(shop):
    """Each tool is a POST of its arguments; destructive ones ask for confirmation."""
    app = shop.bedrock_actions()
    document = json.loads(app.get_openapi_json_schema(title="Shop"))

    OpenAPIV30SpecValidator(document).validate()
    assert list(document["paths"]) == [f"/{tool.name}" for tool in shop]
    operation = document["paths"]["/cancel"]["post"]
    assert (operation["operationId"], operation["description"]) == ("cancel", "Cancel an order.")
    assert operation["x-requireConfirmation"] == "ENABLED"
    assert "requestBody" not in document["paths"]["/fail"]["post"]
    properties = document["components"]["schemas"]["FindOrderArguments"]["properties"]
    assert properties["number"]["description"] == "number of the order."

    body = [("number", "integer", "7"), ("fields", "array", "[1, b]")]
    _, status, text = call_action(app, "find_order", body)
    assert (status, json.loads(text)) == (200, {"number": 7, "items": ["1", "b"], "note": None})
    result, status, text = call_action(
        app, "cancel", [("order", "object", '{"number": 3}'), ("reason", "string", "late")]
    )
    assert (status, text) == (200, "3 late bedrock-actions")
    assert result["sessionAttributes"] == {"member": "gold", "cancelled": "3"}
    assert "promptSessionAttributes" not in result
    assert call_action(app, "wait")[1:] == (200, '{"waited":0.0}')
    assert call_action(app, "find_order")[1] == 422


def test_actions_tell_the_agent_what_is_wrong(shop):
    """Announced errors are refusals, others tell nothing."""
    app = shop.bedrock_actions()

    refused = '{"statusCode":400,"message":"There is no order 404."}'
    assert call_action(app, "find_order", [("number", "integer", "404")])[1:] == (400, refused)
    assert call_action(app, "fail")[1:] == (500, '{"statusCode":500,"message":"The tool \'fail\' failed."}')
    assert call_action(app, "wrong")[1] == 500
    assert call_action(app, "nope")[1] == 404


@pytest.mark.parametrize("kind", ["bedrock_functions", "bedrock_actions"])
def test_asynchronous_tools_are_awaited_where_a_loop_runs(shop, kind):
    """Concurrent calls of one app do not see each other."""
    app = getattr(shop, kind)()

    def event(number):
        values = [("seconds", "number", str(number))]
        return function_event("wait", values) if kind == "bedrock_functions" else api_event("POST", "/wait", (), values)

    async def all_of_them():
        return await asyncio.gather(*(app.resolve_async(event(number), None) for number in range(10)))

    found = [body_of(result) for result in asyncio.run(all_of_them())]
    assert [json.loads(body) for body in found] == [{"waited": float(number)} for number in range(10)]


def test_tools_that_come_later_are_served_as_well():
    """A toolbox may be filled after it was mounted."""
    toolbox = Toolbox("t")
    functions, actions = toolbox.bedrock_functions(), toolbox.bedrock_actions()
    toolbox.tool("late", description="x")(lambda: "here")
    assert call_function(functions, "late")[1] == "here"
    assert call_action(actions, "late")[1:] == (200, "here")


@pytest.mark.parametrize("attributes", [None, "x", [1], {}])
def test_attributes_that_are_none(shop, attributes):
    """Strange attributes of a session are taken for none."""
    result, _ = call_function(shop.bedrock_functions(), "fail", sessionAttributes=attributes)
    assert result["sessionAttributes"] == (attributes or {})
