"""Handles the records of a batch in threads.

The calling thread decides everything: which record begins, what became of it, and when it is given up. The threads only
call the record handler, so nothing that the processor keeps is touched by two threads, and what comes too late is not
looked at.
"""

from __future__ import annotations

import threading
from contextvars import copy_context
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.batch._lanes import lanes_of
from lambda_powertools.batch.exceptions import RecordDeadlineError, RecordTimeoutError

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from lambda_powertools.batch._lanes import Lane
    from lambda_powertools.batch._run import Run
    from lambda_powertools.batch.processors import BatchProcessor


class Attempt(NamedTuple):
    """What a thread reports of a record."""

    worker: _Worker
    data: Any
    result: Any
    error: BaseException | None


class _Worker:
    """A thread that does one thing after the other. It does not keep the process alive if it hangs."""

    def __init__(self, reports: SimpleQueue[Attempt]) -> None:
        self._tasks: SimpleQueue[Callable[[], tuple[Any, Any, BaseException | None]] | None] = SimpleQueue()
        self._reports = reports
        self._thread = threading.Thread(target=self._work, name="lambda-powertools-batch", daemon=True)
        self._thread.start()

    def give(self, task: Callable[[], tuple[Any, Any, BaseException | None]]) -> None:
        """Have something done."""
        self._tasks.put(task)

    def dismiss(self, *, wait: bool) -> None:
        """End the thread when it has done what it was given."""
        self._tasks.put(None)
        if wait:
            self._thread.join()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._reports.put(Attempt(self, *task()))


class _Begun(NamedTuple):
    """A record that a worker is busy with."""

    place: int
    lane: Lane
    expiry: float | None


class ThreadedBatch:
    """One batch, handled in up to `max_concurrency` threads."""

    def __init__(self, processor: BatchProcessor, run: Run) -> None:
        self._processor = processor
        self._run = run
        self._limit = None if run.gate is None else run.gate.limit
        self._reports: SimpleQueue[Attempt] = SimpleQueue()
        self._busy: dict[_Worker, _Begun] = {}
        self._idle: list[_Worker] = []
        self._lanes: deque[Lane] = lanes_of(run, processor.on_error, processor.max_concurrency)
        self._check = processor._check if processor._checks_results else None  # noqa: SLF001  # one family

    def process(self) -> list[Any]:
        """Handle the records, and return what became of each, in their order."""
        run = self._run
        if run.injected is not None:
            run.injected.prepare()
        run.outcomes = [None] * len(run.records)
        run.is_open = True
        try:
            while self._begin_what_may_begin() or self._busy:
                self._take_reports()
        finally:
            for worker in self._busy:
                worker.dismiss(wait=False)
            for worker in self._idle:
                worker.dismiss(wait=True)
            run.put_in_order()
        return run.outcomes

    def _begin_what_may_begin(self) -> bool:
        """Give records to threads as long as some are free; return whether there are records left for later."""
        concurrency = self._processor.max_concurrency or 1
        while self._lanes and len(self._busy) < concurrency:
            lane = self._lanes.popleft()
            index = lane.popleft()
            refused = self._processor._refuse_if_closed(self._run, index)  # noqa: SLF001  # one family
            if refused is None:
                self._begin(index, lane)
            else:
                self._settle(index, refused)
                self._go_on_with(lane)
        return bool(self._lanes)

    def _begin(self, index: int, lane: Lane) -> None:
        worker = self._idle.pop() if self._idle else _Worker(self._reports)
        timeout = self._processor.record_timeout
        context = copy_context()  # a record sees the invocation, and leaves nothing behind for the others
        record = self._run.records[index]
        worker.give(lambda: context.run(self._attempt, record))
        self._busy[worker] = _Begun(index, lane, None if timeout is None else monotonic() + timeout)

    def _attempt(self, record: Any) -> tuple[Any, Any, BaseException | None]:
        """Handle a record; in a thread."""
        run, data = self._run, None
        try:
            data = run.convert(record)  # type: ignore[misc]  # set by __call__
            result = run.call(record=data)
            if hasattr(result, "__await__"):
                result = self._processor._settled(result)  # noqa: SLF001  # one family
            if self._check is not None:
                self._check(result)
        except BaseException as error:  # noqa: BLE001  # the calling thread decides what it means
            return data, None, error
        return data, result, None

    def _take_reports(self) -> None:
        """Wait until a thread reports, or a record is late; settle what there is."""
        if not self._busy:
            return
        times = [begun.expiry for begun in self._busy.values() if begun.expiry is not None]
        if self._limit is not None:
            times.append(self._limit)
        try:
            report = self._reports.get(timeout=max(0.0, min(times) - monotonic()) if times else None)
        except Empty:
            self._give_up_what_is_late()
            return
        begun = self._busy.pop(report.worker, None)
        if begun is None:  # given up before
            return
        self._idle.append(report.worker)
        self._settle(begun.place, self._outcome(begun.place, report))
        self._go_on_with(begun.lane)

    def _outcome(self, index: int, report: Attempt) -> Any:
        processor, record = self._processor, self._run.records[index]
        try:
            if report.error is not None:
                raise report.error  # noqa: TRY301  # so that whoever takes note of the failure is handling it
            return processor.success_handler(record=record, result=report.result)
        except Exception as error:  # noqa: BLE001  # the record fails, the batch goes on
            exception = (type(error), error, error.__traceback__)
            return processor._fail(index, record, report.data, exception)  # noqa: SLF001  # one family

    def _give_up_what_is_late(self) -> None:
        now = monotonic()
        ends = self._limit is not None and now >= self._limit
        for worker, begun in list(self._busy.items()):
            if ends:
                reason: Any = RecordDeadlineError("the invocation was about to end before the record was done")
            elif begun.expiry is not None and now >= begun.expiry:
                reason = RecordTimeoutError(f"the record took longer than {self._processor.record_timeout} s")
            else:
                continue
            del self._busy[worker]
            worker.dismiss(wait=False)
            self._settle(begun.place, self._processor._give_up(self._run, begun.place, reason))  # noqa: SLF001  # one family
            self._go_on_with(begun.lane)

    def _settle(self, index: int, outcome: Any) -> None:
        self._run.outcomes[index] = outcome

    def _go_on_with(self, lane: Lane) -> None:
        if lane:
            self._lanes.appendleft(lane)
