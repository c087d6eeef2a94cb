from __future__ import annotations

import pytest

from lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response
from lambda_powertools.event_handler.exceptions import BadRequestError

SHOP = "https://shop.example"
REQUIRED = "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key"


def build(config=None, **options):
    app = APIGatewayRestResolver(cors=config)
    app.get("/x", **options)(lambda: Response(200, body="", headers={"Vary": "Accept"}))
    return app


def cors_headers(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control")}


@pytest.mark.parametrize(
    ("config", "origin", "allowed"),
    [
        (CORSConfig(), SHOP, "*"),
        (CORSConfig(SHOP), SHOP, SHOP),
        (CORSConfig(SHOP), "https://evil.example", None),
        (CORSConfig(SHOP, ["https://b.example"]), "https://b.example", "https://b.example"),
        (CORSConfig("*", [SHOP]), SHOP, SHOP),
        (CORSConfig(SHOP, ["*"]), "https://b.example", "*"),
        (CORSConfig(SHOP), None, None),
    ],
)
def test_origin_is_echoed_allowed_or_refused(config, origin, allowed, client_of):
    """EHH-44: a listed origin is echoed, else `*` if that is listed, else there are no CORS headers."""
    answer = client_of(build(config)).get("/x", headers={"oRiGiN": origin} if origin else {})

    assert answer.header("access-control-allow-origin") == allowed
    assert bool(cors_headers(answer)) is bool(allowed)


def test_headers_say_what_the_configuration_does(client_of):
    """EHH-45: sorted allowed headers, exposed headers, age and credentials."""
    config = CORSConfig(
        SHOP, allow_headers=["X-Mine"], expose_headers=["X-B", "X-A"], max_age=0, allow_credentials=True
    )

    assert cors_headers(client_of(build(config)).get("/x", headers={"Origin": SHOP})) == {
        "access-control-allow-origin": SHOP,
        "access-control-allow-headers": f"{REQUIRED},X-Mine",
        "access-control-expose-headers": "X-B,X-A",
        "access-control-max-age": "0",
        "access-control-allow-credentials": "true",
    }


def test_credentials_never_go_with_any_origin(client_of):
    """EHH-45: a browser would refuse them with `*`."""
    answer = client_of(build(CORSConfig(allow_credentials=True))).get("/x", headers={"Origin": SHOP})

    assert answer.header("access-control-allow-credentials") is None


@pytest.mark.parametrize(("config", "vary"), [(CORSConfig(), "Accept"), (CORSConfig(SHOP), "Accept, Origin")])
@pytest.mark.parametrize("origin", [SHOP, "https://evil.example", None])
def test_caches_are_told_that_the_answer_depends_on_the_origin(config, vary, origin, client_of):
    """EHH-46: `Vary` names Origin beside what it named already, unless every origin has the same answer."""
    answer = client_of(build(config)).get("/x", headers={"Origin": origin} if origin else {})

    assert answer.header("vary") == vary


@pytest.mark.parametrize(
    ("config", "option", "present"),
    [(None, None, False), (None, True, True), (CORSConfig(), None, True), (CORSConfig(), False, False)],
)
def test_route_decides_over_the_app(config, option, present, client_of):
    """EHH-43: the route's option wins; True without a configuration is the default one."""
    answer = client_of(build(config, cors=option)).get("/x", headers={"Origin": SHOP})

    assert bool(cors_headers(answer)) is present


def test_headers_of_the_function_are_overwritten(client_of):
    """EHH-45: there is one value for each CORS header."""
    app = APIGatewayRestResolver(cors=CORSConfig())
    app.get("/x")(lambda: Response(200, body="", headers={"access-control-allow-ORIGIN": "null"}))

    answer = client_of(app).get("/x", headers={"Origin": SHOP})

    assert answer.raw["multiValueHeaders"]["access-control-allow-ORIGIN"] == ["*"]
    assert "Access-Control-Allow-Origin" not in answer.raw["multiValueHeaders"]


def test_errors_have_cors_headers_as_well(client_of):
    """EHH-43: 404, 405 and raised errors can be read by scripts."""
    app = APIGatewayRestResolver(cors=CORSConfig())

    @app.get("/bad")
    def bad():
        raise BadRequestError("no")

    client = client_of(app)
    for method, path, status in [("GET", "/none", 404), ("POST", "/bad", 405), ("GET", "/bad", 400)]:
        answer = client(method, path, headers={"Origin": SHOP})
        assert (answer.status, answer.header("access-control-allow-origin")) == (status, "*")


def test_preflight_names_all_methods_of_the_app(client_of):
    """EHH-42: 204 without content type, the methods of all routes with CORS, also for origins not allowed."""
    app = build(CORSConfig(SHOP))
    app.post("/y")(lambda: None)
    app.delete("/z", cors=False)(lambda: None)

    for origin in (SHOP, "https://evil.example"):
        answer = client_of(app)("OPTIONS", "/anything", headers={"Origin": origin})
        assert (answer.status, answer.body, answer.header("content-type")) == (204, "", None)
        assert answer.header("access-control-allow-methods") == "GET,OPTIONS,POST"
        assert answer.header("access-control-allow-origin") == (SHOP if origin == SHOP else None)


def test_route_for_options_is_used_instead_of_the_preflight(client_of):
    """EHH-42: a registered OPTIONS route answers by itself."""
    app = build(CORSConfig())
    app.route("/x", "OPTIONS")(lambda: "mine")

    assert client_of(app)("OPTIONS", "/x").body == "mine"


def test_configuration_can_be_read():
    """Users read the sets and lists of a configuration."""
    config = CORSConfig(allow_headers=["X-Mine"], max_age=5)

    assert config.allow_headers == {*CORSConfig._REQUIRED_HEADERS, "X-Mine"}
    assert (config.expose_headers, config.max_age, config.allow_credentials) == ([], 5, False)
    assert CORSConfig.build_allow_methods({"POST", "GET"}) == "GET,POST"
    assert config.allowed_origin(SHOP) == "*"
