"""What a store of circuits has to keep to, clause by clause.

Each clause is a function that takes a factory: called, it returns a layer (a `CircuitBreakerPersistenceLayer`) on the
one store that is tested, as another execution environment would make it. A broken clause is a `StoreConformanceError`
that names it. `pytest --circuit-breaker-store=module:factory` runs them all. Every clause uses circuits of its own, so
the store may be in use, and needs no clearing.
"""

# ruff: noqa: SLF001  # the hooks of a layer are what is tested

from __future__ import annotations

import threading
import time
import uuid
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import StoreConformanceError
from lambda_powertools.testing.stores._clauses import clause_of, require

if TYPE_CHECKING:
    from collections.abc import Callable

    Factory = Callable[[], Any]

_PACKAGE = "lambda_powertools.circuit_breaker"
_WORKERS = 8
_PATIENCE = 1.0
"""Seconds in which a reading may still be that of before a write: stores may be read eventually consistent."""

CLAUSES: dict[str, Callable[[Factory], None]] = {}
"""The clauses by name."""


def check_circuit_breaker_store(factory: Factory) -> None:
    """Check all clauses, without pytest.

    Args:
        factory: returns a layer on the store; layers of several calls share the store.

    Raises:
        StoreConformanceError: a clause is broken; names it.

    Example:
        >>> from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence
        >>> from lambda_powertools.testing.stores.circuit_breaker import check_circuit_breaker_store
        >>> layer = InMemoryCircuitBreakerPersistence()
        >>> check_circuit_breaker_store(lambda: layer)
    """
    for check in CLAUSES.values():
        check(factory)


_clause = clause_of(CLAUSES)


def _record(state: str, **fields: Any) -> Any:
    record_class = import_module(f"{_PACKAGE}.persistence.record").CircuitStateRecord
    state_class = import_module(f"{_PACKAGE}.states").CircuitState
    defaults = {"name": f"conformance#{uuid.uuid4().hex}", "expiry_timestamp": _now() + 3600}
    return record_class(**{**defaults, **fields, "state": state_class(state)})


def _open(**fields: Any) -> Any:
    return _record("OPEN", **{"failure_count": 5, "opened_at": _now() - 60, **fields})


def _half_open(lease: int, **fields: Any) -> Any:
    return _record(
        "HALF_OPEN",
        **{"opened_at": _now() - 60, "half_open_owner": "owner", "probe_lease_expiry": _now() + lease, **fields},
    )


def _now() -> int:
    return int(time.time())


def _lost() -> Any:
    return import_module(f"{_PACKAGE}.persistence.base").CircuitBreakerExistingLockError


def _is_elected(layer: Any, candidate: Any, expected_opened_at: int | None) -> bool:
    try:
        layer._put_record(candidate, condition="half_open", expected_opened_at=expected_opened_at)
    except _lost():
        return False
    return True


def _candidate(record: Any, **fields: Any) -> Any:
    return _half_open(60, **{"name": record.name, "opened_at": record.opened_at, "half_open_owner": "other", **fields})


def _reading(factory: Factory, record: Any) -> Any:
    """Return what is stored; if it is not `record`, wait a little for it to become so."""
    layer = factory()
    deadline = time.monotonic() + _PATIENCE
    while True:
        found = layer._get_record(record.name)
        if found == record or time.monotonic() >= deadline:
            return found
        time.sleep(0.05)


@_clause
def reading(factory: Factory) -> None:
    """A record comes back as it was written, with what was not set as None; without one there is None."""
    clause = "reading"
    missing = factory()._get_record(f"conformance#{uuid.uuid4().hex}")
    require(missing is None, clause, f"a circuit without record gave {missing!r} instead of None")
    full = _half_open(30, failure_count=7)
    for written in (
        full,
        _record("CLOSED"),
        _open(opened_at=None),
        _record("CLOSED", name=f"{uuid.uuid4()} / \u00fc #:"),
    ):
        factory()._put_record(written)
        found = _reading(factory, written)
        require(found == written, clause, f"{written!r} came back as {found!r}")
    found = _reading(factory, full)
    for attribute in ("failure_count", "opened_at", "probe_lease_expiry", "expiry_timestamp"):
        value = getattr(found, attribute)
        require(type(value) is int, clause, f"{attribute} came back as {value!r}, which is no int")


@_clause
def separate_circuits(factory: Factory) -> None:
    """Each name has its own record, and a record that was read is the reader's."""
    clause = "separate-circuits"
    layer = factory()
    first, second = _open(), _record("CLOSED")
    layer._put_record(first)
    layer._put_record(second)
    found = _reading(factory, first)
    require(found == first, clause, "writing the record of one circuit changed that of another")
    found.failure_count += 1
    require(_reading(factory, first) == first, clause, "changing a record that was read changed the store")


@_clause
def opening(factory: Factory) -> None:
    """A record without condition takes the place of whatever there is, and nothing of that is left."""
    clause = "opening"
    before = _half_open(60)
    layer = factory()
    layer._put_record(before)
    record = _open(name=before.name)
    layer._put_record(record)
    found = _reading(factory, record)
    require(found == record, clause, f"{record!r}, put in the place of a half open one, came back as {found!r}")


@_clause
def closing_and_reopening(factory: Factory) -> None:
    """An update removes owner and lease, and the opening time where it has none; it needs no record to be there."""
    clause = "closing-and-reopening"
    for before in (_half_open(60), None):
        for state, opened_at in (("CLOSED", None), ("OPEN", _now())):
            record = _record(state, opened_at=opened_at)
            layer = factory()
            if before is not None:
                before.name = record.name
                layer._put_record(before)
            layer._update_record(record)
            found = _reading(factory, record)
            what = "an absent record" if before is None else "a half open record"
            require(found == record, clause, f"{what}, updated to {record!r}, came back as {found!r}")


@_clause
def election(factory: Factory) -> None:
    """The one who probes is elected where the circuit is open as it was seen, and has no owner; not otherwise."""
    clause = "election"
    seen = _open()
    cases: list[tuple[str, Any, int | None, bool]] = [
        ("is open as it was seen", seen, seen.opened_at, True),
        ("is open and says not when, as it was seen", _open(opened_at=None), None, True),
        ("has opened at another time than was seen", _open(), _now() - 90, False),
        ("is open and has an owner", (owned := _open(half_open_owner="owner")), owned.opened_at, False),
        ("is closed", _record("CLOSED"), _now() - 60, False),
        ("has no record", None, _now() - 60, False),
    ]
    for what, stored, expected, is_elected in cases:
        layer = factory()
        if stored is not None:
            layer._put_record(stored)
        candidate = _candidate(stored or _record("CLOSED"))
        require(
            _is_elected(layer, candidate, expected) is is_elected,
            clause,
            f"a worker was {'not ' if is_elected else ''}elected for a circuit that {what}",
        )
        after = candidate if is_elected else stored
        if after is not None:
            found = _reading(factory, after)
            require(found == after, clause, f"after the election for a circuit that {what} there is {found!r}")


@_clause
def lease(factory: Factory) -> None:
    """While its lease runs, the one who probes is not replaced; once it is over, exactly one other may."""
    clause = "lease"
    layer = factory()
    for seconds, gives_way in ((60, False), (-1, True), (0, True)):
        record = _half_open(seconds)
        layer._put_record(record)
        candidate = _candidate(record)
        taken = _is_elected(factory(), candidate, record.opened_at)
        what = f"a worker whose lease {'runs' if seconds > 0 else 'is over'}"
        require(taken is gives_way, clause, f"{what} was {'not ' if gives_way else ''}replaced")
        if taken:
            again = _is_elected(factory(), _candidate(record, half_open_owner="third"), record.opened_at)
            require(not again, clause, f"{what} was replaced twice")
        after = candidate if taken else record
        found = _reading(factory, after)
        require(found == after, clause, f"after an election against {what} there is {found!r}")


@_clause
def concurrent_election(factory: Factory) -> None:
    """Of many workers at the same moment exactly one is elected: to probe, and to replace one whose lease is over."""
    clause = "concurrent-election"
    for record, what in ((_open(), "an open circuit"), (_half_open(-1), "a circuit whose lease is over")):
        factory()._put_record(record)
        elected = _race(factory, record)
        require(elected == 1, clause, f"{elected} of {_WORKERS} simultaneous workers were elected for {what}")


def _race(factory: Factory, record: Any) -> int:
    outcomes: list[bool] = []
    failures: list[BaseException] = []
    barrier = threading.Barrier(_WORKERS)

    def run(layer: Any, owner: str) -> None:
        try:
            barrier.wait()
            outcomes.append(_is_elected(layer, _candidate(record, half_open_owner=owner), record.opened_at))
        except Exception as error:  # noqa: BLE001  # carried over to the thread of the check
            failures.append(error)

    threads = [threading.Thread(target=run, args=(factory(), f"worker {number}")) for number in range(_WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise StoreConformanceError(f"concurrent-election: an election failed: {failures[0]!r}") from failures[0]
    return sum(outcomes)


@_clause
def renewal(factory: Factory) -> None:
    """The owner extends its lease, nobody else does; a store that cannot renew says so and changes nothing."""
    clause = "renewal"
    layer = factory()
    record = _half_open(1)
    layer._put_record(record)
    longer = _half_open(60, name=record.name, opened_at=record.opened_at, expiry_timestamp=_now() + 7200)
    is_renewed = layer._renew_lease(longer)
    after = longer if is_renewed else record
    found = _reading(factory, after)
    require(found == after, clause, f"after a renewal that returned {is_renewed!r} there is {found!r}")
    if not is_renewed:
        return
    for stored in (_half_open(60, half_open_owner="other"), _open(), _record("CLOSED"), None):
        if stored is not None:
            layer._put_record(stored)
        mine = _half_open(90, **({} if stored is None else {"name": stored.name}))
        try:
            layer._renew_lease(mine)
        except _lost():
            pass
        else:
            raise StoreConformanceError(f"{clause}: a worker that is not the owner renewed the lease of {stored!r}")
        found = layer._get_record(mine.name) if stored is None else _reading(factory, stored)
        require(found == stored, clause, f"{stored!r} became {found!r} by a renewal that was refused")


@_clause
def recovery(factory: Factory) -> None:
    """A circuit opens for all environments, is probed by one, and closes for all."""
    clause = "recovery"
    package = import_module(_PACKAGE)
    name = f"conformance#{uuid.uuid4().hex}"
    config = package.CircuitBreakerConfig(
        failure_threshold=1, recovery_timeout=30, success_threshold=2, local_cache_max_age=0
    )
    first, second = factory(), factory()
    for layer in (first, second):
        layer.configure(config, name)
    opened_at = _now() - 30
    first.save_open(name, failure_count=1, opened_at=opened_at)
    _expect(clause, second, name, "OPEN")
    elected = [
        layer.try_acquire_half_open(name, owner, opened_at) for layer, owner in ((first, "one"), (second, "two"))
    ]
    require(elected == [True, False], clause, f"of two workers, one after the other, {elected!r} were elected")
    _expect(clause, second, name, "HALF_OPEN")
    first.save_reopen(name, opened_at + 1)
    _expect(clause, second, name, "OPEN")
    is_elected = second.try_acquire_half_open(name, "two", opened_at + 1)
    require(is_elected, clause, "nobody could be elected after a probe had failed")
    second.save_closed(name)
    _expect(clause, first, name, "CLOSED")
    again = first.try_acquire_half_open(name, "one", opened_at + 1)
    require(not again, clause, "a worker was elected for a circuit that had closed")


def _expect(clause: str, layer: Any, name: str, state: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while (found := layer._get_record(name)) is None or found.state != state:
        if time.monotonic() >= deadline:
            raise StoreConformanceError(f"{clause}: {state} was written, and another environment reads {found!r}")
        time.sleep(0.05)
