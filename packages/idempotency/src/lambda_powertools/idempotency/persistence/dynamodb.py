"""A store in DynamoDB."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.exceptions import (
    IdempotencyConfigError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from lambda_powertools.idempotency.persistence._aws import AwsClient, error_code
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
from lambda_powertools.idempotency.persistence.datarecord import INPROGRESS, DataRecord

if TYPE_CHECKING:
    import boto3.session
    from botocore.config import Config

_CLAIMABLE = (
    "attribute_not_exists(#id) OR #expiry < :now OR "
    "(#status = :inprogress AND attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)"
)
_REFUSED = "ConditionalCheckFailedException"
_RETURNS_OLD_ITEM_SINCE = (1, 26, 164)


class DynamoDBPersistenceLayer(AwsClient, BasePersistenceLayer):
    """Keeps records in a DynamoDB table.

    A call that runs its function costs two writes, a replay one that is refused; an item is 400 KB at most. The
    function needs `dynamodb:PutItem`, `UpdateItem`, `GetItem` and `DeleteItem` on the table. Enable time to live on the
    attribute `expiration`: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html. The conditions:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html.

    Attributes:
        client: the low-level client; made at the first use, and may be replaced at any time.

    Example:
        >>> from lambda_powertools.idempotency import DynamoDBPersistenceLayer
        >>> layer = DynamoDBPersistenceLayer(table_name="idempotency")
        >>> layer.key_attr, layer.expiry_attr
        ('id', 'expiration')
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        table_name: str,
        key_attr: str = "id",
        static_pk_value: str | None = None,
        sort_key_attr: str | None = None,
        expiry_attr: str = "expiration",
        in_progress_expiry_attr: str = "in_progress_expiration",
        status_attr: str = "status",
        data_attr: str = "data",
        validation_key_attr: str = "validation",
        boto_config: Config | None = None,
        boto3_session: boto3.session.Session | None = None,
        boto3_client: Any = None,
        *,
        guard_completion: bool = False,
    ) -> None:
        """Take note of the table; nothing is asked of AWS yet.

        Args:
            table_name: name of the table.
            key_attr: its partition key.
            static_pk_value: partition value of all records, where the table has a sort key; by default
                `idempotency#` and the name of the Lambda function.
            sort_key_attr: its sort key, which then holds the idempotency key.
            expiry_attr: attribute for when a record ends to count, in Unix seconds.
            in_progress_expiry_attr: attribute for when a call that has not ended counts as dead, in Unix milliseconds.
            status_attr: attribute for the status.
            data_attr: attribute for the result.
            validation_key_attr: attribute for the hash of the payload.
            boto_config: config of the client.
            boto3_session: session that makes the client.
            boto3_client: the client itself, instead of these two.
            guard_completion: whether a call that has outlived its in-progress expiry leaves the record of the one that
                has taken its place alone, by a condition on its last write.

        Raises:
            IdempotencyConfigError: partition and sort key are one.
        """
        if sort_key_attr == key_attr:
            raise IdempotencyConfigError(f"key_attr ({key_attr!r}) and sort_key_attr ({sort_key_attr!r}) must differ")
        self.table_name = table_name
        self.key_attr = key_attr
        self.static_pk_value = static_pk_value or f"idempotency#{os.environ.get('AWS_LAMBDA_FUNCTION_NAME', '')}"
        self.sort_key_attr = sort_key_attr
        self.expiry_attr = expiry_attr
        self.in_progress_expiry_attr = in_progress_expiry_attr
        self.status_attr = status_attr
        self.data_attr = data_attr
        self.validation_key_attr = validation_key_attr
        self.guard_completion = guard_completion
        self._take_client("dynamodb", boto_config, boto3_session, boto3_client)

    @staticmethod
    def boto3_supports_condition_check_failure(boto3_version: str) -> bool:
        """Return whether a version of boto3 can ask for the old item of a write that is refused.

        Example:
            >>> check = DynamoDBPersistenceLayer.boto3_supports_condition_check_failure
            >>> check("1.26.163"), check("1.26.164"), check("1.40.0rc1")
            (False, True, True)
        """
        parts = []
        for part in boto3_version.split(".")[:3]:
            digits = part[: len(part) - len(part.lstrip("0123456789"))]
            parts.append(int(digits or 0))
        return tuple(parts) >= _RETURNS_OLD_ITEM_SINCE

    def _get_record(self, idempotency_key: str) -> DataRecord:
        response = self.client.get_item(TableName=self.table_name, Key=self._key(idempotency_key), ConsistentRead=True)
        item = response.get("Item")
        if item is None:
            raise IdempotencyItemNotFoundError(f"no item of {idempotency_key}")
        return self._item_to_data_record(item)

    def _put_record(self, data_record: DataRecord) -> None:
        item = {
            **self._key(data_record.idempotency_key),
            self.expiry_attr: {"N": str(data_record.expiry_timestamp)},
            self.status_attr: {"S": data_record.status},
        }
        if data_record.in_progress_expiry_timestamp is not None:
            item[self.in_progress_expiry_attr] = {"N": str(data_record.in_progress_expiry_timestamp)}
        if self.payload_validation_enabled and data_record.payload_hash:
            item[self.validation_key_attr] = {"S": data_record.payload_hash}
        now = time.time()
        request: dict[str, Any] = {
            "TableName": self.table_name,
            "Item": item,
            "ExpressionAttributeNames": {
                "#id": self.key_attr,
                "#expiry": self.expiry_attr,
                "#in_progress_expiry": self.in_progress_expiry_attr,
                "#status": self.status_attr,
            },
            "ExpressionAttributeValues": {
                ":now": {"N": str(int(now))},
                ":now_in_millis": {"N": str(int(now * 1000))},
                ":inprogress": {"S": INPROGRESS},
            },
            "ConditionExpression": _CLAIMABLE,
        }
        client = self.client
        if _returns_old_item():
            request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        try:
            client.put_item(**request)
        except Exception as error:
            if error_code(error) != _REFUSED:
                raise
            old = getattr(error, "response", {}).get("Item")
            raise IdempotencyItemAlreadyExistsError(
                old_data_record=self._item_to_data_record(old) if old else None
            ) from error

    def _update_record(self, data_record: DataRecord) -> None:
        names = {"#response_data": self.data_attr, "#expiry": self.expiry_attr, "#status": self.status_attr}
        values = {
            ":response_data": {"S": data_record.response_data},
            ":expiry": {"N": str(data_record.expiry_timestamp)},
            ":status": {"S": data_record.status},
        }
        expression = "SET #response_data = :response_data, #expiry = :expiry, #status = :status"
        if self.payload_validation_enabled:
            names["#validation_key"] = self.validation_key_attr
            values[":validation_key"] = {"S": data_record.payload_hash}
            expression += ", #validation_key = :validation_key"
        request = {
            "TableName": self.table_name,
            "Key": self._key(data_record.idempotency_key),
            "UpdateExpression": expression,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
        self._write_guarded(self.client.update_item, request, data_record)

    def _delete_record(self, data_record: DataRecord) -> None:
        request = {"TableName": self.table_name, "Key": self._key(data_record.idempotency_key)}
        self._write_guarded(self.client.delete_item, request, data_record)

    def _write_guarded(self, write: Any, request: dict[str, Any], record: DataRecord) -> None:
        """Write, but not over the record of a call that has taken this one's place."""
        if not self.guard_completion or record.in_progress_expiry_timestamp is None:
            write(**request)
            return
        request["ConditionExpression"] = "attribute_not_exists(#claim) OR #claim = :claim"
        request["ExpressionAttributeNames"] = {
            **request.get("ExpressionAttributeNames", {}),
            "#claim": self.in_progress_expiry_attr,
        }
        request["ExpressionAttributeValues"] = {
            **request.get("ExpressionAttributeValues", {}),
            ":claim": {"N": str(record.in_progress_expiry_timestamp)},
        }
        try:
            write(**request)
        except Exception as error:
            if error_code(error) != _REFUSED:
                raise
            from lambda_powertools.core.package_logger import get_logger

            get_logger(__name__).warning(
                "a call outlived its in-progress expiry, and another one has taken its place: the newer record stays"
            )

    def _key(self, idempotency_key: str) -> dict[str, dict[str, str]]:
        if self.sort_key_attr is None:
            return {self.key_attr: {"S": idempotency_key}}
        return {self.key_attr: {"S": self.static_pk_value}, self.sort_key_attr: {"S": idempotency_key}}

    def _item_to_data_record(self, item: dict[str, Any]) -> DataRecord:
        def value(attribute: str) -> Any:
            return next(iter(item.get(attribute, {"": None}).values()))

        expiry, in_progress_expiry = value(self.expiry_attr), value(self.in_progress_expiry_attr)
        return DataRecord(
            idempotency_key=value(self.key_attr) or "",
            status=value(self.status_attr) or "",
            expiry_timestamp=_integer(expiry),
            in_progress_expiry_timestamp=_integer(in_progress_expiry),
            response_data=value(self.data_attr) or "",
            payload_hash=value(self.validation_key_attr) or "",
            sort_key=None if self.sort_key_attr is None else value(self.sort_key_attr),
        )


def _integer(number: Any) -> int | None:
    """Return a number of DynamoDB, which may be written as `1.7E9`, as int."""
    if number is None:
        return None
    try:
        return int(number)
    except ValueError:
        return int(float(number))


def _returns_old_item() -> bool:
    boto3 = sys.modules.get("boto3")  # without it the client is none of its own
    version = getattr(boto3, "__version__", None)
    return version is None or DynamoDBPersistenceLayer.boto3_supports_condition_check_failure(version)
