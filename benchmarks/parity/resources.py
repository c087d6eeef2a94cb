"""Resources that functions find in the AWS account they run in."""

from __future__ import annotations


def make_table(aws, name: str, partition_key: str = "id", sort_key: str | None = None) -> None:
    """Make a DynamoDB table whose keys are texts."""
    keys = [partition_key] if sort_key is None else [partition_key, sort_key]
    aws("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        BillingMode="PAY_PER_REQUEST",
    )
