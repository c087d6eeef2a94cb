"""What a store of idempotency records has to keep to, clause by clause.

Each clause is a function that takes a factory: called, it returns a layer (a `BasePersistenceLayer`) on the one store
that is tested, as another execution environment would make it. A broken clause is a `StoreConformanceError` that names
it. `pytest --idempotency-store=module:factory` runs them all. Every clause uses keys of its own, so the store may be in
use, and needs no clearing.
"""

# ruff: noqa: SLF001  # the four hooks of a layer are what is tested

from __future__ import annotations

import threading
import time
import uuid
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import StoreConformanceError
from lambda_powertools.testing.stores._clauses import clause_of, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Factory = Callable[[], Any]

_PACKAGE = "lambda_powertools.idempotency"
_HOUR = 3600
_CALLERS = 8
_LARGE = 1_000_000
_SHORT_SECONDS = 1.0

CLAUSES: dict[str, Callable[[Factory], None]] = {}
"""The clauses by name."""


def check_idempotency_store(factory: Factory) -> None:
    """Check all clauses, without pytest.

    Args:
        factory: returns a layer on the store; layers of several calls share the store.

    Raises:
        StoreConformanceError: a clause is broken; names it.

    Example:
        >>> from lambda_powertools.idempotency import EmbeddedPersistenceLayer
        >>> from lambda_powertools.testing.stores.idempotency import check_idempotency_store
        >>> layer = EmbeddedPersistenceLayer()
        >>> check_idempotency_store(lambda: layer)
    """
    for check in CLAUSES.values():
        check(factory)


_clause = clause_of(CLAUSES)


def _errors() -> Any:
    return import_module(f"{_PACKAGE}.exceptions")


def _record(**fields: Any) -> Any:
    record_class = import_module(f"{_PACKAGE}.persistence.datarecord").DataRecord
    defaults = {"status": "INPROGRESS", "expiry_timestamp": int(time.time()) + _HOUR}
    return record_class(**{"idempotency_key": f"conformance#{uuid.uuid4().hex}", **defaults, **fields})


def _config(**options: Any) -> Any:
    defaults = {"in_progress_expires_after_seconds": 60}
    return import_module(_PACKAGE).IdempotencyConfig(**{**defaults, **options})


def _layer(factory: Factory, **options: Any) -> Any:
    layer = factory()
    layer.configure(_config(**options), "conformance")
    return layer


def _claims(layer: Any, record: Any) -> bool:
    """Try to claim; return whether it succeeded."""
    try:
        layer._put_record(data_record=record)
    except _errors().IdempotencyItemAlreadyExistsError:
        return False
    return True


def _again(record: Any, **fields: Any) -> Any:
    return _record(idempotency_key=record.idempotency_key, **fields)


def _now_in_millis() -> int:
    return int(time.time() * 1000)


def _read(layer: Any, record: Any) -> Any:
    return layer._get_record(idempotency_key=record.idempotency_key)


def _completed(record: Any, **fields: Any) -> Any:
    return _again(record, status="COMPLETED", **{"response_data": '{"answer": 42}', **fields})


@_clause
def conditional_claim(factory: Factory) -> None:
    """A key is claimed once: while a record counts, in progress or completed, a second claim is refused."""
    clause = "conditional-claim"
    layer, other = _layer(factory), _layer(factory)
    record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    require(_claims(layer, record), clause, "a key that nobody has claimed was refused")
    second = _again(record, in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    require(not _claims(other, second), clause, "a key was claimed a second time while its record was in progress")
    layer._update_record(data_record=_completed(record))
    require(not _claims(other, second), clause, "a key was claimed a second time after its record was completed")
    require(_read(other, record).status == "COMPLETED", clause, "a refused claim changed the completed record")


@_clause
def reading(factory: Factory) -> None:
    """A record comes back as it was written, numbers as int; an unknown key is IdempotencyItemNotFoundError."""
    clause = "reading"
    layer = _layer(factory)
    record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    try:
        found: Any = _read(layer, record)
    except _errors().IdempotencyItemNotFoundError:
        found = None
    require(found is None, clause, f"a key without record gave {found!r} instead of IdempotencyItemNotFoundError")
    layer._put_record(data_record=record)
    found = _read(_layer(factory), record)
    require(found.status == "INPROGRESS", clause, f"an in-progress record came back as {found!r}")
    for attribute in ("expiry_timestamp", "in_progress_expiry_timestamp"):
        value, expected = getattr(found, attribute), getattr(record, attribute)
        same = value == expected and type(value) is int
        require(same, clause, f"{attribute} was written as {expected!r} and came back as {value!r}")


@_clause
def completion(factory: Factory) -> None:
    """A completed record has the response to the letter, whatever is in it, and can be written without a claim."""
    clause = "completion"
    layer = _layer(factory)
    response = '{"text": "gr\\u00fcn \u2713 \\" \\\\ \\n", "list": [1, 2.5, null, true], "empty": {}}'
    record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    layer._put_record(data_record=record)
    layer._update_record(data_record=_completed(record, response_data=response))
    found = _read(_layer(factory), record)
    require(found.status == "COMPLETED", clause, f"a completed record came back as {found!r}")
    require(found.response_data == response, clause, "the response did not come back as it was written")
    fresh = _completed(_record())
    layer._update_record(data_record=fresh)
    require(_read(layer, fresh).status == "COMPLETED", clause, "a record that nobody had claimed was not written")


@_clause
def release(factory: Factory) -> None:
    """A deleted record is gone, deleting it again is no error, and its key can be claimed."""
    clause = "release"
    layer = _layer(factory)
    record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    layer._put_record(data_record=record)
    for _ in range(2):
        layer._delete_record(data_record=record)
    require(_claims(layer, _again(record)), clause, "the key of a deleted record could not be claimed")


@_clause
def time_to_live(factory: Factory) -> None:
    """A record that is expired gives way at once, whether or not the store has removed it; its response is gone."""
    clause = "time-to-live"
    layer = _layer(factory)
    for status in ("INPROGRESS", "COMPLETED"):
        record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
        layer._put_record(data_record=record)
        past = int(time.time()) - 10
        response = "" if status == "INPROGRESS" else '"old"'
        layer._update_record(
            data_record=_again(
                record,
                status=status,
                expiry_timestamp=past,
                response_data=response,
                in_progress_expiry_timestamp=record.in_progress_expiry_timestamp,
            )
        )
        require(_claims(_layer(factory), _again(record)), clause, f"an expired {status} record kept its key")
        found = _read(layer, record)
        require(found.status == "INPROGRESS", clause, f"after an expired record was replaced there is {found!r}")
        require(not found.response_data, clause, "the response of the expired record is in the new one")


@_clause
def in_progress_expiry(factory: Factory) -> None:
    """A call that has not ended gives way once its in-progress expiry has passed, not before, and without one never."""
    clause = "in-progress-expiry"
    layer = _layer(factory)
    for milliseconds, gives_way in ((-1_000, True), (60_000, False), (None, False)):
        expiry = None if milliseconds is None else _now_in_millis() + milliseconds
        record = _record(in_progress_expiry_timestamp=expiry)
        layer._put_record(data_record=record)
        claimed = _claims(_layer(factory), _again(record, in_progress_expiry_timestamp=_now_in_millis() + 60_000))
        what = f"a record in progress, with its in-progress expiry {_in(milliseconds)},"
        require(claimed is gives_way, clause, f"{what} {'kept its key' if gives_way else 'lost its key'}")
        if claimed:
            third = _claims(layer, _again(record))
            require(not third, clause, f"{what} was replaced twice")


def _in(milliseconds: int | None) -> str:
    if milliseconds is None:
        return "unknown"
    return f"{abs(milliseconds)} ms {'ago' if milliseconds < 0 else 'ahead'}"


@_clause
def clock_skew(factory: Factory) -> None:
    """Records of environments whose clocks differ are judged by their timestamps, and none is an error or stuck."""
    clause = "clock-skew"
    layer = _layer(factory)
    now = int(time.time())
    slow = _record(expiry_timestamp=now - 300, in_progress_expiry_timestamp=(now - 360) * 1000)
    require(_claims(layer, slow), clause, "a claim by an environment whose clock is late was refused")
    later = _claims(_layer(factory), _again(slow, in_progress_expiry_timestamp=_now_in_millis() + 60_000))
    require(later, clause, "a record that was over when it was written kept its key")
    fast = _record(expiry_timestamp=now + _HOUR + 300, in_progress_expiry_timestamp=(now + 360) * 1000)
    require(_claims(layer, fast), clause, "a claim by an environment whose clock is early was refused")
    require(not _claims(_layer(factory), _again(fast)), clause, "a record of an early clock lost its key before time")
    found = _read(layer, fast)
    same = (found.expiry_timestamp, found.in_progress_expiry_timestamp) == (
        fast.expiry_timestamp,
        fast.in_progress_expiry_timestamp,
    )
    require(same, clause, "the store put times of its own in the place of the environment's")


@_clause
def concurrent_claim(factory: Factory) -> None:
    """Of many claims at the same moment exactly one succeeds: of a free key, and of one whose call has died."""
    clause = "concurrent-claim"
    dead = _record(in_progress_expiry_timestamp=_now_in_millis() - 1_000)
    _layer(factory)._put_record(data_record=dead)
    for record, what in ((_record(), "a free key"), (dead, "the key of a dead call")):
        winners = sum(_race(factory, record))
        require(winners == 1, clause, f"{winners} of {_CALLERS} simultaneous claims of {what} succeeded")


def _race(factory: Factory, record: Any) -> Iterator[bool]:
    layers = [_layer(factory) for _ in range(_CALLERS)]
    outcomes: list[bool] = []
    failures: list[BaseException] = []
    barrier = threading.Barrier(_CALLERS)
    inconsistent = _errors().IdempotencyInconsistentStateError

    def claim(layer: Any) -> None:
        try:
            barrier.wait()
            expiry = _now_in_millis() + 60_000
            outcomes.append(_claims(layer, _again(record, in_progress_expiry_timestamp=expiry)))
        except inconsistent:
            outcomes.append(False)
        except Exception as error:  # noqa: BLE001  # carried over to the thread of the check
            failures.append(error)

    threads = [threading.Thread(target=claim, args=(layer,)) for layer in layers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise StoreConformanceError(f"concurrent-claim: a claim failed: {failures[0]!r}") from failures[0]
    yield from outcomes


@_clause
def payload_tampering(factory: Factory) -> None:
    """A retry with its own payload is replayed, one with another payload is refused, also while in progress."""
    clause = "payload-tampering"
    package, errors = import_module(_PACKAGE), _errors()
    config = _config(event_key_jmespath="id", payload_validation_jmespath="amount")
    calls: list[Any] = []

    def run(order: Any) -> Any:
        calls.append(order)
        if order["nested"]:
            _expect_refusal({**order, "amount": 2, "nested": False})
        return order["amount"]

    charge = package.idempotent_function(run, data_keyword_argument="order", persistence_store=factory(), config=config)

    def _expect_refusal(order: Any) -> None:
        try:
            charge(order=order)
        except errors.IdempotencyValidationError:
            return
        except errors.IdempotencyAlreadyInProgressError as error:
            raise StoreConformanceError(f"{clause}: the hash of the payload is not kept with the claim") from error
        raise StoreConformanceError(f"{clause}: another payload with the same key was accepted")

    order = {"id": uuid.uuid4().hex, "amount": 1, "nested": True}
    charge(order=order)
    try:
        replayed = charge(order=order)
    except errors.IdempotencyValidationError as error:
        raise StoreConformanceError(f"{clause}: the hash of the payload is lost on completion") from error
    require((replayed, len(calls)) == (1, 1), clause, "a retry with the same payload was not replayed")
    _expect_refusal({**order, "amount": 2})


@_clause
def oversize_item(factory: Factory) -> None:
    """A response of a megabyte is kept whole, or refused with an error: never cut, and never completed half-written."""
    clause = "oversize-item"
    layer = _layer(factory)
    record = _record(in_progress_expiry_timestamp=_now_in_millis() + 60_000)
    layer._put_record(data_record=record)
    response = f'"{"x" * _LARGE}"'
    try:
        layer._update_record(data_record=_completed(record, response_data=response))
    except Exception:  # noqa: BLE001  # each store has its own error for it
        found = _read(_layer(factory), record)
        require(found.status != "COMPLETED", clause, "the response was refused, yet the record is completed")
        return
    found = _read(_layer(factory), record)
    require(found.response_data == response, clause, f"{len(found.response_data)} of {len(response)} characters kept")


@_clause
def crash_between_claim_and_completion(factory: Factory) -> None:
    """A call that dies frees its key by its in-progress expiry: until then others are refused, then one runs."""
    clause = "crash-between-claim-and-completion"
    package, errors = import_module(_PACKAGE), _errors()
    runs: list[str] = []

    def function(mode: str, seconds: float) -> Any:
        config = _config(event_key_jmespath="id", in_progress_expires_after_seconds=seconds)

        def charge(order: Any) -> Any:
            runs.append(mode)
            if mode == "crash":
                raise _CrashError
            return order

        return package.idempotent_function(
            charge, data_keyword_argument="order", persistence_store=factory(), config=config, key_prefix="conformance"
        )

    order = {"id": uuid.uuid4().hex}
    try:
        function("crash", _SHORT_SECONDS)(order=order)
    except _CrashError:
        crashed_at = time.monotonic()
    try:
        function("early", 60)(order=order)
    except errors.IdempotencyAlreadyInProgressError:
        pass
    else:
        raise StoreConformanceError(f"{clause}: the key was free before the in-progress expiry of the call that died")
    time.sleep(max(0.0, crashed_at + _SHORT_SECONDS + 0.05 - time.monotonic()))
    try:
        answers = [function("retry", 60)(order=order), function("late", 60)(order=order)]
    except errors.BaseError as error:
        raise StoreConformanceError(f"{clause}: the key stays blocked after the in-progress expiry: {error}") from error
    require(answers == [order, order], clause, f"the retry and its replay returned {answers!r}")
    require(runs == ["crash", "retry"], clause, f"the function ran {len(runs)} times: {', '.join(runs)}")


class _CrashError(BaseException):
    """Stands for the end of an environment: nothing is cleaned up for what is no Exception."""
