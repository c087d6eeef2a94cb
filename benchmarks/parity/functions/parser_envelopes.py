"""One model, found in the events of many sources."""

from events import dynamodb_stream, http_api, kafka, kinesis, lattice, rest, sns, sqs

from aws_lambda_powertools.utilities.parser import BaseModel, envelopes, parse

BOAT = {"name": "Anne", "length": 9}
IMAGE = {"id": {"S": "1"}, "name": {"S": "Anne"}, "length": {"N": "9"}}
EVENTS = [
    {"kind": "SqsEnvelope", "event": sqs(BOAT, BOAT)},
    {"kind": "SnsEnvelope", "event": sns(BOAT)},
    {"kind": "SnsSqsEnvelope", "event": sqs(sns(BOAT)["Records"][0]["Sns"])},
    {"kind": "KinesisDataStreamEnvelope", "event": kinesis(BOAT)},
    {"kind": "DynamoDBStreamEnvelope", "event": dynamodb_stream((None, IMAGE))},
    {"kind": "ApiGatewayEnvelope", "event": rest("POST", "/boats", BOAT)},
    {"kind": "ApiGatewayV2Envelope", "event": http_api("POST", "/boats", BOAT)},
    {"kind": "VpcLatticeEnvelope", "event": lattice("POST", "/boats", BOAT)},
    {"kind": "KafkaEnvelope", "event": kafka(BOAT)},
    {"kind": "SqsEnvelope", "event": sqs({"name": "Anne"})},
    {"kind": "SqsEnvelope", "event": {"Records": [{"body": "x"}]}},
]


class Boat(BaseModel):
    name: str
    length: int


def dumped(value):
    if isinstance(value, list):
        return [dumped(item) for item in value]
    if isinstance(value, dict):
        return {key: dumped(item) for key, item in value.items()}
    return value.model_dump() if value is not None else None


def handler(event, context):
    return dumped(parse(event=event["event"], model=Boat, envelope=getattr(envelopes, event["kind"])))
