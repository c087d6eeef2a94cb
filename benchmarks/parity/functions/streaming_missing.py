"""An object that is not there."""

from aws_lambda_powertools.utilities.streaming.s3_object import S3Object

EVENTS = [{"key": "none"}]


def prepare(aws):
    aws("s3").create_bucket(Bucket="empty", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})


def handler(event, context):
    return S3Object(bucket="empty", key=event["key"]).read()
