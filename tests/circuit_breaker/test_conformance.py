import time
import uuid

import local_servers
import pytest
import redis

from lambda_powertools.circuit_breaker.persistence import (
    CircuitBreakerDynamoDBPersistence,
    CircuitBreakerRedisPersistence,
    InMemoryCircuitBreakerPersistence,
)
from lambda_powertools.testing.stores.circuit_breaker import CLAUSES


def in_memory(request):
    layer = InMemoryCircuitBreakerPersistence()
    return lambda: layer


def in_redis(request):
    url = request.getfixturevalue("redis_url")
    made = []

    def make():
        made.append(CircuitBreakerRedisPersistence(client=redis.Redis.from_url(url)))
        return made[-1]

    request.addfinalizer(lambda: [layer.client.close() for layer in made])
    return make


def in_dynamodb(server, keys):
    def factory(request):
        client = local_servers.client("dynamodb", request.getfixturevalue(f"{server}_url"))
        table = f"circuits-{uuid.uuid4()}"
        client.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in keys.items()],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )
        while client.describe_table(TableName=table)["Table"]["TableStatus"] != "ACTIVE":
            time.sleep(0.05)
        sort_key = list(keys)[1] if len(keys) > 1 else None
        return lambda: CircuitBreakerDynamoDBPersistence(table, sort_key_attr=sort_key, boto3_client=client)

    return factory


SIMPLE = {"id": "HASH"}
COMPOSITE = {"id": "HASH", "name": "RANGE"}
FACTORIES = [
    pytest.param(in_memory, id="memory"),
    pytest.param(in_redis, id="redis"),
    pytest.param(in_dynamodb("moto", SIMPLE), id="moto"),
    pytest.param(in_dynamodb("moto", COMPOSITE), id="moto-composite"),
    pytest.param(in_dynamodb("dynalite", SIMPLE), id="dynalite", marks=pytest.mark.stores),
    pytest.param(in_dynamodb("dynalite", COMPOSITE), id="dynalite-composite", marks=pytest.mark.stores),
]


@pytest.fixture(params=FACTORIES)
def factory(request):
    """Give what makes layers on one store."""
    return request.param(request)


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_store_of_ours_keeps_to_the_clause(factory, clause):
    """CB-24, CB-31 to CB-34: the suite that stores of one's own are checked with, on real servers."""
    CLAUSES[clause](factory)
