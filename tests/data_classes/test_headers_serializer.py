import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.data_classes import (
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    BaseHeadersSerializer,
    HttpApiHeadersSerializer,
    MultiValueHeadersSerializer,
    SingleValueHeadersSerializer,
)

NAMES = st.sampled_from(["Vary", "X-Tag", "X-Trace", "Etag"])
VALUES = st.text("abc=", min_size=1, max_size=4)
HEADERS = st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3))
COOKIES = st.dictionaries(st.text("xyz", min_size=1, max_size=2), st.text("012", max_size=2))


class Cookie:
    def __str__(self):
        return "made=1"


@pytest.mark.parametrize(
    ("headers", "cookies", "http", "multi", "single"),
    [
        ({}, [], ({}, []), {}, {}),
        ({"A": "b"}, [], ({"A": "b"}, []), {"A": ["b"]}, {"A": "b"}),
        ({"A": None, "B": ["c"]}, [], ({"B": "c"}, []), {"B": ["c"]}, {"B": "c"}),
        ({}, [Cookie()], ({}, ["made=1"]), {"Set-Cookie": ["made=1"]}, {"Set-Cookie": "made=1"}),
        ({"A": ""}, [], ({"A": ""}, []), {"A": [""]}, {"A": ""}),
    ],
)
def test_serializers(headers, cookies, http, multi, single):
    """DC-29: text, lists, missing values and cookies, in the three ways of writing them."""
    assert HttpApiHeadersSerializer().serialize(headers, cookies) == {"headers": http[0], "cookies": http[1]}
    assert MultiValueHeadersSerializer().serialize(headers=headers, cookies=cookies) == {"multiValueHeaders": multi}
    assert SingleValueHeadersSerializer().serialize(headers, cookies) == {"headers": single}


def test_several_values():
    """DC-29: joined for HTTP APIs, kept in a list for multi-value headers."""
    headers = {"Vary": ["Accept", "Origin"], "Set-Cookie": "old=1"}

    assert HttpApiHeadersSerializer().serialize(headers, ["a=1", "b=2"]) == {
        "headers": {"Vary": "Accept, Origin", "Set-Cookie": "old=1"},
        "cookies": ["a=1", "b=2"],
    }
    assert MultiValueHeadersSerializer().serialize(headers, ["a=1", "b=2"]) == {
        "multiValueHeaders": {"Vary": ["Accept", "Origin"], "Set-Cookie": ["old=1", "a=1", "b=2"]}
    }


def test_given_headers_are_left_as_they_are():
    """DC-29: cookies are not added to the caller's own list."""
    headers = {"Set-Cookie": ["old=1"]}

    MultiValueHeadersSerializer().serialize(headers, ["a=1"])

    assert headers == {"Set-Cookie": ["old=1"]}


def test_values_that_a_load_balancer_loses():
    """DC-29: only the last is sent, and a warning names the header and asks for multi-value headers."""
    serialize = SingleValueHeadersSerializer().serialize
    header = "^Can't encode more than one header value: 'Vary' has 2, only the last.*multi-value headers"
    cookie = "^Can't encode more than one cookie: there are 2, only the last.*multi-value headers"

    with pytest.warns(PowertoolsUserWarning, match=header):
        assert serialize({"Vary": ["Accept", "Origin"]}, []) == {"headers": {"Vary": "Origin"}}
    with pytest.warns(PowertoolsUserWarning, match=cookie):
        assert serialize({}, ["a=1", "b=2"]) == {"headers": {"Set-Cookie": "b=2"}}


def test_the_base_class_serializes_nothing():
    """DC-29: it is for subclasses to say how."""
    with pytest.raises(NotImplementedError):
        BaseHeadersSerializer().serialize({}, [])


@given(HEADERS, COOKIES)
def test_headers_come_back(headers, cookies):
    """A REST API that returned what it is sent would give the very headers; an HTTP API the joined ones."""
    lines = [f"{name}={value}" for name, value in cookies.items()]
    multi = MultiValueHeadersSerializer().serialize(headers, lines)["multiValueHeaders"]
    sent = multi.pop("Set-Cookie", [])
    http = HttpApiHeadersSerializer().serialize(headers, lines)

    rest = APIGatewayProxyEvent({"multiValueHeaders": {**multi, "Cookie": sent}})
    assert {name: rest.multi_value_headers[name] for name in headers} == headers
    assert rest.resolved_cookies_field == cookies
    second = APIGatewayProxyEventV2(http)
    assert second.headers == {name.lower(): ", ".join(values) for name, values in headers.items()}
    assert second.resolved_cookies_field == cookies
