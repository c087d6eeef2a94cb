import uuid

import local_servers
import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfigError,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence, CircuitStateRecord
from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerExistingLockError
from lambda_powertools.core import PowertoolsUserWarning

NOW = 1_700_000_000
WHOLE_WAY = [
    ("OPEN", 2, NOW, None),
    ("OPEN", 0, NOW + 30, None),
    ("HALF_OPEN", 0, NOW + 30, NOW + 90),
    ("CLOSED", 0, None, None),
]
"""State, failure count, opening time and lease: after two failures, a failed probe, and two successful ones."""


class Client:
    """Notes the requests, and answers with an item, or an error if there is one."""

    def __init__(self):
        self.requests = []
        self.item = None
        self.error = None

    def _answer(self, operation, request):
        self.requests.append((operation, request))
        if self.error is not None:
            raise self.error
        return {} if self.item is None else {"Item": self.item}

    def get_item(self, **request):
        return self._answer("GetItem", request)

    def put_item(self, **request):
        return self._answer("PutItem", request)

    def update_item(self, **request):
        return self._answer("UpdateItem", request)


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


@pytest.fixture
def client():
    return Client()


def make(client, **options):
    return CircuitBreakerDynamoDBPersistence("circuits", boto3_client=client, **options)


def test_a_read_is_eventually_consistent(client):
    """CB-30, CB-32: one GetItem on the simple key; no item is no record."""
    assert make(client)._get_record("orders") is None
    assert client.requests == [
        ("GetItem", {"TableName": "circuits", "Key": {"id": {"S": "orders"}}, "ConsistentRead": False})
    ]


@pytest.mark.parametrize(
    ("options", "function", "key"),
    [
        ({"key_attr": "pk"}, None, {"pk": {"S": "orders"}}),
        ({"sort_key_attr": "sk"}, None, {"id": {"S": "circuit_breaker#"}, "sk": {"S": "orders"}}),
        ({"sort_key_attr": "sk"}, "shop", {"id": {"S": "circuit_breaker#shop"}, "sk": {"S": "orders"}}),
        (
            {"key_attr": "pk", "sort_key_attr": "sk", "static_pk_value": "circuits"},
            "shop",
            {"pk": {"S": "circuits"}, "sk": {"S": "orders"}},
        ),
    ],
)
def test_keys(client, monkeypatch, clock, options, function, key):
    """CB-30: simple or composite, for each operation."""
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
    if function:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)
    store = make(client, **options)
    store.get_state("orders")
    store.save_open("orders", 3, NOW)
    store.save_closed("orders")
    store.try_acquire_half_open("orders", "me", NOW)
    store.renew_lease("orders", "me", NOW)

    requests = [request for _, request in client.requests]
    assert len(requests) == 5
    for request in requests:
        given = request.get("Key", request.get("Item"))
        assert {name: given[name] for name in key} == key
        assert len(given) == len(key) or "Item" in request


def test_key_and_sort_key_differ():
    """CB-30: or no item could have both."""
    with pytest.raises(CircuitBreakerConfigError, match="both 'id'"):
        CircuitBreakerDynamoDBPersistence("circuits", sort_key_attr="id")


def test_a_static_value_without_sort_key_is_a_warning():
    """CB-30: it says that the value is ignored, where it was given."""
    with pytest.warns(PowertoolsUserWarning, match="static_pk_value='circuits' is ignored") as caught:
        CircuitBreakerDynamoDBPersistence("circuits", static_pk_value="circuits")
    assert [warning.filename for warning in caught] == [__file__]


def test_opening_is_an_unconditional_put(client, clock):
    """CB-31, CB-33: exactly these attributes; what is not set is left out."""
    make(client).save_open("orders", 3, NOW)

    assert client.requests == [
        (
            "PutItem",
            {
                "TableName": "circuits",
                "Item": {
                    "id": {"S": "orders"},
                    "state": {"S": "OPEN"},
                    "failure_count": {"N": "3"},
                    "opened_at": {"N": str(NOW)},
                    "expiration": {"N": str(NOW + 3630)},
                },
            },
        )
    ]


def test_an_election_is_one_conditional_put(client, clock):
    """CB-33: the condition decides, in one request."""
    assert make(client).try_acquire_half_open("orders", "me", NOW - 30)

    ((operation, request),) = client.requests
    assert operation == "PutItem"
    assert request["ConditionExpression"] == (
        "(#state = :open AND attribute_not_exists(#half_open_owner) AND #opened_at = :expected_opened_at)"
        " OR (#state = :half_open AND #probe_lease_expiry <= :now)"
    )
    assert request["ExpressionAttributeNames"] == {
        "#state": "state",
        "#half_open_owner": "half_open_owner",
        "#opened_at": "opened_at",
        "#probe_lease_expiry": "probe_lease_expiry",
    }
    assert request["ExpressionAttributeValues"] == {
        ":open": {"S": "OPEN"},
        ":half_open": {"S": "HALF_OPEN"},
        ":expected_opened_at": {"N": str(NOW - 30)},
        ":now": {"N": str(NOW)},
    }
    assert request["Item"] == {
        "id": {"S": "orders"},
        "state": {"S": "HALF_OPEN"},
        "failure_count": {"N": "0"},
        "opened_at": {"N": str(NOW - 30)},
        "half_open_owner": {"S": "me"},
        "probe_lease_expiry": {"N": str(NOW + 30)},
        "expiration": {"N": str(NOW + 3630)},
    }


def test_a_failed_condition_is_a_lost_election_and_another_error_propagates(client, clock):
    """CB-33: AccessDenied is not a lost election."""
    store = make(client)
    client.error = ClientError("ConditionalCheckFailedException")
    assert store.try_acquire_half_open("orders", "me", NOW) is False
    with pytest.raises(CircuitBreakerExistingLockError) as lost:
        store._put_record(CircuitStateRecord("orders", CircuitState.HALF_OPEN), condition="half_open")
    assert lost.value.__cause__ is client.error

    client.error = ClientError("AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        store.try_acquire_half_open("orders", "me", NOW)


@pytest.mark.parametrize("reopened_at", [None, NOW])
def test_closing_and_reopening_remove_owner_and_lease(client, clock, reopened_at):
    """CB-34: left behind they would strand the circuit."""
    store = make(client)
    if reopened_at is None:
        store.save_closed("orders")
    else:
        store.save_reopen("orders", reopened_at)

    ((operation, request),) = client.requests
    assert operation == "UpdateItem"
    assert request["Key"] == {"id": {"S": "orders"}}
    assert request["UpdateExpression"] == (
        "SET #state = :state, #failure_count = :failure_count, #expiry = :expiry "
        "REMOVE #half_open_owner, #probe_lease_expiry, #opened_at"
        if reopened_at is None
        else "SET #state = :state, #failure_count = :failure_count, #expiry = :expiry, #opened_at = :opened_at "
        "REMOVE #half_open_owner, #probe_lease_expiry"
    )
    assert request["ExpressionAttributeValues"][":state"] == {"S": "CLOSED" if reopened_at is None else "OPEN"}
    assert request["ExpressionAttributeValues"][":failure_count"] == {"N": "0"}


def test_attributes_may_be_missing_or_have_other_names(client):
    """CB-31: numbers become int, what is missing becomes the default."""
    names = {
        "state_attr": "s",
        "failure_count_attr": "f",
        "opened_at_attr": "o",
        "half_open_owner_attr": "h",
        "probe_lease_expiry_attr": "p",
        "expiry_attr": "e",
    }
    store = make(client, **names)
    client.item = {"id": {"S": "orders"}, "s": {"S": "OPEN"}}
    assert store._get_record("orders") == CircuitStateRecord("orders", CircuitState.OPEN)

    record = CircuitStateRecord("orders", CircuitState.HALF_OPEN, 1, 2, "me", 3, 4)
    client.item = store._to_item(record)
    assert set(client.item) == {"id", *names.values()}
    assert store._get_record("orders") == record


def test_an_item_without_state_lets_calls_through(client, warned):
    """Bad input: garbage in the table is reported, not raised."""
    client.item = {"id": {"S": "orders"}}

    assert make(client).get_state("orders").state is CircuitState.CLOSED
    assert [record.exc_info[0] for record in warned] == [KeyError]


@pytest.fixture(params=["moto", pytest.param("dynalite", marks=pytest.mark.stores)])
def dynamodb(request):
    """A client of a real server, and a table with each kind of key."""
    client = local_servers.client("dynamodb", request.getfixturevalue(f"{request.param}_url"))
    table = f"circuits-{uuid.uuid4()}"
    for name, keys in ((table, ["id"]), (f"{table}-composite", ["id", "sk"])):
        client.create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
            ],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return client, table


@pytest.mark.parametrize("composite", [False, True])
def test_the_whole_way_on_a_real_server(dynamodb, go_the_whole_way, composite):
    """CB-30 to CB-36: opened, probed, reopened, probed, renewed, closed; each with the item that is expected."""
    client, table = dynamodb
    table = f"{table}-composite" if composite else table
    store = CircuitBreakerDynamoDBPersistence(table, sort_key_attr="sk" if composite else None, boto3_client=client)
    assert go_the_whole_way(store, "orders") == WHOLE_WAY


def test_requests_carry_the_marker(dynamodb):
    """CB-35: the user agent of every request names the feature, once, however many layers share the client."""
    client, table = dynamodb
    agents = []
    for _ in range(2):
        CircuitBreakerDynamoDBPersistence(table, boto3_client=client)
    client.meta.events.register_last(
        "before-send", lambda request, **_: agents.append(request.headers["User-Agent"].decode())
    )
    client.get_item(TableName=table, Key={"id": {"S": "orders"}})

    assert agents[0].count("circuit_breaker/") == 1
    assert agents[0].startswith("Boto3/")


def test_a_missing_table_lets_calls_through_and_says_so(dynamodb, warned):
    """Bad input: the AWS error is in the log, never swallowed."""
    client, _ = dynamodb
    store = CircuitBreakerDynamoDBPersistence("no-such-table", boto3_client=client)
    call = circuit_breaker(name="orders", persistence_store=store)(lambda: "served")

    assert call() == "served"
    assert "ResourceNotFoundException" in str(warned[0].exc_info[1])


def test_an_explicit_client_wins_over_the_session(client):
    """CB-35: client, then session, then a new one; the client may be replaced."""

    class Session:
        def client(self, service, config):
            made.append((service, config))
            return client

    made = []
    config = object()
    store = CircuitBreakerDynamoDBPersistence("circuits", boto3_session=Session(), boto_config=config)
    assert made == []
    assert [store.client, store.client] == [client, client]
    assert made == [("dynamodb", config)]

    given = Client()
    assert CircuitBreakerDynamoDBPersistence("circuits", boto3_session=Session(), boto3_client=given).client is given
    store.client = given
    store.get_state("orders")
    assert len(given.requests) == 1
    assert len(made) == 1


def test_a_client_of_its_own_gives_up_soon(monkeypatch):
    """The protected call waits for the store, so the store must not be what hangs."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    config = CircuitBreakerDynamoDBPersistence("circuits").client.meta.config

    assert (config.connect_timeout, config.read_timeout, config.retries["total_max_attempts"]) == (1, 1, 2)
