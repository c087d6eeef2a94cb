"""A surveyor's results are models, stored and found as such."""

from pydantic import BaseModel
from resources import make_table

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.serialization.custom_dict import CustomDictSerializer
from aws_lambda_powertools.utilities.idempotency.serialization.pydantic import PydanticSerializer

EVENTS = [{"plot": 4}, {"plot": 4}]

persistence = DynamoDBPersistenceLayer(table_name="plots")


class Plot(BaseModel):
    number: int
    area: float = 2.5


def prepare(aws):
    make_table(aws, "plots")


@idempotent_function(
    data_keyword_argument="plot", persistence_store=persistence, output_serializer=PydanticSerializer(model=Plot)
)
def survey(plot: Plot) -> Plot:
    return plot


@idempotent_function(
    data_keyword_argument="number",
    persistence_store=persistence,
    config=IdempotencyConfig(),
    output_serializer=CustomDictSerializer(to_dict=lambda value: {"n": value}, from_dict=lambda data: data["n"]),
)
def count(number):
    return number * 2


def handler(event, context):
    return [survey(plot=Plot(number=event["plot"])).model_dump(), count(number=event["plot"])]


def stored(aws):
    return sorted(aws("dynamodb").scan(TableName="plots")["Items"], key=lambda item: item["id"]["S"])
