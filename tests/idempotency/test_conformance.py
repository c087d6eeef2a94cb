from __future__ import annotations

import pytest
from local_servers import client

from lambda_powertools.idempotency import (
    DynamoDBPersistenceLayer,
    EmbeddedPersistenceLayer,
    LargePayloadPersistenceLayer,
)
from lambda_powertools.idempotency.persistence.cache import CachePersistenceLayer
from lambda_powertools.testing.stores.idempotency import CLAUSES


@pytest.fixture
def memory():
    layer = EmbeddedPersistenceLayer()
    yield lambda: layer
    layer.close()


@pytest.fixture
def sqlite_file(tmp_path):
    layers = []

    def make():
        layers.append(EmbeddedPersistenceLayer(tmp_path / "records.db"))
        return layers[-1]

    yield make
    for layer in layers:
        layer.close()


@pytest.fixture
def dynamodb(make_table):
    dynamodb, name = make_table("id")
    return lambda: DynamoDBPersistenceLayer(name, boto3_client=dynamodb)


@pytest.fixture
def dynamodb_composite(make_table):
    dynamodb, name = make_table("pk", "sk")
    return lambda: DynamoDBPersistenceLayer(name, key_attr="pk", sort_key_attr="sk", boto3_client=dynamodb)


@pytest.fixture
def dynamodb_guarded(make_table):
    dynamodb, name = make_table("id")
    return lambda: DynamoDBPersistenceLayer(name, boto3_client=dynamodb, guard_completion=True)


@pytest.fixture
def dynamodb_with_s3(make_table, moto_url):
    dynamodb, name = make_table("id")
    s3 = client("s3", moto_url)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    store = DynamoDBPersistenceLayer(name, boto3_client=dynamodb)
    yield lambda: LargePayloadPersistenceLayer(store, bucket=name, boto3_client=s3)
    s3.close()


@pytest.fixture
def redis_py(redis_url):
    import redis

    connection = redis.Redis.from_url(redis_url)
    yield lambda: CachePersistenceLayer(client=connection)
    connection.close()


@pytest.fixture
def valkey_py(redis_url):
    import valkey

    connection = valkey.Valkey.from_url(redis_url.replace("redis://", "valkey://"), decode_responses=True)
    yield lambda: CachePersistenceLayer(client=connection)
    connection.close()


@pytest.fixture
def valkey_glide(redis_url):
    import glide_sync

    port = int(redis_url.rpartition(":")[2])
    config = glide_sync.GlideClientConfiguration([glide_sync.NodeAddress("127.0.0.1", port)], request_timeout=5000)
    connection = glide_sync.GlideClient.create(config)
    yield lambda: CachePersistenceLayer(client=connection)
    connection.close()


@pytest.fixture
def redis_by_url(redis_url):
    return lambda: CachePersistenceLayer(url=redis_url)


STORES = [
    "memory",
    "sqlite_file",
    "dynamodb",
    "dynamodb_composite",
    "dynamodb_guarded",
    "dynamodb_with_s3",
    "redis_py",
    "redis_by_url",
    "valkey_py",
    "valkey_glide",
]


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("store_name", STORES)
def test_store_keeps_to_every_clause(store_name, clause, request):
    """Each of our stores, on a real server where it has one, passes the suite that we publish."""
    CLAUSES[clause](request.getfixturevalue(store_name))


@pytest.mark.stores
@pytest.mark.parametrize("clause", CLAUSES)
def test_dynamodb_layer_keeps_to_every_clause_on_another_implementation(clause, dynalite_url):
    """The DynamoDB layer does not rely on what is moto's own."""
    dynamodb = client("dynamodb", dynalite_url)
    name = f"conformance-{clause}"
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    CLAUSES[clause](lambda: DynamoDBPersistenceLayer(name, boto3_client=dynamodb))
    dynamodb.close()
