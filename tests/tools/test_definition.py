from __future__ import annotations

import asyncio
import dataclasses
import functools
import subprocess
import sys
from typing import Annotated, Any, Optional

import jsonschema
import pytest
from pydantic import Field

from lambda_powertools.core import current_invocation, powertools
from lambda_powertools.tools import (
    Tool,
    ToolArgumentsError,
    Toolbox,
    ToolContext,
    ToolDefinitionError,
    ToolError,
    UnknownToolError,
)


def test_a_signature_and_a_docstring_make_a_schema(shop):
    """Types, defaults and descriptions of parameters are in it, the context is not."""
    tool = shop["find_order"]

    assert (tool.name, tool.title, tool.description) == ("find_order", "Find an order", "Find an order.")
    assert tool.input_schema["properties"]["number"] == {
        "title": "Number",
        "type": "integer",
        "description": "number of the order.",
    }
    assert tool.input_schema["properties"]["fields"]["description"] == "what of it is wanted."
    assert tool.input_schema["required"] == ["number"]
    assert set(shop["cancel"].input_schema["properties"]) == {"order", "reason"}
    assert shop["fail"].input_schema == {"type": "object", "properties": {}}
    for each in shop:
        jsonschema.Draft202012Validator.check_schema(each.input_schema)
        if each.output_schema is not None:
            jsonschema.Draft202012Validator.check_schema(each.output_schema)


def test_an_output_schema_is_of_an_object(shop):
    """What is no object is a member of one; what is not declared has no schema."""
    assert shop["find_order"].output_schema["properties"]["number"]["type"] == "integer"
    assert shop["wrong"].output_schema == {
        "type": "object",
        "properties": {"result": {"type": "integer"}},
        "required": ["result"],
    }
    assert shop["untyped"].output_schema is None


@pytest.mark.parametrize(
    "docstring",
    [
        "Does it.\n\n    Args:\n        word (str): a word.\n            And more.\n        *rest: x\n    Returns:\n",
        "Does it.\n\n    :param word: a word.\n        And more.\n    :returns: y",
        "Does it.\n\n    :param str word: a word. And more.",
    ],
)
def test_docstrings_of_several_kinds(docstring):
    """Sections and fields are read, and are not in the description."""

    def tool(word: str, rest: str = "") -> str: ...

    tool.__doc__ = docstring
    made = Tool(tool)
    assert made.description == "Does it."
    assert made.input_schema["properties"]["word"]["description"] == "a word. And more."


def test_what_is_said_in_annotations_counts():
    """`Annotated[..., Field(...)]` and `= Field(...)` describe and constrain; their description wins."""
    toolbox = Toolbox("t")

    @toolbox.tool
    def take(
        size: Annotated[int, Field(gt=0, description="from the field")],
        word: str = Field("x", max_length=3),
        maybe: Optional[int] = None,  # noqa: UP045  # the older spelling is read as well
    ) -> list[Any]:
        """Take.

        Args:
            size: from the docstring.
            word: a word.
            maybe: perhaps.
        """
        return [size, word, maybe]

    assert toolbox["take"].input_schema["properties"]["size"]["description"] == "from the field"
    assert toolbox.call("take", {"size": "3"}) == [3, "x", None]
    with pytest.raises(ToolArgumentsError, match=r"size: Input should be greater than 0; word: .* at most 3"):
        toolbox.call("take", {"size": 0, "word": "long"})


def test_arguments_may_have_any_name():
    """Also such as a model could not have as fields."""
    toolbox = Toolbox("t")

    @toolbox.tool
    def odd(model_config: int, copy: int, _private: int, schema: int, /, json: int = 5) -> list[int]:
        """Odd."""
        return [model_config, copy, _private, schema, json]

    given = {"model_config": 1, "copy": 2, "_private": 3, "schema": 4}
    assert toolbox.call("odd", given) == [1, 2, 3, 4, 5]
    assert list(toolbox["odd"].input_schema["properties"]) == [*given, "json"]


def test_errors_of_arguments_tell_no_values(shop):
    """They say where and what; unknown arguments and tools are named."""
    with pytest.raises(ToolArgumentsError, match="number: Input should be a valid integer") as raised:
        shop.call("find_order", {"number": "secret"})
    assert "secret" not in str(raised.value)
    with pytest.raises(ToolArgumentsError, match="'nummer' is none of the tool's, which are number, fields"):
        shop.call("find_order", {"nummer": 1})
    with pytest.raises(UnknownToolError, match="Unknown tool: 'nope'"):
        shop.call("nope")
    with pytest.raises(ToolError, match=r"no order 404\."):
        shop.call("find_order", {"number": 404})


def test_direct_calls_return_what_the_function_returns(shop):
    """Also of asynchronous tools, on the environment's loop or the caller's."""
    assert shop.call("find_order", {"number": 7}).number == 7
    assert shop.call("wait", {"seconds": 1}) == {"waited": 1.0}
    assert asyncio.run(shop.call_async("wait", {"seconds": 2})) == {"waited": 2.0}
    assert asyncio.run(shop.call_async("untyped", {"value": 2})) == 2
    context = ToolContext("cancel", session_attributes={})
    assert shop.call("cancel", {"order": {"number": 1}, "reason": "late"}, context) == "1 late direct"
    assert context.session_attributes == {"cancelled": "1"}


def test_methods_objects_and_decorated_functions_are_tools():
    """Whatever can be called and has a signature."""

    class Counter:
        """Counts."""

        def __init__(self) -> None:
            self.count = 0

        def add(self, amount: int = 1) -> int:
            """Add."""
            self.count += amount
            return self.count

        def __call__(self, amount: int) -> int:
            """Set."""
            return amount

    def decorated(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return wrapper

    toolbox = Toolbox("t")
    counter = Counter()
    toolbox.tool(counter.add)
    toolbox.tool(name="set-it")(counter)
    toolbox.tool("twice", description="Twice.")(decorated(_twice))
    assert toolbox.call("add", {"amount": 2}) == 2
    assert toolbox.call("set-it", {"amount": 3}) == 3
    assert toolbox.call("twice", {"amount": 3}) == 6
    assert [tool.name for tool in toolbox] == ["add", "set-it", "twice"]
    assert "add" in toolbox
    assert len(toolbox) == 3


def _twice(amount: int) -> int:
    return 2 * amount


@dataclasses.dataclass
class Point:
    x: int


def test_types_are_found_where_the_function_is():
    """Annotations that are texts name what is in the module, or in the function around."""

    @dataclasses.dataclass
    class Local:
        y: int

    toolbox = Toolbox("t")

    @toolbox.tool(description="Join.")
    def join(a: Point, b: Local) -> int:
        return a.x + b.y

    assert toolbox.call("join", {"a": {"x": 1}, "b": {"y": 2}}) == 3


def test_functions_that_cannot_be_tools_are_refused():
    """The message names the function and the reason."""
    toolbox = Toolbox("t")

    def starred(*words: str) -> None:
        """Starred."""

    def bare(word) -> None:
        """Bare."""

    def undescribed(word: str) -> None: ...

    def unknown(word: Missing) -> None:  # noqa: F821  # what is tested
        """Unknown."""

    def unwritable(word: Unwritable) -> None:
        """Unwritable."""

    with pytest.raises(ToolDefinitionError, match=r"starred\(\) cannot be a tool: it has a parameter \*words"):
        toolbox.tool(starred)
    with pytest.raises(ToolDefinitionError, match="'word' without an annotation"):
        toolbox.tool(bare)
    with pytest.raises(ToolDefinitionError, match="'undescribed' has no docstring and no description"):
        toolbox.tool(undescribed)
    with pytest.raises(ToolDefinitionError, match="'Missing', which does not exist"):
        toolbox.tool(unknown)
    with pytest.raises(ToolDefinitionError, match="1 to 64 letters"):
        toolbox.tool("two words", description="x")(lambda: None)
    toolbox.tool(unwritable)
    with pytest.raises(ToolDefinitionError, match="'unwritable' has a parameter that has no JSON schema"):
        toolbox["unwritable"].input_schema  # noqa: B018  # made when it is asked for
    with pytest.raises(ToolDefinitionError, match="has a tool 'unwritable' already"):
        toolbox.tool(unwritable)


class Unwritable:
    """Has no schema."""


def test_other_plugins_are_told_of_the_call(client):
    """The invocation's state has the tool and its caller while it runs."""
    seen: list[Any] = []
    toolbox = Toolbox("t")
    toolbox.tool("look", description="x")(lambda: seen.append(current_invocation().state["tools"]))
    app = toolbox.bedrock_functions()

    @powertools
    def handler(event, context):
        return app.resolve(event, context)

    handler({"function": "look", "actionGroup": "g"}, None)
    assert seen == [{"tool": "look", "caller": "bedrock-functions"}]


def test_without_pydantic_the_error_names_the_extra():
    """Tools can be defined without it; schemas and calls say what to install."""
    script = """
import sys
sys.modules["pydantic"] = None
from lambda_powertools.tools import Toolbox
toolbox = Toolbox("t")
toolbox.tool("a", description="x")(lambda: 1)
try:
    toolbox.call("a")
except ImportError as error:
    assert "lambda-powertools-tools[openapi]" in str(error), error
else:
    raise SystemExit("no error")
assert "asyncio" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
