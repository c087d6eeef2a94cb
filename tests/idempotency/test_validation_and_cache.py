from __future__ import annotations

import threading
import time

import pytest

from lambda_powertools.idempotency import idempotent_function
from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError, IdempotencyValidationError
from lambda_powertools.idempotency.persistence.datarecord import DataRecord


@pytest.fixture
def make_function(store, make_config):
    """Make a function whose results are numbered."""

    def make(body=None, **options):
        runs = []

        def f(x):
            runs.append(x)
            if body is not None:
                body(x)
            return len(runs)

        return idempotent_function(f, data_keyword_argument="x", persistence_store=store, config=make_config(**options))

    return make


VALIDATION = {"event_key_jmespath": "id", "payload_validation_jmespath": "amount"}


@pytest.mark.parametrize("cache", [False, True])
@pytest.mark.parametrize("status", ["INPROGRESS", "COMPLETED"])
@pytest.mark.parametrize("source", ["put", "read"])
def test_other_payload_is_refused(store, make_function, cache, status, source):
    """IDEM-34: before the status is looked at, wherever the record comes from; such a record is not cached."""
    f = make_function(use_local_cache=cache, **VALIDATION)
    f(x={"id": 1, "amount": 1})
    store.record._status = status
    store._cache.clear()
    store.returns_old_record = source == "put"

    for _ in range(2):
        with pytest.raises(IdempotencyValidationError, match="differs"):
            f(x={"id": 1, "amount": 2})
    assert len(store._cache) == 0


def test_other_payload_is_refused_by_the_local_cache(store, make_function):
    """IDEM-34: a record in memory is compared as well."""
    f = make_function(use_local_cache=True, **VALIDATION)
    f(x={"id": 1, "amount": 1})
    store.calls.clear()

    with pytest.raises(IdempotencyValidationError):
        f(x={"id": 1, "amount": 2})
    assert store.calls == []


def test_record_without_hash_is_another_payload(store, make_function):
    """IDEM-34: a stored record that has no hash counts as different."""
    f = make_function(**VALIDATION)
    f(x={"id": 1, "amount": 1})
    store.record.payload_hash = ""

    with pytest.raises(IdempotencyValidationError):
        f(x={"id": 1, "amount": 1})


def test_without_validation_no_hash_is_made(store, make_function):
    """IDEM-35: only what is validated is hashed."""
    make_function()(x={"id": 1})

    assert store.record.payload_hash == ""


def test_local_cache_is_off_by_default(store, make_function):
    """IDEM-36, 39: a replay asks the store, and no cache exists."""
    f = make_function()
    f(x=1)
    f(x=1)

    assert store.calls == ["put", "update", "put"]
    assert "_caches" not in vars(store)


def test_local_cache_replays_without_the_store(store, make_function):
    """IDEM-37: no store call at all, after a first execution, and after a replay by another environment."""
    f = make_function(use_local_cache=True)
    results = [f(x=1), f(x=1)]
    assert store.calls == ["put", "update"]

    store._cache.clear()
    store.calls.clear()
    results += [f(x=1), f(x=1)]

    assert store.calls == ["put"]
    assert results == [1, 1, 1, 1]


def test_record_in_progress_is_not_cached(store, make_function):
    """IDEM-36: only what is completed goes into memory."""
    sizes = []
    make_function(body=lambda x: sizes.append(len(store._cache)), use_local_cache=True)(x=1)

    assert sizes == [0]


def test_local_cache_is_bounded_by_use(store, make_function):
    """IDEM-36: beyond its size the record that was used least recently goes."""
    f = make_function(use_local_cache=True, local_cache_max_items=2)
    for number in (1, 2, 1, 3):
        f(x=number)
    store.calls.clear()

    f(x=1)
    f(x=3)
    assert store.calls == []
    f(x=2)
    assert store.calls == ["put"]


def test_expired_entry_is_dropped(store, make_function, monkeypatch):
    """IDEM-37: memory does not outlive the record."""
    f = make_function(use_local_cache=True, expires_after_seconds=10)
    f(x=1)
    later = time.time() + 20
    monkeypatch.setattr(time, "time", lambda: later)

    assert f(x=1) == 2


def test_failure_removes_the_entry(store, make_function):
    """IDEM-37: what a failed call has left in memory is gone."""
    f = make_function(body=lambda x: 1 / 0, use_local_cache=True)
    with pytest.raises(ZeroDivisionError):
        f(x=1)

    assert len(store._cache) == 0


def test_composite_record_is_cached_under_its_sort_key(store, make_function):
    """IDEM-37: with composite keys the idempotency key is the sort value."""
    f = make_function(use_local_cache=True)
    f(x=1)
    key = next(iter(store.records))
    old = DataRecord("partition", "COMPLETED", 9_999_999_999, None, '"stored"', sort_key=key)

    def refuse(data_record):
        store.calls.append("put")
        raise IdempotencyItemAlreadyExistsError(old_data_record=old.copy())

    store._put_record = refuse
    store._cache.clear()
    store.calls.clear()

    assert [f(x=1), f(x=1)] == ["stored", "stored"]
    assert store.calls == ["put"]


def test_local_cache_is_safe_under_threads(store, make_function):
    """IDEM-38: many threads with few places neither fail nor exceed the bound."""
    f = make_function(use_local_cache=True, local_cache_max_items=3)
    failures = []

    def work():
        try:
            for number in range(300):
                f(x=number % 7)
        except Exception as error:
            failures.append(error)

    for number in range(7):
        f(x=number)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(store._cache) <= 3
