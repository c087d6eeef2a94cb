from __future__ import annotations

import pytest

from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, CORSConfig


def handler_of(app, rule, method="GET"):
    def function(**values):
        """Never called."""

    function.__name__ = f"{method.lower()}_{rule.strip('/').split('/')[0].strip('<>.+')}"
    app.route(rule, method)(function)


@pytest.fixture
def shop():
    """An app with rules of all kinds."""
    app = APIGatewayHttpResolver(strip_prefixes=["/pay"])
    for rule in ("/users/me", "/users/<id>", "/<kind>/<id>", "/items/[0-9]+", "/files/.+", ".+"):
        handler_of(app, rule)
    handler_of(app, "/orders", "POST")
    return app


@pytest.mark.parametrize(
    ("method", "path", "text"),
    [
        (
            "GET",
            "/users/me",
            "GET /users/me -> get_users: rule '/users/me' (literal); comes before '/users/<id>', '/<kind>/<id>', '.+'",
        ),
        ("GET", "/a/b/c", "GET /a/b/c -> get_: rule '.+' (catch-all)"),
        ("get", "/pay/items/7", "GET /pay/items/7 -> get_items: rule '/items/[0-9]+' (expression); comes before"),
        ("HEAD", "/users/7", "get_users: rule '/users/<id>' (dynamic), id='7' as GET answers HEAD"),
        ("PUT", "/orders", "PUT /orders -> 405: the path has routes for GET, POST only"),
        ("OPTIONS", "/orders", "OPTIONS /orders -> 204: the path has routes for GET, POST"),
    ],
)
def test_explanation_says_which_route_and_why(shop, method, path, text):
    """A line names the function, the rule, its class, its values and what it comes before, or why there is none."""
    explanation = shop.explain(method, path)

    assert text in str(explanation)
    assert str(explanation) in repr(explanation)


def test_explanation_can_be_read_by_code(shop):
    """Its parts are attributes."""
    found = shop.explain("GET", "/pay/users/7")

    assert (found.method, found.path, found.matched_path) == ("GET", "/pay/users/7", "/users/7")
    assert (found.route.path, found.path_parameters, found.status_code) == ("/users/<id>", {"id": "7"}, None)
    assert [route.path for route in found.shadowed] == ["/<kind>/<id>", ".+"]
    assert found.allowed == ("GET",)


@pytest.mark.parametrize(
    ("rules", "path", "reason"),
    [
        ([], "/x", "404: the app has no routes"),
        (
            ["/orders"],
            "/orders/",
            "404: no rule matches, though '/orders' would: slashes at the end of a path count here",
        ),
        (["/orders/"], "/orders", "404: no rule matches, though '/orders/' would"),
        (["/orders"], "/order", "404: no rule matches; the closest is '/orders'"),
        (["/orders"], "/zzz", "404: no rule matches"),
    ],
)
def test_explanation_of_a_404_names_what_was_probably_meant(rules, path, reason):
    """A slash too many or a typo is pointed out."""
    app = APIGatewayHttpResolver()
    for rule in rules:
        handler_of(app, rule)

    found = app.explain("GET", path)

    assert found.reason.startswith(reason)
    assert (found.route, found.status_code) == (None, 404)


def test_explanation_agrees_with_what_happens():
    """The status it names is the status of the answer."""
    app = APIGatewayRestResolver(cors=CORSConfig())
    app.get("/x")(lambda: None)

    for method, path in [("POST", "/x"), ("GET", "/y"), ("OPTIONS", "/y"), ("OPTIONS", "/x")]:
        result = app.resolve({"path": path, "httpMethod": method}, None)
        assert app.explain(method, path).status_code == result["statusCode"]
