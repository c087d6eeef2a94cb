from __future__ import annotations

import json
import logging
import sys
import textwrap

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from lambda_powertools.event_handler import APIGatewayRestResolver
from lambda_powertools.openapi import OpenAPIMerge
from lambda_powertools.openapi.exceptions import OpenAPIMergeError
from lambda_powertools.openapi.models import APIKey, OpenAPI, Tag

HANDLER = """
    from lambda_powertools.event_handler import APIGatewayRestResolver
    from models import Thing

    app = APIGatewayRestResolver(enable_validation=True)

    @app.get("/{name}", operation_id="{name}")
    def read() -> Thing: ...

    @app.get("/shared", operation_id="shared_{name}")
    def shared() -> None: ...
    """
MODELS = """
    from pydantic import BaseModel

    class Part(BaseModel):
        {name}: int

    class Thing(BaseModel):
        part: Part
    """


@pytest.fixture
def tree(tmp_path):
    """A folder that is filled by calls with paths and texts."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return write


def service(*names):
    files = {}
    for name in names:
        files[f"{name}/handler.py"] = HANDLER.replace("{name}", name)
        files[f"{name}/models.py"] = MODELS.replace("{name}", name)
    return files


def app_file(assignment="app = APIGatewayRestResolver()", source="from lambda_powertools.event_handler import *"):
    return f"{source}\n{assignment}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (app_file(), True),
        (app_file("app: object = ALBResolver()"), True),
        (app_file("app = eh.VPCLatticeV2Resolver(cors=None)", "import x as eh"), True),
        (app_file("app = Rest()", "from x import APIGatewayRestResolver as Rest"), True),
        (app_file("app = HttpResolverLocal()"), True),
        (app_file("app = BedrockAgentResolver()"), True),
        (app_file("if True:\n    app = LambdaFunctionUrlResolver()"), True),
        (app_file("other = APIGatewayRestResolver()"), False),
        (app_file("app = Flask()"), False),
        (app_file("app = APIGatewayRestResolver"), False),
        (app_file("def make():\n    app = APIGatewayRestResolver()"), False),
        ("app = APIGatewayRestResolver(", False),
        ("app = '\x00'", False),
    ],
)
def test_files_are_found_by_their_syntax(tree, text, found):
    """EHO-81: a file counts if it assigns an app to the name; nothing is imported, or it would exit."""
    root = tree({"handler.py": "raise SystemExit\n" + text if found else text})
    assert OpenAPIMerge().discover(root) == ([root / "handler.py"] if found else [])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["handler.py"]),
        ({"recursive": True}, ["a/handler.py", "handler.py", "z/y/handler.py"]),
        ({"pattern": "**/handler.py"}, ["handler.py"]),
        ({"pattern": ["*.py"], "recursive": True}, ["a/handler.py", "handler.py", "other.py", "z/y/handler.py"]),
        ({"recursive": True, "exclude": []}, ["a/handler.py", "handler.py", "tests/handler.py", "z/y/handler.py"]),
        ({"recursive": True, "exclude": ["**/z/**", "a/*"]}, ["handler.py", "tests/handler.py"]),
        ({"recursive": True, "exclude": ["handler.py"]}, []),
        ({"resolver_name": "api"}, []),
    ],
)
def test_what_is_looked_at_can_be_chosen(tree, options, expected):
    """EHO-81, EHO-82: patterns, recursion, exclusions; an empty list of exclusions excludes nothing."""
    names = ["handler.py", "a/handler.py", "z/y/handler.py", "tests/handler.py", "other.py"]
    root = tree(dict.fromkeys(names, app_file()))
    merge = OpenAPIMerge()
    assert [path.relative_to(root).as_posix() for path in merge.discover(root, **options)] == expected
    assert [path.relative_to(root).as_posix() for path in merge.discovered_files] == expected


def test_a_folder_that_does_not_exist_is_an_error(tmp_path):
    """EHO-81: nothing is found quietly."""
    with pytest.raises(FileNotFoundError, match="nowhere"):
        OpenAPIMerge().discover(tmp_path / "nowhere")


def test_functions_are_loaded_in_isolation(tree):
    """EHO-84, EHO-85: each finds the modules beside it, models keep their meaning, nothing is left behind."""
    root = tree(service("orders", "users"))
    merge = OpenAPIMerge(title="Shop", version="2", on_conflict="first")
    merge.discover(root, recursive=True)
    path = sys.path[:]
    data = merge.get_openapi_schema()
    OpenAPIV31SpecValidator(data).validate()
    assert (sys.path, {"models", "orders.handler", "users.handler"} & set(sys.modules)) == (path, set())
    assert list(data["paths"]) == ["/orders", "/shared", "/users"]
    schemas = data["components"]["schemas"]
    for name, thing, part in (("orders", "Thing", "Part"), ("users", "Thing_2", "Part_2")):
        content = data["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]["application/json"]
        assert content["schema"]["$ref"].endswith(f"/{thing}")
        assert schemas[thing]["properties"]["part"]["$ref"].endswith(f"/{part}")
        assert list(schemas[part]["properties"]) == [name]
    assert json.loads(merge.get_openapi_json_schema()) == data


def test_a_loaded_module_of_the_same_name_comes_back(tree, monkeypatch):
    """EHO-84: what the process had imported is as it was."""
    mine = type(sys)("models")
    monkeypatch.setitem(sys.modules, "models", mine)
    root = tree(service("orders"))
    merge = OpenAPIMerge()
    merge.discover(root, recursive=True)
    assert "/orders" in merge.get_openapi_schema()["paths"]
    assert sys.modules["models"] is mine


@pytest.mark.parametrize("text", ["raise KeyError('TABLE')", "import os; os.environ['NOPE_TABLE']", "exit(3)"])
def test_a_file_that_cannot_be_loaded_is_left_out(tree, text):
    """EHO-84: whatever it raises, the warning names it, and the others are merged."""
    root = tree({**service("orders"), "broken/handler.py": f"{text}\napp = APIGatewayRestResolver()\n"})
    merge = OpenAPIMerge()
    merge.discover(root, recursive=True)
    with pytest.warns(UserWarning, match=r"broken/handler\.py could not be loaded .*(KeyError|SystemExit)"):
        data = merge.get_openapi_schema()
    assert list(data["paths"]) == ["/orders", "/shared"]


@pytest.mark.parametrize("statement", ["from service.app import app", "from .app import app"])
def test_files_that_register_routes_elsewhere_are_imported(tree, statement):
    """EHO-83: routes on a shared app are found, by absolute and relative imports."""
    root = tree(
        {
            "service/app.py": app_file("app = APIGatewayRestResolver(enable_validation=True)"),
            "service/__init__.py": "",
            "service/routes.py": f"{statement}\n@app.get('/routes')\ndef f(): ...\n",
            "service/unrelated.py": "raise ValueError\n",
        }
    )
    merge = OpenAPIMerge()
    merge.discover(root, "app.py", recursive=True, project_root=root)
    assert merge.dependent_files == {root / "service/app.py": [root / "service/routes.py"]}
    assert list(merge.get_openapi_schema()["paths"]) == ["/routes"]


def conflicting():
    return [{"paths": {"/a": {"get": {"summary": text, "responses": {}}}}} for text in ("first", "second")]


@pytest.mark.parametrize(("strategy", "summary"), [("warn", "first"), ("first", "first"), ("last", "second")])
def test_a_path_that_is_defined_twice(strategy, summary, caplog):
    """EHO-85: the first or the last is kept, with a log record for `warn`."""
    merge = OpenAPIMerge(on_conflict=strategy)
    for schema in conflicting():
        merge.add_schema(schema)
    logger = logging.getLogger("lambda_powertools")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.WARNING, "lambda_powertools"):
            data = merge.get_openapi_schema()
    finally:
        logger.removeHandler(caplog.handler)
    assert data["paths"]["/a"]["get"]["summary"] == summary
    assert ("GET /a of added document 2 is already defined by added document 1" in caplog.text) is (strategy == "warn")


def test_a_path_that_is_defined_twice_may_be_an_error():
    """EHO-85: the error names both."""
    merge = OpenAPIMerge(on_conflict="error")
    for schema in conflicting():
        merge.add_schema(schema)
    with pytest.raises(OpenAPIMergeError, match=r"GET /a of added document 2 .* added document 1"):
        merge.get_openapi_schema()
    with pytest.raises(ValueError, match="on_conflict is 'other'"):
        OpenAPIMerge(on_conflict="other")


def test_the_head_is_the_merge_s_own():
    """EHO-86: info, servers and security are not taken from functions; tags and schemes are united."""
    merge = OpenAPIMerge(
        title="Shop", tags=["a", Tag(name="b")], security_schemes={"key": APIKey(name="mine", in_="header")}
    )
    merge.add_schema(
        {
            "info": {"title": "Other", "version": "9"},
            "servers": [{"url": "/other"}],
            "security": [{"key": []}],
            "tags": [{"name": "b", "description": "not this"}, {"name": "c"}],
            "paths": {"/a": {}},
            "components": {
                "securitySchemes": {"key": {"type": "http", "scheme": "x"}, "more": {"type": "http", "scheme": "y"}}
            },
        }
    )
    data = merge.get_openapi_schema()
    assert data["info"] == {"title": "Shop", "version": "1.0.0"}
    assert data["servers"] == [{"url": "/"}]
    assert "security" not in data
    assert data["tags"] == [{"name": "a"}, {"name": "b"}, {"name": "c"}]
    schemes = data["components"]["securitySchemes"]
    assert (schemes["key"]["name"], schemes["more"]["scheme"]) == ("mine", "y")


def test_the_merged_document_is_plain_and_kept():
    """EHO-87: no models or numbers as keys; adding something makes it anew, changing the result changes nothing."""
    merge = OpenAPIMerge()
    assert merge.get_openapi_schema()["paths"] == {}
    model = OpenAPI(
        openapi="3.1.0",
        info={"title": "x", "version": "1"},
        paths={"/a": {"get": {"responses": {200: {"description": "x"}}}}},
    )
    merge.add_schema(model)
    merge.get_openapi_schema()["paths"].clear()
    assert merge.get_openapi_schema()["paths"] == {"/a": {"get": {"responses": {"200": {"description": "x"}}}}}


def test_files_without_routes_are_warned_of(tree):
    """EHO-87: found files and an empty document are suspicious."""
    root = tree({"handler.py": app_file()})
    merge = OpenAPIMerge()
    merge.add_file(root / "handler.py")
    with pytest.warns(UserWarning, match="1 files were found, but the merged document has no paths"):
        merge.get_openapi_schema()


def test_an_app_shows_the_merged_document(tree):
    """EHO-76, EHO-88: after configure_openapi_merge the document is the merged one; before it there is none."""
    app = APIGatewayRestResolver()
    with pytest.raises(RuntimeError, match="configure_openapi_merge"):
        app.get_openapi_merge_schema()
    app.configure_openapi_merge(str(tree(service("orders"))), recursive=True, title="All")
    assert app.get_openapi_merge_schema()["info"]["title"] == "All"
    assert "/orders" in json.loads(app.get_openapi_merge_json_schema())["paths"]
    app.enable_swagger(swagger_base_url="/ui")
    event = {"httpMethod": "GET", "path": "/swagger", "queryStringParameters": {"format": "json"}}
    assert json.loads(app.resolve(event, None)["body"])["info"]["title"] == "All"
