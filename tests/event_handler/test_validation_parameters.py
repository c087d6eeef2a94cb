from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field

from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    LambdaFunctionUrlResolver,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
)
from lambda_powertools.event_handler.openapi.params import Cookie, Header, Path, Query


def rest(pairs=(), headers=(), cookies=""):
    """A REST API's event: multi-value maps and the last value of each."""
    query = grouped(pairs)
    fields = grouped([*headers, *([("Cookie", cookies)] if cookies else [])])
    return {
        "httpMethod": "GET",
        "path": "/x",
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "headers": {name: values[-1] for name, values in fields.items()},
        "multiValueHeaders": fields,
    }


def alb_single(pairs=(), headers=(), cookies=""):
    """A load balancer's event without multi-value headers."""
    event = rest(pairs, headers, cookies)
    del event["multiValueHeaders"], event["multiValueQueryStringParameters"]
    return event


def http(pairs=(), headers=(), cookies=""):
    """An HTTP API's event: repeated values joined by commas, and the raw query string."""
    return {
        "rawPath": "/x",
        "rawQueryString": "&".join(f"{name}={value}" for name, value in pairs),
        "queryStringParameters": {name: ",".join(values) for name, values in grouped(pairs).items()},
        "headers": {name: ",".join(values) for name, values in grouped(headers).items()},
        "cookies": cookies.split("; ") if cookies else [],
        "requestContext": {"stage": "$default", "http": {"method": "GET", "path": "/x"}},
    }


def lattice(pairs=(), headers=(), cookies=""):
    """An event of VPC Lattice, version 1."""
    query = "&".join(f"{name}={value}" for name, value in pairs)
    fields = {name: ",".join(values) for name, values in grouped(headers).items()}
    return {
        "raw_path": f"/x?{query}",
        "method": "GET",
        "headers": {**fields, **({"cookie": cookies} if cookies else {})},
        "query_string_parameters": {name: ",".join(values) for name, values in grouped(pairs).items()},
    }


def lattice_v2(pairs=(), headers=(), cookies=""):
    """An event of VPC Lattice, version 2: lists of values."""
    return {
        "path": "/x",
        "method": "GET",
        "headers": grouped([*headers, *([("cookie", cookies)] if cookies else [])]),
        "queryStringParameters": grouped(pairs),
    }


def grouped(pairs):
    groups = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


SOURCES = {
    "rest": (APIGatewayRestResolver, rest),
    "http": (APIGatewayHttpResolver, http),
    "url": (LambdaFunctionUrlResolver, http),
    "alb": (ALBResolver, rest),
    "alb-single": (ALBResolver, alb_single),
    "lattice": (VPCLatticeResolver, lattice),
    "lattice-v2": (VPCLatticeV2Resolver, lattice_v2),
}
NATIVE = ("rest", "http", "url", "alb", "lattice", "lattice-v2")
"""Sources that tell repeated query parameters apart."""
LISTED_HEADERS = ("rest", "alb", "lattice-v2")
"""Sources that tell repeated headers apart."""

source = pytest.mark.parametrize("source", SOURCES)


def ask(source, function, **event):
    """Send a request to the function and return status and parsed body."""
    resolver, make = SOURCES[source]
    app = resolver(enable_validation=True)
    app.get("/x")(function)
    made = make(**event)
    before = json.dumps(made)
    result = app.resolve(made, None)
    assert json.dumps(made) == before, "the event is not modified"
    return result["statusCode"], json.loads(result["body"]) if result["body"] else None


class Sort(Enum):
    up = "up"
    down = "down"


def scalar(q: str):
    return {"q": q}


def number(q: int = 7):
    return {"q": q}


def optional(q: int | None = None):
    return {"q": q}


def many(q: Annotated[list[str], Query()]):
    return {"q": q}


def numbers(q: Annotated[list[int], Query()] = []):  # noqa: B006  # it is copied
    return {"q": q}


def several(q: Annotated[set[int] | None, Query()] = None):
    return {"q": sorted(q or ())}


def either(q: Annotated[list[int] | str, Query()]):
    return {"q": q}


def chosen(q: Sort):
    return {"q": q}


def literal(q: Literal["a", "b"]):
    return {"q": q}


def limited(q: Annotated[int, Query(gt=1, le=9)]):
    return {"q": q}


def beside(q: Annotated[int, Field(gt=5), Query()]):
    return {"q": q}


def alias_beside(q: Annotated[int, Field(alias="n", gt=2), Query()] = 4):
    return {"q": q}


def aliased(q: Annotated[int, Query(alias="page-size")]):
    return {"q": q}


def by_default(q: int = Query(3, alias="n")):
    return {"q": q}


def by_class(q: Annotated[int, Query]):
    return {"q": q}


def untyped(q):
    return {"q": q}


@source
@pytest.mark.parametrize(
    ("function", "pairs", "expected"),
    [
        pytest.param(scalar, [("q", "a")], "a", id="scalar"),
        pytest.param(scalar, [("q", "a,b")], "a,b", id="EHO-17 comma in a scalar"),
        pytest.param(scalar, [("q", "")], "", id="blank"),
        pytest.param(number, [], 7, id="EHO-16 default"),
        pytest.param(number, [("q", "3")], 3, id="number"),
        pytest.param(optional, [], None, id="optional"),
        pytest.param(many, [("q", "a")], ["a"], id="one of many"),
        pytest.param(many, [("q", "a,b")], ["a", "b"], id="EHO-18 comma in a list"),
        pytest.param(numbers, [("q", "1,2")], [1, 2], id="EHO-18 numbers"),
        pytest.param(numbers, [], [], id="EHO-16 default list"),
        pytest.param(several, [("q", "2,1")], [1, 2], id="optional set"),
        pytest.param(either, [("q", "x")], "x", id="list or text: text"),
        pytest.param(either, [("q", "1,2")], [1, 2], id="list or text: list"),
        pytest.param(chosen, [("q", "up")], "up", id="enum"),
        pytest.param(literal, [("q", "b")], "b", id="literal"),
        pytest.param(limited, [("q", "9")], 9, id="EHO-4 constraint"),
        pytest.param(beside, [("q", "6")], 6, id="EHO-4 field beside"),
        pytest.param(aliased, [("page-size", "6")], 6, id="EHO-15 alias"),
        pytest.param(alias_beside, [("n", "6")], 6, id="EHO-4 alias of a field beside"),
        pytest.param(by_default, [("n", "6")], 6, id="EHO-1 marker as default"),
        pytest.param(by_default, [], 3, id="EHO-1 default in marker"),
        pytest.param(by_class, [("q", "6")], 6, id="EHO-1 marker class"),
        pytest.param(untyped, [("q", "6")], "6", id="EHO-1 no annotation"),
    ],
)
def test_query_parameters_are_read_alike_from_every_front_end(source, function, pairs, expected):
    """EHO-15..18: whichever front end sent the query string, the function gets the same value."""
    assert ask(source, function, pairs=pairs) == (200, {"q": expected})


@pytest.mark.parametrize("source", NATIVE)
def test_a_repeated_query_parameter_is_not_split_at_commas(source):
    """EHO-18: values that were sent one by one keep their commas."""
    assert ask(source, many, pairs=[("q", "a,b"), ("q", "c")]) == (200, {"q": ["a,b", "c"]})


@pytest.mark.parametrize("source", NATIVE)
def test_a_repeated_scalar_gives_the_first_value(source):
    """EHO-17: of several values a scalar takes the first."""
    assert ask(source, scalar, pairs=[("q", "a"), ("q", "b")]) == (200, {"q": "a"})


@source
@pytest.mark.parametrize(
    ("function", "pairs", "location", "kind"),
    [
        (scalar, [], ["query", "q"], "missing"),
        (many, [], ["query", "q"], "missing"),
        (number, [("q", "x")], ["query", "q"], "int_parsing"),
        (numbers, [("q", "1,x")], ["query", "q", 1], "int_parsing"),
        (chosen, [("q", "x")], ["query", "q"], "enum"),
        (literal, [("q", "x")], ["query", "q"], "literal_error"),
        (limited, [("q", "10")], ["query", "q"], "less_than_equal"),
        (beside, [("q", "5")], ["query", "q"], "greater_than"),
        (aliased, [("q", "5")], ["query", "page-size"], "missing"),
    ],
)
def test_a_wrong_query_parameter_is_a_422(source, function, pairs, location, kind):
    """EHO-30: the answer says where and what, on every front end."""
    detail = [{"loc": location, "type": kind}]
    assert ask(source, function, pairs=pairs) == (422, {"statusCode": 422, "detail": detail})


def header(token: Annotated[str, Header(alias="X-Token")]):
    return {"q": token}


def header_name(x_request_id: Annotated[str, Header()]):
    return {"q": x_request_id}


def header_as_it_is(x_id: Annotated[str, Header(convert_underscores=False)]):
    return {"q": x_id}


def header_number(x_n: Annotated[int, Header()] = 4):
    return {"q": x_n}


def header_list(accept: Annotated[list[str], Header()]):
    return {"q": accept}


def header_numbers(x_n: Annotated[list[int], Header()]):
    return {"q": x_n}


@source
@pytest.mark.parametrize(
    ("function", "headers", "expected"),
    [
        pytest.param(header, [("x-token", "a")], "a", id="lower case"),
        pytest.param(header, [("X-TOKEN", "a")], "a", id="upper case"),
        pytest.param(header, [("x-token", "a, b")], "a, b", id="comma in a scalar"),
        pytest.param(header_name, [("X-Request-Id", "7")], "7", id="underscore"),
        pytest.param(header_as_it_is, [("X_Id", "7")], "7", id="no conversion"),
        pytest.param(header_number, [], 4, id="default"),
        pytest.param(header_list, [("accept", "a, b,c")], ["a", "b", "c"], id="list with blanks"),
        pytest.param(header_numbers, [("x-n", "1, 2")], [1, 2], id="list of numbers"),
        pytest.param(header_list, [("accept", "a"), ("accept", "b")], ["a", "b"], id="repeated"),
    ],
)
def test_headers_are_read_alike_from_every_front_end(source, function, headers, expected):
    """EHO-19: names are compared without case, and parts of a list have no blanks around them."""
    if source == "alb-single" and len(headers) > 1:
        pytest.skip("it sends the last value only")
    assert ask(source, function, headers=headers) == (200, {"q": expected})


@pytest.mark.parametrize("source", LISTED_HEADERS)
def test_a_repeated_header_is_an_error_for_a_scalar(source):
    """EHO-19: which of the values counts is not guessed."""
    status, body = ask(source, header, headers=[("x-token", "a"), ("x-token", "b")])
    assert (status, body["detail"]) == (422, [{"loc": ["header", "x-token"], "type": "string_type"}])


def cookie(session: Annotated[str, Cookie()]):
    return {"q": session}


def cookie_number(n: Annotated[int, Cookie(alias="count")] = 2):
    return {"q": n}


def cookie_list(n: Annotated[list[int], Cookie()]):
    return {"q": n}


@source
@pytest.mark.parametrize(
    ("function", "cookies", "expected"),
    [
        (cookie, "session=a; other=b", "a"),
        (cookie, "session=a=b", "a=b"),
        (cookie_number, "count=5", 5),
        (cookie_number, "", 2),
        (cookie_list, "n=1,2", [1, 2]),
    ],
)
def test_cookies_are_read_alike_from_every_front_end(source, function, cookies, expected):
    """EHO-15: cookies come from the header or the list, whichever the front end sends."""
    assert ask(source, function, cookies=cookies) == (200, {"q": expected})


@source
def test_a_missing_cookie_is_a_422(source):
    """EHO-16: a required cookie is missing even when there are no cookies at all."""
    assert ask(source, cookie)[1]["detail"] == [{"loc": ["cookie", "session"], "type": "missing"}]


class Page(BaseModel):
    limit: int = Field(default=10, le=50)
    sort_by: Sort | None = None
    tags: list[str] = []


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    limit: int = Field(alias="pageSize")
    start: int = Field(default=0, validation_alias=AliasChoices("start", "from"))
    width: int = Field(default=0, validation_alias=AliasPath("size", 0))


class Agent(BaseModel):
    x_request_id: str
    accept: list[str] = []
    model_config = ConfigDict(alias_generator=lambda name: name.upper())


class Session(BaseModel):
    session: str
    count: int = 0


def page(p: Annotated[Page, Query()]):
    return p


def optional_page(p: Annotated[Page | None, Query()] = None):
    return p


def strict(p: Annotated[Strict, Query()]):
    return p


def aliases(p: Annotated[Aliased, Query()]):
    return p.model_dump()


def agent(h: Annotated[Agent, Header()]):
    return h.model_dump()


def session(c: Annotated[Session, Cookie()]):
    return c


@source
@pytest.mark.parametrize(
    ("function", "event", "expected"),
    [
        (page, {}, {"limit": 10, "sort_by": None, "tags": []}),
        (page, {"pairs": [("limit", "5"), ("tags", "a,b")]}, {"limit": 5, "sort_by": None, "tags": ["a", "b"]}),
        (page, {"pairs": [("sort_by", "up"), ("other", "1")]}, {"limit": 10, "sort_by": "up", "tags": []}),
        (optional_page, {}, None),
        (optional_page, {"pairs": [("limit", "5")]}, {"limit": 5, "sort_by": None, "tags": []}),
        (strict, {"pairs": [("limit", "5")]}, {"limit": 5}),
        (aliases, {"pairs": [("pageSize", "5"), ("from", "2"), ("size", "8,9")]}, {"limit": 5, "start": 2, "width": 8}),
        (aliases, {"pairs": [("limit", "5")]}, {"limit": 5, "start": 0, "width": 0}),
        (
            agent,
            {"headers": [("X-Request-ID", "7"), ("accept", "a, b")]},
            {"x_request_id": "7", "accept": ["a", "b"]},
        ),
        (session, {"cookies": "session=a; count=3"}, {"session": "a", "count": 3}),
    ],
)
def test_the_fields_of_a_model_are_parameters(source, function, event, expected):
    """EHO-19: a model as Query(), Header() or Cookie() is read field by field."""
    assert ask(source, function, **event) == (200, expected)


@source
@pytest.mark.parametrize(
    ("function", "event", "detail"),
    [
        (page, {"pairs": [("limit", "51")]}, [(["query", "p", "limit"], "less_than_equal")]),
        (strict, {}, [(["query", "p", "limit"], "missing")]),
        (strict, {"pairs": [("limit", "1"), ("more", "1")]}, [(["query", "p", "more"], "extra_forbidden")]),
        (session, {}, [(["cookie", "c", "session"], "missing")]),
        (agent, {}, [(["header", "h", "X_REQUEST_ID"], "missing")]),
    ],
)
def test_an_error_in_a_model_names_parameter_and_field(source, function, event, detail):
    """EHO-19: the place is location, parameter, field; unknown names are seen by a model that forbids them."""
    status, body = ask(source, function, **event)
    assert (status, [(error["loc"], error["type"]) for error in body["detail"]]) == (422, detail)


def test_a_load_balancer_s_parameters_are_decoded_on_demand():
    """EHO-15: with decode_query_parameters names and values are percent-decoded, after they were split."""
    app = ALBResolver(enable_validation=True, decode_query_parameters=True)

    @app.get("/x")
    def function(name: Annotated[list[str], Query(alias="a b")]):
        return name

    event = alb_single(pairs=[("a%20b", "x%2Cy,z%26")])
    assert json.loads(app.resolve(event, None)["body"]) == ["x,y", "z&"]


@source
def test_a_default_is_never_shared_between_requests(source):
    """EHO-16: what one request does to a default is not seen by the next."""
    resolver, make = SOURCES[source]
    app = resolver(enable_validation=True)

    @app.get("/x")
    def function(q: Annotated[list[int], Query()] = []):  # noqa: B006  # that is what is tested
        q.append(1)
        return q

    assert [json.loads(app.resolve(make(), None)["body"]) for _ in range(2)] == [[1], [1]]


def test_a_default_factory_is_called_for_each_request():
    """EHO-16: a factory makes a new value each time."""
    app = APIGatewayRestResolver(enable_validation=True)
    made = iter(range(9))

    @app.get("/x")
    def function(q: int = Query(default_factory=lambda: next(made))):
        return q

    assert [app.resolve(rest(), None)["body"] for _ in range(2)] == ["0", "1"]


@pytest.mark.parametrize("value", ["inf", "nan"])
def test_allow_inf_nan_works(value):
    """The argument has an effect: what is no finite number is refused."""

    def function(q: Annotated[float, Query(allow_inf_nan=False)]):
        return q

    assert ask("rest", function, pairs=[("q", value)])[1]["detail"] == [
        {"loc": ["query", "q"], "type": "finite_number"}
    ]


@dataclass
class Point:
    x: int


def test_path_parameters_are_converted():
    """EHO-13: a group of the rule is read by its name or alias, and only declared ones are passed."""
    app = APIGatewayRestResolver(enable_validation=True)

    @app.get("/a/<item_id>/<other>/<name>")
    def function(item_id: int, n: Annotated[str, Path(alias="name", max_length=3)], size: int = 1):
        return [item_id, n, size]

    @app.get("/b/<item_id>")
    def with_default(item_id: int = 123):
        return item_id

    def status_and_body(path):
        result = app.resolve({"httpMethod": "GET", "path": path}, None)
        return result["statusCode"], json.loads(result["body"])

    assert status_and_body("/a/7/x/abc") == (200, [7, "abc", 1])
    assert status_and_body("/b/9") == (200, 9)
    status, body = status_and_body("/a/q/x/abcd")
    assert (status, [error["loc"] for error in body["detail"]]) == (422, [["path", "item_id"], ["path", "name"]])


@source
def test_minimal_events_work(source):
    """A request without query, headers and cookies is one like any other."""

    def function(
        a: int = 1,
        b: Annotated[str | None, Header()] = None,
        c: Annotated[str, Cookie()] = "x",
        d: Annotated[Page | None, Query()] = None,
        body: dict[str, Any] | None = None,
    ):
        return [a, b, c, d, body]

    resolver, make = SOURCES[source]
    app = resolver(enable_validation=True)
    app.get("/x")(function)
    kept = {"httpMethod", "path", "rawPath", "raw_path", "method", "requestContext"}
    event = {name: value if name in kept else None for name, value in make().items()}
    for made in (event, {name: value for name, value in event.items() if value is not None}):
        assert json.loads(app.resolve(made, None)["body"]) == [1, None, "x", None, None]
