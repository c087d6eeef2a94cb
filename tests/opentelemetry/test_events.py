"""What spans say of events that AWS wrote, and where their traces come from."""

from __future__ import annotations

import base64
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import powertools
from lambda_powertools.opentelemetry._events import describe
from lambda_powertools.testing import make_context

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = f"00-{TRACE}-{PARENT}-01"
XRAY_TRACE, XRAY_PARENT = "5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8"
HEADER = f"Root=1-5759e988-bd862e3fe1be46a994272793;Parent={XRAY_PARENT};Sampled=1"


@pytest.fixture
def invoke(receiver, provider, registry):
    """Invokes a handler with an event; returns the span of the invocation."""

    def run(event, response=None):
        @powertools(registry=registry, opentelemetry=provider)
        def handler(event, context):
            if isinstance(response, Exception):
                raise response
            return response

        handler(event, make_context(function_name="orders"))
        return receiver.spans[-1]

    return run


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        (
            "apigateway/AwsProxy.json",
            "GET /{proxy+}",
            {"http.request.method": "GET", "http.route": "/{proxy+}", "url.scheme": "https"},
        ),
        (
            "apigateway/HttpApi.json",
            None,
            {"faas.trigger": "http"},
        ),
        (
            "alb/ALBRequest.json",
            "GET",
            {"http.request.method": "GET", "url.scheme": "http", "server.address": "lambda-alb-123578498.dns_suffix"},
        ),
    ],
)
def test_a_request_is_named_after_its_route(invoke, sample, path, name, expected):
    """Method, path, scheme and status of AWS's own samples are those of the conventions."""
    event = sample(path)
    span = invoke(event, {"statusCode": 201})

    attributes = span.attributes
    assert {key: attributes[key] for key in expected} == expected
    assert attributes["http.response.status_code"] == 201
    assert attributes["url.path"] == (event.get("rawPath") or event["path"])
    assert name is None or span.name == name
    assert (span.kind, span.failed) == ("SERVER", False)


def test_a_function_url_and_vpc_lattice_are_requests():
    """Also where there is no route; of a path the query is never part."""
    url = {"version": "2.0", "rawPath": "/a", "routeKey": "$default", "requestContext": {"http": {"method": "PUT"}}}
    lattice = {"raw_path": "/orders?token=s3cr3t", "method": "GET", "headers": {"Host": "shop.example:8443"}}
    lattice2 = {"path": "/orders", "method": "GET", "requestContext": {"serviceNetworkArn": "arn:…"}}

    assert (describe(url).name, describe(url).attributes["url.path"]) == ("PUT", "/a")
    attributes = describe(lattice).attributes
    assert (attributes["url.path"], attributes["server.address"], attributes["server.port"]) == (
        "/orders",
        "shop.example",
        8443,
    )
    assert describe(lattice2).attributes["http.request.method"] == "GET"
    assert "s3cr3t" not in json.dumps(attributes)


def test_an_unknown_method_is_not_a_name():
    """Names of spans are few: what a client makes up is an attribute."""
    event = {"httpMethod": "BREW", "path": "/pot", "resource": "/{pot}"}

    found = describe(event)

    assert (found.name, found.attributes["http.request.method"]) == ("HTTP /{pot}", "_OTHER")
    assert found.attributes["http.request.method_original"] == "BREW"


def test_a_server_error_is_a_failed_span_and_a_client_error_is_not(invoke, sample):
    """As the conventions have it for servers."""
    event = sample("apigateway/AwsProxy.json")

    assert invoke(event, {"statusCode": 404}).failed is False
    failed = invoke(event, {"statusCode": "503"})
    assert (failed.failed, failed.attributes["error.type"]) == (True, "503")


def test_the_event_handler_tells_the_route(receiver, provider, registry, sample):
    """`invocation.state["event_handler"]` names it where the event cannot."""
    from lambda_powertools.event_handler import ALBResolver
    from lambda_powertools.event_handler.plugin import EventHandlerPlugin

    registry.register(EventHandlerPlugin)
    app = ALBResolver()

    @app.get("/orders/<id>")
    def order(id):  # noqa: A002  # the parameter is called so
        return {"id": id}

    @powertools(registry=registry, opentelemetry=provider, event_handler=app)
    def handler(event, context):
        return app.resolve(event, context)

    handler({**sample("alb/ALBRequest.json"), "path": "/orders/7"}, make_context())

    (span,) = receiver.spans
    assert (span.name, span.attributes["http.route"], span.attributes["url.path"]) == (
        "GET /orders/{id}",
        "/orders/{id}",
        "/orders/7",
    )


def with_attributes(record, **attributes):
    """Return a message of SQS with attributes of its own."""
    copied = copy.deepcopy(record)
    copied["messageAttributes"] = {
        name: {"stringValue": value, "dataType": "String"} for name, value in attributes.items()
    }
    return copied


def test_a_batch_of_sqs_is_linked_with_each_message(invoke, sample):
    """By its W3C context, else by the X-Ray header that SQS carries; a message without one has no link."""
    [record] = sample("sqs/Sqs.json")["Records"]
    plain = copy.deepcopy(record)
    traced = copy.deepcopy(record)
    traced["attributes"]["AWSTraceHeader"] = HEADER
    both = with_attributes(traced, traceparent=TRACEPARENT, tracestate="vendor=1")

    span = invoke({"Records": [plain, traced, both]})

    assert (span.name, span.kind) == ("process queue_name", "CONSUMER")
    assert span.links == [(XRAY_TRACE, XRAY_PARENT), (TRACE, PARENT)]
    assert span.parent_id == ""
    expected = {
        "faas.trigger": "pubsub",
        "messaging.system": "aws_sqs",
        "messaging.operation.type": "process",
        "messaging.destination.name": "queue_name",
        "messaging.batch.message_count": 3,
    }
    assert {key: span.attributes[key] for key in expected} == expected


def test_a_single_message_is_also_the_parent(invoke, sample):
    """Unless Lambda names one."""
    [record] = sample("sqs/Sqs.json")["Records"]

    span = invoke({"Records": [with_attributes(record, traceparent=TRACEPARENT)]})

    assert (span.trace_id, span.parent_id, span.links) == (TRACE, PARENT, [(TRACE, PARENT)])
    assert span.attributes["messaging.message.id"] == record["messageId"]


def test_sns_and_kinesis_and_eventbridge_name_their_system(sample):
    """Topic, stream and source of AWS's own samples."""
    sns = describe(sample("sns/Sns.json"))
    kinesis = describe(sample("kinesis/Kinesis.json"))
    scheduled = describe(sample("cloudwatch/ScheduledEvent.json"))
    event = {"id": "e-1", "source": "shop", "detail-type": "OrderPlaced", "detail": {"traceparent": TRACEPARENT}}
    bridge = describe(event)

    assert (sns.name, sns.attributes["messaging.system"]) == ("process topic", "aws.sns")
    assert kinesis.attributes["messaging.system"] == "aws_kinesis"
    assert scheduled.attributes["faas.trigger"] == "timer"
    assert (bridge.name, bridge.links) == ("process OrderPlaced", [{"traceparent": TRACEPARENT}])
    assert bridge.attributes["messaging.system"] == "aws_eventbridge"


def test_contexts_in_sns_kinesis_and_kafka_messages_are_found():
    """In attributes, in a JSON payload, in headers."""
    sns = {
        "EventSource": "aws:sns",
        "Sns": {
            "TopicArn": "a:b:topic",
            "MessageAttributes": {"traceparent": {"Type": "String", "Value": TRACEPARENT}},
        },
    }
    data = base64.b64encode(json.dumps({"traceparent": TRACEPARENT, "order": 1}).encode()).decode()
    kinesis = {"eventSource": "aws:kinesis", "eventSourceARN": "a:stream/orders", "kinesis": {"data": data}}
    kafka = {
        "topic": "orders",
        "partition": 0,
        "offset": 15,
        "headers": [{"traceparent": list(TRACEPARENT.encode())}, {"other": [1]}],
    }
    records = {"orders-0": [kafka, {"topic": "orders"}]}

    assert describe({"Records": [sns]}).links == [{"traceparent": TRACEPARENT}]
    assert describe({"Records": [kinesis]}).links == [{"traceparent": TRACEPARENT}]
    found = describe({"eventSource": "aws:kafka", "records": records})
    assert found.links == [{"traceparent": TRACEPARENT}]
    assert (found.name, found.attributes["messaging.batch.message_count"]) == ("process orders", 2)
    single = describe({"eventSource": "SelfManagedKafka", "records": {"orders-0": [kafka]}})
    assert single.attributes["messaging.kafka.offset"] == 15


def test_tables_and_buckets_are_data_sources(sample):
    """With what was done, where it was one thing."""
    table = describe(sample("dynamodb/DynamoDBUpdate.json"))
    bucket = describe(sample("s3/S3Put.json"))

    assert table.attributes["faas.trigger"] == bucket.attributes["faas.trigger"] == "datasource"
    assert table.attributes["faas.document.collection"] == "table"
    assert bucket.attributes["faas.document.operation"] == "insert"


KEYS = [
    "Records",
    "eventSource",
    "Sns",
    "kinesis",
    "data",
    "records",
    "headers",
    "requestContext",
    "http",
    "method",
    "httpMethod",
    "path",
    "detail-type",
    "source",
    "detail",
    "messageAttributes",
    "raw_path",
    "s3",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(
    event=JSON
    | st.fixed_dictionaries(
        {
            "Records": st.lists(
                st.fixed_dictionaries(
                    {"eventSource": st.sampled_from(["aws:sqs", "aws:sns", "aws:kinesis", "aws:s3", "aws:dynamodb"])},
                    optional={"Sns": JSON, "kinesis": JSON, "s3": JSON, "messageAttributes": JSON, "attributes": JSON},
                ),
                min_size=1,
                max_size=3,
            )
        }
    )
)
def test_no_event_is_too_odd_to_be_described(event):
    """Whatever it is, there is a trigger, and no error."""
    assert describe(event).attributes["faas.trigger"] in {"http", "pubsub", "datasource", "timer", "other"}
