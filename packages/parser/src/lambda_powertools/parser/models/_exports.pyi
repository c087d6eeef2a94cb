from lambda_powertools.parser.models import alb as alb
from lambda_powertools.parser.models import apigw as apigw
from lambda_powertools.parser.models import apigw_websocket as apigw_websocket
from lambda_powertools.parser.models import apigwv2 as apigwv2
from lambda_powertools.parser.models import appsync as appsync
from lambda_powertools.parser.models import appsync_events as appsync_events
from lambda_powertools.parser.models import bedrock_agent as bedrock_agent
from lambda_powertools.parser.models import cloudformation_custom_resource as cloudformation_custom_resource
from lambda_powertools.parser.models import cloudwatch as cloudwatch
from lambda_powertools.parser.models import cognito as cognito
from lambda_powertools.parser.models import dynamodb as dynamodb
from lambda_powertools.parser.models import event_bridge as event_bridge
from lambda_powertools.parser.models import iot_registry_events as iot_registry_events
from lambda_powertools.parser.models import kafka as kafka
from lambda_powertools.parser.models import kinesis as kinesis
from lambda_powertools.parser.models import kinesis_firehose as kinesis_firehose
from lambda_powertools.parser.models import kinesis_firehose_sqs as kinesis_firehose_sqs
from lambda_powertools.parser.models import lambda_function_url as lambda_function_url
from lambda_powertools.parser.models import s3 as s3
from lambda_powertools.parser.models import s3_batch_operation as s3_batch_operation
from lambda_powertools.parser.models import s3_event_notification as s3_event_notification
from lambda_powertools.parser.models import s3_object_event as s3_object_event
from lambda_powertools.parser.models import ses as ses
from lambda_powertools.parser.models import sns as sns
from lambda_powertools.parser.models import sqs as sqs
from lambda_powertools.parser.models import transfer_family as transfer_family
from lambda_powertools.parser.models import vpc_lattice as vpc_lattice
from lambda_powertools.parser.models import vpc_latticev2 as vpc_latticev2
from lambda_powertools.parser.models.alb import AlbModel as AlbModel
from lambda_powertools.parser.models.alb import AlbRequestContext as AlbRequestContext
from lambda_powertools.parser.models.alb import AlbRequestContextData as AlbRequestContextData
from lambda_powertools.parser.models.apigw import ApiGatewayAuthorizerRequest as ApiGatewayAuthorizerRequest
from lambda_powertools.parser.models.apigw import ApiGatewayAuthorizerToken as ApiGatewayAuthorizerToken
from lambda_powertools.parser.models.apigw import APIGatewayEventAuthorizer as APIGatewayEventAuthorizer
from lambda_powertools.parser.models.apigw import APIGatewayEventIdentity as APIGatewayEventIdentity
from lambda_powertools.parser.models.apigw import APIGatewayEventRequestContext as APIGatewayEventRequestContext
from lambda_powertools.parser.models.apigw import APIGatewayProxyEventModel as APIGatewayProxyEventModel
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketConnectEventModel as APIGatewayWebSocketConnectEventModel,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketConnectEventRequestContext as APIGatewayWebSocketConnectEventRequestContext,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketDisconnectEventModel as APIGatewayWebSocketDisconnectEventModel,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketDisconnectEventRequestContext as APIGatewayWebSocketDisconnectEventRequestContext,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketEventIdentity as APIGatewayWebSocketEventIdentity,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketEventRequestContextBase as APIGatewayWebSocketEventRequestContextBase,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketMessageEventModel as APIGatewayWebSocketMessageEventModel,
)
from lambda_powertools.parser.models.apigw_websocket import (
    APIGatewayWebSocketMessageEventRequestContext as APIGatewayWebSocketMessageEventRequestContext,
)
from lambda_powertools.parser.models.apigwv2 import ApiGatewayAuthorizerRequestV2 as ApiGatewayAuthorizerRequestV2
from lambda_powertools.parser.models.apigwv2 import APIGatewayProxyEventV2Model as APIGatewayProxyEventV2Model
from lambda_powertools.parser.models.apigwv2 import RequestContextV2 as RequestContextV2
from lambda_powertools.parser.models.apigwv2 import RequestContextV2Authorizer as RequestContextV2Authorizer
from lambda_powertools.parser.models.apigwv2 import RequestContextV2AuthorizerIam as RequestContextV2AuthorizerIam
from lambda_powertools.parser.models.apigwv2 import (
    RequestContextV2AuthorizerIamCognito as RequestContextV2AuthorizerIamCognito,
)
from lambda_powertools.parser.models.apigwv2 import RequestContextV2AuthorizerJwt as RequestContextV2AuthorizerJwt
from lambda_powertools.parser.models.apigwv2 import RequestContextV2Http as RequestContextV2Http
from lambda_powertools.parser.models.appsync import AppSyncBatchResolverEventModel as AppSyncBatchResolverEventModel
from lambda_powertools.parser.models.appsync import AppSyncResolverEventModel as AppSyncResolverEventModel
from lambda_powertools.parser.models.appsync_events import AppSyncEventsModel as AppSyncEventsModel
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentEventModel as BedrockAgentEventModel
from lambda_powertools.parser.models.bedrock_agent import (
    BedrockAgentFunctionEventModel as BedrockAgentFunctionEventModel,
)
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentModel as BedrockAgentModel
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentPropertyModel as BedrockAgentPropertyModel
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentRequestBodyModel as BedrockAgentRequestBodyModel
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentRequestMediaModel as BedrockAgentRequestMediaModel
from lambda_powertools.parser.models.cloudformation_custom_resource import (
    CloudFormationCustomResourceBaseModel as CloudFormationCustomResourceBaseModel,
)
from lambda_powertools.parser.models.cloudformation_custom_resource import (
    CloudFormationCustomResourceCreateModel as CloudFormationCustomResourceCreateModel,
)
from lambda_powertools.parser.models.cloudformation_custom_resource import (
    CloudFormationCustomResourceDeleteModel as CloudFormationCustomResourceDeleteModel,
)
from lambda_powertools.parser.models.cloudformation_custom_resource import (
    CloudFormationCustomResourceUpdateModel as CloudFormationCustomResourceUpdateModel,
)
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsData as CloudWatchLogsData
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsDecode as CloudWatchLogsDecode
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsLogEvent as CloudWatchLogsLogEvent
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsModel as CloudWatchLogsModel
from lambda_powertools.parser.models.cognito import (
    CognitoCreateAuthChallengeTriggerModel as CognitoCreateAuthChallengeTriggerModel,
)
from lambda_powertools.parser.models.cognito import (
    CognitoCustomEmailSenderTriggerModel as CognitoCustomEmailSenderTriggerModel,
)
from lambda_powertools.parser.models.cognito import CognitoCustomMessageTriggerModel as CognitoCustomMessageTriggerModel
from lambda_powertools.parser.models.cognito import (
    CognitoCustomSMSSenderTriggerModel as CognitoCustomSMSSenderTriggerModel,
)
from lambda_powertools.parser.models.cognito import (
    CognitoDefineAuthChallengeTriggerModel as CognitoDefineAuthChallengeTriggerModel,
)
from lambda_powertools.parser.models.cognito import CognitoMigrateUserTriggerModel as CognitoMigrateUserTriggerModel
from lambda_powertools.parser.models.cognito import (
    CognitoPostAuthenticationTriggerModel as CognitoPostAuthenticationTriggerModel,
)
from lambda_powertools.parser.models.cognito import (
    CognitoPostConfirmationTriggerModel as CognitoPostConfirmationTriggerModel,
)
from lambda_powertools.parser.models.cognito import (
    CognitoPreAuthenticationTriggerModel as CognitoPreAuthenticationTriggerModel,
)
from lambda_powertools.parser.models.cognito import CognitoPreSignupTriggerModel as CognitoPreSignupTriggerModel
from lambda_powertools.parser.models.cognito import (
    CognitoPreTokenGenerationTriggerModelV1 as CognitoPreTokenGenerationTriggerModelV1,
)
from lambda_powertools.parser.models.cognito import (
    CognitoPreTokenGenerationTriggerModelV2AndV3 as CognitoPreTokenGenerationTriggerModelV2AndV3,
)
from lambda_powertools.parser.models.cognito import (
    CognitoVerifyAuthChallengeTriggerModel as CognitoVerifyAuthChallengeTriggerModel,
)
from lambda_powertools.parser.models.dynamodb import (
    DynamoDBStreamChangedRecordModel as DynamoDBStreamChangedRecordModel,
)
from lambda_powertools.parser.models.dynamodb import (
    DynamoDBStreamLambdaOnFailureDestinationModel as DynamoDBStreamLambdaOnFailureDestinationModel,
)
from lambda_powertools.parser.models.dynamodb import DynamoDBStreamModel as DynamoDBStreamModel
from lambda_powertools.parser.models.dynamodb import DynamoDBStreamRecordModel as DynamoDBStreamRecordModel
from lambda_powertools.parser.models.event_bridge import EventBridgeModel as EventBridgeModel
from lambda_powertools.parser.models.kafka import KafkaBaseEventModel as KafkaBaseEventModel
from lambda_powertools.parser.models.kafka import KafkaMskEventModel as KafkaMskEventModel
from lambda_powertools.parser.models.kafka import KafkaRecordModel as KafkaRecordModel
from lambda_powertools.parser.models.kafka import KafkaSelfManagedEventModel as KafkaSelfManagedEventModel
from lambda_powertools.parser.models.kinesis import KinesisDataStreamModel as KinesisDataStreamModel
from lambda_powertools.parser.models.kinesis import KinesisDataStreamRecord as KinesisDataStreamRecord
from lambda_powertools.parser.models.kinesis import KinesisDataStreamRecordPayload as KinesisDataStreamRecordPayload
from lambda_powertools.parser.models.kinesis_firehose import KinesisFirehoseModel as KinesisFirehoseModel
from lambda_powertools.parser.models.kinesis_firehose import KinesisFirehoseRecord as KinesisFirehoseRecord
from lambda_powertools.parser.models.kinesis_firehose import (
    KinesisFirehoseRecordMetadata as KinesisFirehoseRecordMetadata,
)
from lambda_powertools.parser.models.kinesis_firehose_sqs import KinesisFirehoseSqsModel as KinesisFirehoseSqsModel
from lambda_powertools.parser.models.kinesis_firehose_sqs import KinesisFirehoseSqsRecord as KinesisFirehoseSqsRecord
from lambda_powertools.parser.models.lambda_function_url import LambdaFunctionUrlModel as LambdaFunctionUrlModel
from lambda_powertools.parser.models.s3 import (
    S3EventNotificationEventBridgeDetailModel as S3EventNotificationEventBridgeDetailModel,
)
from lambda_powertools.parser.models.s3 import (
    S3EventNotificationEventBridgeModel as S3EventNotificationEventBridgeModel,
)
from lambda_powertools.parser.models.s3 import S3EventNotificationObjectModel as S3EventNotificationObjectModel
from lambda_powertools.parser.models.s3 import S3Model as S3Model
from lambda_powertools.parser.models.s3 import S3RecordModel as S3RecordModel
from lambda_powertools.parser.models.s3_batch_operation import S3BatchOperationJobModel as S3BatchOperationJobModel
from lambda_powertools.parser.models.s3_batch_operation import S3BatchOperationModel as S3BatchOperationModel
from lambda_powertools.parser.models.s3_batch_operation import S3BatchOperationTaskModel as S3BatchOperationTaskModel
from lambda_powertools.parser.models.s3_event_notification import (
    S3SqsEventNotificationModel as S3SqsEventNotificationModel,
)
from lambda_powertools.parser.models.s3_event_notification import (
    S3SqsEventNotificationRecordModel as S3SqsEventNotificationRecordModel,
)
from lambda_powertools.parser.models.s3_object_event import S3ObjectConfiguration as S3ObjectConfiguration
from lambda_powertools.parser.models.s3_object_event import S3ObjectContext as S3ObjectContext
from lambda_powertools.parser.models.s3_object_event import S3ObjectLambdaEvent as S3ObjectLambdaEvent
from lambda_powertools.parser.models.s3_object_event import S3ObjectSessionAttributes as S3ObjectSessionAttributes
from lambda_powertools.parser.models.s3_object_event import S3ObjectSessionContext as S3ObjectSessionContext
from lambda_powertools.parser.models.s3_object_event import S3ObjectSessionIssuer as S3ObjectSessionIssuer
from lambda_powertools.parser.models.s3_object_event import S3ObjectUserIdentity as S3ObjectUserIdentity
from lambda_powertools.parser.models.s3_object_event import S3ObjectUserRequest as S3ObjectUserRequest
from lambda_powertools.parser.models.ses import SesMail as SesMail
from lambda_powertools.parser.models.ses import SesMailCommonHeaders as SesMailCommonHeaders
from lambda_powertools.parser.models.ses import SesMailHeaders as SesMailHeaders
from lambda_powertools.parser.models.ses import SesMessage as SesMessage
from lambda_powertools.parser.models.ses import SesModel as SesModel
from lambda_powertools.parser.models.ses import SesReceipt as SesReceipt
from lambda_powertools.parser.models.ses import SesReceiptAction as SesReceiptAction
from lambda_powertools.parser.models.ses import SesReceiptVerdict as SesReceiptVerdict
from lambda_powertools.parser.models.ses import SesRecordModel as SesRecordModel
from lambda_powertools.parser.models.sns import SnsModel as SnsModel
from lambda_powertools.parser.models.sns import SnsNotificationModel as SnsNotificationModel
from lambda_powertools.parser.models.sns import SnsRecordModel as SnsRecordModel
from lambda_powertools.parser.models.sqs import SqsAttributesModel as SqsAttributesModel
from lambda_powertools.parser.models.sqs import SqsModel as SqsModel
from lambda_powertools.parser.models.sqs import SqsMsgAttributeModel as SqsMsgAttributeModel
from lambda_powertools.parser.models.sqs import SqsRecordModel as SqsRecordModel
from lambda_powertools.parser.models.transfer_family import TransferFamilyAuthorizer as TransferFamilyAuthorizer
from lambda_powertools.parser.models.vpc_lattice import VpcLatticeModel as VpcLatticeModel
from lambda_powertools.parser.models.vpc_latticev2 import VpcLatticeV2Model as VpcLatticeV2Model
