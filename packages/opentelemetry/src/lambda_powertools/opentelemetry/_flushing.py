"""Work that is done in a thread of its own, and waited for only as long as there is time.

An exporter may hang for as long as it likes: a thread cannot be stopped, but nobody has to wait for it. The thread goes
on in the next invocation, when the environment is thawed, so what it holds is not lost.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.package_logger import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_HALVINGS = 6


class Flusher:
    """Runs `drain` when it is asked to. All who ask while it runs share the next run.

    After each run that failed or was too late for its waiters, patience is halved, down to a sixty-fourth: a collector
    that is down costs each invocation less and less. A run that succeeds restores it.
    """

    def __init__(self, drain: Callable[[], bool], name: str, has_work: Callable[[], Any] | None = None) -> None:
        """Prepare; the thread starts with the first request.

        Args:
            drain: does the work; returns whether nothing is left of it.
            name: of the thread.
            has_work: returns whether there is anything to do; by default there always may be.
        """
        self._drain = drain
        self._has_work = has_work
        self._name = name
        self._begin()

    def _begin(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()
        self._wanted = self._finished = self._given_up = 0
        self._succeeded = True
        self._failures = 0

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do, and nothing is being done."""
        return self._has_work is not None and self._wanted == self._finished and not self._has_work()

    @property
    def failures(self) -> int:
        """How many runs in a row have failed or were too late."""
        return self._failures

    def patience(self, timeout: float) -> float:
        """Return how long of `timeout` seconds it is worth to wait."""
        return timeout / (1 << min(self._failures, _MOST_HALVINGS))

    def request(self) -> int:
        """Have the work done from now on; return a ticket to wait with."""
        if self._pid != os.getpid():  # of a process that was forked the thread is not part
            self._begin()
        with self._changed:
            self._wanted += 1
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._wanted

    def wait(self, ticket: int, timeout: float) -> bool:
        """Wait for a run that began after the ticket was given; return whether it was in time and succeeded."""
        with self._changed:
            if self._changed.wait_for(lambda: self._finished >= ticket, max(timeout, 0.0)):
                return self._succeeded
            if timeout > 0 and self._given_up < ticket:  # once for all who wait for this run
                self._given_up = self._wanted
                self._failures += 1
            return False

    def flush(self, timeout: float) -> bool:
        """Request a run and wait for it, for `timeout` seconds at most."""
        return self.wait(self.request(), timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._wanted == self._finished:
                    self._changed.wait()
                begun = self._wanted
            succeeded = False
            try:
                succeeded = self._drain()
            except Exception as error:  # noqa: BLE001  # the thread has to live on
                get_logger("lambda_powertools.opentelemetry").debug("%s failed", self._name, exc_info=error)
            with self._changed:
                self._finished, self._succeeded = begun, succeeded
                self._failures = 0 if succeeded else self._failures + 1
                self._changed.notify_all()


def flush_all(flushers: Iterable[Flusher], timeout: float, *, patiently: bool = False) -> bool:
    """Flush all of them side by side, for `timeout` seconds in all; return whether all have succeeded.

    Args:
        flushers: what to flush.
        timeout: seconds to wait at most.
        patiently: wait as long also for those that have failed before.
    """
    end = time.monotonic() + timeout
    waiting = [
        (flusher, flusher.request(), timeout if patiently else flusher.patience(timeout))
        for flusher in flushers
        if not flusher.is_idle
    ]
    results = [flusher.wait(ticket, min(patience, end - time.monotonic())) for flusher, ticket, patience in waiting]
    return all(results)
