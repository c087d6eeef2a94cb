"""The state of circuits in a DynamoDB table: one item for each, no read or write more than needed."""

from __future__ import annotations

import os
import threading
from typing import Any

from lambda_powertools.circuit_breaker._clock import now
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError
from lambda_powertools.circuit_breaker.persistence._aws import USER_AGENT, is_failed_condition, make_client
from lambda_powertools.circuit_breaker.persistence.base import (
    CircuitBreakerExistingLockError,
    CircuitBreakerPersistenceLayer,
)
from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord
from lambda_powertools.circuit_breaker.states import CircuitState
from lambda_powertools.core.aws import mark_user_agent


class CircuitBreakerDynamoDBPersistence(CircuitBreakerPersistenceLayer):
    """Keeps one item for each circuit, which all execution environments share.

    The table needs a string partition key (`id`) and, so that abandoned circuits go, a TTL on `expiration`; the
    function needs `dynamodb:GetItem`, `PutItem` and `UpdateItem`. With a sort key, the table may be shared with others.
    boto3 is imported, and the client made, when it is first used. Conditions:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html

    Args:
        table_name: name of the table.
        key_attr: its partition key.
        static_pk_value: value of the partition key where there is a sort key, `circuit_breaker#<function name>` by
            default.
        sort_key_attr: its sort key, if it has one; the circuit's name goes there then.
        state_attr: attribute for the state.
        failure_count_attr: attribute for the failure count.
        opened_at_attr: attribute for the opening time.
        half_open_owner_attr: attribute for the worker that probes.
        probe_lease_expiry_attr: attribute for the end of its right to probe.
        expiry_attr: attribute for the TTL.
        boto_config: botocore config of the client; without it, a store that does not answer is given up after seconds,
            as the function waits for it.
        boto3_session: session to make the client from, a new one without.
        boto3_client: the client itself.

    Attributes:
        client: the client; may be replaced at any time.

    Raises:
        CircuitBreakerConfigError: `sort_key_attr` is `key_attr`.
        ImportError: boto3 is needed and not installed.

    Example:
        >>> store = CircuitBreakerDynamoDBPersistence("circuits", key_attr="pk", sort_key_attr="sk")
        >>> store.static_pk_value
        'circuit_breaker#'
    """

    def __init__(  # noqa: PLR0913, PLR0917  # a keyword for each attribute of the table
        self,
        table_name: str,
        key_attr: str = "id",
        static_pk_value: str | None = None,
        sort_key_attr: str | None = None,
        state_attr: str = "state",
        failure_count_attr: str = "failure_count",
        opened_at_attr: str = "opened_at",
        half_open_owner_attr: str = "half_open_owner",
        probe_lease_expiry_attr: str = "probe_lease_expiry",
        expiry_attr: str = "expiration",
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
    ) -> None:
        if sort_key_attr is not None and sort_key_attr == key_attr:
            raise CircuitBreakerConfigError(f"key_attr and sort_key_attr are both {key_attr!r}: they must differ")
        if static_pk_value is not None and sort_key_attr is None:
            _warn_ignored(static_pk_value)
        self.table_name = table_name
        self.key_attr = key_attr
        self.sort_key_attr = sort_key_attr
        if static_pk_value is None:
            static_pk_value = f"circuit_breaker#{os.environ.get('AWS_LAMBDA_FUNCTION_NAME', '')}"
        self.static_pk_value = static_pk_value
        self.state_attr = state_attr
        self.failure_count_attr = failure_count_attr
        self.opened_at_attr = opened_at_attr
        self.half_open_owner_attr = half_open_owner_attr
        self.probe_lease_expiry_attr = probe_lease_expiry_attr
        self.expiry_attr = expiry_attr
        is_given = boto3_client is not None
        self._make_client = make_client(boto3_session, boto_config, is_given=is_given)
        self._client_lock = threading.RLock()
        self._client: Any = None
        if is_given:
            self.client = boto3_client

    @property
    def client(self) -> Any:
        """The low-level DynamoDB client, made at the first use."""
        if self._client is None:
            with self._client_lock:
                if self._client is None:
                    self.client = self._make_client()
        return self._client

    @client.setter
    def client(self, client: Any) -> None:
        mark_user_agent(client, USER_AGENT)
        self._client = client

    def _key(self, name: str) -> dict[str, Any]:
        if self.sort_key_attr is None:
            return {self.key_attr: {"S": name}}
        return {self.key_attr: {"S": self.static_pk_value}, self.sort_key_attr: {"S": name}}

    def _get_record(self, name: str) -> CircuitStateRecord | None:
        response = self.client.get_item(TableName=self.table_name, Key=self._key(name), ConsistentRead=False)
        item = response.get("Item")
        return self._from_item(name, item) if item else None

    def _put_record(
        self, record: CircuitStateRecord, condition: str | None = None, expected_opened_at: int | None = None
    ) -> None:
        request: dict[str, Any] = {"TableName": self.table_name, "Item": self._to_item(record)}
        if condition is not None:
            request.update(self._free_to_probe(expected_opened_at))
        self._write("put_item", record, request)

    def _update_record(self, record: CircuitStateRecord) -> None:
        names = {
            "#state": self.state_attr,
            "#failure_count": self.failure_count_attr,
            "#expiry": self.expiry_attr,
            "#opened_at": self.opened_at_attr,
            "#half_open_owner": self.half_open_owner_attr,
            "#probe_lease_expiry": self.probe_lease_expiry_attr,
        }
        values = {
            ":state": {"S": record.state.value},
            ":failure_count": {"N": str(record.failure_count)},
            ":expiry": {"N": str(record.expiry_timestamp)},
        }
        assign = "SET #state = :state, #failure_count = :failure_count, #expiry = :expiry"
        remove = "REMOVE #half_open_owner, #probe_lease_expiry"  # left behind, they would bar every later probe
        if record.opened_at is None:
            remove += ", #opened_at"
        else:
            assign += ", #opened_at = :opened_at"
            values[":opened_at"] = {"N": str(record.opened_at)}
        request = {
            "TableName": self.table_name,
            "Key": self._key(record.name),
            "UpdateExpression": f"{assign} {remove}",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
        self._write("update_item", record, request)

    def _renew_lease(self, record: CircuitStateRecord) -> bool:
        request = {
            "TableName": self.table_name,
            "Key": self._key(record.name),
            "UpdateExpression": "SET #probe_lease_expiry = :lease, #expiry = :expiry",
            "ConditionExpression": "#state = :half_open AND #half_open_owner = :owner",
            "ExpressionAttributeNames": {
                "#state": self.state_attr,
                "#half_open_owner": self.half_open_owner_attr,
                "#probe_lease_expiry": self.probe_lease_expiry_attr,
                "#expiry": self.expiry_attr,
            },
            "ExpressionAttributeValues": {
                ":half_open": {"S": CircuitState.HALF_OPEN.value},
                ":owner": {"S": record.half_open_owner},
                ":lease": {"N": str(record.probe_lease_expiry)},
                ":expiry": {"N": str(record.expiry_timestamp)},
            },
        }
        self._write("update_item", record, request)
        return True

    def _free_to_probe(self, expected_opened_at: int | None) -> dict[str, Any]:
        values = {
            ":open": {"S": CircuitState.OPEN.value},
            ":half_open": {"S": CircuitState.HALF_OPEN.value},
            ":now": {"N": str(now())},
        }
        if expected_opened_at is None:
            unchanged = "attribute_not_exists(#opened_at)"
        else:
            unchanged = "#opened_at = :expected_opened_at"
            values[":expected_opened_at"] = {"N": str(expected_opened_at)}
        return {
            "ConditionExpression": (
                f"(#state = :open AND attribute_not_exists(#half_open_owner) AND {unchanged})"
                " OR (#state = :half_open AND #probe_lease_expiry <= :now)"
            ),
            "ExpressionAttributeNames": {
                "#state": self.state_attr,
                "#half_open_owner": self.half_open_owner_attr,
                "#opened_at": self.opened_at_attr,
                "#probe_lease_expiry": self.probe_lease_expiry_attr,
            },
            "ExpressionAttributeValues": values,
        }

    def _write(self, operation: str, record: CircuitStateRecord, request: dict[str, Any]) -> None:
        try:
            getattr(self.client, operation)(**request)
        except Exception as error:
            if not is_failed_condition(error):
                raise
            raise CircuitBreakerExistingLockError(
                f"circuit {record.name!r} is probed by another worker, or has changed"
            ) from error

    def _to_item(self, record: CircuitStateRecord) -> dict[str, Any]:
        item = self._key(record.name)
        item[self.state_attr] = {"S": record.state.value}
        if record.half_open_owner is not None:
            item[self.half_open_owner_attr] = {"S": record.half_open_owner}
        numbers = {
            self.failure_count_attr: record.failure_count,
            self.opened_at_attr: record.opened_at,
            self.probe_lease_expiry_attr: record.probe_lease_expiry,
            self.expiry_attr: record.expiry_timestamp,
        }
        item.update({attribute: {"N": str(number)} for attribute, number in numbers.items() if number is not None})
        return item

    def _from_item(self, name: str, item: dict[str, Any]) -> CircuitStateRecord:
        def number(attribute: str) -> int | None:
            value = item.get(attribute, {}).get("N")
            return None if value is None else int(value)

        return CircuitStateRecord(
            name,
            CircuitState(item[self.state_attr]["S"]),
            failure_count=number(self.failure_count_attr) or 0,
            opened_at=number(self.opened_at_attr),
            half_open_owner=item.get(self.half_open_owner_attr, {}).get("S"),
            probe_lease_expiry=number(self.probe_lease_expiry_attr),
            expiry_timestamp=number(self.expiry_attr),
        )


def _warn_ignored(static_pk_value: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        f"static_pk_value={static_pk_value!r} is ignored, as there is no sort_key_attr",
        PowertoolsUserWarning,
        stacklevel=3,
    )
