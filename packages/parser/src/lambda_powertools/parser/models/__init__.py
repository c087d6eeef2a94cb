"""Models of the events that AWS services send to Lambda functions.

Each name is loaded with its module when it is first asked for, and its validator is built when it is first used. A
payload, such as the body of a message, may be narrowed in a subclass to a model of yours.

Example:
    >>> from lambda_powertools.parser.models import S3BatchOperationModel
    >>> event = S3BatchOperationModel.model_validate(
    ...     {
    ...         "invocationId": "1",
    ...         "invocationSchemaVersion": "1.0",
    ...         "job": {"id": "2"},
    ...         "tasks": [{"taskId": "3", "s3Key": "orders.csv", "s3BucketArn": "arn:aws:s3:::shop"}],
    ...     }
    ... )
    >>> event.tasks[0].s3Bucket
    'shop'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.parser.models._exports import *  # noqa: F403  # the same names, for type checkers

_MODULES = {
    "alb": "AlbModel AlbRequestContext AlbRequestContextData",
    "apigw": (
        "APIGatewayEventAuthorizer APIGatewayEventIdentity APIGatewayEventRequestContext APIGatewayProxyEventModel "
        "ApiGatewayAuthorizerRequest ApiGatewayAuthorizerToken"
    ),
    "apigw_websocket": (
        "APIGatewayWebSocketConnectEventModel APIGatewayWebSocketConnectEventRequestContext "
        "APIGatewayWebSocketDisconnectEventModel APIGatewayWebSocketDisconnectEventRequestContext "
        "APIGatewayWebSocketEventIdentity APIGatewayWebSocketEventRequestContextBase "
        "APIGatewayWebSocketMessageEventModel APIGatewayWebSocketMessageEventRequestContext"
    ),
    "apigwv2": (
        "APIGatewayProxyEventV2Model ApiGatewayAuthorizerRequestV2 RequestContextV2 RequestContextV2Authorizer "
        "RequestContextV2AuthorizerIam RequestContextV2AuthorizerIamCognito RequestContextV2AuthorizerJwt "
        "RequestContextV2Http"
    ),
    "appsync": "AppSyncBatchResolverEventModel AppSyncResolverEventModel",
    "appsync_events": "AppSyncEventsModel",
    "bedrock_agent": (
        "BedrockAgentEventModel BedrockAgentFunctionEventModel BedrockAgentModel BedrockAgentPropertyModel "
        "BedrockAgentRequestBodyModel BedrockAgentRequestMediaModel"
    ),
    "cloudformation_custom_resource": (
        "CloudFormationCustomResourceBaseModel CloudFormationCustomResourceCreateModel "
        "CloudFormationCustomResourceDeleteModel CloudFormationCustomResourceUpdateModel"
    ),
    "cloudwatch": "CloudWatchLogsData CloudWatchLogsDecode CloudWatchLogsLogEvent CloudWatchLogsModel",
    "cognito": (
        "CognitoCreateAuthChallengeTriggerModel CognitoCustomEmailSenderTriggerModel CognitoCustomMessageTriggerModel "
        "CognitoCustomSMSSenderTriggerModel CognitoDefineAuthChallengeTriggerModel CognitoMigrateUserTriggerModel "
        "CognitoPostAuthenticationTriggerModel CognitoPostConfirmationTriggerModel "
        "CognitoPreAuthenticationTriggerModel CognitoPreSignupTriggerModel CognitoPreTokenGenerationTriggerModelV1 "
        "CognitoPreTokenGenerationTriggerModelV2AndV3 CognitoVerifyAuthChallengeTriggerModel"
    ),
    "dynamodb": (
        "DynamoDBStreamChangedRecordModel DynamoDBStreamLambdaOnFailureDestinationModel DynamoDBStreamModel "
        "DynamoDBStreamRecordModel"
    ),
    "event_bridge": "EventBridgeModel",
    "iot_registry_events": "",  # all of its names stay its own
    "kafka": "KafkaBaseEventModel KafkaMskEventModel KafkaRecordModel KafkaSelfManagedEventModel",
    "kinesis": "KinesisDataStreamModel KinesisDataStreamRecord KinesisDataStreamRecordPayload",
    "kinesis_firehose": "KinesisFirehoseModel KinesisFirehoseRecord KinesisFirehoseRecordMetadata",
    "kinesis_firehose_sqs": "KinesisFirehoseSqsModel KinesisFirehoseSqsRecord",
    "lambda_function_url": "LambdaFunctionUrlModel",
    "s3": (
        "S3EventNotificationEventBridgeDetailModel S3EventNotificationEventBridgeModel S3EventNotificationObjectModel "
        "S3Model S3RecordModel"
    ),
    "s3_batch_operation": "S3BatchOperationJobModel S3BatchOperationModel S3BatchOperationTaskModel",
    "s3_event_notification": "S3SqsEventNotificationModel S3SqsEventNotificationRecordModel",
    "s3_object_event": (
        "S3ObjectConfiguration S3ObjectContext S3ObjectLambdaEvent S3ObjectSessionAttributes S3ObjectSessionContext "
        "S3ObjectSessionIssuer S3ObjectUserIdentity S3ObjectUserRequest"
    ),
    "ses": (
        "SesMail SesMailCommonHeaders SesMailHeaders SesMessage SesModel SesReceipt SesReceiptAction "
        "SesReceiptVerdict SesRecordModel"
    ),
    "sns": "SnsModel SnsNotificationModel SnsRecordModel",
    "sqs": "SqsAttributesModel SqsModel SqsMsgAttributeModel SqsRecordModel",
    "transfer_family": "TransferFamilyAuthorizer",
    "vpc_lattice": "VpcLatticeModel",
    "vpc_latticev2": "VpcLatticeV2Model",
}
"""Names that are exported, by the module that has them."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605  # the table, which _exports.pyi spells out


if not TYPE_CHECKING:  # for whom a misspelt name would be right otherwise

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        module = _MODULE_OF.get(name)
        if module is not None:
            value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
            return value
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
