"""Parameters kept in an Amazon DynamoDB table.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters.base import BaseProvider
from lambda_powertools.parameters.clients import ClientFactory, choose_config
from lambda_powertools.parameters.exceptions import GetParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping


class DynamoDBProvider(BaseProvider):
    """Reads parameters from a table: an item for each, or for several the items of one partition.

    Needs the permissions `dynamodb:GetItem` and `dynamodb:Query`. boto3 is imported when the first item is fetched.
    Numbers arrive as `Decimal`.

    Args:
        table_name: name of the table.
        key_attr: attribute that holds the name, the table's partition key.
        sort_attr: attribute that holds the names of the values of `get_multiple`, the table's sort key.
        value_attr: attribute that holds the value.
        endpoint_url: another endpoint than that of AWS.
        config: goes away, use `boto_config`.
        boto_config: botocore configuration to make the resource with.
        boto3_session: session to make the resource from.
        boto3_client: the **resource** to use, as of `boto3.resource("dynamodb")`.
        max_entries: bound of the cache.
        max_ages: seconds to keep single values for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        table_name: str,
        key_attr: str = "id",
        sort_attr: str = "sk",
        value_attr: str = "value",
        endpoint_url: str | None = None,
        config: Any = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
        *,
        max_entries: int = 1000,
        max_ages: Mapping[str, int] | None = None,
        stale_if_error: float | None = None,
    ) -> None:
        super().__init__(max_entries=max_entries, max_ages=max_ages, stale_if_error=stale_if_error)
        self.table_name = table_name
        self.key_attr = key_attr
        self.sort_attr = sort_attr
        self.value_attr = value_attr
        self.client_factory = ClientFactory(
            "dynamodb",
            given=boto3_client,
            session=boto3_session,
            config=choose_config(config, boto_config, type(self)),
            kind="resource",
            options={"endpoint_url": endpoint_url},
        )
        self._table: Any = None

    @property
    def table(self) -> Any:
        """The boto3 table, made at the first use."""
        if self._table is None:
            self._table = self.client_factory.value.Table(self.table_name)
        return self._table

    @table.setter
    def table(self, table: Any) -> None:
        self._table = table

    def _get(self, name: str, **sdk_options: Any) -> Any:
        answer = self.table.get_item(**{**sdk_options, "Key": {self.key_attr: name}})
        item = answer.get("Item")
        if item is None:
            raise GetParameterError(f"table {self.table_name!r} has no item whose {self.key_attr!r} is {name!r}")
        return self._value(item, name)

    def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:
        from boto3.dynamodb.conditions import Key

        found: dict[str, Any] = {}
        request = {**sdk_options, "KeyConditionExpression": Key(self.key_attr).eq(path)}
        while True:
            answer = self.table.query(**request)
            for item in answer.get("Items", []):
                if self.sort_attr not in item:
                    raise GetParameterError(f"an item {path!r} of table {self.table_name!r} has no {self.sort_attr!r}")
                found[item[self.sort_attr]] = self._value(item, f"{path}, {item[self.sort_attr]}")
            last = answer.get("LastEvaluatedKey")
            if not last:
                return found
            request = {**request, "ExclusiveStartKey": last}

    def _value(self, item: dict[str, Any], name: str) -> Any:
        if self.value_attr not in item:
            raise GetParameterError(f"item {name!r} of table {self.table_name!r} has no attribute {self.value_attr!r}")
        return item[self.value_attr]


__all__ = ["DynamoDBProvider"]
