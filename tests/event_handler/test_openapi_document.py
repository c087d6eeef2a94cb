from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, Field, computed_field

from lambda_powertools.event_handler import APIGatewayRestResolver, Depends, Response, Router
from lambda_powertools.event_handler.openapi.exceptions import SchemaValidationError
from lambda_powertools.event_handler.openapi.models import (
    APIKey,
    Contact,
    Example,
    ExternalDocumentation,
    HTTPBearer,
    License,
    OAuth2,
    OAuthFlowClientCredentials,
    OAuthFlows,
    Server,
    Tag,
)
from lambda_powertools.event_handler.openapi.params import Body, Cookie, File, Form, Header, Path, Query, UploadFile


class Kind(Enum):
    a = "a"


class Item(BaseModel):
    id: int
    kind: Kind = Kind.a
    parent: Item | None = None

    @computed_field
    def label(self) -> str:
        return str(self.id)


class Cat(BaseModel):
    type: Literal["cat"]


class Dog(BaseModel):
    type: Literal["dog"]


class Filter(BaseModel):
    limit: int = Field(default=10, le=50, description="how many")
    kinds: list[Kind] = []
    after: str | None = Field(default=None, deprecated=True)
    needed: int


@dataclass
class Point:
    x: int


class Account(BaseModel):
    name: str
    tags: list[str] = []


def new(**options):
    return APIGatewayRestResolver(**{"enable_validation": True, **options})


def document(app, **meta):
    """Return the document, after checking it against the standard, and that text and model say the same."""
    text = app.get_openapi_json_schema(**meta)
    data = json.loads(text)
    OpenAPIV31SpecValidator(data).validate()
    assert app.get_openapi_schema(**meta).model_dump(mode="json", by_alias=True, exclude_none=True) == data
    return data


def operation(function, rule="/x", method="get", **options):
    app = new()
    getattr(app, method)(rule, **options)(function)
    return next(iter(document(app)["paths"].values()))[method]


def test_a_rich_app_has_a_valid_document():
    """Every kind of parameter, body and response together is valid OpenAPI 3.1, and deterministic."""

    def build():
        app = new()

        @app.get("/items/<item_id>", tags=["items"], deprecated=True, description="One item")
        def read(
            item_id: Annotated[int, Path(gt=0)],
            verbose: bool = False,
            tags: Annotated[list[str] | None, Query(alias="tag")] = None,
            token: Annotated[str | None, Header(alias="X-Token")] = None,
            session: Annotated[str | None, Cookie()] = None,
        ) -> Item: ...

        @app.post("/items", status_code=201, responses={201: {"description": "made"}, 409: {"description": "taken"}})
        def create(item: Item) -> Response[Item]: ...

        @app.put("/pets")
        def pet(
            pet: Annotated[Cat | Dog, Field(discriminator="type"), Body()], dry: Annotated[bool, Query()] = False
        ): ...

        @app.post("/forms")
        def form(name: Annotated[str, Form()], file: UploadFile, more: Annotated[list[bytes], File()]) -> None: ...

        @app.post("/login")
        def login(account: Annotated[Account, Form()]) -> tuple[Account, int]: ...

        @app.get("/search")
        def search(q: Annotated[Filter, Query()]) -> list[Point]: ...

        @app.delete("/items/<item_id>", security=[])
        def delete(item_id: str): ...

        @app.route("/many", ["GET", "POST"])
        def many(): ...

        return app

    assert document(build()) == document(build())
    assert build().get_openapi_json_schema() == build().get_openapi_json_schema()


def test_paths_and_operations_have_their_names():
    """EHO-50, EHO-51: paths as templates in order of registration, and ids made of function, path and method."""
    app = new()

    @app.get("/users/<user_id>")
    def handler(user_id: str): ...

    @app.get("/")
    @app.post("/", summary="Make", operation_id="makeIt")
    def root(): ...

    @app.get("/hidden", include_in_schema=False)
    def hidden(): ...

    @app.get("/files/.+")
    def catch_all(): ...

    @app.route("/x", "LINK")
    def other_method(): ...

    data = document(app)
    found = {path: {method: o["operationId"] for method, o in item.items()} for path, item in data["paths"].items()}
    assert list(found) == ["/users/{user_id}", "/"]
    assert found == {
        "/users/{user_id}": {"get": "handler_users__user_id__get"},
        "/": {"get": "root__get", "post": "makeIt"},
    }
    assert data["paths"]["/"]["post"]["summary"] == "Make"
    assert data["paths"]["/"]["get"]["summary"] == "GET /"


def test_two_operations_of_one_id_are_warned_of():
    """EHO-51: both are kept, and the warning names function and file."""
    app = new()

    @app.get("/a", operation_id="same")
    def first(): ...

    @app.get("/b", operation_id="same")
    def second(): ...

    with pytest.warns(
        UserWarning, match=r"^Duplicate Operation ID same for function second in .*test_openapi_document"
    ):
        schema = app.get_openapi_schema()
    assert set(schema.paths) == {"/a", "/b"}


def parameter(annotation, default=..., **kwargs):
    def function(p): ...

    function.__annotations__["p"] = annotation
    if default is not ...:
        function.__defaults__ = (default,)
    return operation(function, **kwargs)["parameters"]


@pytest.mark.parametrize(
    ("annotation", "default", "expected"),
    [
        (int, ..., {"name": "p", "in": "query", "required": True, "schema": {"type": "integer", "title": "P"}}),
        (
            Annotated[int, Query(le=5, alias="page_size", title="T", description="D", examples=[1])],
            3,
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": "D",
                "schema": {
                    "type": "integer",
                    "maximum": 5,
                    "title": "T",
                    "description": "D",
                    "default": 3,
                    "examples": [1],
                },
            },
        ),
        (
            Annotated[str | None, Header(alias="X-A", deprecated=True)],
            None,
            {
                "name": "x-a",
                "in": "header",
                "required": False,
                "deprecated": True,
                "schema": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "X-A", "default": None},
            },
        ),
        (
            Annotated[Kind, Cookie()],
            Kind.a,
            {
                "name": "p",
                "in": "cookie",
                "required": False,
                "schema": {"$ref": "#/components/schemas/Kind", "default": "a"},
            },
        ),
        (
            Annotated[int, Query(openapi_examples={"one": Example(summary="One", value=None)})],
            ...,
            {
                "name": "p",
                "in": "query",
                "required": True,
                "schema": {"type": "integer", "title": "P"},
                "examples": {"one": {"summary": "One", "value": None}},
            },
        ),
    ],
)
def test_a_parameter_is_described(annotation, default, expected):
    """EHO-52: name, place, whether it is required, schema with title and default; nulls of the user are kept."""
    assert parameter(annotation, default) == [expected]


def test_hidden_parameters_and_content_type_are_left_out():
    """EHO-52: the standard has Content-Type elsewhere."""

    def function(
        a: Annotated[int, Query(include_in_schema=False)] = 1,
        content_type: Annotated[str, Header()] = "",
        b: int = 2,
    ): ...

    assert [each["name"] for each in operation(function)["parameters"]] == ["b"]


def test_the_parameters_of_dependencies_are_described():
    """EHO-52: of equal ones the required wins; they are listed path, query, header, cookie."""

    def user(token: Annotated[str, Header()], limit: int, item_id: int): ...

    def function(
        item_id: int, who: Annotated[str, Depends(user)], limit: int = 5, c: Annotated[str, Cookie()] = ""
    ): ...

    function.__annotations__["who"] = Annotated[str, Depends(user)]
    found = operation(function, "/x/<item_id>")["parameters"]
    assert [(each["in"], each["name"], each["required"]) for each in found] == [
        ("path", "item_id", True),
        ("query", "limit", True),
        ("header", "token", True),
        ("cookie", "c", False),
    ]


def test_the_fields_of_a_model_are_described_with_their_schemas():
    """EHO-53: lists, enums, constraints and defaults are there, not just text."""
    found = {each["name"]: each for each in parameter(Annotated[Filter, Query()])}
    assert found["limit"] == {
        "name": "limit",
        "in": "query",
        "required": False,
        "description": "how many",
        "schema": {"type": "integer", "maximum": 50, "title": "Limit", "description": "how many", "default": 10},
    }
    assert found["kinds"]["schema"]["items"] == {"$ref": "#/components/schemas/Kind"}
    assert found["after"]["deprecated"] is True
    assert found["needed"]["required"] is True


def test_a_single_body_is_its_own_schema():
    """EHO-54: one plain parameter is the body."""

    def function(item: Annotated[Item, Body(description="The item")]): ...

    assert operation(function, method="post")["requestBody"] == {
        "description": "The item",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item", "description": "The item"}}},
        "required": True,
    }


def test_several_parameters_of_the_body_are_members_of_one_object():
    """EHO-54: the object is a component of its own, which a user's model of that name does not replace."""

    class Body_function_x_post(BaseModel):  # noqa: N801  # the name that a component has
        a: int

    def function(one: Body_function_x_post, n: Annotated[int, Body()] = 1): ...

    app = new()
    app.post("/x")(function)
    data = document(app)
    schema = data["paths"]["/x"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Body_function_x_post_"}
    assert data["components"]["schemas"]["Body_function_x_post_"] == {
        "title": "Body_function_x_post",
        "type": "object",
        "properties": {
            "one": {"$ref": "#/components/schemas/Body_function_x_post"},
            "n": {"type": "integer", "title": "N", "default": 1},
        },
        "required": ["one"],
    }


@pytest.mark.parametrize(
    ("annotations", "media_type"),
    [
        ({"a": Annotated[str, Form()]}, "application/x-www-form-urlencoded"),
        ({"a": Annotated[str, Form()], "f": UploadFile}, "multipart/form-data"),
        ({"a": Annotated[dict, Body(media_type="application/vnd.x+json")]}, "application/vnd.x+json"),
        ({"a": Annotated[Account, Form()]}, "application/x-www-form-urlencoded"),
    ],
)
def test_the_body_has_the_media_type_of_its_parameters(annotations, media_type):
    """EHO-54: files make it multipart, forms urlencoded, else the markers say it."""

    def one(a): ...
    def two(a, f): ...

    function = two if len(annotations) > 1 else one
    function.__annotations__.update(annotations)
    assert list(operation(function, method="post")["requestBody"]["content"]) == [media_type]


def test_a_form_that_is_a_model_has_the_model_s_schema():
    """EHO-24: what the function reads is what the document says."""

    def function(a: Annotated[Account, Form()]): ...

    content = operation(function, method="post")["requestBody"]["content"]
    assert content["application/x-www-form-urlencoded"]["schema"] == {"$ref": "#/components/schemas/Account"}


def test_responses_are_described():
    """EHO-55: given ones exactly, with models and examples, and nothing of what the user gave is changed."""
    given = {
        200: {"description": "ok"},
        404: {
            "description": "no",
            "content": {"application/json": {"model": Point, "examples": {"x": {"value": None}}}},
        },
        "4XX": {"description": "wrong", "content": {"text/plain": {"schema": {"type": "string"}}}},
    }
    before = repr(given)

    def function() -> list[Item]: ...

    responses = operation(function, responses=given)["responses"]
    assert repr(given) == before
    assert list(responses) == ["200", "404", "422", "4XX"]
    assert responses["200"]["content"]["application/json"]["schema"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Item"},
        "title": "Return",
    }
    assert responses["404"]["content"]["application/json"] == {
        "schema": {"$ref": "#/components/schemas/Point"},
        "examples": {"x": {"value": None}},
    }


@pytest.mark.parametrize(
    ("app_on", "route", "expected"),
    [
        (True, {}, {"200", "422"}),
        (False, {}, {"200"}),
        (True, {"enable_validation": False}, {"200"}),
        (False, {"enable_validation": True}, {"200", "422"}),
        (True, {"custom_response_validation_http_code": 503}, {"200", "422", "503"}),
        (True, {"responses": {422: {"description": "mine"}}}, {"422"}),
        (True, {"status_code": 201}, {"201", "422"}),
    ],
)
def test_validation_adds_its_responses(app_on, route, expected):
    """EHO-55: as the route is validated, not the app, and never over what the user gave."""
    app = new(enable_validation=app_on)
    app.get("/x", **route)(lambda: None)
    responses = document(app)["paths"]["/x"]["get"]["responses"]
    assert set(responses) == expected
    if "responses" in route:
        assert responses["422"]["description"] == "mine"


def test_components_are_sorted_and_only_what_is_used():
    """EHO-56: schemas of errors are there if a route refers to them, and say what is really sent."""
    app = new(enable_validation=False)
    app.get("/x")(lambda: None)
    assert "components" not in document(app)
    app = new()

    @app.post("/x")
    def function(item: Item, account: Account) -> Item: ...

    schemas = document(app)["components"]["schemas"]
    assert list(schemas) == sorted(schemas)
    assert {"Item-Input", "Item-Output", "HTTPValidationError", "ValidationError"} < set(schemas)
    assert schemas["ValidationError"]["required"] == ["loc", "type"]
    assert schemas["HTTPValidationError"]["required"] == ["statusCode", "detail"]


def test_the_head_of_the_document():
    """EHO-57: everything that can be configured is where the standard has it."""
    app = new()
    app.get("/x")(lambda: None)
    data = document(
        app,
        title="T",
        version="2",
        summary="S",
        description="D",
        terms_of_service="https://example.com/terms",
        contact=Contact(name="me", email="me@example.com"),
        license_info=License(name="MIT"),
        servers=[Server(url="https://example.com/v1", description="it", openapi_extensions={"x-region": "eu"})],
        tags=["a", Tag(name="b", description="B")],
        security_schemes={
            "key": APIKey(name="X-Key", in_="header"),
            "bearer": HTTPBearer(bearerFormat="JWT"),
            "oauth": OAuth2(flows=OAuthFlows(clientCredentials=OAuthFlowClientCredentials(tokenUrl="https://a/b"))),
        },
        security=[{"key": []}, {}],
        external_documentation=ExternalDocumentation(url="https://example.com/docs"),
        openapi_extensions={"x-root": {"a": None}},
    )
    assert data["info"] == {
        "title": "T",
        "version": "2",
        "summary": "S",
        "description": "D",
        "termsOfService": "https://example.com/terms",
        "contact": {"name": "me", "email": "me@example.com"},
        "license": {"name": "MIT"},
    }
    assert data["servers"] == [{"url": "https://example.com/v1", "description": "it", "x-region": "eu"}]
    assert data["tags"] == [{"name": "a"}, {"name": "b", "description": "B"}]
    assert data["security"] == [{"key": []}, {}]
    assert data["components"]["securitySchemes"]["key"] == {"type": "apiKey", "in": "header", "name": "X-Key"}
    assert data["x-root"] == {"a": None}
    assert data["externalDocs"] == {"url": "https://example.com/docs"}


def test_a_document_has_defaults():
    """EHO-57: without configuration there are a title, a version and a server."""
    data = document(new())
    assert data == {
        "openapi": "3.1.0",
        "info": {"title": "Powertools API", "version": "1.0.0"},
        "servers": [{"url": "/"}],
        "paths": {},
    }


@pytest.mark.parametrize(
    ("meta", "options", "text"),
    [
        ({"openapi_extensions": {"y": 1}}, {}, "'y' has to begin with 'x-'"),
        ({}, {"openapi_extensions": {"y": 1}}, "'y' has to begin with 'x-'"),
        ({"security": [{"key": []}]}, {}, "'key', which is not in security_schemes (there: none)"),
        ({}, {"security": [{"key": []}]}, "'key', which is not in security_schemes"),
        ({}, {"security": [{"key": []}], "include_in_schema": False}, "'key', which is not in security_schemes"),
    ],
)
def test_a_document_that_would_be_invalid_is_refused(meta, options, text):
    """EHO-57, EHO-58: extensions and security schemes are checked, also of routes that are not shown."""
    app = new()
    app.get("/x", **options)(lambda: None)
    with pytest.raises(SchemaValidationError) as raised:
        app.get_openapi_schema(**meta)
    assert text in str(raised.value)
    assert isinstance(raised.value.errors(), list)


def test_a_route_may_need_no_security():
    """EHO-58: an empty list on a route takes away what holds for all."""
    app = new()
    app.get("/open", security=[])(lambda: None)
    app.get("/closed")(lambda: None)
    app.get("/own", security=[{"key": []}], openapi_extensions={"x-a": 1})(lambda: None)
    data = document(app, security_schemes={"key": APIKey(name="k", in_="query")}, security=[{"key": []}])
    assert data["paths"]["/open"]["get"]["security"] == []
    assert "security" not in data["paths"]["/closed"]["get"]
    assert data["paths"]["/own"]["get"]["security"] == [{"key": []}]
    assert data["paths"]["/own"]["get"]["x-a"] == 1


def test_another_version_of_openapi_is_warned_of():
    """EHO-59: 3.0 cannot be had, 3.1.1 can."""
    app = new()
    with pytest.warns(UserWarning, match=r"3\.0\.3"):
        assert app.get_openapi_schema(openapi_version="3.0.3").openapi == "3.1.0"
    assert app.get_openapi_schema(openapi_version="3.1.1").openapi == "3.1.1"


def test_arguments_win_over_the_configuration():
    """EHO-60: argument, then configuration, then default; configuring again replaces everything."""
    app = new()
    app.configure_openapi(title="Configured", version="2", description="D")
    assert app.openapi_config.title == "Configured"
    info = document(app, title="Argument", version="1.0.0")["info"]
    assert info == {"title": "Argument", "version": "2", "description": "D"}
    app.configure_openapi(title="Again")
    assert document(app)["info"] == {"title": "Again", "version": "1.0.0"}
    with pytest.raises(TypeError, match="titel"):
        app.configure_openapi(titel="x")


def test_a_document_is_kept_until_a_route_comes():
    """EHO-62: asking twice makes it once; a new route, also of a router, makes it anew."""
    app = new()
    calls = []

    class Counted(BaseModel):
        a: int

        @classmethod
        def __get_pydantic_json_schema__(cls, schema, handler):
            calls.append(1)
            return handler(schema)

    def function() -> Counted: ...

    function.__annotations__["return"] = Counted
    app.get("/x")(function)
    first = app.get_openapi_json_schema()
    made = len(calls)
    assert app.get_openapi_json_schema() == first
    assert len(calls) == made
    router = Router()
    router.get("/y")(lambda: None)
    app.include_router(router, prefix="/r")
    assert set(document(app)["paths"]) == {"/x", "/r/y"}


def test_a_document_needs_no_validation():
    """EHO-10: an app without validation has a document as well."""
    app = APIGatewayRestResolver()

    @app.post("/x/<n>")
    def function(n: int, item: Account) -> Account: ...

    found = document(app)["paths"]["/x/{n}"]["post"]
    assert found["parameters"][0]["schema"]["type"] == "integer"
    assert list(found["responses"]) == ["200"]


def test_models_of_equal_names_are_kept_apart():
    """EHO-56: pydantic tells two classes of one name apart."""

    def make(annotation):
        class Same(BaseModel):
            value: annotation

        return Same

    app = new()
    for number, model in enumerate((make(int), make(str))):

        def function() -> None: ...

        function.__annotations__["return"] = model
        app.get(f"/{number}", operation_id=str(number))(function)
    data = document(app)
    references = [
        data["paths"][f"/{number}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        for number in (0, 1)
    ]
    assert len(set(references)) == 2


def test_file_that_is_taken_as_text_is_described_as_a_file():
    """A `str` with `File()` is sent as a file like any other, so its schema has the binary format."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.post("/notes")
    def note(text: Annotated[str, File()], title: Annotated[str, Form()]) -> None: ...

    document = json.loads(app.get_openapi_json_schema())

    OpenAPIV31SpecValidator(document).validate()
    body = document["paths"]["/notes"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    (name,) = [body["$ref"].rpartition("/")[2]] if "$ref" in body else [None]
    properties = (document["components"]["schemas"][name] if name else body)["properties"]
    assert properties["text"] == {"type": "string", "format": "binary", "title": "Text"}
    assert properties["title"] == {"type": "string", "title": "Title"}
