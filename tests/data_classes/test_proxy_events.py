import base64
import copy
import json

import pytest

from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
from lambda_powertools.data_classes import (
    ALBEvent,
    APIGatewayAuthorizerEventV2,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    APIGatewayWebSocketEvent,
    AppSyncResolverEvent,
    BaseProxyEvent,
    BedrockAgentEvent,
    HttpApiHeadersSerializer,
    LambdaFunctionUrlEvent,
    MultiValueHeadersSerializer,
    SingleValueHeadersSerializer,
    VPCLatticeEvent,
    VPCLatticeEventV2,
)

BINARY = bytes(range(256))
WITH_BODY = [
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    ALBEvent,
    LambdaFunctionUrlEvent,
    VPCLatticeEventV2,
    APIGatewayWebSocketEvent,
]
V2 = [APIGatewayProxyEventV2, LambdaFunctionUrlEvent]


def encoded(data):
    return base64.b64encode(data).decode()


def test_headers_are_a_view_of_their_own():
    """DC-21: writing to the headers does not change the event, nor another event of the same data."""
    data = {"headers": {"Host": "h"}}
    event, other = ALBEvent(data), ALBEvent(data)

    event.headers["Host"] = "changed"

    assert data == {"headers": {"Host": "h"}}
    assert other.headers["host"] == "h"


def test_headers_are_made_once_until_the_event_changes():
    """T-2: one view serves all accesses, and a change of the event gives another."""
    data = {"headers": {"Host": "a"}}
    event = ALBEvent(data)
    first = event.headers
    assert event.headers is first

    data["headers"]["Host"] = "b"
    assert event.headers["host"] == "b"
    data["headers"] = {"Host": "c"}
    assert event.headers["host"] == "c"
    data["headers"] = None
    assert event.headers == {}
    assert first["host"] == "a"


@pytest.mark.parametrize("kind", WITH_BODY)
@pytest.mark.parametrize(
    ("data", "text", "content"),
    [
        ({"body": None}, None, None),
        ({"body": ""}, "", b""),
        ({"body": "é"}, "é", "é".encode()),
        ({"body": encoded("é".encode()), "isBase64Encoded": True}, "é", "é".encode()),
        ({"body": "", "isBase64Encoded": True}, "", b""),
        ({"body": None, "isBase64Encoded": True}, None, None),
        ({"body": "w6k=", "isBase64Encoded": None}, "w6k=", b"w6k="),
    ],
)
def test_bodies(kind, data, text, content):
    """DC-22, T-7: the body as text and as bytes, base64-decoded where it is encoded."""
    event = kind({"isBase64Encoded": False, **data})

    assert event.decoded_body == text
    assert event.body_bytes == content


@pytest.mark.parametrize("kind", WITH_BODY)
def test_a_body_that_is_no_text(kind):
    """DC-22, T-7: binary content cannot be decoded, but its bytes can be had."""
    event = kind({"body": encoded(BINARY), "isBase64Encoded": True})

    assert event.body_bytes == BINARY
    with pytest.raises(UnicodeDecodeError):
        _ = event.decoded_body


@pytest.mark.parametrize("kind", WITH_BODY)
@pytest.mark.parametrize("body", [None, ""])
def test_no_body_is_no_json(kind, body):
    """DC-23: the JSON of a missing or empty body is None, for VPC Lattice too."""
    assert kind({"body": body, "isBase64Encoded": False}).json_body is None


@pytest.mark.parametrize("kind", WITH_BODY)
def test_json_bodies(kind):
    """DC-23, DC-9: the body is parsed by the event's deserializer, once; its error is not wrapped."""
    calls = []

    def deserialize(text):
        calls.append(text)
        return {"parsed": text}

    event = kind({"body": encoded(b"{}"), "isBase64Encoded": True}, deserialize)

    assert event.json_body is event.json_body
    assert event.json_body == {"parsed": "{}"}
    assert calls == ["{}"]
    with pytest.raises(json.JSONDecodeError):
        _ = kind({"body": "{", "isBase64Encoded": False}).json_body


def test_json_body_of_a_base64_lattice_event():
    """DC-23: payload version 1 has its own name for the flag."""
    event = VPCLatticeEvent({"body": encoded(b'{"a": 1}'), "is_base64_encoded": True})

    assert event.json_body == {"a": 1}


QUERY = {
    "single": {"queryStringParameters": {"a": "1,2", "b": "3"}},
    "multi": {"multiValueQueryStringParameters": {"a": ["1", "2,3"]}},
    "both": {
        "queryStringParameters": {"a": "2", "b": "3,4", "x%2Cy": "%26+"},
        "multiValueQueryStringParameters": {"a": ["1", "2"]},
    },
    "null": {"queryStringParameters": None, "multiValueQueryStringParameters": None},
}


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        (BaseProxyEvent, "single", {"a": ["1", "2"], "b": ["3"]}),
        (BaseProxyEvent, "null", {}),
        (APIGatewayProxyEventV2, "single", {"a": ["1", "2"], "b": ["3"]}),
        (LambdaFunctionUrlEvent, "null", {}),
        (APIGatewayProxyEvent, "single", {"a": ["1", "2"], "b": ["3"]}),
        (APIGatewayProxyEvent, "multi", {"a": ["1", "2,3"]}),
        (APIGatewayProxyEvent, "both", {"a": ["1", "2"], "b": ["3", "4"], "x%2Cy": ["%26+"]}),
        (APIGatewayProxyEvent, "null", {}),
        (ALBEvent, "both", {"a": ["1", "2"], "b": ["3", "4"], "x%2Cy": ["%26+"]}),
    ],
)
def test_resolved_query_strings(kind, query, expected):
    """DC-24: every parameter as a list of its values."""
    assert kind(QUERY[query]).resolved_query_string_parameters == expected


def test_resolved_query_strings_of_a_load_balancer_decoded():
    """DC-24: with decode_query_parameters names and values are percent-decoded after splitting, plus signs kept."""
    event = ALBEvent(QUERY["both"])
    event.decode_query_parameters = True

    assert event.resolved_query_string_parameters == {"a": ["1", "2"], "b": ["3", "4"], "x,y": ["&+"]}
    assert ALBEvent(QUERY["both"]).decode_query_parameters is False


def test_query_strings_of_lattice():
    """DC-24, T-8: version 1 is split, version 2 keeps the lists; its joined form leaves plain text alone."""
    first = VPCLatticeEvent({"query_string_parameters": {"a": "1,2"}})
    second = VPCLatticeEventV2({"queryStringParameters": {"a": ["1", "2,3"], "b": "text"}})

    assert first.resolved_query_string_parameters == {"a": ["1", "2"]}
    assert VPCLatticeEvent({"query_string_parameters": None}).resolved_query_string_parameters == {}
    assert second.query_string_parameters == {"a": "1,2,3", "b": "text"}
    assert second.resolved_query_string_parameters == {"a": ["1", "2,3"], "b": ["text"]}
    assert VPCLatticeEventV2({}).query_string_parameters == {}
    assert VPCLatticeEventV2({"queryStringParameters": None}).resolved_query_string_parameters == {}


def test_parameters_of_a_bedrock_agent():
    """DC-24, DC-25: each parameter is a list of one, never split; there are no headers and no cookies."""
    event = BedrockAgentEvent({"parameters": [{"name": "a", "type": "string", "value": "1,2"}]})

    assert event.query_string_parameters == {"a": "1,2"}
    assert event.resolved_query_string_parameters == {"a": ["1,2"]}
    assert (event.resolved_headers_field, event.resolved_cookies_field) == ({}, {})
    assert BedrockAgentEvent({"parameters": None}).resolved_query_string_parameters == {}


HEADERS = {"headers": {"Accept": "a,b, c", "Host": "h"}}
MULTI = {"multiValueHeaders": {"Accept": ["a", "b"]}}


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (BaseProxyEvent, HEADERS, {"accept": "a,b, c", "host": "h"}),
        (APIGatewayProxyEvent, HEADERS, {"accept": "a,b, c", "host": "h"}),
        (APIGatewayProxyEvent, {**HEADERS, **MULTI}, {"accept": ["a", "b"]}),
        (APIGatewayProxyEvent, {"headers": None, "multiValueHeaders": None}, {}),
        (ALBEvent, MULTI, {"accept": ["a", "b"]}),
        (ALBEvent, {**HEADERS, "multiValueHeaders": {}}, {"accept": "a,b, c", "host": "h"}),
        (APIGatewayProxyEventV2, HEADERS, {"accept": ["a", "b", " c"], "host": "h"}),
        (LambdaFunctionUrlEvent, {}, {}),
        (VPCLatticeEvent, HEADERS, {"accept": ["a", "b", " c"], "host": "h"}),
        (VPCLatticeEventV2, {"headers": {"Accept": ["a", "b"], "Host": "h"}}, {"accept": ["a", "b"], "host": "h"}),
    ],
)
def test_resolved_headers(kind, data, expected):
    """DC-25: the headers with all values that the front end tells apart."""
    assert kind(data).resolved_headers_field == expected


def test_resolved_headers_types():
    """DC-25: a plain dictionary for VPC Lattice version 2, a case-insensitive one for the others; made once."""
    assert type(VPCLatticeEventV2({"headers": {"A": ["b"]}}).resolved_headers_field) is dict
    for kind in (APIGatewayProxyEventV2, VPCLatticeEvent):
        event = kind(HEADERS)
        assert event.resolved_headers_field["ACCEPT"] == ["a", "b", " c"]
        assert event.resolved_headers_field is event.resolved_headers_field


COOKIES = {"a": "2", "b": "x=y", "c": ""}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (APIGatewayProxyEventV2, {"cookies": ["a=1", "b=x=y", " c = ", "none", "a=2"]}),
        (LambdaFunctionUrlEvent, {"cookies": ["a=1; b=x=y; c=", "a=2"]}),
        (APIGatewayProxyEvent, {"headers": {"COOKIE": "a=1; b=x=y;c=; none;a=2"}}),
        (APIGatewayProxyEvent, {"headers": None, "multiValueHeaders": {"Cookie": ["a=1; b=x=y", "c=; a=2"]}}),
        (ALBEvent, {"multiValueHeaders": {"cookie": ["a=1; b=x=y; c=; a=2"]}}),
        (VPCLatticeEvent, {"headers": {"cookie": "a=1; b=x=y; c=; a=2"}}),
        (VPCLatticeEventV2, {"headers": {"Cookie": ["a=1; b=x=y", "c=; a=2"]}}),
    ],
)
def test_cookies(kind, data):
    """DC-26: cookies by name, wherever the front end puts them; the last of a name counts, what has no = does not."""
    assert kind(data).resolved_cookies_field == COOKIES


@pytest.mark.parametrize("kind", [APIGatewayProxyEvent, APIGatewayProxyEventV2, ALBEvent])
@pytest.mark.parametrize("data", [{}, {"headers": None, "cookies": None}, {"headers": {"cookie": ""}}])
def test_no_cookies(kind, data):
    """DC-20, DC-26: without any there is an empty dictionary."""
    assert kind(data).resolved_cookies_field == {}


@pytest.mark.parametrize("kind", V2)
@pytest.mark.parametrize(
    ("stage", "raw_path", "path"),
    [
        ("$default", "/orders", "/orders"),
        ("$default", "/$default/orders", "/$default/orders"),
        ("prod", "/prod/orders", "/orders"),
        ("prod", "/prod", "/"),
        ("prod", "/prod/", "/"),
        ("prod", "/orders", "/orders"),
        ("prod", "/products", "/products"),
        ("$default", "", "/"),
    ],
)
def test_paths_of_http_apis(kind, stage, raw_path, path):
    """DC-27: the stage is cut off where it is the first part of the path, and nowhere else."""
    assert kind({"rawPath": raw_path, "requestContext": {"stage": stage}}).path == path


@pytest.mark.parametrize(
    ("event", "path"),
    [
        (VPCLatticeEvent({"raw_path": "/orders?a=1?b"}), "/orders"),
        (VPCLatticeEventV2({"path": "/orders?a=1"}), "/orders"),
        (VPCLatticeEventV2({"path": "/orders"}), "/orders"),
    ],
)
def test_paths_of_lattice(event, path):
    """The path has no query string."""
    assert event.path == path


@pytest.mark.parametrize(
    ("event", "serializer"),
    [
        (APIGatewayProxyEvent({}), MultiValueHeadersSerializer),
        (ALBEvent({}), SingleValueHeadersSerializer),
        (ALBEvent({"multiValueHeaders": {}}), SingleValueHeadersSerializer),
        (ALBEvent({"multiValueHeaders": {"Host": ["h"]}}), MultiValueHeadersSerializer),
        (APIGatewayProxyEventV2({}), HttpApiHeadersSerializer),
        (LambdaFunctionUrlEvent({}), HttpApiHeadersSerializer),
        (VPCLatticeEvent({}), HttpApiHeadersSerializer),
        (VPCLatticeEventV2({}), HttpApiHeadersSerializer),
    ],
)
def test_header_serializers(event, serializer):
    """DC-28: each front end has the serializer that it understands."""
    assert type(event.header_serializer()) is serializer


@pytest.mark.parametrize("kind", [BaseProxyEvent, BedrockAgentEvent])
def test_no_header_serializer(kind):
    """DC-28: what is no front end has none."""
    with pytest.raises(NotImplementedError, match=kind.__name__):
        kind({}).header_serializer()


def test_query_string_values():
    """DC-30, DC-31: the value or the values of a case-sensitive name, else the default."""
    event = APIGatewayProxyEvent(
        {"queryStringParameters": {"a": "1"}, "multiValueQueryStringParameters": {"a": ["1", "2"], "none": []}}
    )
    empty = APIGatewayProxyEvent({"queryStringParameters": None})

    assert event.get_query_string_value("a") == "1"
    assert event.get_query_string_value("A") is None
    assert event.get_query_string_value(name="b", default_value="d") == "d"
    assert empty.get_query_string_value("a", "d") == "d"
    assert event.get_multi_value_query_string_values("a") == ["1", "2"]
    assert event.get_multi_value_query_string_values("A") == []
    assert event.get_multi_value_query_string_values(name="b", default_values=["d"]) == ["d"]
    assert event.get_multi_value_query_string_values("none", ["d"]) == []


@pytest.mark.parametrize(
    "event",
    [
        APIGatewayProxyEvent({"headers": {"Host": "h"}}),
        ALBEvent({"headers": {"Host": "h"}}),
        VPCLatticeEvent({"headers": {"Host": "h"}}),
        APIGatewayAuthorizerRequestEvent({"headers": {"Host": "h"}}),
        APIGatewayAuthorizerEventV2({"headers": {"Host": "h"}}),
        AppSyncResolverEvent({"request": {"headers": {"Host": "h"}}}),
    ],
    ids=lambda event: type(event).__name__,
)
def test_get_header_value_is_deprecated(event):
    """DC-32: it finds a header in any case, and warns at the place of the call."""
    with pytest.warns(PowertoolsDeprecationWarning, match=r"event\.headers\.get\(\.\.\.\)") as caught:
        assert event.get_header_value("HOST") == "h"
    assert caught[0].filename == __file__
    with pytest.warns(PowertoolsDeprecationWarning):
        assert event.get_header_value("x", default_value="d", case_sensitive=True) == "d"


def test_authorizers_of_rest_and_http_apis():
    """DC-20: what an authorizer gave can be had whole; without one there is an empty wrapper."""
    rest = APIGatewayProxyEvent({"requestContext": {"authorizer": {"principalId": "jane", "tenant": "a"}}})
    http = APIGatewayProxyEventV2({"requestContext": {"authorizer": {"lambda": {"tenant": "a"}}}})
    bare = APIGatewayProxyEventV2({"requestContext": {"authorizer": None}})

    assert rest.request_context.authorizer.get_context() == {"principalId": "jane", "tenant": "a"}
    assert http.request_context.authorizer.get_context() == {"tenant": "a"}
    assert bare.request_context.authorizer.get_context() == {}
    assert bare.request_context.authorizer.iam.cognito_amr == []


@pytest.mark.parametrize("spelling", ["x509", "X509"])
def test_certificates_of_lattice_callers(spelling):
    """All names of the certificate are found in either capitalisation."""
    names = {"subject_cn": "SubjectCn", "issuer_ou": "IssuerOu", "san_dns": "SanDns", "san_uri": "SanUri"}
    names["san_name_cn"] = "SanNameCn"
    event = VPCLatticeEventV2(
        {"requestContext": {"identity": {spelling + key: key for key in names.values()}, "timeEpoch": "1"}}
    )

    identity = event.request_context.identity

    assert {name: getattr(identity, f"x509_{name}") for name in names} == names


def test_rendering_a_proxy_event_changes_nothing():
    """T-4: after the text of an event has been made, the event and its views are as before."""
    data = {"headers": {"A": "b"}, "body": "{}", "requestContext": {"authorizer": None}}
    before = copy.deepcopy(data)
    event = APIGatewayProxyEvent(data)
    headers = event.headers

    assert "'json_body': {}" in str(event)

    assert data == before
    assert event.headers is headers
