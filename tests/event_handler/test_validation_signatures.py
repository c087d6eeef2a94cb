from __future__ import annotations

import functools
import gc
import json
import weakref
from typing import TYPE_CHECKING, Annotated, Any, NewType

import pytest
from pydantic import BaseModel, Field

from lambda_powertools.event_handler import APIGatewayRestResolver, Depends, Request, Response
from lambda_powertools.event_handler.openapi.exceptions import HandlerSignatureError
from lambda_powertools.event_handler.openapi.params import Body, Cookie, File, Form, Header, Path, Query
from lambda_powertools.openapi.kinds import is_complex

if TYPE_CHECKING:
    from decimal import Decimal as OnlyForTypeCheckers


def send(app, path="/x", **event):
    result = app.resolve({"httpMethod": "GET", "path": path, **event}, None)
    return result["statusCode"], json.loads(result["body"])


def register(function, rule="/x"):
    app = APIGatewayRestResolver(enable_validation=True)
    app.get(rule)(function)
    return app


def default_in_marker(x: Annotated[int, Query(default=3)]): ...
def marker_twice(x: Annotated[int, Query()] = Query(3)): ...
def two_markers(x: Annotated[int, Query(), Header()]): ...
def three_infos(x: Annotated[int, Field(gt=1), Field(lt=2), Query()]): ...
def wrong_marker(name: Annotated[str, Query()]): ...
def complex_path(name: list[int]): ...
def path_with_default(name: Annotated[int, Path()] = 3): ...
def no_such_group(x: Annotated[int, Path()]): ...


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (default_in_marker, "write it after the '='"),
        (marker_twice, "a marker in Annotated and another one as its default"),
        (two_markers, "more than one marker"),
        (three_infos, "more than one marker"),
        (wrong_marker, "it cannot be Query()"),
        (complex_path, "cannot become list[int]"),
        (path_with_default, "takes no default"),
        (no_such_group, "needs <x> in the rule"),
    ],
)
@pytest.mark.parametrize("kind", [AssertionError, TypeError, ValueError])
def test_a_parameter_that_cannot_work_is_an_error_at_registration(function, text, kind):
    """EHO-3: the error names function and parameter, before any request."""
    with pytest.raises(kind) as raised:
        register(function, "/<name>")
    assert text in str(raised.value)
    assert f"{function.__name__}()" in str(raised.value)


def test_a_default_of_path_is_refused():
    """A path without the value does not match, so the default would never be used."""
    with pytest.raises(AssertionError, match="takes no default"):
        Path(3)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (int, False),
        (str, False),
        (bytes, False),
        (Any, False),
        (NewType("Id", int), False),
        (int | None, False),
        (list, True),
        (list[int], True),
        (set[int], True),
        (tuple[int, ...], True),
        (dict[str, int], True),
        (int | list[int], True),
        (Annotated[list[int], "x"], True),
        (NewType("Ids", list[int]), True),
    ],
)
def test_complex_types_are_those_that_come_from_the_body(annotation, expected):
    """EHO-2: what holds several values is complex, text and numbers are not."""
    assert is_complex(annotation) is expected


def user():
    return "ada"


PageSize = Annotated[int, Query(ge=1, alias="page-size")]


def test_a_marker_may_be_shared():
    """A marker used by several parameters is changed by none of them."""

    def first(size: PageSize = 5):
        return size

    def second(other: PageSize):
        return other

    app = register(first)
    app.get("/y")(second)
    assert send(app) == (200, 5)
    assert send(app, "/y", queryStringParameters={"page-size": "7"}) == (200, 7)
    assert send(app, "/y")[0] == 422


def test_star_arguments_are_no_parameters():
    """EHO-5: *args and **kwargs take nothing from the request."""

    def function(a: int = 1, *args: int, **kwargs: int):
        return [a, list(args), kwargs]

    assert send(register(function), queryStringParameters={"args": "1", "kwargs": "2"}) == (200, [1, [], {}])


def test_local_models_work_with_textual_annotations():
    """EHO-7: this module's annotations are texts, and the model is known to the function that registers only."""

    class Local(BaseModel):
        n: int

    def function(local: Local) -> Local:
        return local

    assert send(register(function), body='{"n": 1}') == (200, {"n": 1})


def test_names_of_the_closure_are_known():
    """EHO-7: a name that the function's body uses is taken from its closure."""

    def make():
        class Local(BaseModel):
            n: int

        def function(local: Local):
            return [local.n, Local.__name__]

        return function

    assert send(register(make()), body='{"n": 1}') == (200, [1, "Local"])


def test_a_name_for_type_checkers_only_is_an_error_that_names_it():
    """EHO-7: the error says what is missing and what to do, at the first use at the latest."""

    def function(n: OnlyForTypeCheckers):
        return n

    app = register(function)
    with pytest.raises(
        HandlerSignatureError, match=r"names 'OnlyForTypeCheckers', which does not exist .*TYPE_CHECKING"
    ):
        send(app)


def uses_later(later: Later):
    return later


LATE_APP = register(uses_later)


class Later(BaseModel):
    n: int


def test_a_model_may_be_defined_below_the_function():
    """EHO-7: an annotation is looked at again when the route is used first."""
    assert send(LATE_APP, body='{"n": 2}') == (200, {"n": 2})


def test_the_signature_of_the_decorated_function_counts():
    """EHO-7: decorators that keep __wrapped__, partials and callable objects are seen through."""

    def traced(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return wrapper

    @traced
    def function(q: int):
        return q

    class Callable:
        def __call__(self, q: int):
            return q

    def with_more(unit: str, q: int):
        return q

    for candidate in (function, Callable(), functools.partial(with_more, "x")):
        assert send(register(candidate), queryStringParameters={"q": "3"}) == (200, 3)


def test_injected_parameters_are_not_read_from_the_request():
    """EHO-1: a request and dependencies are no parameters."""

    def function(request: Request, who: Annotated[str, Depends(user)], maybe: Request | None = None, n: int = 1):
        return [request.method, who, maybe is request, n]

    assert send(register(function)) == (200, ["GET", "ada", True, 1])


def test_an_unknown_argument_of_a_marker_is_warned_of():
    """It is accepted and becomes an extra of the schema, but is usually a typing error."""
    with pytest.warns(UserWarning, match=r"Query\(\) has no argument 'min_lenght': did you mean 'min_length'"):
        marker = Query(min_lenght=3)
    assert marker.json_schema_extra == {"min_lenght": 3}


def test_dictionaries_given_to_markers_are_not_changed():
    """What a user passes stays as it is."""
    extra = {"x-a": 1}
    File(json_schema_extra=extra)
    with pytest.warns(UserWarning, match="has no argument 'unknown'"):
        Header(json_schema_extra=extra, unknown=1)
    assert extra == {"x-a": 1}


@pytest.mark.parametrize(
    ("marker", "attributes"),
    [
        (Query(alias="a"), {"alias": "a", "validation_alias": "a"}),
        (Query(validation_alias="a"), {"alias": "a", "validation_alias": "a"}),
        (Header(alias="X-A"), {"alias": "x-a", "convert_underscores": True}),
        (Body(), {"embed": False, "media_type": "application/json"}),
        (Form(), {"embed": True, "media_type": "application/x-www-form-urlencoded"}),
        (File(), {"embed": True, "media_type": "multipart/form-data"}),
        (Cookie(title="T", description="D"), {"title": "T", "description": "D", "include_in_schema": True}),
    ],
)
def test_markers_have_their_attributes(marker, attributes):
    """Aliases mirror each other, and each marker has its own data."""
    assert {name: getattr(marker, name) for name in attributes} == attributes


def test_validation_is_chosen_for_a_route():
    """EHO-10: a route's own choice wins; without validation nothing but groups of the path is passed."""
    app = APIGatewayRestResolver()

    @app.get("/on", enable_validation=True)
    def on(n: int = 1):
        return n

    @app.get("/off/<n>")
    def off(n: int):
        return [n]

    assert send(app, "/on", queryStringParameters={"n": "x"})[0] == 422
    assert send(app, "/off/3") == (200, ["3"])


def test_validation_runs_before_the_middlewares():
    """EHO-11: a request that does not fit reaches no middleware."""
    app = APIGatewayRestResolver(enable_validation=True)
    seen = []

    def middleware(app, next_middleware):
        seen.append(app.context["_route"].path)
        return next_middleware(app)

    app.use([middleware])

    @app.get("/x")
    def function(n: int):
        return n

    assert (send(app)[0], seen) == (422, [])
    assert (send(app, queryStringParameters={"n": "1"}), seen) == ((200, 1), ["/x"])


def test_apps_and_their_routes_can_be_forgotten():
    """What was found out about a route does not keep it alive."""

    def make():
        class Local(BaseModel):
            n: int

        def function(local: Local) -> Response[Local]:
            return Response(200, "application/json", local)

        app = register(function)
        assert send(app, body='{"n": 1}') == (200, {"n": 1})
        app.get_openapi_json_schema()
        return weakref.ref(app)

    reference = make()
    gc.collect()
    assert reference() is None
