"""Typed views over the events that AWS services send to Lambda functions.

Each name is loaded with its module when it is first asked for, so a function pays for the event sources it uses.
"""

from __future__ import annotations

import sys
from types import ModuleType

from lambda_powertools.data_classes.__about__ import __version__ as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.data_classes._exports import *  # noqa: F403  # the same names, for type checkers

_MODULES = {
    "active_mq_event": "ActiveMQEvent ActiveMQMessage",
    "alb_event": "ALBEvent ALBEventRequestContext",
    "api_gateway_authorizer_event": (
        "APIGatewayAuthorizerEventV2 APIGatewayAuthorizerRequestEvent APIGatewayAuthorizerResponse "
        "APIGatewayAuthorizerResponseV2 APIGatewayAuthorizerResponseWebSocket APIGatewayAuthorizerTokenEvent "
        "APIGatewayRouteArn DENY_ALL_RESPONSE HttpVerb parse_api_gateway_arn"
    ),
    "api_gateway_proxy_event": (
        "APIGatewayEventAuthorizer APIGatewayEventRequestContext APIGatewayProxyEvent APIGatewayProxyEventV2 "
        "RequestContextV2 RequestContextV2Authorizer RequestContextV2AuthorizerIam"
    ),
    "api_gateway_websocket_event": (
        "APIGatewayWebSocketEvent APIGatewayWebSocketEventIdentity APIGatewayWebSocketEventRequestContext"
    ),
    "appsync.scalar_types_utils": "aws_date aws_datetime aws_time aws_timestamp make_id",
    "appsync_authorizer_event": "AppSyncAuthorizerEvent AppSyncAuthorizerEventRequestContext AppSyncAuthorizerResponse",
    "appsync_resolver_event": (
        "AppSyncEventBase AppSyncIdentityCognito AppSyncIdentityIAM AppSyncResolverEvent AppSyncResolverEventInfo "
        "get_identity_object"
    ),
    "appsync_resolver_events_event": "AppSyncResolverEventsEvent AppSyncResolverEventsInfo",
    "aws_config_rule_event": (
        "AWSConfigConfigurationChanged AWSConfigConfigurationItemChanged AWSConfigOversizedConfiguration "
        "AWSConfigOversizedConfigurationItemSummary AWSConfigRuleEvent AWSConfigScheduledNotification "
        "get_invoke_event"
    ),
    "bedrock_agent_event": (
        "BedrockAgentEvent BedrockAgentInfo BedrockAgentProperty BedrockAgentRequestBody BedrockAgentRequestMedia"
    ),
    "bedrock_agent_function_event": "BedrockAgentFunctionEvent BedrockAgentFunctionParameter",
    "cloud_watch_alarm_event": (
        "CloudWatchAlarmConfiguration CloudWatchAlarmData CloudWatchAlarmEvent CloudWatchAlarmMetric "
        "CloudWatchAlarmMetricStat CloudWatchAlarmState"
    ),
    "cloud_watch_custom_widget_event": (
        "CloudWatchDashboardCustomWidgetEvent CloudWatchWidgetContext TimeRange TimeZone"
    ),
    "cloud_watch_logs_event": "CloudWatchLogsDecodedData CloudWatchLogsEvent CloudWatchLogsLogEvent",
    "cloudformation_custom_resource_event": "CloudFormationCustomResourceEvent",
    "code_deploy_lifecycle_hook_event": "CodeDeployLifecycleHookEvent",
    "code_pipeline_job_event": (
        "CodePipelineActionConfiguration CodePipelineArtifact CodePipelineArtifactCredentials "
        "CodePipelineConfiguration CodePipelineData CodePipelineEncryptionKey CodePipelineJobEvent "
        "CodePipelineLocation CodePipelineS3Location"
    ),
    "cognito_user_pool_event": (
        "BaseTriggerEvent CallerContext ChallengeResult ClaimsAndScopeOverrideDetails ClaimsOverrideBase "
        "ClaimsOverrideDetails CreateAuthChallengeTriggerEvent CreateAuthChallengeTriggerEventRequest "
        "CreateAuthChallengeTriggerEventResponse CustomEmailSenderTriggerEvent CustomEmailSenderTriggerEventRequest "
        "CustomMessageTriggerEvent CustomMessageTriggerEventRequest CustomMessageTriggerEventResponse "
        "CustomSMSSenderTriggerEvent CustomSMSSenderTriggerEventRequest DefineAuthChallengeTriggerEvent "
        "DefineAuthChallengeTriggerEventRequest DefineAuthChallengeTriggerEventResponse GroupConfigurationBase "
        "GroupOverrideDetails PostAuthenticationTriggerEvent PostAuthenticationTriggerEventRequest "
        "PostConfirmationTriggerEvent PostConfirmationTriggerEventRequest PreAuthenticationTriggerEvent "
        "PreAuthenticationTriggerEventRequest PreSignUpTriggerEvent PreSignUpTriggerEventRequest "
        "PreSignUpTriggerEventResponse PreTokenGenerationTriggerEvent PreTokenGenerationTriggerEventRequest "
        "PreTokenGenerationTriggerEventResponse PreTokenGenerationTriggerV2EventRequest "
        "PreTokenGenerationTriggerV2EventResponse PreTokenGenerationV2TriggerEvent "
        "TokenClaimsAndScopeOverrideDetails UserMigrationTriggerEvent UserMigrationTriggerEventRequest "
        "UserMigrationTriggerEventResponse VerifyAuthChallengeResponseTriggerEvent "
        "VerifyAuthChallengeResponseTriggerEventRequest VerifyAuthChallengeResponseTriggerEventResponse"
    ),
    "common": (
        "APIGatewayEventIdentity BaseProxyEvent BaseRequestContext BaseRequestContextV2 CaseInsensitiveDict "
        "DictWrapper RequestContextClientCert RequestContextV2Http"
    ),
    "connect_contact_flow_event": (
        "ConnectContactFlowChannel ConnectContactFlowData ConnectContactFlowEndpoint ConnectContactFlowEndpointType "
        "ConnectContactFlowEvent ConnectContactFlowInitiationMethod ConnectContactFlowMediaStreamAudio "
        "ConnectContactFlowMediaStreamCustomer ConnectContactFlowMediaStreams ConnectContactFlowQueue"
    ),
    "dynamo_db_stream_event": (
        "DynamoDBRecord DynamoDBRecordEventName DynamoDBStreamEvent DynamoDBStreamWindow StreamRecord StreamViewType"
    ),
    "dynamodb_deserializer": "TypeDeserializer",
    "event_bridge_event": "EventBridgeEvent",
    "event_source": "event_source",
    "exceptions": (
        "ArtifactNotFoundError DataClassesError EmptyEventError EventTypeError InvalidHomeDirectoryError "
        "InvalidPolicyError InvalidRouteArnError ResponseResultsError UnknownAttributeTypeError"
    ),
    "headers_serializer": (
        "BaseHeadersSerializer HttpApiHeadersSerializer MultiValueHeadersSerializer SingleValueHeadersSerializer"
    ),
    "iot_registry_event": (
        "EVENT_ADD_REMOVE_OPERATION EVENT_CRUD_OPERATION IoTCoreAddOrDeleteFromThingGroupEvent "
        "IoTCoreAddOrRemoveFromThingGroupEvent IoTCoreRegistryEventsBase IoTCoreThingEvent IoTCoreThingGroupEvent "
        "IoTCoreThingTypeAssociationEvent IoTCoreThingTypeEvent"
    ),
    "kafka_event": "KafkaEvent KafkaEventBase KafkaEventRecord KafkaEventRecordBase KafkaEventRecordSchemaMetadata",
    "kinesis_firehose_event": (
        "KinesisFirehoseDataTransformationRecord KinesisFirehoseDataTransformationRecordMetadata "
        "KinesisFirehoseDataTransformationResponse KinesisFirehoseEvent KinesisFirehoseRecord "
        "KinesisFirehoseRecordMetadata"
    ),
    "kinesis_stream_event": (
        "KinesisStreamEvent KinesisStreamRecord KinesisStreamRecordPayload KinesisStreamWindow "
        "extract_cloudwatch_logs_from_event extract_cloudwatch_logs_from_record"
    ),
    "lambda_function_url_event": "LambdaFunctionUrlEvent",
    "rabbit_mq_event": "BasicProperties RabbitMQEvent RabbitMessage",
    "s3_batch_operation_event": (
        "RESULT_CODE_TYPE S3BatchOperationEvent S3BatchOperationJob S3BatchOperationResponse "
        "S3BatchOperationResponseRecord S3BatchOperationTask VALID_RESULT_CODES"
    ),
    "s3_event": (
        "S3Bucket S3Event S3EventBridgeNotificationDetail S3EventBridgeNotificationEvent "
        "S3EventBridgeNotificationObject S3EventNotificationEventBridgeBucket S3EventRecord "
        "S3EventRecordGlacierEventData S3EventRecordGlacierRestoreEventData "
        "S3EventRecordIntelligentTieringEventData S3Identity S3Message S3Object S3RequestParameters"
    ),
    "s3_object_event": (
        "S3ObjectConfiguration S3ObjectContext S3ObjectLambdaEvent S3ObjectSessionAttributes S3ObjectSessionContext "
        "S3ObjectSessionIssuer S3ObjectUserIdentity S3ObjectUserRequest"
    ),
    "secrets_manager_event": "SecretsManagerEvent",
    "serialization": "base64_decode base64_encode base64_from_json base64_from_str",
    "ses_event": (
        "SESEvent SESEventRecord SESMail SESMailCommonHeaders SESMailHeader SESMessage SESReceipt SESReceiptAction "
        "SESReceiptStatus"
    ),
    "shared_functions": "get_header_value get_multi_value_query_string_values get_query_string_value",
    "sns_event": "SNSEvent SNSEventRecord SNSMessage SNSMessageAttribute",
    "sqs_event": "SQSEvent SQSMessageAttribute SQSMessageAttributes SQSRecord SQSRecordAttributes",
    "transfer_family_event": "TransferFamilyAuthorizer TransferFamilyAuthorizerResponse",
    "vpc_lattice": (
        "VPCLatticeEvent VPCLatticeEventBase VPCLatticeEventV2 vpcLatticeEventV2Identity "
        "vpcLatticeEventV2RequestContext"
    ),
}
"""Names that are exported, by the module that has them."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
    return value


class _Package(ModuleType):
    def __setattr__(self, name: str, value: Any) -> None:
        # A module and its function share a name, and importing a module makes it an attribute of its package.
        if name == "event_source" and isinstance(value, ModuleType):
            value = value.event_source
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

__all__ = sorted([*_MODULE_OF, "__version__"])  # noqa: PLE0605  # the table, which _exports.pyi spells out
