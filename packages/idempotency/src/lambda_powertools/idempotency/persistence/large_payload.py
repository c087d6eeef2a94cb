"""Large results beside a store: in S3, with a pointer in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError
from lambda_powertools.idempotency.persistence._aws import AwsClient
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer

if TYPE_CHECKING:
    import boto3.session
    from botocore.config import Config

    from lambda_powertools.idempotency.persistence.datarecord import DataRecord

POINTER = "__lambda_powertools_idempotency_s3__"


class LargePayloadPersistenceLayer(AwsClient, BasePersistenceLayer):
    """Keeps records in another layer, and results that are too large for it in S3.

    A result is written to an object of its own before the record points to it, so a record never points to half a
    result, nor to another one's. Objects are not deleted: give the bucket a lifecycle rule for the prefix that is
    longer than records count: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html. The
    function needs `s3:PutObject` and `s3:GetObject`.

    Attributes:
        store: the other layer.
        client: the S3 client; made at the first use, and may be replaced at any time.

    Example:
        >>> from lambda_powertools.idempotency import DynamoDBPersistenceLayer, LargePayloadPersistenceLayer
        >>> layer = LargePayloadPersistenceLayer(DynamoDBPersistenceLayer("idempotency"), bucket="results")
        >>> layer.threshold_bytes
        262144
    """

    def __init__(
        self,
        store: BasePersistenceLayer,
        bucket: str,
        prefix: str = "idempotency/",
        threshold_bytes: int = 256 * 1024,
        boto_config: Config | None = None,
        boto3_session: boto3.session.Session | None = None,
        boto3_client: Any = None,
    ) -> None:
        """Take note of where; nothing is asked of AWS yet.

        Args:
            store: the layer that keeps the records.
            bucket: the bucket for results.
            prefix: what the names of objects begin with.
            threshold_bytes: how large a result may be to stay in the record, in bytes of JSON.
            boto_config: config of the client.
            boto3_session: session that makes the client.
            boto3_client: the client itself, instead of these two.
        """
        self.store = store
        self.bucket = bucket
        self.prefix = prefix
        self.threshold_bytes = threshold_bytes
        self._take_client("s3", boto_config, boto3_session, boto3_client)

    def _get_record(self, idempotency_key: str) -> DataRecord:
        return self._resolve(self.store._get_record(idempotency_key=idempotency_key))  # noqa: SLF001  # a layer's hook

    def _put_record(self, data_record: DataRecord) -> None:
        try:
            self.store._put_record(data_record=data_record)  # noqa: SLF001
        except IdempotencyItemAlreadyExistsError as error:
            if error.old_data_record is not None:
                error.old_data_record = self._resolve(error.old_data_record)
            raise

    def _update_record(self, data_record: DataRecord) -> None:
        body = data_record.response_data.encode()
        if len(body) > self.threshold_bytes:
            data_record = data_record.copy()
            data_record.response_data = self._store(data_record.idempotency_key, body)
        self.store._update_record(data_record=data_record)  # noqa: SLF001

    def _delete_record(self, data_record: DataRecord) -> None:
        self.store._delete_record(data_record=data_record)  # noqa: SLF001

    def _store(self, idempotency_key: str, body: bytes) -> str:
        import hashlib
        import json
        import uuid

        digest = hashlib.sha256(idempotency_key.encode()).hexdigest()
        name = f"{self.prefix}{digest}/{uuid.uuid4().hex}.json"
        self.client.put_object(Bucket=self.bucket, Key=name, Body=body, ContentType="application/json")
        return json.dumps({POINTER: {"bucket": self.bucket, "key": name}})

    def _resolve(self, record: DataRecord) -> DataRecord:
        """Return the record with the result that it points to."""
        if POINTER not in record.response_data[: len(POINTER) + 4]:
            return record
        import json

        pointer = json.loads(record.response_data)[POINTER]
        response = self.client.get_object(Bucket=pointer["bucket"], Key=pointer["key"])
        record = record.copy()
        record.response_data = response["Body"].read().decode()
        return record
