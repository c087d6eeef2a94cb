"""What an API's function reads of its event."""

from events import alb, http_api, rest

from aws_lambda_powertools.utilities.data_classes import (
    ALBEvent,
    APIGatewayProxyEvent,
    APIGatewayProxyEventV2,
    event_source,
)

EVENTS = [
    rest("GET", "/doors/7", query={"open": "yes"}, headers={"X-Floor": "3"}),
    http_api("POST", "/doors", {"open": True}, cookies=["a=b"]),
    alb("GET", "/doors", query={"n": "1"}),
]


@event_source(data_class=APIGatewayProxyEvent)
def by_rest(event: APIGatewayProxyEvent, context):
    return {
        "path": event.path,
        "method": event.http_method,
        "query": event.query_string_parameters,
        "floor": event.headers["x-floor"],
        "stage": event.request_context.stage,
        "ip": event.request_context.identity.source_ip,
        "claims": event.request_context.authorizer.claims,
        "one": event.get_query_string_value("open"),
        "missing": event.get_query_string_value("missing", default_value="none"),
    }


@event_source(data_class=APIGatewayProxyEventV2)
def by_http(event: APIGatewayProxyEventV2, context):
    return {
        "path": event.raw_path,
        "body": event.json_body,
        "cookies": event.cookies,
        "method": event.request_context.http.method,
        "time": event.request_context.time_epoch,
    }


@event_source(data_class=ALBEvent)
def by_alb(event: ALBEvent, context):
    return {"arn": event.request_context.elb_target_group_arn, "n": event.query_string_parameters["n"]}


def handler(event, context):
    function = by_alb if "elb" in event["requestContext"] else by_http if event["version"] == "2.0" else by_rest
    return function(event, context)
