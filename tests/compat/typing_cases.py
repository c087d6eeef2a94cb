"""Code as it was written for the original, for the type checker: `test_typing.py` has it checked strictly."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer, __version__, single_metric
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.middleware_factory import lambda_handler_decorator
from aws_lambda_powertools.shared.functions import sanitize_xray_segment_name, strtobool
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source
from aws_lambda_powertools.utilities.data_classes.common import DictWrapper
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.parser import BaseModel, event_parser, parse
from aws_lambda_powertools.utilities.parser.models import SqsModel
from aws_lambda_powertools.utilities.typing import LambdaContext
from aws_lambda_powertools.utilities.validation.validator import validator

logger = Logger(service="orders")
metrics = Metrics(namespace="Shop")
tracer = Tracer()
app = APIGatewayRestResolver()
store: BasePersistenceLayer = DynamoDBPersistenceLayer(table_name="calls")
processor = BatchProcessor(event_type=EventType.SQS)
version: str = __version__


class Order(BaseModel):
    id: int


@app.get("/orders/<order_id>")
@tracer.capture_method
def order(order_id: str) -> Response[dict[str, str]]:
    if not order_id:
        raise NotFoundError("no such order")
    colour: Any = parameters.get_parameter("/shop/colour")
    return Response(status_code=200, content_type="application/json", body={"id": order_id, "colour": str(colour)})


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler
@metrics.log_metrics(capture_cold_start_metric=True)
def http(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    metrics.add_metric(name="Calls", unit=MetricUnit.Count, value=1)
    with single_metric(name="Single", unit=MetricUnit.Count, value=1, namespace="Shop") as metric:
        metric.add_dimension("region", sanitize_xray_segment_name("eu?"))
    return app.resolve(event, context)


def record_handler(record: SQSRecord) -> bool:
    return strtobool(record.body)


def batch(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event=event, record_handler=record_handler, processor=processor, context=context)


@event_source(data_class=SQSEvent)
def queue(event: SQSEvent, context: LambdaContext) -> list[str]:
    return [record.body for record in event.records if raw(event)]


def raw(event: DictWrapper) -> dict[str, Any]:
    return event.raw_event


@idempotent(config=IdempotencyConfig(event_key_jmespath="id"), persistence_store=store)
def once(event: dict[str, Any], context: LambdaContext) -> str:
    return str(event["id"])


@event_parser(model=Order)
def parsed(event: Order, context: LambdaContext) -> int:
    return event.id + parse({"id": 1}, model=Order).id + len(SqsModel.model_fields)


@validator(inbound_schema={"type": "object"})
def validated(event: dict[str, Any], context: LambdaContext) -> str:
    return "valid"


@lambda_handler_decorator
def middleware(handler: Any, event: Any, context: Any) -> Any:
    return handler(event, context)
