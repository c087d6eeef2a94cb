"""API Gateway WebSocket APIs.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._body import Body
from lambda_powertools.data_classes._fields import case_insensitive, optional, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper


class APIGatewayWebSocketEventIdentity(DictWrapper):
    """Who is at the other end of a WebSocket."""

    source_ip = required("sourceIp", str)
    user_agent = optional("userAgent", str)


class APIGatewayWebSocketEventRequestContext(DictWrapper):
    """The request context of a WebSocket API."""

    route_key = required("routeKey", str)
    disconnect_status_code = optional("disconnectStatusCode", int)
    message_id = optional("messageId", str)
    event_type = required("eventType", str)
    extended_request_id = required("extendedRequestId", str)
    request_time = required("requestTime", str)
    message_direction = required("messageDirection", str)
    disconnect_reason = optional("disconnectReason", str)
    stage = required("stage", str)
    connected_at = required("connectedAt", int)
    request_time_epoch = required("requestTimeEpoch", int)
    identity = wrapped("identity", APIGatewayWebSocketEventIdentity)
    request_id = required("requestId", str)
    domain_name = required("domainName", str)
    connection_id = required("connectionId", str)
    api_id = required("apiId", str)


class APIGatewayWebSocketEvent(Body):
    """A connection, a message or a disconnection of a WebSocket API.

    Example:
        >>> from lambda_powertools.data_classes import APIGatewayWebSocketEvent
        >>> event = APIGatewayWebSocketEvent(
        ...     {"isBase64Encoded": False, "body": '{"id": 7}', "requestContext": {"routeKey": "order"}}
        ... )
        >>> event.request_context.route_key, event.json_body
        ('order', {'id': 7})
    """

    is_base64_encoded = required("isBase64Encoded", bool)
    headers = case_insensitive("headers", or_empty=True)
    multi_value_headers = case_insensitive("multiValueHeaders", or_empty=True)
    query_string_parameters = case_insensitive("queryStringParameters", or_empty=True)
    multi_value_query_string_parameters = case_insensitive("multiValueQueryStringParameters", or_empty=True)
    request_context = wrapped("requestContext", APIGatewayWebSocketEventRequestContext)
