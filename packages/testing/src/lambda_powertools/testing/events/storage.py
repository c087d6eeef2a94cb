"""Objects of S3: notifications, batch operations and Object Lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from lambda_powertools.testing.events._values import ACCOUNT_ID, REGION, Payload, arn, hex_id, iso, text_of, uid
from lambda_powertools.testing.events.http import SOURCE_IP
from lambda_powertools.testing.events.streams import eventbridge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def s3(
    key: str = "orders/7.json",
    *,
    keys: Sequence[str] | None = None,
    bucket: str = "shop",
    event_name: str = "ObjectCreated:Put",
    size: int = 1024,
    version_id: str | None = None,
) -> dict[str, Any]:
    """Return a notification of S3.

    Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

    Args:
        key: key of the object, which the event holds URL-encoded.
        keys: keys of several objects, in the place of one.
        bucket: name of the bucket.
        event_name: what has happened.
        size: size of the object, in bytes; removed objects have none.
        version_id: version of the object, in a bucket that keeps versions.

    Example:
        >>> s3("two words.txt")["Records"][0]["s3"]["object"]["key"]
        'two+words.txt'
    """
    records = []
    for index, one in enumerate([key] if keys is None else keys):
        described: dict[str, Any] = {"key": quote_plus(one, safe="/")}
        if event_name.startswith("ObjectCreated"):
            described |= {"size": size, "eTag": hex_id(32, "etag", one)}
        if version_id is not None:
            described["versionId"] = version_id
        described["sequencer"] = f"{int(hex_id(15, 'sequencer'), 16) + index:018X}"
        records.append(
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "awsRegion": REGION,
                "eventTime": iso(),
                "eventName": event_name,
                "userIdentity": {"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"},
                "requestParameters": {"sourceIPAddress": SOURCE_IP},
                "responseElements": {
                    "x-amz-request-id": hex_id(16, "s3", index).upper(),
                    "x-amz-id-2": f"{hex_id(76, 's3-host', index)}=",
                },
                "s3": {
                    "s3SchemaVersion": "1.0",
                    "configurationId": uid("s3-configuration"),
                    "bucket": {
                        "name": bucket,
                        "ownerIdentity": {"principalId": "A3I5XTEXAMAI3E"},
                        "arn": f"arn:aws:s3:::{bucket}",
                    },
                    "object": described,
                },
            }
        )
    return {"Records": records}


def s3_eventbridge(
    key: str = "orders/7.json",
    *,
    bucket: str = "shop",
    detail_type: str = "Object Created",
    reason: str = "PutObject",
    size: int = 1024,
) -> dict[str, Any]:
    """Return a notification of S3 that comes through EventBridge.

    Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html

    Args:
        key: key of the object.
        bucket: name of the bucket.
        detail_type: what has happened.
        reason: the operation that was called.
        size: size of the object, in bytes.

    Example:
        >>> s3_eventbridge()["detail"]["object"]["key"]
        'orders/7.json'
    """
    detail = {
        "version": "0",
        "bucket": {"name": bucket},
        "object": {"key": key, "size": size, "etag": hex_id(32, "etag", key), "sequencer": "00617F08299329D189"},
        "request-id": hex_id(16, "s3").upper(),
        "requester": ACCOUNT_ID,
        "source-ip-address": SOURCE_IP,
        "reason": reason,
    }
    return eventbridge(detail, detail_type=detail_type, source="aws.s3", resources=[f"arn:aws:s3:::{bucket}"])


def s3_batch(
    key: str = "orders/7.json",
    *,
    bucket: str = "shop",
    user_arguments: Mapping[str, str] | None = None,
    schema_version: str = "2.0",
) -> dict[str, Any]:
    """Return a task of S3 Batch Operations.

    Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html

    Args:
        key: key of the object, which the event holds URL-encoded.
        bucket: name of the bucket.
        user_arguments: arguments of the job, of schema version 2.0.
        schema_version: version of the invocation schema, 1.0 or 2.0.

    Example:
        >>> s3_batch()["tasks"][0]["s3Bucket"]
        'shop'
    """
    where = {"s3BucketArn": f"arn:aws:s3:::{bucket}"} if schema_version == "1.0" else {"s3Bucket": bucket}
    job: dict[str, Any] = {"id": uid("s3-batch")}
    if schema_version != "1.0":
        job["userArguments"] = dict(user_arguments or {})
    return {
        "invocationSchemaVersion": schema_version,
        "invocationId": f"YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo{len(key)}",
        "job": job,
        "tasks": [{"taskId": hex_id(28, "task", key), "s3Key": quote(key), "s3VersionId": "1", **where}],
    }


def s3_object_lambda(
    key: str = "orders/7.json",
    *,
    access_point: str = "shop",
    headers: Mapping[str, str] | None = None,
    payload: Payload = "",
) -> dict[str, Any]:
    """Return a GetObject request of S3 Object Lambda.

    Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html

    Args:
        key: key of the object.
        access_point: name of the Object Lambda access point.
        headers: headers of the request.
        payload: what the configuration of the access point passes on.

    Example:
        >>> s3_object_lambda()["userRequest"]["url"].rpartition("/")[2]
        '7.json'
    """
    host = f"{access_point}-{ACCOUNT_ID}.s3-object-lambda.{REGION}.amazonaws.com"
    plain = f"{access_point}-ap-{ACCOUNT_ID}.s3-accesspoint.{REGION}.amazonaws.com"
    return {
        "xAmzRequestId": uid("s3-object-lambda", key),
        "getObjectContext": {
            "inputS3Url": f"https://{plain}/{quote(key)}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=61",
            "outputRoute": "io-use1-001",
            "outputToken": "OutputToken",
        },
        "configuration": {
            "accessPointArn": arn("s3-object-lambda", f"accesspoint/{access_point}"),
            "supportingAccessPointArn": arn("s3", f"accesspoint/{access_point}-ap"),
            "payload": text_of(payload),
        },
        "userRequest": {
            "url": f"https://{host}/{quote(key)}",
            "headers": {"Host": host, "Accept-Encoding": "identity", **(headers or {})},
        },
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAEXAMPLEID:shop",
            "arn": f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/shop/session",
            "accountId": ACCOUNT_ID,
            "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
            "sessionContext": {
                "attributes": {"mfaAuthenticated": "false", "creationDate": iso(milliseconds=False)},
                "sessionIssuer": {
                    "type": "Role",
                    "principalId": "AROAEXAMPLEID",
                    "arn": f"arn:aws:iam::{ACCOUNT_ID}:role/shop",
                    "accountId": ACCOUNT_ID,
                    "userName": "shop",
                },
            },
        },
        "protocolVersion": "1.00",
    }
