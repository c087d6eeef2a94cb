from __future__ import annotations

import copy
import json
import sys

import pytest
from click.testing import CliRunner

from lambda_powertools.cli._openapi_diff import breaking_changes
from lambda_powertools.cli.main import main

APP = """
    from enum import Enum
    from lambda_powertools.event_handler import APIGatewayRestResolver
    from pydantic import BaseModel

    print("imported")

    class Order(BaseModel):
        id: int

    class api:
        app = APIGatewayRestResolver(enable_validation=True)

    app = api.app
    app.configure_openapi(title="Orders", version="2.0.0")

    @app.post("/orders")
    def create(order: Order) -> Order: ...

    number = 1
    """


def test_build_writes_the_document(powertools, project):
    """The document goes to stdout, what the module prints to stderr, and the bytes are the same each time."""
    project(shop=APP)
    first, second = (powertools("openapi", "build", name) for name in ("shop:app", "shop:api.app"))
    assert (first.code, first.out) == (0, second.out)
    assert first.json["info"] == {"title": "Orders", "version": "2.0.0"}
    assert "imported" in first.err
    assert first.out.endswith("}\n")


def test_build_writes_a_file(powertools, project):
    """With --output nothing is on stdout."""
    project(shop=APP)
    assert powertools("openapi", "build", "shop:app", "-o", "api.json").out == ""
    assert list(json.loads((project.folder / "api.json").read_text())["paths"]) == ["/orders"]


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("shop", 2, "does not name a handler as MODULE:HANDLER"),
        ("nowhere:app", 2, "there is no module nowhere"),
        ("shop:nothing", 2, "module shop has no nothing"),
        ("shop:number", 2, "is of type int, which has no OpenAPI document"),
        ("broken:app", 1, "importing broken failed: ZeroDivisionError"),
        ("needs:app", 1, "importing needs failed: ModuleNotFoundError"),
        ("unsafe:app", 1, "the document cannot be made: security requires the scheme 'key'"),
    ],
)
def test_build_says_what_is_wrong(powertools, project, name, code, text):
    """Each mistake has one message and no traceback."""
    project(
        shop=APP,
        broken="1 / 0",
        needs="import missing_module",
        unsafe="""
        from lambda_powertools.event_handler import APIGatewayRestResolver
        app = APIGatewayRestResolver()
        app.get("/x", security=[{"key": []}])(lambda: None)
        """,
    )
    result = powertools("openapi", "build", name)
    assert result.code == code
    assert text in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_build_says_what_to_install(monkeypatch):
    """Without the event handler or pydantic the message names what to install."""
    monkeypatch.setitem(sys.modules, "pydantic", None)
    result = CliRunner().invoke(main, ["openapi", "build", "shop:app"])
    assert result.exit_code == 2
    assert "pip install 'lambda-powertools-event-handler[openapi]'" in result.output


def test_merge_writes_one_document(powertools, project):
    """All apps of a folder are in it, under the title that is given."""
    for name in ("a", "b"):
        (project.folder / name).mkdir()
        (project.folder / name / "handler.py").write_text(
            "from lambda_powertools.event_handler import APIGatewayRestResolver\n"
            f"app = APIGatewayRestResolver()\napp.get('/{name}')(lambda: None)\n"
        )
    result = powertools("openapi", "merge", ".", "--title", "All")
    assert (result.json["info"]["title"], list(result.json["paths"])) == ("All", ["/a", "/b"])
    assert "makes an app called other" in powertools("openapi", "merge", ".", "--app", "other").err


OLD = {
    "openapi": "3.1.0",
    "info": {"title": "x", "version": "1"},
    "paths": {
        "/orders/{id}": {
            "get": {
                "parameters": [
                    {"in": "path", "name": "id", "required": True, "schema": {"type": "integer"}},
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 10}},
                    {"in": "header", "name": "X-A", "schema": {"enum": ["a", "b"]}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
                    },
                    "404": {"description": ""},
                },
            },
            "put": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/New"}},
                        "application/xml": {"schema": {}},
                    }
                },
                "responses": {"204": {"description": ""}},
            },
        },
        "/old": {"get": {"responses": {}}},
    },
    "components": {
        "schemas": {
            "Order": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer"},
                    "state": {"enum": ["open", "paid"]},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "parent": {"$ref": "#/components/schemas/Order"},
                    "lines": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["id", "state"],
            },
            "New": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "maxLength": 9},
                    "size": {"type": "number"},
                    "kind": {"type": ["string", "null"]},
                    "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
                },
                "required": ["name"],
            },
            "Tag": {"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}]},
        }
    },
}
NO_CHANGE = object()


def changed(path, value):
    """Return the old document with another value at a place; None removes what is there."""
    document = copy.deepcopy(OLD)
    if path is NO_CHANGE:
        return document
    keys = path if isinstance(path, tuple) else tuple(path.split("."))
    holder = document
    for key in keys[:-1]:
        holder = holder[key]
    if value is None:
        del holder[keys[-1]]
    else:
        holder[keys[-1]] = value
    return document


P = ("paths", "/orders/{id}", "get", "parameters")
B = ("paths", "/orders/{id}", "put", "requestBody")
R = ("paths", "/orders/{id}", "get", "responses")
N = ("components", "schemas", "New")
O = ("components", "schemas", "Order")  # noqa: E741  # short, as the table is wide


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        pytest.param(("paths", "/old"), None, "GET /old: the operation is gone", id="path"),
        pytest.param(("paths", "/orders/{id}", "put"), None, "PUT /orders/{id}: the operation is gone", id="operation"),
        pytest.param((*P, 1), {"in": "query", "name": "l", "schema": {}}, "query parameter 'limit' is gone", id="gone"),
        pytest.param((*P, 1, "required"), True, "query parameter 'limit' is now required", id="required"),
        pytest.param(
            (*P, 1, "schema", "maximum"),
            5,
            "query parameter 'limit' has to be at most 5; it could be at most 10",
            id="bound",
        ),
        pytest.param(
            (*P, 1, "schema", "minimum"), 0, "has to be at least 0; it could be without that bound", id="new bound"
        ),
        pytest.param(
            (*P, 1, "schema", "type"), "string", "has to be of type string; it could be of type integer", id="type"
        ),
        pytest.param(
            (*P, 0, "schema", "type"), "boolean", "path parameter 'id' has to be of type boolean", id="path type"
        ),
        pytest.param(
            (*P, 2, "schema", "enum"), ["a"], "header parameter 'X-A' has to be one of 'a'; it could be 'b'", id="enum"
        ),
        pytest.param((*B, "required"), True, "the request body is now required", id="body required"),
        pytest.param((*B, "content", "application/xml"), None, "no longer taken as application/xml", id="media type"),
        pytest.param(B, None, "the request body is gone", id="no body"),
        pytest.param(
            (*N, "required"),
            ["name", "size"],
            "property 'size' of request body is now required",
            id="property required",
        ),
        pytest.param((*N, "properties", "name", "maxLength"), 5, "of at most length 5", id="length"),
        pytest.param(
            (*N, "properties", "size", "type"),
            "integer",
            "has to be of type integer; it could be of type number",
            id="narrowed",
        ),
        pytest.param(
            (*N, "properties", "kind", "type"),
            "string",
            "property 'kind' of request body has to be of type string; it could be of type null",
            id="null",
        ),
        pytest.param((*N, "properties", "kind"), None, "property 'kind' of request body is gone", id="property gone"),
        pytest.param((*N, "properties", "name", "pattern"), "^a$", "of pattern ^a$", id="pattern"),
        pytest.param(
            ("components", "schemas", "Tag", "allOf", 0, "required"),
            ["a"],
            "property 'a' of an item of property 'tags'",
            id="deep",
        ),
        pytest.param((*R, "200"), None, "response 200 is gone", id="status"),
        pytest.param(
            (*R, "200", "content"),
            {"text/plain": {}},
            "response 200 is no longer sent as application/json",
            id="response type",
        ),
        pytest.param(
            (*O, "required"), ["id"], "property 'state' of response 200 may now be missing", id="may be missing"
        ),
        pytest.param(
            (*O, "properties", "lines"), None, "property 'lines' of response 200 is gone", id="response property"
        ),
        pytest.param(
            (*O, "properties", "state", "enum"),
            ["open", "paid", "new"],
            "may now be 'new'; it was one of 'open', 'paid'",
            id="new value",
        ),
        pytest.param(
            (*O, "properties", "id"),
            {"type": ["integer", "null"]},
            "property 'id' of response 200 may now be of type null",
            id="response null",
        ),
        pytest.param(
            (*O, "properties", "lines", "items"),
            {"type": "integer"},
            "an item of property 'lines' of response 200 may now be of type integer",
            id="items",
        ),
        pytest.param(("security",), [{"key": []}], "security now asks for key; nothing was enough", id="security"),
    ],
)
def test_diff_names_a_breaking_change(tmp_path, path, value, expected):
    """What refuses a request that was right, or sends what clients do not know, is named, and the exit code is 1."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(OLD))
    new.write_text(json.dumps(changed(path, value)))
    result = CliRunner().invoke(main, ["openapi", "diff", str(old), str(new)])
    assert result.exit_code == 1
    assert expected in result.output
    assert all(line.startswith("breaking: ") for line in result.output.splitlines())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(NO_CHANGE, None, id="nothing"),
        pytest.param(("paths", "/new"), {"get": {"responses": {}}}, id="new path"),
        pytest.param(("info", "title"), "y", id="title"),
        pytest.param((*P, 1, "schema", "maximum"), 50, id="wider bound"),
        pytest.param((*P, 1, "schema"), {"type": "number"}, id="wider type"),
        pytest.param((*P, 2, "schema", "enum"), ["a", "b", "c"], id="more values"),
        pytest.param((*P, 2, "name"), "x-a", id="case of a header"),
        pytest.param((*N, "properties", "more"), {"type": "string"}, id="optional property"),
        pytest.param((*N, "required"), [], id="no longer required"),
        pytest.param((*N, "properties", "name", "type"), ["string", "integer"], id="another type"),
        pytest.param((*O, "properties", "more"), {"type": "string"}, id="response property"),
        pytest.param((*O, "properties", "state", "enum"), ["open"], id="fewer values"),
        pytest.param((*O, "properties", "note"), {"type": "string"}, id="never null"),
        pytest.param((*R, "404"), None, id="error gone"),
        pytest.param(("security",), [{"key": []}, {}], id="optional security"),
    ],
)
def test_diff_accepts_what_breaks_nobody(tmp_path, path, value):
    """What is added or widened for requests, and narrowed for responses, breaks no client."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(OLD))
    new.write_text(json.dumps(changed(path, value)))
    result = CliRunner().invoke(main, ["openapi", "diff", str(old), str(new)])
    assert (result.output, result.exit_code) == ("No breaking change.\n", 0)


def test_the_name_of_a_path_parameter_is_free():
    """Clients fill a path by position, so another name for its part breaks nobody."""
    new = copy.deepcopy(OLD)
    item = new["paths"].pop("/orders/{id}")
    item["get"]["parameters"][0]["name"] = "order_id"
    new["paths"]["/orders/{order_id}"] = item
    assert breaking_changes(OLD, new) == []


def test_diff_writes_json(tmp_path):
    """Programs get place and text."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(OLD))
    new.write_text(json.dumps(changed(("paths", "/old"), None)))
    result = CliRunner().invoke(main, ["openapi", "diff", "--json", str(old), str(new)])
    assert json.loads(result.output) == [{"place": "GET /old", "text": "the operation is gone"}]


@pytest.mark.parametrize("text", ["{", "[]", '{"paths": 1}'])
def test_diff_refuses_what_is_no_document(tmp_path, text):
    """A file that holds something else is named, with exit code 2."""
    old = tmp_path / "old.json"
    old.write_text(text)
    result = CliRunner().invoke(main, ["openapi", "diff", str(old), str(old)])
    assert result.exit_code == 2
    assert "old.json is no" in result.output


def test_commands_explain_themselves():
    """Each command has help within 80 columns."""
    for command in ([], ["build"], ["diff"], ["merge"]):
        result = CliRunner().invoke(main, ["openapi", *command, "--help"])
        assert result.exit_code == 0
        assert max(map(len, result.output.splitlines())) <= 80
