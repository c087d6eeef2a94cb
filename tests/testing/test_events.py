"""The events of the kit: complete, the same every time, and in the shape that AWS gives them."""

from __future__ import annotations

import base64
import copy
import gzip
import json
import re
import subprocess
import sys

import pytest
from sam_samples import sam_sample

from lambda_powertools import data_classes
from lambda_powertools.parser import models
from lambda_powertools.parser.models import iot_registry_events
from lambda_powertools.testing import events

MODELS = [
    (events.alb(body="x"), "ALBEvent", "AlbModel"),
    (events.api_gateway_rest(), "APIGatewayProxyEvent", "APIGatewayProxyEventModel"),
    (events.api_gateway_rest("POST", body={"id": 7}), "APIGatewayProxyEvent", "APIGatewayProxyEventModel"),
    (
        events.api_gateway_rest(resource="/orders/{id}", authorizer={"claims": {"sub": "7"}}, api_key="a-key"),
        "APIGatewayProxyEvent",
        "APIGatewayProxyEventModel",
    ),
    (events.api_gateway_authorizer_token(), "APIGatewayAuthorizerTokenEvent", "ApiGatewayAuthorizerToken"),
    (events.api_gateway_authorizer_request(), "APIGatewayAuthorizerRequestEvent", "ApiGatewayAuthorizerRequest"),
    (events.api_gateway_websocket("CONNECT"), "APIGatewayWebSocketEvent", "APIGatewayWebSocketConnectEventModel"),
    (events.api_gateway_websocket(), "APIGatewayWebSocketEvent", "APIGatewayWebSocketMessageEventModel"),
    (events.api_gateway_websocket("DISCONNECT"), "APIGatewayWebSocketEvent", "APIGatewayWebSocketDisconnectEventModel"),
    (events.http_api(), "APIGatewayProxyEventV2", "APIGatewayProxyEventV2Model"),
    (
        events.http_api(
            "PUT",
            "/orders/7",
            route="/orders/{id}",
            body=b"\xff",
            stage="test",
            stage_variables={"a": "b"},
            authorizer={"jwt": {"claims": {"sub": "7"}, "scopes": ["read"]}},
        ),
        "APIGatewayProxyEventV2",
        "APIGatewayProxyEventV2Model",
    ),
    (
        events.http_api_authorizer(route="/orders/{id}"),
        "APIGatewayAuthorizerEventV2",
        "ApiGatewayAuthorizerRequestV2",
    ),
    (events.function_url(authorizer={"iam": {"accountId": "1"}}), "LambdaFunctionUrlEvent", "LambdaFunctionUrlModel"),
    (events.vpc_lattice(body="x"), "VPCLatticeEvent", "VpcLatticeModel"),
    (events.vpc_lattice_v2(body="x", identity={"type": "AWS_IAM"}), "VPCLatticeEventV2", "VpcLatticeV2Model"),
    (events.active_mq(), "ActiveMQEvent", None),
    (events.appsync(), "AppSyncResolverEvent", "AppSyncResolverEventModel"),
    (events.appsync(identity={}, source={"id": 1}), "AppSyncResolverEvent", "AppSyncResolverEventModel"),
    (events.appsync_authorizer(), "AppSyncAuthorizerEvent", None),
    (events.appsync_events(), "AppSyncResolverEventsEvent", "AppSyncEventsModel"),
    (events.appsync_events("SUBSCRIBE"), "AppSyncResolverEventsEvent", "AppSyncEventsModel"),
    (events.bedrock(), "BedrockAgentEvent", "BedrockAgentEventModel"),
    (events.bedrock(method="POST", body={"count": 2}), "BedrockAgentEvent", "BedrockAgentEventModel"),
    (events.bedrock_function(), "BedrockAgentFunctionEvent", "BedrockAgentFunctionEventModel"),
    (events.cloudformation(), "CloudFormationCustomResourceEvent", "CloudFormationCustomResourceCreateModel"),
    (events.cloudformation("Update"), "CloudFormationCustomResourceEvent", "CloudFormationCustomResourceUpdateModel"),
    (events.cloudformation("Delete"), "CloudFormationCustomResourceEvent", "CloudFormationCustomResourceDeleteModel"),
    (events.cloudwatch_alarm(), "CloudWatchAlarmEvent", None),
    (events.cloudwatch_logs(), "CloudWatchLogsEvent", "CloudWatchLogsModel"),
    (events.cloudwatch_widget(), "CloudWatchDashboardCustomWidgetEvent", None),
    (events.codedeploy(), "CodeDeployLifecycleHookEvent", None),
    (events.codepipeline({"a": 1}, continuation_token="t"), "CodePipelineJobEvent", None),
    (events.config_rule(), "AWSConfigRuleEvent", None),
    (events.config_rule("ScheduledNotification"), "AWSConfigRuleEvent", None),
    (events.config_rule("OversizedConfigurationItemChangeNotification"), "AWSConfigRuleEvent", None),
    (events.connect(), "ConnectContactFlowEvent", None),
    (events.dynamodb_stream(), "DynamoDBStreamEvent", "DynamoDBStreamModel"),
    (
        events.dynamodb_stream({"id": "7", "tags": {"a"}, "raw": b"\0"}, old_image={"id": "7", "n": 1.5}),
        "DynamoDBStreamEvent",
        "DynamoDBStreamModel",
    ),
    (events.eventbridge(), "EventBridgeEvent", "EventBridgeModel"),
    (events.scheduled(), "EventBridgeEvent", "EventBridgeModel"),
    (events.firehose(), "KinesisFirehoseEvent", "KinesisFirehoseModel"),
    (events.firehose(source_stream="orders"), "KinesisFirehoseEvent", "KinesisFirehoseModel"),
    (events.iot_registry(), "IoTCoreThingEvent", "iot:IoTCoreThingEvent"),
    (events.iot_registry("THING_TYPE_EVENT"), "IoTCoreThingTypeEvent", "iot:IoTCoreThingTypeEvent"),
    (
        events.iot_registry("THING_TYPE_ASSOCIATION_EVENT"),
        "IoTCoreThingTypeAssociationEvent",
        "iot:IoTCoreThingTypeAssociationEvent",
    ),
    (events.iot_registry("THING_GROUP_EVENT"), "IoTCoreThingGroupEvent", "iot:IoTCoreThingGroupEvent"),
    (
        events.iot_registry("THING_GROUP_MEMBERSHIP_EVENT"),
        "IoTCoreAddOrRemoveFromThingGroupEvent",
        "iot:IoTCoreAddOrRemoveFromThingGroupEvent",
    ),
    (
        events.iot_registry("THING_GROUP_HIERARCHY_EVENT"),
        "IoTCoreAddOrDeleteFromThingGroupEvent",
        "iot:IoTCoreAddOrDeleteFromThingGroupEvent",
    ),
    (events.kafka(headers={"trace": "1"}), "KafkaEvent", "KafkaMskEventModel"),
    (events.kafka_self_managed(key=None), "KafkaEvent", "KafkaSelfManagedEventModel"),
    (events.kinesis(), "KinesisStreamEvent", "KinesisDataStreamModel"),
    (events.rabbit_mq(headers={"trace": "1"}), "RabbitMQEvent", None),
    (events.s3(), "S3Event", "S3Model"),
    (events.s3(event_name="ObjectRemoved:Delete", version_id="v1"), "S3Event", "S3Model"),
    (events.s3_batch(), "S3BatchOperationEvent", "S3BatchOperationModel"),
    (events.s3_batch(schema_version="1.0"), "S3BatchOperationEvent", "S3BatchOperationModel"),
    (events.s3_eventbridge(), "S3EventBridgeNotificationEvent", "S3EventNotificationEventBridgeModel"),
    (events.s3_object_lambda(), "S3ObjectLambdaEvent", "S3ObjectLambdaEvent"),
    (events.secrets_manager(), "SecretsManagerEvent", None),
    (events.ses(), "SESEvent", "SesModel"),
    (events.sns(message_attributes={"kind": "new"}), "SNSEvent", "SnsModel"),
    (events.sns_via_sqs(), "SQSEvent", "SqsModel"),
    (events.sqs(message_attributes={"count": 2, "raw": b"\0"}), "SQSEvent", "SqsModel"),
    (events.sqs(queue_name="orders.fifo"), "SQSEvent", "SqsModel"),
    (events.transfer_family(), "TransferFamilyAuthorizer", "TransferFamilyAuthorizer"),
]
COGNITO = [
    ("pre_sign_up", "PreSignUpTriggerEvent", "CognitoPreSignupTriggerModel"),
    ("post_confirmation", "PostConfirmationTriggerEvent", "CognitoPostConfirmationTriggerModel"),
    ("pre_authentication", "PreAuthenticationTriggerEvent", "CognitoPreAuthenticationTriggerModel"),
    ("post_authentication", "PostAuthenticationTriggerEvent", "CognitoPostAuthenticationTriggerModel"),
    ("pre_token_generation", "PreTokenGenerationTriggerEvent", "CognitoPreTokenGenerationTriggerModelV1"),
    (
        "pre_token_generation_v2",
        "PreTokenGenerationV2TriggerEvent",
        "CognitoPreTokenGenerationTriggerModelV2AndV3",
    ),
    ("user_migration", "UserMigrationTriggerEvent", "CognitoMigrateUserTriggerModel"),
    ("custom_message", "CustomMessageTriggerEvent", "CognitoCustomMessageTriggerModel"),
    ("custom_email_sender", "CustomEmailSenderTriggerEvent", "CognitoCustomEmailSenderTriggerModel"),
    ("custom_sms_sender", "CustomSMSSenderTriggerEvent", "CognitoCustomSMSSenderTriggerModel"),
    ("define_auth_challenge", "DefineAuthChallengeTriggerEvent", "CognitoDefineAuthChallengeTriggerModel"),
    ("create_auth_challenge", "CreateAuthChallengeTriggerEvent", "CognitoCreateAuthChallengeTriggerModel"),
    (
        "verify_auth_challenge",
        "VerifyAuthChallengeResponseTriggerEvent",
        "CognitoVerifyAuthChallengeTriggerModel",
    ),
]
CASES = MODELS + [(events.cognito(trigger), view, model) for trigger, view, model in COGNITO]


@pytest.mark.parametrize(("event", "view", "model"), CASES, ids=[str(view) for _, view, _ in CASES])
def test_event_is_read_by_data_class_and_model(event, view, model):
    """Every property of the source's data class can be read of the event, and its parser model takes it."""
    before = copy.deepcopy(event)

    assert '"[Cannot be deserialized]"' not in str(getattr(data_classes, view)(event))
    assert properties_that_fail(getattr(data_classes, view)(event)) == []
    if model is not None:
        home, _, name = model.rpartition(":")
        getattr(iot_registry_events if home else models, name).model_validate(event)
    assert event == before


NOT_THERE = {
    "body": "a WebSocket that connects, or an authorizer, has no body",
    "json_body": "the same",
    "decoded_body": "the same",
    "is_base64_encoded": "the same",
}
"""Properties that a data class has of its base, and that events of the source lack in fact."""


def properties_that_fail(view):
    """Return the names of properties of an event's view that cannot be read."""
    failed = []
    for name in dir(type(view)):
        if name.startswith("_") or not isinstance(getattr(type(view), name), property):
            continue
        try:
            value = getattr(view, name)
            if hasattr(value, "__next__"):
                list(value)
        except KeyError as error:
            if str(error.args[0]) not in OPTIONAL.get(type(view).__name__, ()):
                failed.append(f"{name}: {error!r}")
        except (TypeError, AttributeError, ValueError) as error:
            if name not in NOT_THERE and name != "json_body":
                failed.append(f"{name}: {error!r}")
    return failed


OPTIONAL = {
    "APIGatewayWebSocketEvent": {"body", "headers", "multiValueHeaders"},
    "APIGatewayAuthorizerEventV2": {"cookies", "queryStringParameters"},
    "APIGatewayProxyEventV2": {"cookies", "queryStringParameters", "body"},
    "LambdaFunctionUrlEvent": {"cookies", "queryStringParameters", "body"},
    "APIGatewayProxyEvent": {"version"},
    "APIGatewayAuthorizerRequestEvent": {"version", "authorizationToken", "identitySource"},
}
"""Keys that the service leaves out where there is nothing to put there."""


def test_every_source_of_the_data_classes_has_events():
    """No data class of an event is without an event here."""
    tested = {view for _, view, _ in CASES}
    known = {
        name
        for name in data_classes.__all__
        if re.search(r"(?<!Data)(Event|Event(V2|sEvent)|TriggerEvent|Authorizer)$", name)
        and getattr(getattr(data_classes, name), "__mro__", [])[-3:-2] != []
    }
    views = {name for name in known if has_raw_event(getattr(data_classes, name))}
    helpers = {
        "APIGatewayEventAuthorizer",
        "BaseProxyEvent",
        "BaseTriggerEvent",
        "CloudWatchLogsLogEvent",
        "RequestContextV2Authorizer",
    }

    assert sorted(views - tested - helpers) == []


def has_raw_event(kind):
    return isinstance(kind, type) and issubclass(kind, data_classes.DictWrapper)


@pytest.mark.parametrize("name", events.SOURCES)
def test_event_is_json_and_the_same_every_time(name):
    """A source's event with its defaults is JSON, equal to itself, and shares nothing with the next one."""
    make = events.describe_source(name).make

    first, second = make(), make()
    text = json.dumps(first, sort_keys=True)
    scramble(first)

    assert json.loads(text) == second == make()


def scramble(value):
    """Change everything inside an event."""
    if isinstance(value, dict):
        for item in value.values():
            scramble(item)
        value.clear()
    elif isinstance(value, list):
        for item in value:
            scramble(item)
        value.clear()


def test_event_is_the_same_in_another_process():
    """Neither the process nor its hash seed shows in an event."""
    program = (
        "import json; from lambda_powertools.testing import events as e; "
        "print(json.dumps({n: e.describe_source(n).make() for n in e.SOURCES}, sort_keys=True))"
    )
    command = [sys.executable, "-c", program]
    found = {subprocess.run(command, capture_output=True, check=True, text=True).stdout for _ in range(2)}

    assert found == {json.dumps({n: events.describe_source(n).make() for n in events.SOURCES}, sort_keys=True) + "\n"}


FREE = {
    "attributes",
    "claims",
    "clientMetadata",
    "detail",
    "headers",
    "multiValueHeaders",
    "multiValueQueryStringParameters",
    "queryStringParameters",
    "pathParameters",
    "stageVariables",
    "messageAttributes",
    "MessageAttributes",
    "arguments",
    "NewImage",
    "OldImage",
    "Keys",
    "variables",
    "Parameters",
    "Attributes",
    "ResourceProperties",
    "source",
    "stash",
    "scopes",
}
"""What is in the hands of who sends the event."""


def shape(value, path=""):
    """Return the paths of a document's keys, with the type of what they hold."""
    if isinstance(value, dict):
        found = {}
        for key, item in value.items():
            place = f"{path}.{key}"
            found[place] = None if item is None else type(item).__name__
            if key not in FREE:
                found |= shape(item, place)
        return found
    if isinstance(value, list):
        return {key: kind for item in value for key, kind in shape(item, f"{path}[]").items()}
    return {}


# An event of the kit, AWS's sample, and what is in the sample although the service no longer sends it so.
COMPARED = [
    (
        events.api_gateway_rest("POST", "/path/to", body=b"x", query="a=b", resource="/{proxy+}"),
        ("apigateway", "aws-proxy"),
        {},
    ),
    (
        events.http_api(
            "POST",
            "/path/to",
            cookies={"a": "b"},
            query="a=b",
            body=b"x",
            route="/{proxy+}",
            stage_variables={"a": "b"},
            authorizer={"jwt": {"claims": {}, "scopes": ["a"]}},
        ),
        ("apigateway", "http-api-proxy"),
        {".requestContext.authentication": "of mutual TLS"},
    ),
    (events.api_gateway_authorizer_token(), ("apigateway", "authorizer"), {}),
    (
        events.api_gateway_authorizer_request(),
        ("apigateway", "request-authorizer"),
        {".requestContext.identity.clientCert": "of mutual TLS"},
    ),
    (events.alb("POST", body="x"), ("alb", "request"), {}),
    (events.sqs(), ("sqs", "receive-message"), {}),
    (events.sns(subject="s"), ("sns", "notification"), {}),
    (events.ses(), ("ses", "email-receiving"), {}),
    (events.kinesis(), ("kinesis", "get-records"), {}),
    (events.firehose(), ("kinesis", "kinesis-firehose"), {}),
    (
        events.firehose(source_stream="s"),
        ("kinesis", "streams-as-source"),
        {".deliverySteamArn": "misspelt in the sample"},
    ),
    (events.dynamodb_stream({"Id": 1}, old_image={"Id": 1}, keys=["Id"]), ("dynamodb", "update"), {}),
    (events.s3(), ("s3", "put"), {}),
    (events.s3(event_name="ObjectRemoved:Delete"), ("s3", "delete"), {}),
    (events.s3_batch(schema_version="1.0"), ("s3", "batch-invocation"), {}),
    (events.scheduled(), ("cloudwatch", "scheduled-event"), {}),
    (events.cloudwatch_logs(), ("cloudwatch", "logs"), {}),
    (events.appsync(), ("appsync", "resolver"), {}),
    (events.cloudformation(), ("cloudformation", "create-request"), {}),
    (events.codepipeline(), ("codepipeline", "job"), {}),
    (events.connect(), ("connect", "contact-flow-event"), {}),
    (events.config_rule(), ("config", "item-change-notification"), {}),
    (events.config_rule("ScheduledNotification"), ("config", "periodic-rule"), {}),
    (
        events.config_rule("OversizedConfigurationItemChangeNotification"),
        ("config", "oversized-item-change-notification"),
        {},
    ),
]


@pytest.mark.parametrize(("event", "about", "gone"), COMPARED, ids=[f"{case[1][0]}-{case[1][1]}" for case in COMPARED])
def test_event_has_the_shape_of_what_aws_wrote(event, about, gone):
    """Every key of AWS's own sample is in the event, with a value of the same type."""
    ours, theirs = shape(event), shape(sam_sample(*about))
    missing = {
        path: (kind, ours.get(path, "missing"))
        for path, kind in theirs.items()
        if path not in ours or (None not in (kind, ours[path]) and kind != ours[path])
    }

    assert {path: what for path, what in missing.items() if not any(path.startswith(key) for key in gone)} == {}
    assert [key for key in gone if not any(path.startswith(key) for path in missing)] == []


def test_body_is_text_json_or_base64():
    """Text goes into an event as it is, anything else as JSON, and bytes as base64 where the source has no bytes."""
    assert events.sqs("plain")["Records"][0]["body"] == "plain"
    assert events.sqs({"ä": 1})["Records"][0]["body"] == '{"ä":1}'
    assert events.http_api("POST", body={"a": 1})["headers"]["content-type"] == "application/json"
    binary = events.api_gateway_rest("POST", body=b"\xff")
    assert (binary["body"], binary["isBase64Encoded"]) == ("/w==", True)
    data = events.kinesis(records=[{"n": 1}, b"\0"])["Records"]
    assert [base64.b64decode(record["kinesis"]["data"]) for record in data] == [b'{"n":1}', b"\0"]
    logs = events.cloudwatch_logs(messages=["one", {"two": 2}])["awslogs"]["data"]
    found = json.loads(gzip.decompress(base64.b64decode(logs)))["logEvents"]
    assert [event["message"] for event in found] == ["one", '{"two":2}']


def test_several_records_have_ids_of_their_own():
    """Records of one event differ in their ids, and only their contents and ids differ."""
    records = events.sqs(bodies=["a", "b", "c"])["Records"]

    assert len({record["messageId"] for record in records}) == 3
    assert [record["body"] for record in records] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: events.cognito("sign_up"), "'sign_up': one of pre_sign_up, "),
        (lambda: events.api_gateway_websocket("OPEN"), "'OPEN': CONNECT, MESSAGE or DISCONNECT"),
        (lambda: events.config_rule("Change"), "'Change': ConfigurationItemChangeNotification"),
        (lambda: events.iot_registry("THING"), "'THING': one of THING_EVENT"),
        (lambda: events.http_api(path="/a", route="/b/{id}"), "'/a' does not match '/b/{id}'"),
        (lambda: events.api_gateway_rest(path="/a/b/c", resource="/a/{id}"), "does not match"),
    ],
)
def test_a_value_that_a_source_does_not_know_is_an_error(call, message):
    """A name that is none of the source's is refused, with those that there are."""
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_an_image_of_dynamodb_takes_python_values():
    """Every type that DynamoDB has is written as DynamoDB does; others are refused."""
    item = {"id": "7", "n": None, "l": [1, True], "m": {"a": 1.5}, "s": {"b", "a"}, "ns": {2, 1}, "b": b"\0"}

    image = events.dynamodb_stream(item)["Records"][0]["dynamodb"]["NewImage"]

    assert image == {
        "id": {"S": "7"},
        "n": {"NULL": True},
        "l": {"L": [{"N": "1"}, {"BOOL": True}]},
        "m": {"M": {"a": {"N": "1.5"}}},
        "s": {"SS": ["a", "b"]},
        "ns": {"NS": ["1", "2"]},
        "b": {"B": "AA=="},
    }
    with pytest.raises(TypeError, match="no attribute for object"):
        events.dynamodb_stream({"id": object()})
