from __future__ import annotations

import pytest
from atomic_moto import atomic_moto_server
from local_servers import client

from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.idempotency import BasePersistenceLayer, IdempotencyConfig
from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError, IdempotencyItemNotFoundError
from lambda_powertools.testing import make_context


class MemoryStore(BasePersistenceLayer):
    """Keeps records in a dict and remembers which of its hooks were called."""

    def __init__(self):
        self.records = {}
        self.calls = []
        self.failure = {}
        self.returns_old_record = True

    def called(self, name):
        self.calls.append(name)
        if name in self.failure:
            raise self.failure[name]

    def _get_record(self, idempotency_key):
        self.called("get")
        if idempotency_key not in self.records:
            raise IdempotencyItemNotFoundError(idempotency_key)
        return self.records[idempotency_key].copy()

    def _put_record(self, data_record):
        self.called("put")
        old = self.records.get(data_record.idempotency_key)
        if old is not None and not old.is_expired:
            raise IdempotencyItemAlreadyExistsError(old_data_record=old.copy() if self.returns_old_record else None)
        self.records[data_record.idempotency_key] = data_record

    def _update_record(self, data_record):
        self.called("update")
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record):
        self.called("delete")
        self.records.pop(data_record.idempotency_key, None)

    @property
    def record(self):
        """The only record."""
        (record,) = self.records.values()
        return record


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    """No variable of the surroundings changes what is tested."""
    for name in (
        "AWS_LAMBDA_FUNCTION_NAME",
        "POWERTOOLS_IDEMPOTENCY_DISABLED",
        "POWERTOOLS_IDEMPOTENCY_TABLE",
        "POWERTOOLS_DEV",
    ):
        monkeypatch.delenv(name, raising=False)
    reset_cold_start()


@pytest.fixture
def store():
    """A store in memory."""
    return MemoryStore()


@pytest.fixture
def context():
    """A Lambda context with three seconds left."""
    return make_context(timeout=3)


@pytest.fixture
def make_config():
    """Make a config for calls outside of Lambda."""

    def make(**options):
        return IdempotencyConfig(**{"in_progress_expires_after_seconds": 30, **options})

    return make


@pytest.fixture(scope="session")
def moto_url():
    """A moto server on which a conditional write is one step, as it is on DynamoDB."""
    with atomic_moto_server() as url:
        yield url


@pytest.fixture
def make_table(moto_url):
    """Make a DynamoDB table and return its client and name."""
    made = []

    def make(*keys):
        dynamodb, name = client("dynamodb", moto_url), f"idempotency-{id(made)}-{len(made)}"
        kinds = ["HASH", "RANGE"]
        dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": key, "KeyType": kinds[index]} for index, key in enumerate(keys)],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )
        made.append((dynamodb, name))
        return dynamodb, name

    yield make
    for dynamodb, name in made:
        dynamodb.delete_table(TableName=name)
        dynamodb.close()
