"""A post office keeps letters in DynamoDB; the SDK's calls are in the trace."""

import boto3
from resources import make_table

from aws_lambda_powertools import Tracer

EVENTS = [{"letter": "L-1"}]

tracer = Tracer(service="post", patch_modules=["botocore"])
client = boto3.client("dynamodb")


def prepare(aws):
    make_table(aws, "letters")


@tracer.capture_lambda_handler
def handler(event, context):
    client.put_item(TableName="letters", Item={"id": {"S": event["letter"]}})
    return client.get_item(TableName="letters", Key={"id": {"S": event["letter"]}})["Item"]


def stored(aws):
    return aws("dynamodb").scan(TableName="letters")["Items"]
