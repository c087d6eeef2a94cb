from __future__ import annotations

from decimal import Decimal

import boto3
import local_servers
import pytest
from botocore.exceptions import ClientError

from lambda_powertools.parameters import DynamoDBProvider, GetParameterError


@pytest.fixture(scope="session")
def session():
    return boto3.session.Session(**local_servers.CREDENTIALS)


@pytest.fixture
def table(clients, path, moto_url, session):
    """Create a table with the given keys; returns a function that makes a provider of it."""
    name = path.strip("/")

    def make(key="id", sort=None, **options):
        names = [key] if sort is None else [key, sort]
        clients("dynamodb").create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": one, "KeyType": kind} for one, kind in zip(names, ["HASH", "RANGE"], strict=False)
            ],
            AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in names],
            BillingMode="PAY_PER_REQUEST",
        )
        return DynamoDBProvider(name, endpoint_url=moto_url, boto3_session=session, **options)

    return make


def test_a_value_is_an_item(table):
    """PRM-70, 72: the value attribute of the item, numbers as Decimal, fetched once from the given endpoint."""
    provider = table()
    provider.table.put_item(Item={"id": "limits", "value": Decimal("1.5")})

    assert provider.get("limits") == Decimal("1.5")
    provider.table.put_item(Item={"id": "limits", "value": 2})
    assert provider.get("limits") == Decimal("1.5")
    assert provider.get("limits", force_fetch=True, ConsistentRead=True) == 2


def test_attributes_can_have_other_names(table):
    """PRM-70, 71: key, sort and value attributes are configurable."""
    provider = table("name", "part", key_attr="name", sort_attr="part", value_attr="text")
    provider.table.put_item(Item={"name": "a", "part": "x", "text": "1"})

    assert provider.get_multiple("a") == {"x": "1"}


def test_several_values_are_the_items_of_a_partition(table):
    """PRM-71: every page, by the sort key; a condition of the caller's does not replace ours."""
    provider = table(sort="sk")
    for number in range(7):
        provider.table.put_item(Item={"id": "a", "sk": f"n{number}", "value": str(number)})
    provider.table.put_item(Item={"id": "b", "sk": "other", "value": "x"})

    found = provider.get_multiple("a", Limit=2, KeyConditionExpression="nonsense")

    assert found == {f"n{number}": str(number) for number in range(7)}


@pytest.mark.parametrize(
    ("item", "message"),
    [(None, "has no item whose 'id' is 'a'"), ({"id": "a"}, "item 'a' of table .* has no attribute 'value'")],
)
def test_what_is_missing_is_said(table, item, message):
    """PRM-70: no item, or no value in it, are told apart."""
    provider = table()
    if item:
        provider.table.put_item(Item=item)

    with pytest.raises(GetParameterError, match=message):
        provider.get("a")


def test_a_missing_table_is_chained(moto_url, session, path):
    """PRM-8: the service's own exception is the cause."""
    provider = DynamoDBProvider(path.strip("/"), endpoint_url=moto_url, boto3_session=session)

    with pytest.raises(GetParameterError, match="ResourceNotFoundException") as caught:
        provider.get("a")

    assert isinstance(caught.value.__cause__, ClientError)


def test_a_resource_can_be_given(table, moto_url, session):
    """PRM-80: boto3_client is a resource, whose tables are used."""
    given = table()
    given.table.put_item(Item={"id": "a", "value": "1"})
    resource = session.resource("dynamodb", endpoint_url=moto_url)

    assert DynamoDBProvider(given.table_name, boto3_client=resource).get("a") == "1"
