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
