from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date  # noqa: TC003  # annotations are evaluated
from decimal import Decimal  # noqa: TC003  # the same
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, VPCLatticeResolver
from lambda_powertools.event_handler.openapi.params import Body, File, Form, Query, UploadFile

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"


def post(function, body, content_type="application/json", *, binary=False, app=None, headers=None):
    """Send a body to the function and return status and parsed body of the answer."""
    app = app or APIGatewayRestResolver(enable_validation=True)
    app.post("/x")(function)
    event = {
        "httpMethod": "POST",
        "path": "/x",
        "headers": headers or ({"Content-Type": content_type} if content_type is not None else None),
        "body": base64.b64encode(body).decode() if binary else body,
        "isBase64Encoded": binary,
    }
    result = app.resolve(event, None)
    return result["statusCode"], json.loads(result["body"])


def errors(answer):
    """Return places and types of a 422."""
    status, body = answer
    assert status == 422
    return [(tuple(error["loc"]), error["type"]) for error in body["detail"]]


def own_loads(text):
    return json.loads(text)


class Kind(Enum):
    a = "a"
    b = "b"


class Item(BaseModel):
    id: int
    kind: Kind = Kind.a


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)
    id: int


class Cat(BaseModel):
    type: Literal["cat"]
    lives: int


class Dog(BaseModel):
    type: Literal["dog"]
    legs: int


@dataclass
class Point:
    x: int
    y: int = 0


class Named(TypedDict):
    name: str


class Node(BaseModel):
    value: int
    children: list[Node] = []


def item(item: Item):
    return item


def items(items: list[Item]):
    return items


def point(p: Point):
    return p


def named(n: Named):
    return n


def mapping(m: dict[str, int]):
    return m


def node(n: Node):
    return n


def pet(pet: Annotated[Cat | Dog, Field(discriminator="type"), Body()]):
    return pet


def item_or_items(value: Item | list[Item]):
    return value


def day_or_text(value: Annotated[date | str, Body()]):
    return [type(value).__name__]


def scalar(n: Annotated[int, Body()]):
    return n


def pair(v: tuple[int, str]):
    return list(v)


def unique(v: set[int]):
    return sorted(v)


def optional(item: Item | None = None):
    return item


def two(item: Item, note: Annotated[str, Body()] = "-"):
    return [item, note]


def embedded(item: Annotated[Item, Body(embed=True)]):
    return item


def money(v: dict[str, Decimal]):
    return {name: str(value) for name, value in v.items()}


@pytest.mark.parametrize(
    ("function", "sent", "expected"),
    [
        (item, {"id": 1}, {"id": 1, "kind": "a"}),
        (item, {"id": "1", "kind": "b"}, {"id": 1, "kind": "b"}),
        (items, [{"id": 1}], [{"id": 1, "kind": "a"}]),
        (items, [], []),
        (point, {"x": 1}, {"x": 1, "y": 0}),
        (named, {"name": "a"}, {"name": "a"}),
        (mapping, {"a": 1}, {"a": 1}),
        (mapping, {}, {}),
        (node, {"value": 1, "children": [{"value": 2}]}, {"value": 1, "children": [{"value": 2, "children": []}]}),
        (pet, {"type": "dog", "legs": 4}, {"type": "dog", "legs": 4}),
        (item_or_items, [{"id": 1}], [{"id": 1, "kind": "a"}]),
        (day_or_text, "2024-01-01", ["str"]),
        (scalar, 5, 5),
        (pair, [1, "a"], [1, "a"]),
        (unique, [2, 1, 1], [1, 2]),
        (optional, {"id": 1}, {"id": 1, "kind": "a"}),
        (two, {"item": {"id": 1}, "note": "x"}, [{"id": 1, "kind": "a"}, "x"]),
        (two, {"item": {"id": 1}}, [{"id": 1, "kind": "a"}, "-"]),
        (embedded, {"item": {"id": 1}}, {"id": 1, "kind": "a"}),
        (money, {"a": 1.10}, {"a": "1.1"}),
    ],
)
@pytest.mark.parametrize("deserializer", [None, own_loads])
def test_a_json_body_becomes_the_declared_type(function, sent, expected, deserializer):
    """EHO-21: one parameter takes the whole body, several are members of it; with a deserializer of one's own too."""
    app = APIGatewayRestResolver(enable_validation=True, json_body_deserializer=deserializer)
    assert post(function, json.dumps(sent), app=app) == (200, expected)


@pytest.mark.parametrize(
    ("function", "sent", "expected"),
    [
        (item, "{}", [(("body", "id"), "missing")]),
        (item, "[1]", [(("body",), "model_attributes_type")]),
        (item, '[{"id": 1}]', [(("body",), "model_attributes_type")]),
        (item, '{"id": "x", "kind": "c"}', [(("body", "id"), "int_parsing"), (("body", "kind"), "enum")]),
        (items, '[{"id": 1}, {}, {"id": "x"}]', [(("body", 1, "id"), "missing"), (("body", 2, "id"), "int_parsing")]),
        (item, "", [(("body",), "missing")]),
        (item, None, [(("body",), "missing")]),
        (item, " null ", [(("body",), "missing")]),
        (item, '{"id": 1', [(("body", 8), "json_invalid")]),
        (item, "{'id': 1}", [(("body", 1), "json_invalid")]),
        (pet, '{"type": "cow"}', [(("body",), "union_tag_invalid")]),
        (pet, '{"type": "cat"}', [(("body", "cat", "lives"), "missing")]),
        (two, "[1]", [(("body", "item"), "missing")]),
        (two, '"a"', [(("body", "item"), "missing")]),
        (
            two,
            '{"item": {"id": "x"}, "note": 5}',
            [(("body", "item", "id"), "int_parsing"), (("body", "note"), "string_type")],
        ),
        (embedded, '{"id": 1}', [(("body", "item"), "missing")]),
        (scalar, '"x"', [(("body",), "int_parsing")]),
        (node, '{"value": 1, "children": [{"value": "x"}]}', [(("body", "children", 0, "value"), "int_parsing")]),
    ],
)
@pytest.mark.parametrize("deserializer", [None, own_loads])
def test_a_wrong_json_body_is_a_422(function, sent, expected, deserializer):
    """EHO-21, EHO-22: each error has its place in the body, whatever parses it, and is told once."""
    app = APIGatewayRestResolver(enable_validation=True, json_body_deserializer=deserializer)
    assert errors(post(function, sent, app=app)) == expected


@pytest.mark.parametrize("sent", ["", None, "null"])
def test_no_body_gives_the_default(sent):
    """EHO-21: null and an empty body mean that there is none."""
    assert post(optional, sent) == (200, None)


@pytest.mark.parametrize(
    ("body", "binary", "location"),
    [
        (b"\xff\xfe", True, ("body",)),
        ("%%%", None, ("body",)),
        ('{"id": "\\ud800"', False, ("body", 15)),
    ],
)
def test_an_undecodable_body_is_json_invalid(body, binary, location):
    """EHO-22: what is no base64, no UTF-8 or no JSON is the client's fault, not an error of the function."""
    app = APIGatewayRestResolver(enable_validation=True)
    app.post("/x")(item)
    text = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    event = {"httpMethod": "POST", "path": "/x", "body": text, "isBase64Encoded": binary is not False}
    result = app.resolve(event, None)
    assert errors((result["statusCode"], json.loads(result["body"]))) == [(location, "json_invalid")]


def test_a_value_error_of_the_user_s_deserializer_is_json_invalid():
    """EHO-22: a deserializer says with a ValueError that the body is none of its own."""

    def refuse(text):
        raise ValueError(text)

    app = APIGatewayRestResolver(enable_validation=True, json_body_deserializer=refuse)
    assert errors(post(item, "{}", app=app)) == [(("body",), "json_invalid")]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"CONTENT-TYPE": "Application/JSON; charset=utf-8"},
        {"Content-Type": "application/vnd.api+json"},
        {"Content-Type": ""},
        {"Content-Type": None},
        {"Other": "x"},
    ],
)
def test_json_is_recognised_by_its_content_type(headers):
    """EHO-20: the content type is compared without case and parameters; none at all is JSON."""
    assert post(item, '{"id": 1}', headers=headers)[0] == 200


def test_the_content_type_may_be_in_multi_value_headers_only():
    """EHO-20: a load balancer sends nothing else."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.post("/x")
    def function(a: Annotated[int, Form()]):
        return a

    event = {"httpMethod": "POST", "path": "/x", "body": "a=1", "multiValueHeaders": {"content-type": [FORM]}}
    assert app.resolve(event, None)["body"] == "1"


def test_another_content_type_is_a_415():
    """EHO-20: a body that cannot be read is refused, and nothing of it is repeated."""
    detail = [{"loc": ["body"], "type": "unsupported_content_type"}]
    assert post(item, "id: 1", "text/yaml") == (415, {"statusCode": 415, "detail": detail})


def test_the_content_type_does_not_matter_without_body_parameters():
    """EHO-20: it is looked at only by functions that take something from the body."""

    def function(q: Annotated[int, Query()] = 1):
        return q

    assert post(function, "id: 1", "text/yaml") == (200, 1)


class Order(BaseModel):
    name: str
    tags: list[str] = []
    count: int = 1


def form(a: Annotated[str, Form()], n: Annotated[list[int], Form()] = [], b: Annotated[int, Form()] = 5):  # noqa: B006
    return [a, n, b]


def form_model(order: Annotated[Order, Form()]):
    return order


def form_model_and_more(order: Annotated[Order, Form()], extra: Annotated[int, Form()]):
    return [order, extra]


@pytest.mark.parametrize(
    ("function", "body", "expected"),
    [
        (form, "a=x&n=1&n=2&b=7", ["x", [1, 2], 7]),
        (form, "a=&n=1", ["", [1], 5]),
        (form, "a=x%20y+z", ["x y z", [], 5]),
        (form_model, "name=x&tags=a&count=2", {"name": "x", "tags": ["a"], "count": 2}),
        (form_model_and_more, "name=x&extra=2", [{"name": "x", "tags": [], "count": 1}, 2]),
    ],
)
def test_a_form_is_read(function, body, expected):
    """EHO-21, EHO-24: fields of forms, one by one or as a model; a single value of a list is a list."""
    assert post(function, body, FORM) == (200, expected)
    assert post(function, body.encode(), FORM.upper(), binary=True) == (200, expected)


@pytest.mark.parametrize(
    ("function", "body", "expected"),
    [
        (form, "b=x", [(("body", "a"), "missing"), (("body", "b"), "int_parsing")]),
        (form, "", [(("body", "a"), "missing")]),
        (form, "a=1&a=2", [(("body", "a"), "string_type")]),
        (form_model, "count=x", [(("body", "order", "name"), "missing"), (("body", "order", "count"), "int_parsing")]),
        (form, "&".join("a=1" for _ in range(10_001)), [(("body",), "form_invalid")]),
    ],
)
def test_a_wrong_form_is_a_422(function, body, expected):
    """EHO-30: errors in forms have the place of the field; a form of endless fields is refused."""
    assert errors(post(function, body, FORM)) == expected


@pytest.mark.parametrize(
    ("function", "sent", "expected"),
    [
        (form, {"a": "x", "n": [1]}, ["x", [1], 5]),
        (form_model, {"order": {"name": "x"}}, {"name": "x", "tags": [], "count": 1}),
        (form_model, {"name": "x"}, {"name": "x", "tags": [], "count": 1}),
    ],
)
def test_a_json_body_is_accepted_for_a_form(function, sent, expected):
    """EHO-24: tests of users send JSON to form parameters."""
    assert post(function, json.dumps(sent)) == (200, expected)


def part(name, content, *, filename=None, more=b""):
    disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename is not None else "")
    return b"--x\r\nContent-Disposition: " + disposition.encode() + b"\r\n" + more + b"\r\n" + content + b"\r\n"


END = b"--x--\r\n"


def describe(file):
    return [file.filename, file.content_type, len(file)]


def upload(f: Annotated[UploadFile, File()]):
    return describe(f)


def upload_bare(f: UploadFile):
    return describe(f)


def upload_bytes(f: Annotated[bytes, File()]):
    return len(f)


def upload_many(f: Annotated[list[UploadFile], File()]):
    return [describe(each) for each in f]


def upload_many_bytes(f: Annotated[list[bytes], File()]):
    return [len(each) for each in f]


def upload_optional(f: Annotated[UploadFile | None, File()] = None):
    return f and describe(f)


def upload_with_text(f: UploadFile, note: Annotated[str, Form()]):
    return [describe(f), note]


BINARY = bytes(range(256)) + b"\r\n --x\r\nnot the end --x\n--x\r"
PNG = b"Content-Type: image/png\r\n"


@pytest.mark.parametrize(
    ("function", "body", "expected"),
    [
        (upload, part("f", BINARY, filename="a.png", more=PNG), ["a.png", "image/png", len(BINARY)]),
        (upload, part("f", b"", filename="a"), ["a", None, 0]),
        (upload_bare, part("f", b"1", filename="a"), ["a", None, 1]),
        (upload_bytes, part("f", BINARY, filename="a"), len(BINARY)),
        (upload_bytes, part("f", b"text"), 4),
        (upload_many, part("f", b"1", filename="a"), [["a", None, 1]]),
        (upload_many, part("f", b"1", filename="a") + part("f", b"22", filename="b"), [["a", None, 1], ["b", None, 2]]),
        (upload_many_bytes, part("f", b"1", filename="a") + part("f", b"22", filename="b"), [1, 2]),
        (upload_optional, part("g", b"1"), None),
        (upload_optional, part("f", b"1", filename="a"), ["a", None, 1]),
        (upload_with_text, part("note", "é".encode()) + part("f", b"1", filename="a"), [["a", None, 1], "é"]),
        (
            upload_with_text,
            part("note", b"\xe9", more=b"Content-Type: text/plain; charset=latin-1\r\n") + part("f", b"", filename="a"),
            [["a", None, 0], "é"],
        ),
        (form, part("a", b"x") + part("n", b"1") + part("n", b"2"), ["x", [1, 2], 5]),
        (upload, b'--x\r\ncontent-disposition: FORM-DATA; NAME=f; FileName="q\\"x"\r\n\r\n1\r\n', ['q"x', None, 1]),
        (
            upload,
            b"--x\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''na%C3%AFve.txt\r\n\r\n1\r\n",
            ["naïve.txt", None, 1],
        ),
    ],
)
@pytest.mark.parametrize("content_type", [MULTIPART, 'Multipart/Form-Data; Boundary="x"'])
def test_a_form_with_files_is_read(function, body, expected, content_type):
    """EHO-23: files, texts and several of one name, as RFC 7578 has them."""
    assert post(function, body + END, content_type, binary=True) == (200, expected)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (part("f", b"1", filename="a"), MULTIPART, [(("body",), "multipart_invalid")]),
        (b"garbage", MULTIPART, [(("body",), "multipart_invalid")]),
        (part("f", b"1", filename="a") + END, "multipart/form-data", [(("body",), "multipart_invalid")]),
        (b"--x\r\nA: b\r\n\r\n1\r\n" + END, MULTIPART, [(("body",), "multipart_invalid")]),
        (part("a", b"\xff") + END, MULTIPART, [(("body",), "multipart_invalid")]),
        (part("g", b"1") + END, MULTIPART, [(("body", "f"), "missing")]),
        (part("f", b"1") + END, MULTIPART, [(("body", "f"), "is_instance_of")]),
    ],
)
def test_a_wrong_form_with_files_is_a_422(body, content_type, expected):
    """EHO-23: a malformed body is the client's fault."""
    assert errors(post(upload, body, content_type, binary=True)) == expected


def test_a_body_that_is_no_base64_is_refused():
    """EHO-23: a body that says it is base64 has to be."""
    app = APIGatewayRestResolver(enable_validation=True)
    app.post("/x")(upload)
    event = {
        "httpMethod": "POST",
        "path": "/x",
        "headers": {"content-type": MULTIPART},
        "body": "%",
        "isBase64Encoded": True,
    }
    result = app.resolve(event, None)
    assert errors((result["statusCode"], json.loads(result["body"]))) == [(("body",), "multipart_invalid")]


def test_a_form_with_files_that_arrives_as_text_is_warned_of():
    """EHO-23: it is read as Latin-1, and the warning says what the API needs."""
    body = (part("f", b"\xe9", filename="a") + END).decode("latin-1")
    with pytest.warns(UserWarning, match="binary media types"):
        assert post(upload_bytes, body, MULTIPART) == (200, 1)


def test_an_upload_shows_no_content():
    """A file's content is not in its repr; a file that is empty is still there."""
    file = UploadFile(content=b"secret", filename="a.txt", content_type="text/plain")
    assert repr(file) == "UploadFile(filename='a.txt', content_type='text/plain', size=6)"
    assert (len(file), bool(UploadFile(content=b""))) == (6, True)


@pytest.mark.parametrize(
    ("resolver", "event"),
    [
        (VPCLatticeResolver, {"raw_path": "/x", "method": "POST", "headers": {}}),
        (APIGatewayHttpResolver, {"rawPath": "/x", "requestContext": {"http": {"method": "POST"}, "stage": "a"}}),
    ],
)
def test_a_body_is_missing_where_the_event_has_none(resolver, event):
    """EHO-21: an event without the key at all is one with an empty body."""
    app = resolver(enable_validation=True)
    app.post("/x")(item)
    result = app.resolve(event, None)
    assert errors((result["statusCode"], json.loads(result["body"]))) == [(("body",), "missing")]


def test_a_union_is_decided_as_pydantic_does_for_data():
    """What a union becomes does not depend on how the body was parsed."""

    class When(BaseModel):
        at: date | str

    def function(w: When) -> Any:
        return [type(w.at).__name__]

    assert post(function, '{"at": "2024-01-01"}') == (200, ["str"])


def test_a_strict_model_stays_strict():
    """A strict model takes no number for a text."""

    def function(s: Strict):
        return s

    assert errors(post(function, '{"id": "1"}')) == [(("body", "id"), "int_type")]
