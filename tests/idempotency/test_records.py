from __future__ import annotations

import datetime as dt
import threading
import time
from decimal import Decimal

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.idempotency import IdempotencyConfig, idempotent, idempotent_function
from lambda_powertools.idempotency.exceptions import IdempotencyInvalidStatusError
from lambda_powertools.idempotency.persistence.base import STATUS_CONSTANTS, DataRecord
from lambda_powertools.testing import make_context


class Clock:
    """A context that says what it is told."""

    def __init__(self, remaining):
        self.remaining = remaining

    def get_remaining_time_in_millis(self):
        return self.remaining


def expiry_of_call(store, config, context=None):
    """Call a handler and return how many milliseconds after it began its record was to count as dead."""
    seen = []
    begin = int(time.time() * 1000)

    @idempotent(persistence_store=store, config=config)
    def handler(event, context):
        seen.append(store.record.in_progress_expiry_timestamp)

    handler({"id": 1}, context)
    return None if seen[0] is None else seen[0] - begin


def test_record_in_progress_and_completed(store):
    """IDEM-22, 23: what each record holds, the response only when it is completed."""
    seen = []
    config = IdempotencyConfig(
        event_key_jmespath="id",
        payload_validation_jmespath="n",
        expires_after_seconds=100,
        in_progress_expires_after_seconds=7,
    )

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=config)
    def f(x):
        seen.append(store.record.copy())
        return "result"

    before = int(time.time())
    f(x={"id": 1, "n": 2})
    begun, completed = seen[0], store.record

    assert (begun.status, begun.response_data) == ("INPROGRESS", "")
    assert (completed.status, completed.response_data) == ("COMPLETED", '"result"')
    assert begun.payload_hash == completed.payload_hash != ""
    for record in (begun, completed):
        assert before + 100 <= record.expiry_timestamp <= time.time() + 100
        assert type(record.expiry_timestamp) is int
    assert before * 1000 + 7000 <= begun.in_progress_expiry_timestamp <= time.time() * 1000 + 7000


@pytest.mark.parametrize(
    ("offset", "status", "expired"),
    [(-1, "COMPLETED", True), (0, "COMPLETED", False), (1, "INPROGRESS", False), (None, "COMPLETED", False)],
)
def test_expiry_is_strict(monkeypatch, offset, status, expired):
    """IDEM-24: a record counts up to the very second of its expiry, and its status tells."""
    monkeypatch.setattr(time, "time", lambda: 1_000.9)
    record = DataRecord("k", status, None if offset is None else 1_000 + offset)

    assert record.is_expired is expired
    assert record.status == ("EXPIRED" if expired else status)


@pytest.mark.parametrize("status", ["", "DONE", "inprogress"])
def test_status_that_does_not_exist_is_an_error(status):
    """IDEM-24: the first argument of the error is the value."""
    with pytest.raises(IdempotencyInvalidStatusError) as caught:
        DataRecord("k", status).status  # noqa: B018  # reading it is the test

    assert caught.value.args == (status,)


def test_statuses_are_read_only():
    """There are three statuses."""
    assert dict(STATUS_CONSTANTS) == {name: name for name in ("INPROGRESS", "COMPLETED", "EXPIRED")}
    with pytest.raises(TypeError):
        STATUS_CONSTANTS["NEW"] = "NEW"


@pytest.mark.parametrize(("remaining", "expected"), [(5_000, 5_000), (0, 0), (-10, 0), (2.9, 2)])
def test_in_progress_expiry_is_the_remaining_time(store, remaining, expected):
    """IDEM-25: zero is a value, a negative one counts as zero."""
    assert expected <= expiry_of_call(store, IdempotencyConfig(), Clock(remaining)) < expected + 1_000


@pytest.mark.parametrize("context", [None, {}, object(), Clock("soon")], ids=lambda value: type(value).__name__)
def test_unknown_remaining_time_is_one_warning(store, context):
    """IDEM-25: the record has no in-progress expiry then, and the warning says what to do."""
    with pytest.warns(PowertoolsUserWarning, match="register the Lambda context") as caught:
        assert expiry_of_call(store, IdempotencyConfig(), context) is None

    assert len(caught) == 1


def test_configured_time_wins_over_the_remaining_time(store):
    """In-progress time may be configured: work that takes its place sooner, or calls outside of Lambda."""
    config = IdempotencyConfig(in_progress_expires_after_seconds=0.5)

    assert 500 <= expiry_of_call(store, config, Clock(60_000)) < 1_500


def in_progress_of(store, config):
    seen = []

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=config)
    def f(x):
        seen.append(store.records[next(k for k in store.records if "in_progress_of" in k)])
        return seen[-1].in_progress_expiry_timestamp - int(time.time() * 1000)

    return f


def test_running_invocation_gives_the_time_before_the_config(store):
    """IDEM-26: the context of the enclosing handler wins over one that was registered."""
    config = IdempotencyConfig(lambda_context=Clock(1_000_000))
    inner = in_progress_of(store, config)

    @idempotent(persistence_store=store, config=IdempotencyConfig())
    def handler(event, context):
        return inner(x=1)

    assert 0 < handler({"id": 1}, make_context(timeout=10)) <= 10_000


def test_registered_context_gives_the_time_outside_an_invocation(store):
    """IDEM-26: `register_lambda_context` is the second source."""
    config = IdempotencyConfig()
    config.register_lambda_context(Clock(77_000))

    assert 70_000 < in_progress_of(store, config)(x=1) <= 77_000


def test_threads_know_the_time_of_the_handler(store):
    """IDEM-26: a handler leaves its context in its config for threads that it starts."""
    config = IdempotencyConfig()
    inner, results = in_progress_of(store, config), []

    @idempotent(persistence_store=store, config=config)
    def handler(event, context):
        thread = threading.Thread(target=lambda: results.append(inner(x=1)))
        thread.start()
        thread.join()

    handler({"id": 1}, make_context(timeout=10))

    assert 0 < results[0] <= 10_000


def test_response_is_decoded():
    """IDEM-27: None when there is no response."""
    assert DataRecord("k", response_data='{"a": [1]}').response_json_as_dict() == {"a": [1]}
    assert DataRecord("k").response_json_as_dict() is None
    assert DataRecord("k", response_data=None).response_json_as_dict() is None


@pytest.mark.parametrize("timestamp", [1_700_000_000, Decimal(1_700_000_000)], ids=repr)
def test_expiry_as_datetime(timestamp):
    """IDEM-27: local time without zone, also of a Decimal; None when there is no expiry."""
    expected = dt.datetime.fromtimestamp(1_700_000_000)  # noqa: DTZ006  # that is what is asked for

    assert DataRecord("k", expiry_timestamp=timestamp).get_expiration_datetime() == expected
    assert DataRecord("k").get_expiration_datetime() is None


def test_timestamps_are_integers():
    """IDEM-28: whatever a store hands out."""
    record = DataRecord("k", expiry_timestamp=Decimal(5), in_progress_expiry_timestamp=7.0)

    assert (type(record.expiry_timestamp), type(record.in_progress_expiry_timestamp)) == (int, int)


def test_record_shows_no_response():
    """A record in a message or a log does not tell what the function returned."""
    record = DataRecord("k", "COMPLETED", 1, 2, '{"secret": 1}', "hash", "sort")

    assert "secret" not in repr(record)
    assert record == record.copy()
    assert record != DataRecord("other")
