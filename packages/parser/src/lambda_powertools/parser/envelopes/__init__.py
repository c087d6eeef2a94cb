"""Envelopes: what AWS services put around a payload, for `parse` and `event_parser` to take off.

Each name is loaded with its module when it is first asked for. `SQS` is `SqsEnvelope`, and so on: short enough for an
annotation such as `Annotated[Order, envelopes.SQS]`.

Example:
    >>> from lambda_powertools.parser import BaseModel, envelopes, parse
    >>> class Order(BaseModel):
    ...     id: int
    >>> event = {
    ...     "version": "0", "id": "1", "source": "shop", "account": "123456789012", "time": "2030-01-01T00:00:00Z",
    ...     "region": "eu-west-1", "resources": [], "detail-type": "ordered", "detail": {"id": 7},
    ... }
    >>> parse(event, model=Order, envelope=envelopes.EventBridgeEnvelope)
    Order(id=7)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.parser.envelopes._exports import *  # noqa: F403  # the same names, for type checkers

_MODULES = {
    "apigw": "ApiGatewayEnvelope",
    "apigw_websocket": "ApiGatewayWebSocketEnvelope",
    "apigwv2": "ApiGatewayV2Envelope",
    "base": "BaseEnvelope",
    "bedrock_agent": "BedrockAgentEnvelope BedrockAgentFunctionEnvelope",
    "cloudwatch": "CloudWatchLogsEnvelope",
    "dynamodb": "DynamoDBStreamEnvelope",
    "event_bridge": "EventBridgeEnvelope",
    "kafka": "KafkaEnvelope",
    "kinesis": "KinesisDataStreamEnvelope",
    "kinesis_firehose": "KinesisFirehoseEnvelope",
    "lambda_function_url": "LambdaFunctionUrlEnvelope",
    "sns": "SnsEnvelope SnsSqsEnvelope",
    "sqs": "SqsEnvelope",
    "vpc_lattice": "VpcLatticeEnvelope",
    "vpc_latticev2": "VpcLatticeV2Envelope",
}
"""Names that are exported, by the module that has them."""

_SHORT = {
    "API_GATEWAY_HTTP": "ApiGatewayV2Envelope",
    "API_GATEWAY_REST": "ApiGatewayEnvelope",
    "API_GATEWAY_WEBSOCKET": "ApiGatewayWebSocketEnvelope",
    "BEDROCK_AGENT": "BedrockAgentEnvelope",
    "BEDROCK_AGENT_FUNCTION": "BedrockAgentFunctionEnvelope",
    "CLOUDWATCH_LOGS": "CloudWatchLogsEnvelope",
    "DYNAMODB_STREAM": "DynamoDBStreamEnvelope",
    "EVENTBRIDGE": "EventBridgeEnvelope",
    "KAFKA": "KafkaEnvelope",
    "KINESIS_DATA_STREAM": "KinesisDataStreamEnvelope",
    "KINESIS_FIREHOSE": "KinesisFirehoseEnvelope",
    "LAMBDA_FUNCTION_URL": "LambdaFunctionUrlEnvelope",
    "SNS": "SnsEnvelope",
    "SNS_SQS": "SnsSqsEnvelope",
    "SQS": "SqsEnvelope",
    "VPC_LATTICE": "VpcLatticeEnvelope",
    "VPC_LATTICE_V2": "VpcLatticeV2Envelope",
}
"""Short names of the envelopes."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted([*_MODULE_OF, *_SHORT])  # noqa: PLE0605  # the tables, which _exports.pyi spells out


if not TYPE_CHECKING:  # for whom a misspelt name would be right otherwise

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        full = _SHORT.get(name, name)
        module = _MODULE_OF.get(full)
        if module is not None:
            value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), full)
            return value
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
