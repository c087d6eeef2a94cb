"""Invocations at the same time: in threads, and in tasks of one loop."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.plugins._subject import quiet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_powertools.testing.plugins._subject import Calls, Outcome

_PATIENCE = 10


class ThreadGate:
    """Opens when all threads have come."""

    def __init__(self, parties: int) -> None:
        self._barrier = threading.Barrier(parties)

    def wait(self) -> None:
        """Wait for the others; not for ever, as one may never come."""
        try:
            self._barrier.wait(_PATIENCE)
        except threading.BrokenBarrierError:
            return


class TaskGate:
    """Opens when all tasks have come."""

    def __init__(self, parties: int) -> None:
        self._left = parties
        self._open: Any = None

    async def wait(self) -> None:
        """Wait for the others; not for ever, as one may never come."""
        import asyncio

        if self._open is None:
            self._open = asyncio.Event()
        self._left -= 1
        if self._left <= 0:
            self._open.set()
        try:
            await asyncio.wait_for(self._open.wait(), _PATIENCE)
        except asyncio.TimeoutError:
            return


def in_threads(calls: Calls, markers: Sequence[str]) -> list[Outcome]:
    """Invoke once for each marker, each in a thread of its own."""
    outcomes: dict[str, Outcome] = {}

    def run(marker: str) -> None:
        mark = len(calls.journal)
        outcome = calls.call(marker)
        own = threading.get_ident()
        outcome.hooks = [(hook, how) for thread, hook, how in calls.journal[mark:] if thread == own]
        outcomes[marker] = outcome

    threads = [threading.Thread(target=run, args=(marker,)) for marker in markers]
    with quiet():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return [outcomes[marker] for marker in markers]


def in_tasks(calls: Calls, markers: Sequence[str]) -> list[Outcome]:
    """Invoke once for each marker, each in a task of one loop; the hooks of one alone are told."""
    import asyncio

    async def main() -> list[Outcome]:
        return list(await asyncio.gather(*(calls.call_async(marker) for marker in markers)))

    mark = len(calls.journal)
    with quiet():
        outcomes = asyncio.run(main())
    if len(outcomes) == 1:
        outcomes[0].hooks = [(hook, how) for _, hook, how in calls.journal[mark:]]
    return outcomes
