from __future__ import annotations

import json
import sys
import time

import pytest
import redis as redis_library

from lambda_powertools.idempotency import IdempotencyConfig, idempotent_function
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
    IdempotencyPersistenceConfigError,
    IdempotencyPersistenceConnectionError,
    IdempotencyPersistenceConsistencyError,
    IdempotencyPersistenceLayerError,
)
from lambda_powertools.idempotency.persistence import redis as old_names
from lambda_powertools.idempotency.persistence.cache import CacheConnection, CachePersistenceLayer
from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class FakeCache:
    """The three commands, and what they were called with; `as_bytes` like a client that does not decode."""

    def __init__(self, *, as_bytes=False):
        self.values, self.calls, self.as_bytes = {}, [], as_bytes

    def get(self, name):
        self.calls.append(("get", name))
        value = self.values.get(name)
        return value.encode() if self.as_bytes and value is not None else value

    def set(self, *, name, value, ex, nx=False):
        self.calls.append(("set", name, ex, nx))
        if nx and name in self.values:
            return None
        self.values[name] = value
        return True

    def delete(self, name):
        self.calls.append(("delete", name))
        return self.values.pop(name, None) is not None


@pytest.fixture(params=[False, True], ids=["str", "bytes"])
def cache(request):
    return FakeCache(as_bytes=request.param)


def function_on(layer, body=lambda x: "result", **options):
    config = IdempotencyConfig(**{"in_progress_expires_after_seconds": 30, **options})
    return idempotent_function(body, data_keyword_argument="x", persistence_store=layer, config=config, key_prefix="p")


KEY = "p#c4ca4238a0b923820dcc509a6f75849b"  # md5 of 1


def test_commands_of_a_call(cache):
    """IDEM-51, 52, 53: SET NX EX claims, SET EX completes with a fresh time to live, and a replay is SET and GET."""
    f = function_on(CachePersistenceLayer(client=cache), expires_after_seconds=60)

    assert [f(x=1), f(x=1)] == ["result", "result"]
    assert cache.calls == [("set", KEY, 60, True), ("set", KEY, 60, False), ("set", KEY, 60, True), ("get", KEY)]


def test_value_is_json_with_the_configured_names(cache):
    """IDEM-52: status, expiration, and what else is known."""
    seen = []
    layer = CachePersistenceLayer(
        client=cache,
        in_progress_expiry_attr="until",
        expiry_attr="ttl",
        status_attr="state",
        data_attr="result",
        validation_key_attr="check",
    )
    f = function_on(layer, lambda x: seen.append(json.loads(cache.values[KEY])), payload_validation_jmespath="@")
    f(x=1)

    assert set(seen[0]) == {"state", "ttl", "until", "check"}
    assert seen[0]["state"] == "INPROGRESS"
    completed = json.loads(cache.values[KEY])
    assert (completed["state"], completed["result"], completed["check"]) == ("COMPLETED", "null", seen[0]["check"])
    assert f(x=1) is None


def test_time_to_live_is_at_least_a_second(cache):
    """IDEM-52: servers refuse zero."""
    layer = CachePersistenceLayer(client=cache)
    layer._put_record(data_record=DataRecord("k", "INPROGRESS", 1))

    assert cache.calls == [("set", "k", 1, True)]


def stored(cache, **members):
    defaults = {"status": "INPROGRESS", "expiration": int(time.time()) + 100}
    cache.values[KEY] = json.dumps({**defaults, **members})


@pytest.mark.parametrize(
    "members", [{}, {"in_progress_expiration": 9_999_999_999_999}, {"status": "COMPLETED", "data": "1"}], ids=str
)
def test_live_record_refuses_a_claim(cache, members):
    """IDEM-53: the record that was read comes with the error, so it is not read twice."""
    stored(cache, **members)
    layer = CachePersistenceLayer(client=cache)
    layer.configure(IdempotencyConfig())

    with pytest.raises(IdempotencyItemAlreadyExistsError) as caught:
        layer._put_record(data_record=DataRecord(KEY, "INPROGRESS", int(time.time()) + 60))

    assert caught.value.old_data_record.idempotency_key == KEY
    assert [call[0] for call in cache.calls] == ["set", "get"]


ORPHANS = {
    "expired": {"expiration": 1, "status": "COMPLETED"},
    "timed out": {"in_progress_expiration": 1},
    "unknown status": {"status": "DONE"},
}


@pytest.mark.parametrize("orphan", [*ORPHANS, "not JSON", "no record"])
def test_orphan_is_taken_over_under_a_lock(cache, orphan):
    """IDEM-53, 54: what no longer counts gives way, under a lock that is left to expire."""
    stored(cache, **ORPHANS.get(orphan, {}))
    if orphan == "not JSON":
        cache.values[KEY] = "garbage"
    if orphan == "no record":
        cache.values[KEY] = "[1]"

    assert function_on(CachePersistenceLayer(client=cache), expires_after_seconds=600)(x=1) == "result"
    assert ("set", f"{KEY}:lock", 10, True) in cache.calls
    assert f"{KEY}:lock" in cache.values


def test_lock_does_not_outlive_the_record(cache):
    """IDEM-54: with a short expiry the lock is as short."""
    stored(cache, in_progress_expiration=1)
    function_on(CachePersistenceLayer(client=cache), expires_after_seconds=3)(x=1)

    assert ("set", f"{KEY}:lock", 3, True) in cache.calls


def test_orphan_that_somebody_else_takes_over_is_refused(cache):
    """IDEM-54: without the lock the claim is refused."""
    stored(cache, in_progress_expiration=1)
    cache.values[f"{KEY}:lock"] = "1"
    layer = CachePersistenceLayer(client=cache)
    layer.configure(IdempotencyConfig())

    with pytest.raises(IdempotencyItemAlreadyExistsError):
        layer._put_record(data_record=DataRecord(KEY, "INPROGRESS", int(time.time()) + 60))


def test_orphan_that_was_taken_over_meanwhile_is_not_overwritten(cache):
    """IDEM-54: who gets the lock late finds the record of the one that was quicker."""
    stored(cache, in_progress_expiration=1)
    real_set = cache.set

    def set_late(*, name, value, ex, nx=False):
        if name.endswith(":lock"):
            stored(cache, status="COMPLETED", data='"quicker"')
        return real_set(name=name, value=value, ex=ex, nx=nx)

    cache.set = set_late

    assert function_on(CachePersistenceLayer(client=cache), lambda x: pytest.fail("ran"))(x=1) == "quicker"


def test_vanished_value_is_tried_again(cache):
    """IDEM-55: a key that vanishes between the lost SET and the GET is a contradiction, not an outage."""
    attempts = []

    def refuse(*, name, value, ex, nx=False):
        attempts.append(name)

    cache.set = refuse
    with pytest.raises(IdempotencyInconsistentStateError):
        function_on(CachePersistenceLayer(client=cache))(x=1)

    assert len(attempts) == 3


def test_honest_retry_with_validation_is_replayed(cache):
    """IDEM-56: the hash of the payload survives the completion."""
    f = function_on(CachePersistenceLayer(client=cache), payload_validation_jmespath="@")

    assert [f(x=1), f(x=1)] == ["result", "result"]


def test_failure_removes_the_key(cache):
    """IDEM-56: deleting is DELETE."""
    with pytest.raises(ZeroDivisionError):
        function_on(CachePersistenceLayer(client=cache), lambda x: 1 / 0)(x=1)

    assert cache.calls[-1] == ("delete", KEY)
    assert cache.values == {}


def test_only_claims_are_put(cache):
    """IDEM-57: a record that is not in progress cannot be put."""
    with pytest.raises(NotImplementedError):
        CachePersistenceLayer(client=cache)._put_record(data_record=DataRecord("k", "COMPLETED", 1))


def test_reading(cache):
    """IDEM-57: an absent key and a value that is no record are two errors."""
    layer = CachePersistenceLayer(client=cache)
    with pytest.raises(IdempotencyItemNotFoundError):
        layer._get_record(idempotency_key="k")
    cache.values["k"] = "garbage"
    with pytest.raises(IdempotencyPersistenceConsistencyError):
        layer._get_record(idempotency_key="k")


def test_errors_of_the_library_are_wrapped(cache):
    """IDEM-57, 63: what the client raises is the cause."""
    error = redis_library.exceptions.ConnectionError("gone")

    def fail(**_):
        raise error

    cache.set = fail
    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        function_on(CachePersistenceLayer(client=cache))(x=1)

    assert caught.value.__cause__ is error


@pytest.mark.parametrize("mode", ["sentinel", ""])
def test_unknown_mode_is_an_error(mode):
    """IDEM-50: two modes exist."""
    with pytest.raises(IdempotencyPersistenceConfigError, match="standalone"):
        CachePersistenceLayer(host="localhost", mode=mode)


def test_nowhere_is_an_error():
    """A layer without client, URL and host is refused."""
    with pytest.raises(IdempotencyPersistenceConfigError):
        CachePersistenceLayer()


def test_asynchronous_client_is_refused():
    """Its calls would return coroutines that nobody awaits."""
    import redis.asyncio

    with pytest.raises(IdempotencyPersistenceConfigError, match="asynchronous"):
        CachePersistenceLayer(client=redis.asyncio.Redis())


def test_given_client_wins_over_the_connection(cache):
    """IDEM-50: with a client everything else is ignored, and it can be replaced."""
    layer = CachePersistenceLayer(url="redis://nowhere", mode="nonsense", client=cache)
    assert layer.client is cache

    other = layer.client = FakeCache()
    function_on(layer)(x=1)

    assert (cache.values, list(other.values)) == ({}, [KEY])


def test_connection_by_host():
    """IDEM-50: the arguments reach the client, the database only in standalone mode."""
    client = CacheConnection(host="example.org", port=7, username="u", password="p", db_index=3, ssl=True).init_client()
    arguments = client.connection_pool.connection_kwargs

    assert {name: arguments[name] for name in ("host", "port", "username", "password", "db", "decode_responses")} == {
        "host": "example.org",
        "port": 7,
        "username": "u",
        "password": "p",
        "db": 3,
        "decode_responses": True,
    }
    assert client.connection_pool.connection_class is redis_library.SSLConnection
    client.close()


def test_connection_that_fails_is_told():
    """IDEM-50: a cluster that does not answer is known when the layer is built."""
    with pytest.raises(IdempotencyPersistenceConnectionError, match=r"127\.0\.0\.1"):
        CachePersistenceLayer(host="127.0.0.1", port=1, mode="cluster", ssl=False)


def test_url_of_valkey_uses_its_library():
    """IDEM-50: the scheme decides which library is asked first."""
    import valkey

    client = CacheConnection(url="valkey://localhost:1").init_client()

    assert isinstance(client, valkey.Valkey)
    client.close()


def test_missing_library_names_the_extras(monkeypatch):
    """Without redis-py and valkey-py the layer says what to install."""
    for name in ("redis", "valkey"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(ImportError, match=r"\[redis\]', or \[valkey\]"):
        CachePersistenceLayer(host="localhost")


@pytest.mark.parametrize(
    ("make", "new"),
    [
        (lambda: old_names.RedisCachePersistenceLayer(client=FakeCache()), CachePersistenceLayer),
        (lambda: old_names.RedisConnection(host="localhost"), CacheConnection),
    ],
    ids=["layer", "connection"],
)
def test_old_names_warn_once_and_work(make, new):
    """Instantiating a class by its old name is one deprecation warning that points to the new one."""
    with pytest.warns(DeprecationWarning, match=new.__name__) as caught:
        made = make()

    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert isinstance(made, new)


def test_orphan_on_a_real_server(redis_url):
    """IDEM-54: a call that died is followed by another, on a real server."""
    client = redis_library.Redis.from_url(redis_url)
    layer = CachePersistenceLayer(client=client)

    def die(x):
        raise KeyboardInterrupt

    client.delete(KEY, f"{KEY}:lock")
    with pytest.raises(KeyboardInterrupt):
        function_on(layer, die, in_progress_expires_after_seconds=0)(x=1)
    time.sleep(0.005)  # the expiry is in milliseconds and has to lie in the past

    assert function_on(layer)(x=1) == "result"
    assert client.ttl(KEY) > 3_000
    with pytest.raises(IdempotencyAlreadyInProgressError):
        function_on(layer, lambda x: function_on(layer)(x=x))(x=2)
    client.delete(KEY, f"{KEY}:lock", "p#c81e728d9d4c2f636f067f89cc14862c")
    client.close()
