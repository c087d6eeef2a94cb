from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver
from lambda_powertools.event_handler.exceptions import InvalidRouteError, RouteConflictError

VALUE = r"[-._~()'!*:@,;=+&$%<> \[\]{}|^\w]+"


def build(rules, resolver=APIGatewayHttpResolver):
    app = resolver()
    for rule in rules:
        app.get(rule)(lambda **values: values)
    return app


def route_of(app, path, method="GET"):
    explanation = app.explain(method, path)
    return (explanation.route.path, explanation.path_parameters) if explanation.route else None


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("/x", "/x", {}),
        ("/x", "/x/", None),
        ("/x", "/X", None),
        ("/users/<id>", "/users/7", {"id": "7"}),
        ("/users/<id>", "/users/", None),
        ("/users/<id>", "/users/a/b", None),
        ("/users/<id>/posts/<post>", "/users/1/posts/2", {"id": "1", "post": "2"}),
        ("/<a-b>", "/<a-b>", {}),
        ("/<a-b>", "/x", None),
        ("/{name}", "/{name}", {}),
        ("/{name}", "/x", None),
        ("/a.b", "/a.b", {}),
        ("/a.b", "/axb", {}),
        ("/a.b", "/a/b", {}),
        ("/a.b", "/ab", None),
        (r"/a\.b", "/a.b", {}),
        (r"/a\.b", "/axb", None),
        ("/v1.0/<id>", "/v1.0/7", {"id": "7"}),
        ("/v1.0/<id>", "/v1/0/7", {"id": "7"}),
        ("/v1.0/<id>.json", "/v1.0/a.b.json", {"id": "a.b"}),
        ("/<a>.<b>", "/x.y.z", {"a": "x.y", "b": "z"}),
        ("/<a>.<b>", "/x/yz", {"a": "x", "b": "yz"}),
        ("/<name>-<version>", "/a-b-c", {"name": "a-b", "version": "c"}),
        ("/<a><b>", "/xyz", {"a": "xy", "b": "z"}),
        ("/<a><b>", "/x", None),
        ("/pre<a>post", "/preXpost", {"a": "X"}),
        ("/pre<a>post", "/prepost", None),
        ("/items/[0-9]+", "/items/12", {}),
        ("/items/[0-9]+", "/items/x", None),
        ("/items/[0-9]+/<name>", "/items/12/a", {"name": "a"}),
        (".+", "/any/thing", {}),
        ("/files/.*", "/files/", {}),
        ("/(a|b)/x", "/b/x", {}),
        ("a|b", "ab", None),
    ],
)
def test_rule_matches_the_whole_path(rule, path, expected):
    """EHH-10: a rule is an expression anchored at both ends, and `<name>` a part of one segment."""
    found = route_of(build([rule]), path)

    assert (found and found[1]) == expected


@pytest.mark.parametrize("character", "é漢_-.~()'!*:@,;=+&$%<> []{}|^7")
def test_dynamic_part_holds_what_a_path_segment_may(character):
    """EHH-11: word characters of any script and the listed punctuation are values."""
    assert route_of(build(["/<id>"]), f"/{character}") == ("/<id>", {"id": character})


@pytest.mark.parametrize("character", '/?#"\\`\t\n\x00\x7f')
def test_dynamic_part_holds_nothing_else(character):
    """EHH-11: slashes, quotes, backslashes and control characters are none."""
    assert route_of(build(["/<id>"]), f"/a{character}") is None


@pytest.mark.parametrize(
    ("rule", "path", "matches"),
    [
        ("/x/", "/x", True),
        ("/x", "/x///", True),
        ("/", "", True),
        ("/", "//", True),
        ("/users/<id>/", "/users/7//", True),
        ("/x/.", "/x//", True),
        ("/items/[0-9]+", "/items/7/", True),
        (".+", "/", True),
        ("/x", "//x", False),
    ],
)
def test_rest_api_ignores_slashes_at_the_end(rule, path, matches):
    """EHH-12: behind a REST API slashes at the end of rules and paths mean nothing."""
    assert (route_of(build([rule], APIGatewayRestResolver), path) is not None) is matches


@pytest.mark.parametrize(
    ("rules", "path", "winner"),
    [
        (["/users/<id>", "/users/me"], "/users/me", "/users/me"),
        ([".+", "/users/<id>"], "/users/7", "/users/<id>"),
        ([".+", "/users/[0-9]+"], "/users/7", "/users/[0-9]+"),
        (["/users/<id>", "/users/[0-9]+"], "/users/7", "/users/[0-9]+"),
        (["/<a>/x", "/y/<b>"], "/y/x", "/<a>/x"),
        (["/y/<b>", "/<a>/x"], "/y/x", "/y/<b>"),
        (["/<a>-<b>", "/<c>"], "/x-y", "/<a>-<b>"),
        (["/<c>", "/<a>-<b>"], "/x-y", "/<c>"),
        (["/v.1/<id>", "/<a>/<b>"], "/v.1/x", "/v.1/<id>"),
        (["/<a>/<b>", "/v.1/<id>"], "/v.1/x", "/<a>/<b>"),
        (["/a.*", ".+"], "/ab", "/a.*"),
        (["/a.b", "/a.c", "/axb"], "/axb", "/axb"),
        (["/a.*", "/(a)(b)"], "/ab", "/(a)(b)"),
    ],
)
def test_most_explicit_rule_wins_then_the_first(rules, path, winner):
    """EHH-15: literal, then expression, then dynamic, then catch-all; within each the first registered."""
    assert route_of(build(rules), path)[0] == winner


@pytest.mark.parametrize("rule", ["/<id>/<id>", "/(", "/[a", "/<id>(?P<id>x)", "/<1a>", "*", "/[0-9]+/<a>/<a>"])
def test_rule_that_cannot_be_matched_is_refused(rule):
    """EHH-17: two groups of one name, or an invalid expression, is a ValueError that names the rule."""
    with pytest.raises(ValueError, match=re.escape(repr(rule))) as caught:
        build([rule])

    assert isinstance(caught.value, InvalidRouteError)


@pytest.mark.parametrize(("first", "second"), [("/x", "/x"), ("/x", "/x/"), ("/<a>", "/<a>/"), ("/", ""), (".+", ".+")])
def test_same_method_and_rule_twice_is_an_error(first, second):
    """A route that could never be reached is an error at registration; REST compares without the last slash."""
    app = build([first], APIGatewayRestResolver)

    with pytest.raises(RouteConflictError, match="A route like this was already registered: GET"):
        app.get(second)(lambda: None)
    app.post(second)(lambda: None)


def test_refused_registration_leaves_nothing_behind():
    """When one of several methods conflicts, none of them is registered."""
    app = build(["/x"])

    with pytest.raises(RouteConflictError):
        app.route("/x", ["POST", "GET"])(lambda: None)

    assert app.explain("POST", "/x").status_code == 405


def test_route_is_found_by_the_next_request_after_its_registration():
    """EHH-20: routes may be added after the first request."""
    app = build(["/x"])
    assert route_of(app, "/y") is None

    app.get("/y")(lambda: None)

    assert route_of(app, "/y") == ("/y", {})


def test_route_objects_show_what_is_registered():
    """Code reads lists of routes with method, path, template, function and compiled rule."""
    app = build(["/x", "/users/<id>"])

    static, dynamic = app._static_routes[0], app._dynamic_routes[0]

    assert (static.method, static.path, static.openapi_path) == ("GET", "/x", "/x")
    assert (dynamic.path, dynamic.openapi_path) == ("/users/<id>", "/users/{id}")
    assert dynamic.rule.fullmatch("/users/7")["id"] == "7"
    assert dynamic.func(id=7) == {"id": 7}


@pytest.mark.parametrize(
    "rule", ["/<a><b><c><d>", "/<a>-<b>-<c>-<d>", "/<a>.<b>.<c>.<d>", "/.<a><b>.<c>", "/[x]?<a><b><c><d>"]
)
def test_no_path_makes_a_rule_backtrack(rule):
    """A long path that almost matches is refused in a time that grows with its length only."""
    app = build([rule])
    path = "/" + "-." * 3_000 + '"'
    app.explain("GET", "/warm")

    start = time.perf_counter()
    assert app.matcher.find("GET", path) is None

    assert time.perf_counter() - start < 5  # what backtracks takes minutes


# A naive matcher: one regular expression for each rule, tried in the documented order.


def naive(rules, path, *, slashes):
    kept = [rule.rstrip("/") if slashes else rule for rule in rules]
    found = []
    for order, rule in enumerate(kept):
        pattern = re.compile(
            "(?:" + re.sub(r"<(\w+)>", lambda name: f"(?P<{name[1]}>{VALUE})", rule) + ")" + ("/*" if slashes else "")
        )
        match = pattern.fullmatch(path)
        literal_path = path.rstrip("/") if slashes else path
        if pattern.groups == 0 and rule == literal_path:
            found.append((0, order, {}))
        elif match is not None:
            catch_all = pattern.groups == 0 and re.search(r"(?<!\\)\.[*+?]", rule) is not None
            rank = 3 if catch_all else 2 if pattern.groups else 1
            found.append((rank, order, match.groupdict()))
    if not found:
        return None
    _, order, values = min(found, key=lambda item: item[:2])
    return rules[order], values


LITERAL = st.sampled_from(["a", "b", "ab", "a-b", "v1", "é", "x", "-", "#"])
PIECE = st.one_of(LITERAL, st.just("<?>"), st.just("."))
SEGMENT = st.one_of(
    LITERAL,
    st.just("<?>"),
    st.lists(PIECE, min_size=1, max_size=4).map("".join),
    st.sampled_from(["[ab]+", ".+", ".*", "(?:a|b)", "(a)", r"a\.b", r"\w+", ""]),
)


def number(rule):
    count = iter(range(100))
    return re.sub(r"<\?>", lambda _: f"<p{next(count)}>", rule)


RULE = st.lists(SEGMENT, min_size=1, max_size=4).map(lambda parts: number("/" + "/".join(parts)))
PATH = st.lists(st.one_of(LITERAL, st.text(alphabet='ab-.v1é#"/ ', max_size=6)), min_size=0, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@settings(max_examples=400, deadline=None)
@given(
    rules=st.lists(RULE, min_size=1, max_size=8), paths=st.lists(PATH, min_size=1, max_size=6), slashes=st.booleans()
)
def test_routing_equals_a_naive_matcher(rules, paths, slashes):
    """On random tables and paths the tree finds what trying each rule in turn finds, with the same values."""
    unique = list({rule.rstrip("/") if slashes else rule: rule for rule in rules}.values())
    app = build(unique, APIGatewayRestResolver if slashes else APIGatewayHttpResolver)

    for path in [*paths, *unique, *(re.sub(r"<\w+>", "a-b", rule) for rule in unique)]:
        assert route_of(app, path) == naive(unique, path, slashes=slashes), path


@settings(max_examples=200, deadline=None)
@given(path=st.text(max_size=60), method=st.text(min_size=1, max_size=8))
def test_any_method_and_path_is_answered(path, method):
    """Whatever a client sends, the answer is one of the four that routing knows."""
    app = build(["/", "/a/<b>", "/<a>-<b>/c", "/x.y", "/[0-9]+", "/files/.+"])

    result = app.resolve({"rawPath": path, "requestContext": {"http": {"method": method}, "stage": "$default"}}, None)

    assert result["statusCode"] in {200, 204, 404, 405}
