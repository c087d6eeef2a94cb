"""Events as AWS services send them, reduced to what the functions here look at, and the parts every event has."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

_TIME = 1_750_000_000_000


def _text(body):
    return body if body is None or isinstance(body, str) else json.dumps(body)


def rest(method, path, body=None, query=None, headers=None, **more):
    """A REST API of API Gateway, payload format 1.0."""
    headers = {"Accept": "*/*", "Host": "api.example.com", **(headers or {})}
    return {
        "version": "1.0",
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": query and {name: [value] for name, value in query.items()},
        "pathParameters": None,
        "stageVariables": {"tier": "gold"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3",
            "authorizer": {"claims": {"sub": "user-7", "scope": "read"}},
            "domainName": "api.example.com",
            "extendedRequestId": "ext-1",
            "httpMethod": method,
            "identity": {"sourceIp": "192.0.2.7", "userAgent": "curl/8", "userArn": None},
            "path": f"/prod{path}",
            "protocol": "HTTP/1.1",
            "requestId": "gateway-1",
            "requestTime": "15/Jun/2025:15:06:40 +0000",
            "requestTimeEpoch": _TIME,
            "resourceId": "abc",
            "resourcePath": path,
            "stage": "prod",
        },
        "body": _text(body),
        "isBase64Encoded": False,
        **more,
    }


def http_api(method, path, body=None, query=None, headers=None, cookies=(), **more):
    """An HTTP API of API Gateway, payload format 2.0."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "cookies": list(cookies),
        "headers": {"accept": "*/*", "host": "api.example.com", **(headers or {})},
        "queryStringParameters": query,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.7",
                "userAgent": "curl/8",
            },
            "requestId": "gateway-2",
            "routeKey": "$default",
            "stage": "$default",
            "time": "15/Jun/2025:15:06:40 +0000",
            "timeEpoch": _TIME,
        },
        "body": _text(body),
        "isBase64Encoded": False,
        **more,
    }


def function_url(method, path, body=None, query=None, headers=None, **more):
    """A function URL; its events are those of an HTTP API."""
    return http_api(method, path, body, query, headers, **more)


def alb(method, path, body=None, query=None, headers=None, **more):
    """An application load balancer without multi-value headers."""
    return {
        "requestContext": {
            "elb": {
                "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/parity/0123456789"
            }
        },
        "httpMethod": method,
        "path": path,
        "queryStringParameters": query or {},
        "headers": {"accept": "*/*", "host": "lb.example.com", "x-forwarded-for": "192.0.2.7", **(headers or {})},
        "body": _text(body) or "",
        "isBase64Encoded": False,
        **more,
    }


def lattice(method, path, body=None, query=None, headers=None):
    """VPC Lattice, event structure 1."""
    query_string = f"?{urlencode(query)}" if query else ""
    return {
        "raw_path": path + query_string,
        "method": method,
        "headers": {"accept": "*/*", "host": "shop.example.com", **(headers or {})},
        "query_string_parameters": query or {},
        "body": _text(body),
        "is_base64_encoded": False,
    }


def lattice_v2(method, path, body=None, query=None, headers=None):
    """VPC Lattice, event structure 2."""
    return {
        "version": "2.0",
        "path": path,
        "method": method,
        "headers": {name: [value] for name, value in {"accept": "*/*", **(headers or {})}.items()},
        "queryStringParameters": {name: [value] for name, value in (query or {}).items()},
        "body": _text(body),
        "isBase64Encoded": False,
        "requestContext": {
            "serviceNetworkArn": "arn:aws:vpc-lattice:eu-west-1:123456789012:servicenetwork/sn-1",
            "serviceArn": "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-1",
            "targetGroupArn": "arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-1",
            "identity": {"type": "AWS_IAM", "principal": "arn:aws:sts::123456789012:assumed-role/shop/1"},
            "region": "eu-west-1",
            "timeEpoch": str(_TIME * 1000),
        },
    }


def sqs(*bodies, queue="parcels", groups=()):
    """Messages of an SQS queue; of a FIFO queue when groups are given."""
    records = []
    for number, body in enumerate(bodies):
        attributes = {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": str(_TIME),
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": str(_TIME),
        }
        if groups:
            attributes |= {
                "MessageGroupId": groups[number],
                "SequenceNumber": str(number),
                "MessageDeduplicationId": f"d{number}",
            }
        records.append(
            {
                "messageId": f"message-{number}",
                "receiptHandle": f"receipt-{number}",
                "body": _text(body),
                "attributes": attributes,
                "messageAttributes": {
                    "origin": {
                        "stringValue": "web",
                        "binaryListValues": [],
                        "stringListValues": [],
                        "dataType": "String",
                    }
                },
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:{queue}",
                "awsRegion": "eu-west-1",
            }
        )
    return {"Records": records}


def encoded(value):
    """The base64 text of a value, or of its JSON."""
    raw = value if isinstance(value, bytes) else _text(value).encode()
    return base64.b64encode(raw).decode()


def kinesis(*values):
    """Records of a Kinesis stream."""
    return {
        "Records": [
            {
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": f"key-{number}",
                    "sequenceNumber": f"4959033827149025660855969253836157109592157598913658889{number}",
                    "data": encoded(value),
                    "approximateArrivalTimestamp": 1545084650.987,
                },
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": f"shardId-000000000006:{number}",
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": "arn:aws:iam::123456789012:role/parity",
                "awsRegion": "eu-west-1",
                "eventSourceARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/sensors",
            }
            for number, value in enumerate(values)
        ]
    }


def dynamodb_stream(*changes):
    """Changes of a DynamoDB table: each a pair of the old and the new image, in DynamoDB's JSON."""
    records = []
    for number, (old, new) in enumerate(changes):
        image = {"NewImage": new} if new else {}
        if old:
            image["OldImage"] = old
        records.append(
            {
                "eventID": f"event-{number}",
                "eventName": "MODIFY" if old and new else "INSERT" if new else "REMOVE",
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": "eu-west-1",
                "dynamodb": {
                    "ApproximateCreationDateTime": 1_750_000_000.0,
                    "Keys": {"id": (new or old)["id"]},
                    **image,
                    "SequenceNumber": str(100 + number),
                    "SizeBytes": 26,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
                "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/seats/stream/2025-06-15T00:00:00.000",
            }
        )
    return {"Records": records}


def sns(*messages):
    """Notifications of an SNS topic."""
    return {
        "Records": [
            {
                "EventVersion": "1.0",
                "EventSubscriptionArn": "arn:aws:sns:eu-west-1:123456789012:alerts:1",
                "EventSource": "aws:sns",
                "Sns": {
                    "SignatureVersion": "1",
                    "Timestamp": "2025-06-15T15:06:40.000Z",
                    "Signature": "c2lnbmF0dXJl",
                    "SigningCertUrl": "https://sns.eu-west-1.amazonaws.com/certificate.pem",
                    "MessageId": f"notification-{number}",
                    "Message": _text(message),
                    "MessageAttributes": {},
                    "Type": "Notification",
                    "UnsubscribeUrl": "https://sns.eu-west-1.amazonaws.com/unsubscribe",
                    "TopicArn": "arn:aws:sns:eu-west-1:123456789012:alerts",
                    "Subject": "alert",
                },
            }
            for number, message in enumerate(messages)
        ]
    }


def event_bridge(detail_type, detail, source="com.example.shop"):
    """An event of a bus of EventBridge."""
    return {
        "version": "0",
        "id": "bus-1",
        "detail-type": detail_type,
        "source": source,
        "account": "123456789012",
        "time": "2025-06-15T15:06:40Z",
        "region": "eu-west-1",
        "resources": [],
        "detail": detail,
    }


def kafka(*values, key=None, topic="trades", **more):
    """Records of a topic in Amazon MSK; values are bytes, or become JSON."""
    return {
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:eu-west-1:123456789012:cluster/main/1",
        "bootstrapServers": "b-1.main.kafka.eu-west-1.amazonaws.com:9092",
        "records": {
            f"{topic}-0": [
                {
                    "topic": topic,
                    "partition": 0,
                    "offset": number,
                    "timestamp": _TIME,
                    "timestampType": "CREATE_TIME",
                    "key": key if key is None else encoded(key),
                    "value": encoded(value),
                    "headers": [{"origin": list(b"desk")}],
                    **more,
                }
                for number, value in enumerate(values)
            ]
        },
    }


def appsync(parent, field, arguments=None, source=None):
    """A field that AppSync resolves by a Lambda function."""
    return {
        "arguments": arguments or {},
        "identity": {"sub": "user-7", "username": "ann", "groups": ["staff"], "claims": {}, "issuer": "pool"},
        "source": source,
        "request": {"headers": {"x-forwarded-for": "192.0.2.7", "x-api-key": "k"}},
        "prev": None,
        "info": {
            "selectionSetList": ["id", "title"],
            "selectionSetGraphQL": "{ id title }",
            "parentTypeName": parent,
            "fieldName": field,
            "variables": {},
        },
        "stash": {},
    }


def appsync_events(operation, path, *payloads):
    """A publication to, or a subscription of, a channel of AppSync Events."""
    return {
        "identity": None,
        "result": None,
        "request": {"headers": {"x-forwarded-for": "192.0.2.7"}, "domainName": None},
        "info": {
            "channel": {"path": path, "segments": path.strip("/").split("/")},
            "channelNamespace": {"name": path.strip("/").split("/")[0]},
            "operation": operation,
        },
        "error": None,
        "prev": None,
        "stash": {},
        "outErrors": [],
        "events": [{"id": f"e{number}", "payload": payload} for number, payload in enumerate(payloads)] or None,
    }


def bedrock_api(method, path, parameters=(), body=None):
    """An action of a Bedrock agent's group that has an OpenAPI schema."""
    event = {
        "messageVersion": "1.0",
        "agent": {"name": "concierge", "id": "AGENT1", "alias": "TEST", "version": "1"},
        "sessionId": "session-1",
        "inputText": "what is on tonight?",
        "actionGroup": "evenings",
        "apiPath": path,
        "httpMethod": method,
        "parameters": [{"name": name, "type": kind, "value": value} for name, kind, value in parameters],
        "sessionAttributes": {"guest": "7"},
        "promptSessionAttributes": {},
    }
    if body is not None:
        properties = [{"name": name, "type": kind, "value": value} for name, kind, value in body]
        event["requestBody"] = {"content": {"application/json": {"properties": properties}}}
    return event


def bedrock_function(function, *parameters):
    """An action of a Bedrock agent's group that has function details."""
    return {
        "messageVersion": "1.0",
        "agent": {"name": "concierge", "id": "AGENT1", "alias": "TEST", "version": "1"},
        "sessionId": "session-1",
        "inputText": "book a table",
        "actionGroup": "tables",
        "function": function,
        "parameters": [{"name": name, "type": kind, "value": value} for name, kind, value in parameters],
        "sessionAttributes": {"guest": "7"},
        "promptSessionAttributes": {"mood": "good"},
    }
