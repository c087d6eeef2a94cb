"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from datetime import datetime, timezone

import pytest

from lambda_powertools.core import Registry, current_invocation, powertools
from lambda_powertools.testing import FakeClock, make_context, memory


def test_the_clock_stands_still_and_is_moved(clock):
    """All of `time` tells the same moment until it is advanced, sleeping included."""
    before = (time.time(), time.time_ns(), time.monotonic(), time.perf_counter())

    assert (time.time(), time.time_ns(), time.monotonic(), time.perf_counter()) == before
    time.sleep(2.5)
    clock.advance(1.5)

    assert time.time() - before[0] == 4
    assert time.time_ns() - before[1] == 4_000_000_000
    assert time.monotonic() - before[2] == pytest.approx(4)
    with pytest.raises(ValueError, match="cannot be advanced by -1 seconds"):
        clock.advance(-1)


def test_the_time_of_day_can_be_set(clock):
    """Setting the time of day leaves the monotonic clock as it is."""
    ticks = time.monotonic()

    clock.set(7)

    assert (time.time(), time.monotonic()) == (7, ticks)


def test_real_functions_are_back_afterwards():
    """After the clock, also after an error in it, `time` is what it was."""
    real = dict(vars(time))

    with FakeClock(0):
        assert time.time() == 0
    with pytest.raises(ZeroDivisionError), FakeClock(0):
        raise ZeroDivisionError

    assert vars(time) == real


def test_modules_imported_meanwhile_get_the_real_time_back(tmp_path, monkeypatch):
    """A module that is imported under the clock has its time, and the real one afterwards."""
    (tmp_path / "imported_meanwhile.py").write_text("from datetime import datetime\nfrom time import monotonic\n")
    monkeypatch.syspath_prepend(tmp_path)

    with FakeClock(0):
        import imported_meanwhile as module

        assert module.datetime.now(timezone.utc).year == 1970
        assert isinstance(datetime(2000, 1, 1, tzinfo=timezone.utc), module.datetime)

    assert module.datetime is datetime
    assert module.monotonic is time.monotonic
    sys.modules.pop("imported_meanwhile")


def test_deadlines_follow_the_clock(clock):
    """Contexts, and the deadline of an invocation, count down as the clock is moved."""
    left = []

    @powertools(registry=Registry())
    def handler(event, context):
        left.append(current_invocation().remaining_time)
        clock.advance(2)
        left.append(current_invocation().remaining_time)
        clock.advance_to_deadline(context, leave=0.25)
        left.append(context.get_remaining_time_in_millis())
        clock.advance_to_deadline(context, leave=5)
        return context.get_remaining_time_in_millis()

    assert handler({}, make_context(timeout=3)) == 250
    assert left == [pytest.approx(3), pytest.approx(1), 250]


def test_caches_expire_by_the_clock(clock):
    """A cached parameter is fetched again once its time is up."""
    provider = memory.parameters_provider({"currency": "EUR"})

    for seconds in (0, 50, 20):
        clock.advance(seconds)
        provider.get("currency", max_age=60)

    assert provider.reads == ["currency", "currency"]


def test_datetime_is_moved_in_the_modules_of_the_project(clock):
    """Rules of feature flags that depend on the time follow the clock; the test's own `datetime` is the real one."""
    rule = {
        "when_match": True,
        "conditions": [
            {
                "action": "SCHEDULE_BETWEEN_DATETIME_RANGE",
                "key": "CURRENT_DATETIME",
                "value": {"START": "2026-01-15T13:00:00", "END": "2026-01-15T14:00:00", "TIMEZONE": "UTC"},
            }
        ],
    }
    flags = memory.feature_flags({"sale": {"default": False, "rules": {"hour": rule}}})

    before = flags.evaluate(name="sale", default=False)
    clock.advance(3600 + 60)

    assert (before, flags.evaluate(name="sale", default=False)) == (False, True)
    assert datetime.now(timezone.utc).timestamp() != clock.now


def test_waiting_in_earnest_goes_on(clock):
    """Event loops and threads wait for real time, so that nothing hangs on a clock that stands still."""

    async def wait():
        await asyncio.wait_for(asyncio.sleep(0.01), 5)
        return time.time()

    event = threading.Event()
    threading.Timer(0.01, event.set).start()

    assert asyncio.run(wait()) == clock.now
    assert event.wait(5)
