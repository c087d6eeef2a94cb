import copy

import pytest

from lambda_powertools.data_classes import (
    ALBEvent,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerTokenEvent,
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    AppSyncIdentityCognito,
    AppSyncResolverEvent,
    LambdaFunctionUrlEvent,
)

SAMPLES = {
    ("alb", "request", ALBEvent): {
        "http_method": "POST",
        "path": "/path/to/resource",
        "query_string_parameters": {"query": "1234ABCD"},
        "resolved_query_string_parameters": {"query": ["1234ABCD"]},
        "request_context.elb_target_group_arn": (
            "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/"
            "lambda-279XGJDqGZ5rsrHC2Fjr/49e9d65c45c6791a"
        ),
        "decoded_body": '{"test":"body"}',
        "body_bytes": b'{"test":"body"}',
    },
    ("apigateway", "aws-proxy", APIGatewayProxyEvent): {
        "http_method": "POST",
        "path": "/path/to/resource",
        "resource": "/{proxy+}",
        "path_parameters": {"proxy": "/path/to/resource"},
        "stage_variables": {"baz": "qux"},
        "query_string_parameters": {"foo": "bar"},
        "multi_value_query_string_parameters": {"foo": ["bar"]},
        "resolved_query_string_parameters": {"foo": ["bar"]},
        "json_body": {"test": "body"},
        "request_context.stage": "prod",
        "request_context.identity.source_ip": "127.0.0.1",
        "request_context.identity.user": None,
        "request_context.authorizer.claims": {},
    },
    ("apigateway", "http-api-proxy", APIGatewayProxyEventV2): {
        "version": "2.0",
        "http_method": "POST",
        "raw_path": "/path/to/resource",
        "path": "/path/to/resource",
        "cookies": ["cookie1", "cookie2"],
        "resolved_headers_field": {"header1": "value1", "header2": ["value1", "value2"]},
        "resolved_query_string_parameters": {"parameter1": ["value1", "value2"], "parameter2": ["value"]},
        "request_context.http.user_agent": "agent",
        "request_context.time_epoch": 1583348638390,
        "request_context.authentication.subject_dn": "www.example.com",
        "request_context.authentication.validity_not_after": "Aug  5 09:36:04 2021 GMT",
        "request_context.authorizer.jwt_claim": {"claim1": "value1", "claim2": "value2"},
        "request_context.authorizer.jwt_scopes": ["scope1", "scope2"],
        "request_context.authorizer.get_lambda": {},
        "request_context.authorizer.iam.user_id": "",
        "path_parameters": {"parameter1": "value1"},
        "stage_variables": {"stageVariable1": "value1", "stageVariable2": "value2"},
    },
    ("apigateway", "http-api-proxy", LambdaFunctionUrlEvent): {"route_key": "$default"},
    ("apigateway", "authorizer", APIGatewayAuthorizerTokenEvent): {
        "get_type": "TOKEN",
        "authorization_token": "incoming-client-token",
        "parsed_arn.api_id": "example",
        "parsed_arn.stage": "prod",
        "parsed_arn.http_method": "POST",
        "parsed_arn.resource": "{proxy+}",
    },
    ("apigateway", "request-authorizer", APIGatewayAuthorizerRequestEvent): {
        "get_type": "REQUEST",
        "http_method": "GET",
        "resource": "/request",
        "query_string_parameters": {"QueryString1": "queryValue1"},
        "path_parameters": {},
        "request_context.identity.client_cert.issuer_dn": "Example issuer",
        "request_context.identity.api_key": "...",
        "parsed_arn.api_id": "abcdef123",
        "parsed_arn.arn": "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/GET/request",
    },
    ("appsync", "resolver", AppSyncResolverEvent): {
        "type_name": "Mutation",
        "field_name": "createSomething",
        "arguments": {"id": "my identifier"},
        "source": {},
        "stash": {},
        "prev_result": None,
        "domain_name": None,
        "identity.username": "jdoe",
        "identity.groups": None,
        "identity.source_ip": ["1.1.1.1"],
        "info.selection_set_list": ["id", "field1", "field2"],
        "info.variables": {},
    },
}
IDS = [f"{name}-{kind.__name__}" for _, name, kind in SAMPLES]


def follow(event, path):
    for name in path.split("."):
        event = getattr(event, name)
    return event


@pytest.mark.parametrize(("names", "expected"), SAMPLES.items(), ids=IDS)
def test_properties_of_a_sample(names, expected, sample):
    """What AWS wrote is found under the names of the table, and nothing of it is changed by looking."""
    service, name, kind = names
    data = sample(service, name)
    untouched = copy.deepcopy(data)
    event = kind(data)

    found = {path: follow(event, path) for path in expected}

    assert found == expected
    assert "'raw_event': '[SENSITIVE]'" in str(event)
    assert data == untouched


@pytest.mark.parametrize(
    ("service", "name", "kind"),
    [("alb", "request", ALBEvent), ("apigateway", "aws-proxy", APIGatewayProxyEvent)],
)
def test_headers_of_a_sample(service, name, kind, sample):
    """Every header of a sample is found in lower and in upper case."""
    event = kind(sample(service, name))

    for header, value in event.raw_event["headers"].items():
        assert event.headers[header.lower()] == event.headers[header.upper()] == value


def test_identity_of_the_appsync_sample(sample):
    """DC-53: a caller of a user pool, whose claims are given as they came."""
    identity = AppSyncResolverEvent(sample("appsync", "resolver")).identity

    assert type(identity) is AppSyncIdentityCognito
    assert identity.claims["email"] == "jdoe@email.com"
    assert identity.sub == identity.claims["sub"]
