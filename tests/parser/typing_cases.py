"""What a type checker sees; test_typing.py has mypy look at it."""

from typing import Annotated, Any

from typing_extensions import assert_type

from lambda_powertools.core.typing import LambdaContext, LambdaHandler
from lambda_powertools.parser import BaseModel, EventSource, envelopes, event_parser, models, parse
from lambda_powertools.parser.envelopes import SqsEnvelope
from lambda_powertools.parser.models import S3Model, SqsModel


class Order(BaseModel):
    id: int


class Narrowed(models.EventBridgeModel):
    detail: Order


assert_type(parse({}, model=Order), Order)
assert_type(parse("{}", model=SqsModel), SqsModel)
assert_type(parse([], model=list[Order]), list[Order])
assert_type(parse({}, model=Order, envelope=SqsEnvelope), Any)
assert_type(Narrowed.model_validate({}).detail, Order)
assert_type(models.sqs.SqsModel(Records=[]), SqsModel)
assert_type(envelopes.SQS().parse({}, Order), list[Any])


@event_parser
def bare(event: Order, context: LambdaContext) -> int:
    return event.id


@event_parser(model=Order, envelope=envelopes.EVENTBRIDGE, on_error=lambda error, event: {"statusCode": 400})
def with_options(event: Order, context: LambdaContext) -> int:
    return event.id


@event_parser
def union(event: EventSource[SqsModel | S3Model], context: LambdaContext) -> int:
    assert_type(event, SqsModel | S3Model)
    return len(event.Records)


@event_parser
def enveloped(event: Annotated[Order, envelopes.EVENTBRIDGE], context: LambdaContext) -> int:
    return event.id


assert_type(bare, LambdaHandler[Any, LambdaContext, int])
assert_type(with_options, LambdaHandler[Any, LambdaContext, int])

misspelt = models.SqsModle  # type: ignore[attr-defined]
bare({})  # type: ignore[call-arg]
event_parser(modle=Order)  # type: ignore[call-overload]
