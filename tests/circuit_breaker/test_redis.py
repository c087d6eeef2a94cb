import uuid
from urllib.parse import urlsplit

import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfigError,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.persistence import CircuitBreakerRedisPersistence, CircuitStateRecord
from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerExistingLockError

NOW = 1_700_000_000


def from_redis(url):
    import redis

    return redis.Redis.from_url(url)


def from_redis_decoded(url):
    import redis

    return redis.Redis.from_url(url, decode_responses=True)


def from_redis_protocol_3(url):
    import redis

    return redis.Redis.from_url(url, protocol=3)


def from_valkey(url):
    import valkey

    return valkey.Valkey.from_url(url)


def from_glide(url):
    import glide_sync

    address = urlsplit(url)
    config = glide_sync.GlideClientConfiguration([glide_sync.NodeAddress(address.hostname, address.port)])
    return glide_sync.GlideClient.create(config)


CLIENTS = [from_redis, from_redis_decoded, from_redis_protocol_3, from_valkey, from_glide]


@pytest.fixture(params=CLIENTS, ids=lambda make: make.__name__.removeprefix("from_"))
def client(request, redis_url):
    client = request.param(redis_url)
    yield client
    client.close()


def test_the_whole_way_with_every_client(client, go_the_whole_way):
    """Stores: opened, probed, reopened, probed, renewed, closed; each with the record that is expected."""
    name = f"orders-{uuid.uuid4()}"
    store = CircuitBreakerRedisPersistence(client=client)

    assert store._get_record(name) is None
    assert go_the_whole_way(store, name) == [
        ("OPEN", 2, NOW, None),
        ("OPEN", 0, NOW + 30, None),
        ("HALF_OPEN", 0, NOW + 30, NOW + 90),
        ("CLOSED", 0, None, None),
    ]


def test_an_election_is_lost_to_another(client, clock):
    """CB-24: the script decides; a renewal is for the owner alone."""
    name = f"orders-{uuid.uuid4()}"
    store = CircuitBreakerRedisPersistence(client=client)
    store.save_open(name, 1, NOW - 30)

    outcomes = [store.try_acquire_half_open(name, owner, NOW - 30) for owner in ("one", "two")]

    assert outcomes == [True, False]
    assert store.renew_lease(name, "one", NOW - 30)
    with pytest.raises(CircuitBreakerExistingLockError):
        store.renew_lease(name, "two", NOW - 30)


def test_keys_have_a_prefix_and_live_as_long_as_the_record(redis_url, clock):
    """CB-26: the server forgets an abandoned circuit, whatever its clock says."""
    connection = from_redis(redis_url)
    name = f"orders-{uuid.uuid4()}"
    store = CircuitBreakerRedisPersistence(client=connection, key_prefix="shop:")
    store.save_open(name, 1, NOW)

    assert 3600 < connection.ttl(f"shop:{name}") <= 3630
    assert connection.hgetall(f"shop:{name}")[b"state"] == b"OPEN"
    connection.close()


def test_it_connects_by_url_at_the_first_use(redis_url):
    """Construction: no connection before; one client afterwards."""
    store = CircuitBreakerRedisPersistence(url=redis_url)
    record = CircuitStateRecord(f"orders-{uuid.uuid4()}", CircuitState.CLOSED)
    store._put_record(record)

    assert store._get_record(record.name) == record
    assert store.client is store.client
    store.client.close()


def test_it_connects_by_the_parts_of_an_address(redis_url):
    """Construction: host, port, database."""
    address = urlsplit(redis_url)
    store = CircuitBreakerRedisPersistence(host=address.hostname, port=address.port, db_index=3, ssl=False)
    options = store.client.connection_pool.connection_kwargs
    store.save_open(f"orders-{uuid.uuid4()}", 1, NOW)

    assert (options["db"], options["socket_timeout"], options["socket_connect_timeout"]) == (3, 1, 1)
    store.client.close()


def test_credentials_and_encryption_are_passed_on():
    """Construction: encrypted unless said otherwise."""
    store = CircuitBreakerRedisPersistence(host="circuits.internal", username="me", password="secret")
    pool = store.client.connection_pool

    assert (pool.connection_kwargs["username"], pool.connection_kwargs["password"]) == ("me", "secret")
    assert pool.connection_class.__name__ == "SSLConnection"


@pytest.mark.parametrize(
    ("options", "message"), [({}, "client, url or host"), ({"host": "h", "mode": "sentinel"}, "mode is 'sentinel'")]
)
def test_an_address_that_leads_nowhere_is_refused(options, message):
    """Bad input: at construction."""
    with pytest.raises(CircuitBreakerConfigError, match=message):
        CircuitBreakerRedisPersistence(**options)


def test_a_server_that_is_down_lets_calls_through(warned):
    """CB-21: a refused connection is a warning."""
    store = CircuitBreakerRedisPersistence(host="127.0.0.1", port=1, ssl=False)
    call = circuit_breaker(name="orders", persistence_store=store)(lambda: "served")

    assert call() == "served"
    assert "ConnectionError" in warned[0].exc_info[0].__name__
