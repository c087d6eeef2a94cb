"""A doorman at an API: policies for REST, booleans for HTTP."""

from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    DENY_ALL_RESPONSE,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponse,
    APIGatewayAuthorizerResponseV2,
    HttpVerb,
)

EVENTS = [
    {
        "version": "1.0",
        "type": "REQUEST",
        "methodArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2/prod/GET/doors",
        "resource": "/doors",
        "path": "/doors",
        "httpMethod": "GET",
        "headers": {"Authorization": authorization},
        "queryStringParameters": {},
        "pathParameters": {},
        "stageVariables": {},
        "requestContext": {"accountId": "123456789012", "apiId": "a1b2", "stage": "prod", "httpMethod": "GET"},
    }
    for authorization in ("ann", "admin", "nobody")
]


@event_source(data_class=APIGatewayAuthorizerRequestEvent)
def handler(event: APIGatewayAuthorizerRequestEvent, context):
    user = event.headers["Authorization"]
    if user == "nobody":
        return {**DENY_ALL_RESPONSE, "v2": APIGatewayAuthorizerResponseV2(authorize=False).asdict()}
    arn = event.parsed_arn
    policy = APIGatewayAuthorizerResponse(
        principal_id=user,
        context={"user": user},
        region=arn.region,
        aws_account_id=arn.aws_account_id,
        api_id=arn.api_id,
        stage=arn.stage,
    )
    if user == "admin":
        policy.allow_all_routes()
    else:
        policy.allow_route(http_method=HttpVerb.GET.value, resource="/doors/*")
        policy.deny_route(HttpVerb.DELETE.value, "/doors/1")
    return policy.asdict()
