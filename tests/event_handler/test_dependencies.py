import asyncio
from typing import TYPE_CHECKING, Annotated, Optional

import pytest

from lambda_powertools.event_handler import (
    APIGatewayRestResolver,
    DependencyResolutionError,
    Depends,
    Request,
    Response,
)
from lambda_powertools.event_handler.exceptions import BadRequestError, ServiceError

if TYPE_CHECKING:
    from collections import OrderedDict


def unit():
    return "EUR"


Unit = Annotated[str, Depends(unit)]


def resource(name, log):
    def make():
        log.append(f"+{name}")
        try:
            yield name
        except BaseException as error:
            log.append(f"!{name} {type(error).__name__}")
            raise
        finally:
            log.append(f"-{name}")

    return make


def async_resource(name, log):
    async def make():
        log.append(f"+{name}")
        try:
            yield name
        except BaseException as error:
            log.append(f"!{name} {type(error).__name__}")
            raise
        finally:
            await asyncio.sleep(0)
            log.append(f"-{name}")

    return make


def depends_on(function, log=None):
    return Annotated[str, Depends(function)]


@pytest.mark.parametrize("annotation", [Unit, Optional[Unit], "Unit", "Unit | None"])  # noqa: UP045  # both spellings count
def test_function_is_given_its_dependency(app, client, annotation):
    """EHH-75: by annotation, optional or not, as a text or not."""

    def price(unit):
        return {"unit": unit}

    price.__annotations__ = {"unit": annotation}
    app.get("/price")(price)

    assert client.get("/price").json == {"unit": "EUR"}


def test_dependencies_run_in_depth_from_left_to_right_once_each(app, client):
    """EHH-76: each callable runs once for a request over the whole tree, and again for the next request."""
    log = []

    def named(name, *needs):
        def dependency(**given):
            log.append(name)
            return name

        dependency.__annotations__ = {}
        return dependency

    leaf = named("leaf")

    def left(value: Annotated[str, Depends(leaf)]):
        log.append("left")
        return value

    def right(value: Annotated[str, Depends(leaf)], fresh: Annotated[str, Depends(leaf, use_cache=False)]):
        log.append("right")
        return value

    def function(a: Annotated[str, Depends(left)], b: Annotated[str, Depends(right)]):
        return a + b

    app.get("/x")(function)

    assert [client.get("/x").body, client.get("/x").body] == ["leafleaf"] * 2
    assert log == ["leaf", "left", "leaf", "right"] * 2


def test_dependency_may_ask_for_the_request(app, client):
    """EHH-73: under any name, at any depth."""

    def tenant(asked: Request):
        return asked.headers["x-tenant"]

    @app.get("/x")
    def x(tenant: Annotated[str, Depends(tenant)], req: Request | None, again: Request):
        return {"tenant": tenant, "same": req is again}

    assert client.get("/x", headers={"X-Tenant": "acme"}).json == {"tenant": "acme", "same": True}


def test_classes_and_objects_can_be_dependencies(app, client):
    """Anything that can be called: a class, an object, a bound method."""

    class Repository:
        def __init__(self, unit: Unit) -> None:
            self.unit = unit

        def __call__(self):
            return "called"

        def method(self):
            return "method"

    made = Repository("USD")

    @app.get("/x")
    def x(
        repository: Annotated[Repository, Depends(Repository)],
        called: Annotated[str, Depends(made)],
        bound: Annotated[str, Depends(made.method)],
    ):
        return [repository.unit, called, bound]

    assert client.get("/x").json == ["EUR", "called", "method"]


def test_overrides_count_at_every_depth_with_their_own_signature(app, client):
    """EHH-77: what stands in is called with what it asks for itself."""

    def secret(unit: Unit):
        return f"secret {unit}"

    def service(secret: Annotated[str, Depends(secret)]):
        return f"service {secret}"

    app.get("/x")(lambda: None)

    @app.get("/y")
    def y(service: Annotated[str, Depends(service)]):
        return service

    app.dependency_overrides[secret] = lambda: "fake"
    assert client.get("/y").body == "service fake"

    def with_needs(request: Request):
        return request.route

    app.dependency_overrides[secret] = with_needs
    assert client.get("/y").body == "service /y"
    app.dependency_overrides.clear()
    assert client.get("/y").body == "service secret EUR"


@pytest.mark.parametrize(
    ("error", "status"), [(BadRequestError("no"), 400), (ServiceError(402, "pay"), 402), (ValueError("own"), 418)]
)
def test_failure_of_a_dependency_is_answered_by_its_cause(app, client, error, status):
    """EHH-78: what it failed with is looked up first, however deep it was."""

    def failing():
        raise error

    def outer(value: Annotated[str, Depends(failing)]):
        return value

    app.exception_handler(ValueError)(lambda _: ("mine", 418))

    @app.get("/x")
    def x(value: Annotated[str, Depends(outer)]):
        return value

    assert client.get("/x").status == status


def test_failure_of_a_dependency_names_it(app, client):
    """EHH-78: unanswered it is a DependencyResolutionError that names both sides, with the cause and nothing secret."""

    def failing():
        raise LookupError("password=hunter2")

    @app.get("/x")
    def price(value: Annotated[str, Depends(failing)]):
        return value

    with pytest.raises(DependencyResolutionError, match="failing for parameter value of price.*LookupError") as caught:
        client.get("/x")
    assert isinstance(caught.value.__cause__, LookupError)
    assert "hunter2" not in str(caught.value)

    app.exception_handler(DependencyResolutionError)(lambda error: str(type(error.__cause__).__name__))
    assert client.get("/x").body == "LookupError"


def test_declarations_that_cannot_work_are_refused_at_registration(app):
    """EHH-75, EHH-80, EHH-81: default values, things that cannot be called, plain parameters, circles."""
    with pytest.raises(DependencyResolutionError, match="to call, not int"):
        Depends(7)
    with pytest.raises(DependencyResolutionError, match="default value"):

        @app.get("/a")
        def a(value=Depends(unit)):  # noqa: B008  # the mistake
            """Never called."""

    def hungry(name: str, age=1):
        """Never called."""

    with pytest.raises(DependencyResolutionError, match="hungry of b has parameters that nothing supplies: name"):

        @app.get("/b")
        def b(value: Annotated[str, Depends(hungry)]):
            """Never called."""

    def first(value):
        """Never called."""

    first.__annotations__ = {"value": Annotated[str, Depends(first)]}
    with pytest.raises(DependencyResolutionError, match="circle: first -> first"):
        app.get("/c")(first)


def test_annotation_that_is_not_there_at_run_time_is_named(app, client):
    """EHH-81: a dependency whose annotation cannot be evaluated is an error, another annotation is left alone."""

    def function(value: "Annotated[OrderedDict, Depends(unit)]"):
        return value

    def harmless(value: "OrderedDict | None" = None, unit: Unit = ""):
        return unit

    app.get("/x")(function)
    app.get("/y")(harmless)

    with pytest.raises(DependencyResolutionError, match="parameter value of function cannot be evaluated"):
        client.get("/x")
    assert client.get("/y").body == "EUR"


def test_dependency_defined_after_its_function_is_found(app, client):
    """An annotation that cannot be evaluated at registration is evaluated at the first request."""

    def function(value: 'Annotated[str, Depends(LATER["later"])]'):
        return value

    app.get("/x")(function)
    LATER["later"] = lambda: "found"

    assert client.get("/x").body == "found"


LATER: dict = {}


@pytest.mark.parametrize("make", [resource, async_resource])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_generators_are_torn_down_the_last_first(app, client, make, asynchronous):
    """What stands behind the yield runs when the function is done, in the reverse order, before middlewares go on."""
    log = []

    def middleware(app, next_middleware):
        response = next_middleware(app)
        log.append("middleware")
        return response

    @app.get("/x", middlewares=[middleware])
    def x(a: depends_on(make("a", log)), b: depends_on(make("b", log))):
        log.append("function")
        return a + b

    answer = asyncio.run(client.wait("GET", "/x")) if asynchronous else client.get("/x")

    assert answer.body == "ab"
    assert log == ["+a", "+b", "function", "-b", "-a", "middleware"]


@pytest.mark.parametrize("make", [resource, async_resource])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_exception_is_thrown_into_generators(app, client, make, asynchronous):
    """Each sees the exception of the function at its yield, and it goes on outwards."""
    log = []

    @app.get("/x")
    def x(a: depends_on(make("a", log)), b: depends_on(make("b", log))):
        raise BadRequestError("no")

    answer = asyncio.run(client.wait("GET", "/x")) if asynchronous else client.get("/x")

    assert answer.status == 400
    assert log == ["+a", "+b", "!b BadRequestError", "-b", "!a BadRequestError", "-a"]


def test_generators_are_torn_down_when_a_later_dependency_fails(app, client):
    """What was made is torn down, also when the function never ran."""
    log = []

    def failing():
        raise BadRequestError("no")

    @app.get("/x")
    def x(a: depends_on(resource("a", log)), b: Annotated[str, Depends(failing)]):
        """Never called."""

    assert client.get("/x").status == 400
    assert log == ["+a", "!a DependencyResolutionError", "-a"]


def test_exception_that_ends_the_process_is_thrown_in_as_well(app, client):
    """KeyboardInterrupt and the like tear down, too."""
    log = []

    @app.get("/x")
    def x(a: depends_on(resource("a", log))):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client.get("/x")
    assert log == ["+a", "!a KeyboardInterrupt", "-a"]


def test_generator_cannot_make_an_error_undone(app, client):
    """One that swallows the exception does not turn the failure into a success, which would have no result."""

    def swallowing():
        try:
            yield 1
        except ValueError:
            return

    @app.get("/x")
    def x(a: Annotated[int, Depends(swallowing)]):
        raise ValueError("still here")

    with pytest.raises(ValueError, match="still here"):
        client.get("/x")


def test_generator_may_raise_another_error(app, client):
    """One that translates the exception decides what goes on, and the others see that; all are torn down."""
    log = []

    def translating():
        try:
            yield 1
        except ValueError:
            raise BadRequestError("translated") from None

    @app.get("/x")
    def x(a: depends_on(resource("a", log)), b: Annotated[int, Depends(translating)]):
        raise ValueError

    assert client.get("/x").json["message"] == "translated"
    assert log == ["+a", "!a BadRequestError", "-a"]


def test_failing_teardown_is_the_request_s_error(app, client):
    """An error behind the yield is not lost, and the other generators are torn down with it."""
    log = []

    def failing():
        yield 1
        raise ServiceError(503, "cannot commit")

    @app.get("/x")
    def x(a: depends_on(resource("a", log)), b: Annotated[int, Depends(failing)]):
        return "fine"

    assert client.get("/x").status == 503
    assert log == ["+a", "!a ServiceError", "-a"]


def never():
    return
    yield


def twice():
    yield 1
    yield 2


@pytest.mark.parametrize("generator", [never, twice])
def test_generator_has_to_yield_once(app, client, generator):
    """None or two values is an error that names the generator."""

    @app.get("/x")
    def x(a: Annotated[int, Depends(generator)]):
        return "fine"

    with pytest.raises(DependencyResolutionError, match=f"{generator.__name__}"):
        client.get("/x")


def test_dependency_of_a_middleware_lives_as_long_as_that(app, client):
    """What a middleware asked for is shared with the function and torn down when the middleware is done."""
    log = []
    make = resource("a", log)

    def middleware(app, next_middleware, a: depends_on(make)):
        response = next_middleware(app)
        log.append("middleware")
        return response

    @app.get("/x", middlewares=[middleware])
    def x(a: depends_on(make)):
        log.append("function")
        return a

    assert client.get("/x").body == "a"
    assert log == ["+a", "function", "middleware", "-a"]


def test_middleware_that_goes_on_twice_gets_fresh_generators(app, client):
    """A value that was torn down is not used again."""
    log = []

    def retrying(app, next_middleware):
        next_middleware(app)
        return next_middleware(app)

    @app.get("/x", middlewares=[retrying])
    def x(a: depends_on(resource("a", log))):
        return a

    client.get("/x")

    assert log == ["+a", "-a", "+a", "-a"]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_coroutine_functions_can_be_dependencies(app, client, asynchronous):
    """EHH-82: they are awaited, also under `resolve`."""

    async def fetch():
        await asyncio.sleep(0)
        return "fetched"

    @app.get("/x")
    def x(value: Annotated[str, Depends(fetch)]):
        return value

    answer = asyncio.run(client.wait("GET", "/x")) if asynchronous else client.get("/x")

    assert answer.body == "fetched"


def test_request_shows_the_route_and_the_event(app, client):
    """EHH-71: a read-only view with template, parameters, method, headers, query, body and context."""

    @app.post("/users/<user_id>")
    def user(user_id, request: Request):
        request.context["seen"] = True
        assert request is app.request
        assert request.resolved_event is app.current_event
        return {
            "route": request.route,
            "path": request.path_parameters,
            "method": request.method,
            "header": request.headers["x-one"],
            "query": request.query_parameters,
            "body": [request.body, request.json_body],
            "seen": app.context["seen"],
        }

    assert client("POST", "/users/7", headers={"X-One": "1"}, query={"a": "b"}, body="[1]").json == {
        "route": "/users/{user_id}",
        "path": {"user_id": "7"},
        "method": "POST",
        "header": "1",
        "query": {"a": "b"},
        "body": ["[1]", [1]],
        "seen": True,
    }


def test_request_exists_during_a_request_only(app, client):
    """EHH-72: outside it is a RuntimeError that says so."""
    with pytest.raises(RuntimeError, match="after route resolution"):
        _ = app.request
    view = Request("/x", {"a": "1"}, None)
    assert (view.route, view.path_parameters, view.context) == ("/x", {"a": "1"}, {})


def test_responses_of_functions_with_dependencies_are_taken_alike(app, client):
    """Tuples and responses work as without dependencies."""

    @app.get("/x")
    def x(unit: Unit):
        return Response(201, "text/plain", unit)

    @app.get("/y")
    def y(unit: Unit):
        return {"unit": unit}, 202

    assert (client.get("/x").status, client.get("/y").status) == (201, 202)
    assert APIGatewayRestResolver().dependency_overrides == {}


def test_local_names_may_stand_in_annotations_that_are_text():
    """What a function around names is found, also when the inner function's body does not use it."""

    def build(names=()):
        def unit():
            return "EUR"

        def price(unit: "Annotated[str, Depends(unit)]"):
            return f"7 {unit}"

        def trace(app, next_middleware, unit: "Annotated[str, Depends(unit)]"):
            response = next_middleware(app)
            response.headers["X-Unit"] = unit
            return response

        def outermost(app, next_middleware, price: "Annotated[str, Depends(price)]"):
            names.append(price)
            return next_middleware(app)

        app = APIGatewayRestResolver()
        app.use([outermost])

        @app.get("/x", middlewares=[trace])
        def function(value: "Annotated[str, Depends(price)]"):
            return value

        @app.get("/y")
        def closing(value: "Annotated[str, Depends(price)]"):
            return f"{value} {price('USD')}"

        return app

    seen = []
    app = build(seen)

    answer = app.resolve({"httpMethod": "GET", "path": "/x"}, None)
    assert (answer["body"], answer["multiValueHeaders"]["X-Unit"]) == ("7 EUR", ["EUR"])
    assert app.resolve({"httpMethod": "GET", "path": "/y"}, None)["body"] == "7 EUR 7 USD"
    assert seen == ["7 EUR", "7 EUR"]
