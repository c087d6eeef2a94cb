"""Handles the records of a batch as tasks of one event loop."""

from __future__ import annotations

import asyncio
from time import monotonic

from lambda_powertools.batch._lanes import lanes_of
from lambda_powertools.batch.exceptions import RecordDeadlineError, RecordTimeoutError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from typing import Any

    from lambda_powertools.batch._lanes import Lane
    from lambda_powertools.batch._run import Run
    from lambda_powertools.batch.exceptions import RecordError
    from lambda_powertools.batch.processors import AsyncBatchProcessor

GRACE = 1.0
"""Seconds that a cancelled record handler has to clean up."""


async def gather(coroutines: Iterable[Coroutine[Any, Any, Any]]) -> list[Any]:
    """Run coroutines concurrently and return their results in order."""
    return await asyncio.gather(*coroutines)


class ConcurrentBatch:
    """One batch, handled by up to `max_concurrency` tasks."""

    def __init__(self, processor: AsyncBatchProcessor, run: Run) -> None:
        self._processor = processor
        self._run = run
        self._lanes = lanes_of(run, processor.on_error, processor.max_concurrency)
        self._begun: set[int] = set()
        self._late: set[int] = set()
        self._fatal: BaseException | None = None
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._strays: set[asyncio.Task[Any]] = set()
        # A task of its own for each record keeps what a handler sets in context variables from the next record.
        self._is_isolated = processor.max_concurrency is None and processor.on_error == "continue"

    async def process(self) -> list[Any]:
        """Handle the records, and return what became of each, in their order."""
        run = self._run
        run.outcomes = [None] * len(run.records)
        count = min(len(self._lanes), self._processor.max_concurrency or len(self._lanes))
        self._working = count
        workers = {asyncio.create_task(self._work()) for _ in range(count)}
        try:
            limit = None if run.gate is None else run.gate.limit
            await asyncio.wait({self._ended}, timeout=None if limit is None else max(0.0, limit - monotonic()))
            if not self._ended.done():
                self._give_up_everything()
        finally:
            if not self._ended.done():
                self._ended.cancel()
            await self._stop(workers | self._strays)
            run.put_in_order()
        if self._fatal is not None:
            raise self._fatal
        return run.outcomes

    async def _work(self) -> None:
        """Handle lane after lane until there are none left; with a task for each, only one."""
        while self._lanes and not self._ended.done():
            await self._follow(self._lanes.popleft())
            if self._is_isolated:
                break
        self._working -= 1
        if self._working == 0 and not self._ended.done():
            self._ended.set_result(None)

    async def _follow(self, lane: Lane) -> None:
        for index in lane:
            if self._ended.done():
                return
            refused = self._processor._refuse_if_closed(self._run, index)  # noqa: SLF001  # one family
            if refused is not None:
                self._run.outcomes[index] = refused
                continue
            self._begun.add(index)
            if self._is_isolated and self._processor.record_timeout is None:
                await self._attempt(index)
            else:
                await self._attempt_in_task(index)

    async def _attempt(self, index: int) -> None:
        """Handle a record; whatever comes out of it but an exception ends the batch."""
        processor, record = self._processor, self._run.records[index]
        try:
            if processor._has_own_way:  # noqa: SLF001  # one family
                outcome = await processor._async_process_record(record)  # noqa: SLF001  # the same
                self._run.note_own_way(index, outcome)
            else:
                outcome = await processor._attempt(self._run, index, record, self._late)  # noqa: SLF001  # the same
        except BaseException as error:  # noqa: BLE001  # out of a task it would leave the others to the next batch
            if index in self._late or self._ended.done():
                return
            self._fatal = error
            self._ended.set_result(None)
            return
        if index not in self._late:
            self._run.outcomes[index] = outcome

    async def _attempt_in_task(self, index: int) -> None:
        timeout = self._processor.record_timeout
        task = asyncio.create_task(self._attempt(index))
        self._strays.add(task)
        done, _ = await asyncio.wait({task}, timeout=timeout)
        if not done:
            self._give_up(index, RecordTimeoutError(f"the record took longer than {timeout} s"))
            await self._stop({task})
        self._strays.discard(task)

    def _give_up(self, index: int, reason: RecordError) -> None:
        self._late.add(index)
        self._run.outcomes[index] = self._processor._give_up(self._run, index, reason)  # noqa: SLF001  # one family

    def _give_up_everything(self) -> None:
        self._ended.cancel()
        for index, outcome in enumerate(self._run.outcomes):
            if outcome is None and index in self._begun:
                self._give_up(index, RecordDeadlineError("the invocation was about to end before the record was done"))
            elif outcome is None:
                self._run.outcomes[index] = self._processor._refuse_if_closed(self._run, index)  # noqa: SLF001  # one family

    @staticmethod
    async def _stop(tasks: set[asyncio.Task[Any]]) -> None:
        """Cancel tasks and let them clean up; one that does not listen is left alone."""
        pending = {task for task in tasks if not task.done()}
        for task in pending:
            task.cancel()
        if pending:
            await asyncio.wait(pending, timeout=GRACE)
