"""Models of AWS events, extended and used as they are."""

from events import event_bridge, http_api, kinesis, sqs
from pydantic import Json

from aws_lambda_powertools.utilities.parser import BaseModel, parse
from aws_lambda_powertools.utilities.parser.models import (
    APIGatewayProxyEventV2Model,
    EventBridgeModel,
    KinesisDataStreamModel,
    SqsModel,
    SqsRecordModel,
)

EVENTS = [
    sqs({"seat": "7A"}, {"seat": "7B"}),
    event_bridge("Sold", {"seat": "8C"}),
    http_api("PUT", "/seats/9", {"seat": "9D"}),
    kinesis({"seat": "1A"}),
]


class Seat(BaseModel):
    seat: str


class SeatRecord(SqsRecordModel):
    body: Json[Seat]


class Seats(SqsModel):
    Records: list[SeatRecord]


class Sold(EventBridgeModel):
    detail: Seat


def handler(event, context):
    if "detail" in event:
        sold = parse(event, model=Sold)
        return [sold.detail.seat, sold.detail_type, sold.time.isoformat()]
    if "rawPath" in event:
        request = parse(event, model=APIGatewayProxyEventV2Model)
        return [
            request.rawPath,
            request.requestContext.http.method,
            str(request.requestContext.http.sourceIp),
            request.body,
        ]
    if event["Records"][0]["eventSource"] == "aws:kinesis":
        return [bytes(record.kinesis.data).decode() for record in KinesisDataStreamModel(**event).Records]
    seats = parse(event, model=Seats)
    return [[record.body.seat, record.attributes.SentTimestamp.isoformat()] for record in seats.Records]
