"""Unions of event models, of which the event's own source chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    T = TypeVar("T")

    EventSource = Annotated[T, "chosen by the source of the event"]
else:

    class EventSource:
        """A union of built-in event models, or of subclasses: the event's source says which of them it is.

        Pydantic tries the members of a plain union one after the other, and an error lists what is wrong with each.
        Here the event is validated by one model, and an error tells of that one alone.

        Example:
            >>> from lambda_powertools.parser import EventSource, parse
            >>> from lambda_powertools.parser.models import AlbModel, SqsModel
            >>> parse({"Records": [{"eventSource": "aws:sqs"}]}, model=EventSource[SqsModel | AlbModel])
            Traceback (most recent call last):
            ...
            pydantic_core._pydantic_core.ValidationError: ...
        """

        def __class_getitem__(cls, union: Any) -> Any:
            return Annotated[union, _BySource()]


_TAGS = {
    "AlbModel": "alb",
    "APIGatewayProxyEventModel": "rest-api",
    "ApiGatewayAuthorizerRequest": "rest-api-authorizer",
    "ApiGatewayAuthorizerToken": "token-authorizer",
    "APIGatewayProxyEventV2Model": "http-api",
    "ApiGatewayAuthorizerRequestV2": "http-api-authorizer",
    "LambdaFunctionUrlModel": "function-url",
    "APIGatewayWebSocketConnectEventModel": "websocket:CONNECT",
    "APIGatewayWebSocketDisconnectEventModel": "websocket:DISCONNECT",
    "APIGatewayWebSocketMessageEventModel": "websocket:MESSAGE",
    "AppSyncResolverEventModel": "appsync",
    "AppSyncEventsModel": "appsync-events",
    "BedrockAgentEventModel": "bedrock-agent",
    "BedrockAgentFunctionEventModel": "bedrock-agent-function",
    "CloudFormationCustomResourceCreateModel": "cloudformation:Create",
    "CloudFormationCustomResourceDeleteModel": "cloudformation:Delete",
    "CloudFormationCustomResourceUpdateModel": "cloudformation:Update",
    "CloudWatchLogsModel": "cloudwatch-logs",
    "CognitoPreSignupTriggerModel": "cognito:PreSignUp",
    "CognitoPostConfirmationTriggerModel": "cognito:PostConfirmation",
    "CognitoPreAuthenticationTriggerModel": "cognito:PreAuthentication",
    "CognitoPostAuthenticationTriggerModel": "cognito:PostAuthentication",
    "CognitoPreTokenGenerationTriggerModelV1": "cognito:TokenGeneration:1",
    "CognitoPreTokenGenerationTriggerModelV2AndV3": "cognito:TokenGeneration",
    "CognitoMigrateUserTriggerModel": "cognito:UserMigration",
    "CognitoCustomMessageTriggerModel": "cognito:CustomMessage",
    "CognitoCustomEmailSenderTriggerModel": "cognito:CustomEmailSender",
    "CognitoCustomSMSSenderTriggerModel": "cognito:CustomSMSSender",
    "CognitoDefineAuthChallengeTriggerModel": "cognito:DefineAuthChallenge",
    "CognitoCreateAuthChallengeTriggerModel": "cognito:CreateAuthChallenge",
    "CognitoVerifyAuthChallengeTriggerModel": "cognito:VerifyAuthChallengeResponse",
    "DynamoDBStreamModel": "aws:dynamodb",
    "EventBridgeModel": "eventbridge",
    "IoTCoreThingEvent": "iot:THING_EVENT",
    "IoTCoreThingTypeEvent": "iot:THING_TYPE_EVENT",
    "IoTCoreThingTypeAssociationEvent": "iot:THING_TYPE_ASSOCIATION_EVENT",
    "IoTCoreThingGroupEvent": "iot:THING_GROUP_EVENT",
    "IoTCoreAddOrRemoveFromThingGroupEvent": "iot:THING_GROUP_MEMBERSHIP_EVENT",
    "IoTCoreAddOrDeleteFromThingGroupEvent": "iot:THING_GROUP_HIERARCHY_EVENT",
    "KafkaMskEventModel": "aws:kafka",
    "KafkaSelfManagedEventModel": "SelfManagedKafka",
    "KinesisDataStreamModel": "aws:kinesis",
    "KinesisFirehoseModel": "firehose",
    "KinesisFirehoseSqsModel": "firehose",
    "S3Model": "aws:s3",
    "S3BatchOperationModel": "s3-batch",
    "S3ObjectLambdaEvent": "s3-object-lambda",
    "SesModel": "aws:ses",
    "SnsModel": "aws:sns",
    "SqsModel": "aws:sqs",
    "TransferFamilyAuthorizer": "transfer-family",
    "VpcLatticeModel": "vpc-lattice",
    "VpcLatticeV2Model": "vpc-lattice-v2",
}
"""The source of each model, by its name; a subclass has that of its base."""

_BY_KEY = {
    "awslogs": "cloudwatch-logs",
    "deliveryStreamArn": "firehose",
    "getObjectContext": "s3-object-lambda",
    "invocationSchemaVersion": "s3-batch",
    "authorizationToken": "token-authorizer",
    "raw_path": "vpc-lattice",
    "serverId": "transfer-family",
    "detail": "eventbridge",
}
"""Sources that one key tells."""

_MODELS = "lambda_powertools.parser.models."


class _BySource:
    def __get_pydantic_core_schema__(self, union: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        choices: dict[Any, CoreSchema] = {}
        for model in get_args(union) or (union,):
            tag = _tag_of(model)
            if tag is None or tag in choices:
                reason = "is of no known event source" if tag is None else f"is one more model of source {tag}"
                raise TypeError(f"{model!r} {reason}: EventSource takes a union of event models of different sources")
            choices[tag] = handler.generate_schema(model)
        return core_schema.tagged_union_schema(
            choices,
            discriminator=source_of,
            custom_error_type="event_source",
            custom_error_message=f"The event comes from none of these sources: {', '.join(choices)}",
        )


def _tag_of(model: Any) -> str | None:
    return next(
        (
            _TAGS[base.__name__]
            for base in getattr(model, "__mro__", ())
            if base.__module__.startswith(_MODELS) and base.__name__ in _TAGS
        ),
        None,
    )


def source_of(event: Any) -> str | None:
    """Return where an event comes from, None if it cannot be told.

    Example:
        >>> from lambda_powertools.parser.event_source import source_of
        >>> source_of({"Records": [{"eventSource": "aws:sqs"}]})
        'aws:sqs'
    """
    if not isinstance(event, dict):
        return _tag_of(type(event))
    records = event.get("Records")
    if isinstance(records, list) and records and isinstance(records[0], dict):
        source = records[0].get("eventSource", records[0].get("EventSource"))
        return source if isinstance(source, str) else None
    if isinstance(event.get("records"), dict):
        return "aws:kafka" if event.get("eventSource") == "aws:kafka" else "SelfManagedKafka"
    for find in (_http, _by_kind, _agent):
        found = find(event)
        if found is not None:
            return found
    return next((source for key, source in _BY_KEY.items() if key in event), None)


def _http(event: Mapping[str, Any]) -> str | None:
    request = event.get("requestContext")
    if not isinstance(request, dict):
        return None
    if "elb" in request:
        return "alb"
    if "serviceNetworkArn" in request:
        return "vpc-lattice-v2"
    if "connectionId" in request and "eventType" in request:
        return f"websocket:{request['eventType']}"
    if "http" in request:
        return _http_api(event, request)
    return "rest-api-authorizer" if "methodArn" in event else "rest-api"


def _http_api(event: Mapping[str, Any], request: Mapping[str, Any]) -> str:
    if "routeArn" in event:
        return "http-api-authorizer"
    return "function-url" if ".lambda-url." in str(request.get("domainName")) else "http-api"


def _by_kind(event: Mapping[str, Any]) -> str | None:
    if isinstance(event.get("triggerSource"), str):
        trigger = event["triggerSource"].partition("_")[0]
        return (
            f"cognito:{trigger}:1"
            if trigger == "TokenGeneration" and event.get("version") == "1"
            else f"cognito:{trigger}"
        )
    if "RequestType" in event and "ResponseURL" in event:
        return f"cloudformation:{event['RequestType']}"
    return f"iot:{event['eventType']}" if "eventType" in event and "eventId" in event else None


def _agent(event: Mapping[str, Any]) -> str | None:
    if isinstance(event.get("info"), dict):
        return "appsync-events" if "channel" in event["info"] else "appsync"
    if "messageVersion" in event and "agent" in event:
        return "bedrock-agent" if "apiPath" in event else "bedrock-agent-function"
    return None
