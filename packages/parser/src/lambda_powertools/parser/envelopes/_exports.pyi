from lambda_powertools.parser.envelopes import apigw as apigw
from lambda_powertools.parser.envelopes import apigw_websocket as apigw_websocket
from lambda_powertools.parser.envelopes import apigwv2 as apigwv2
from lambda_powertools.parser.envelopes import base as base
from lambda_powertools.parser.envelopes import bedrock_agent as bedrock_agent
from lambda_powertools.parser.envelopes import cloudwatch as cloudwatch
from lambda_powertools.parser.envelopes import dynamodb as dynamodb
from lambda_powertools.parser.envelopes import event_bridge as event_bridge
from lambda_powertools.parser.envelopes import kafka as kafka
from lambda_powertools.parser.envelopes import kinesis as kinesis
from lambda_powertools.parser.envelopes import kinesis_firehose as kinesis_firehose
from lambda_powertools.parser.envelopes import lambda_function_url as lambda_function_url
from lambda_powertools.parser.envelopes import sns as sns
from lambda_powertools.parser.envelopes import sqs as sqs
from lambda_powertools.parser.envelopes import vpc_lattice as vpc_lattice
from lambda_powertools.parser.envelopes import vpc_latticev2 as vpc_latticev2
from lambda_powertools.parser.envelopes.apigw import ApiGatewayEnvelope as ApiGatewayEnvelope
from lambda_powertools.parser.envelopes.apigw_websocket import (
    ApiGatewayWebSocketEnvelope as ApiGatewayWebSocketEnvelope,
)
from lambda_powertools.parser.envelopes.apigwv2 import ApiGatewayV2Envelope as ApiGatewayV2Envelope
from lambda_powertools.parser.envelopes.base import BaseEnvelope as BaseEnvelope
from lambda_powertools.parser.envelopes.bedrock_agent import BedrockAgentEnvelope as BedrockAgentEnvelope
from lambda_powertools.parser.envelopes.bedrock_agent import (
    BedrockAgentFunctionEnvelope as BedrockAgentFunctionEnvelope,
)
from lambda_powertools.parser.envelopes.cloudwatch import CloudWatchLogsEnvelope as CloudWatchLogsEnvelope
from lambda_powertools.parser.envelopes.dynamodb import DynamoDBStreamEnvelope as DynamoDBStreamEnvelope
from lambda_powertools.parser.envelopes.event_bridge import EventBridgeEnvelope as EventBridgeEnvelope
from lambda_powertools.parser.envelopes.kafka import KafkaEnvelope as KafkaEnvelope
from lambda_powertools.parser.envelopes.kinesis import KinesisDataStreamEnvelope as KinesisDataStreamEnvelope
from lambda_powertools.parser.envelopes.kinesis_firehose import KinesisFirehoseEnvelope as KinesisFirehoseEnvelope
from lambda_powertools.parser.envelopes.lambda_function_url import (
    LambdaFunctionUrlEnvelope as LambdaFunctionUrlEnvelope,
)
from lambda_powertools.parser.envelopes.sns import SnsEnvelope as SnsEnvelope
from lambda_powertools.parser.envelopes.sns import SnsSqsEnvelope as SnsSqsEnvelope
from lambda_powertools.parser.envelopes.sqs import SqsEnvelope as SqsEnvelope
from lambda_powertools.parser.envelopes.vpc_lattice import VpcLatticeEnvelope as VpcLatticeEnvelope
from lambda_powertools.parser.envelopes.vpc_latticev2 import VpcLatticeV2Envelope as VpcLatticeV2Envelope

API_GATEWAY_HTTP = ApiGatewayV2Envelope
API_GATEWAY_REST = ApiGatewayEnvelope
API_GATEWAY_WEBSOCKET = ApiGatewayWebSocketEnvelope
BEDROCK_AGENT = BedrockAgentEnvelope
BEDROCK_AGENT_FUNCTION = BedrockAgentFunctionEnvelope
CLOUDWATCH_LOGS = CloudWatchLogsEnvelope
DYNAMODB_STREAM = DynamoDBStreamEnvelope
EVENTBRIDGE = EventBridgeEnvelope
KAFKA = KafkaEnvelope
KINESIS_DATA_STREAM = KinesisDataStreamEnvelope
KINESIS_FIREHOSE = KinesisFirehoseEnvelope
LAMBDA_FUNCTION_URL = LambdaFunctionUrlEnvelope
SNS = SnsEnvelope
SNS_SQS = SnsSqsEnvelope
SQS = SqsEnvelope
VPC_LATTICE = VpcLatticeEnvelope
VPC_LATTICE_V2 = VpcLatticeV2Envelope
