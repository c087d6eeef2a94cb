"""A census is read from S3, unpacked and split into rows on the way."""

import gzip

from aws_lambda_powertools.utilities.streaming import S3Object
from aws_lambda_powertools.utilities.streaming.transformations import CsvTransform, GzipTransform

EVENTS = [{"key": "census.csv.gz"}]
ROWS = "town,people\nGraz,300000\nLinz,210000\n"


def prepare(aws):
    client = aws("s3")
    client.create_bucket(Bucket="census", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_object(Bucket="census", Key="census.csv.gz", Body=gzip.compress(ROWS.encode()))


def handler(event, context):
    rows = [dict(row) for row in S3Object("census", event["key"], is_gzip=True, is_csv=True)]
    source = S3Object(bucket="census", key=event["key"])
    transformed = source.transform([GzipTransform(), CsvTransform(delimiter=";")])
    return {"rows": rows, "other": [dict(row) for row in transformed], "size": source.size > 0}
