"""The state of one batch, and which batch of a processor belongs to the calling thread or task.

A processor usually lives as long as its module and serves every invocation, also several at once.
"""

from __future__ import annotations

import weakref
from contextvars import ContextVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.batch._gate import Gate
    from lambda_powertools.batch._injection import Injected
    from lambda_powertools.batch._signature import Signature
    from lambda_powertools.batch.exceptions import ExceptionInfo


class Failure:
    """A record that failed: its place in the batch, what the processor made of it, and the record as it came."""

    __slots__ = ("index", "message", "record")

    def __init__(self, index: int, message: Any, record: Any) -> None:
        self.index = index
        self.message = message
        self.record = record


class Run:
    """One batch.

    Attributes:
        records: the raw records.
        handler: the record handler, as it was given.
        signature: what the handler takes.
        call: the handler, to be called with `record=` alone.
        injected: the same, where it has dependencies.
        convert: makes of a raw record what the handler takes.
        gate: says which records may still begin.
        noted: how many records success_messages accounts for, where it is filled in one go; else None.
        outcomes: what became of each record, by its place; None while that is open.
        failures: the records that failed, for the response.
        is_finished: whether the `with` block was left.
        is_open: whether the batch was begun, so that a record without an outcome is one that was not processed.
    """

    __slots__ = (
        "batch_response",
        "call",
        "convert",
        "exceptions",
        "fail_messages",
        "failures",
        "gate",
        "handler",
        "injected",
        "is_finished",
        "is_open",
        "lambda_context",
        "noted",
        "outcomes",
        "records",
        "signature",
        "success_messages",
    )

    def __init__(self, records: list[Any], handler: Callable[..., Any] | None, lambda_context: Any) -> None:
        self.records = records
        self.handler = handler
        self.lambda_context = lambda_context
        self.signature: Signature | None = None
        self.call: Any = handler
        self.injected: Injected | None = None
        self.convert: Callable[[Any], Any] | None = None
        self.gate: Gate | None = None
        self.success_messages: list[Any] = []
        self.fail_messages: list[Any] = []
        self.exceptions: list[ExceptionInfo] = []
        self.batch_response: Any = {}
        self.outcomes: list[Any] = []
        self.failures: list[Failure] = []
        self.noted: int | None = None
        self.is_open = False
        self.is_finished = False

    def place_of(self, record: Any) -> int:
        """Return the place of a raw record in the batch."""
        return next((index for index, one in enumerate(self.records) if one is record), len(self.records))

    def note_successes(self) -> None:
        """Take note of the records that were handled since the last failure, in one go."""
        if self.noted is not None:
            self.success_messages.extend(self.records[self.noted : len(self.outcomes)])
            self.noted = len(self.outcomes)

    def append_failure(self, outcome: Any) -> None:
        """Put down what became of a record that is no success to be taken note of."""
        self.outcomes.append(outcome)
        if self.noted is not None:
            self.noted += 1

    def note_own_way(self, index: int, outcome: Any) -> None:
        """Take note of what became of a record that a subclass handled in its own way."""
        if outcome[0] != "fail" or any(failure.index == index for failure in self.failures):
            return
        self.failures.append(Failure(index, outcome[2], self.records[index]))
        if self.gate is not None:
            self.gate.close(self.records[index])

    def put_in_order(self) -> None:
        """Sort what was appended as records were done by the places of the records in the batch."""
        places = {id(failure.message): failure.index for failure in self.failures}
        if len(self.fail_messages) == len(self.exceptions):
            pairs = list(zip(self.fail_messages, self.exceptions, strict=True))
            pairs.sort(key=lambda pair: places.get(id(pair[0]), len(self.records)))
            self.fail_messages[:] = [message for message, _ in pairs]
            self.exceptions[:] = [exception for _, exception in pairs]
        self.failures.sort(key=lambda failure: failure.index)
        places = {id(record): index for index, record in enumerate(self.records)}
        self.success_messages.sort(key=lambda record: places.get(id(record), len(self.records)))

    def release(self) -> None:
        """Let go of what the batch was made of; what became of it is kept."""
        self.is_finished = True
        self.records = []
        self.handler = self.call = self.injected = self.lambda_context = None
        self.signature = self.convert = self.gate = None
        self.outcomes = []
        self.failures = []

    def forget_frames(self) -> None:
        """Let go of the tracebacks.

        Their frames hold the processor and, by the contexts of tasks and threads, the batches before. Where a processor
        is made for each invocation, they would be kept one by the other for ever.
        """
        for _, error, _ in self.exceptions:
            link: BaseException | None = error
            while link is not None and link.__traceback__ is not None:
                link.__traceback__ = None
                link = link.__cause__ or link.__context__
        self.exceptions = [(kind, error, None) for kind, error, _ in self.exceptions]


# One variable for all processors, as a variable is never given up by the contexts that hold it. What it holds is never
# changed, since threads and tasks begin with a copy of their creator's context.
Runs = tuple[tuple["weakref.ref[Any]", Run], ...]
_runs: ContextVar[Runs] = ContextVar("lambda_powertools.batch", default=())

_KEPT = 4
"""Of how many processors, beside the latest, a finished batch stays readable in one thread or task."""


def current_run(processor: Any) -> Run | None:
    """Return the latest batch that the calling thread or task gave to a processor."""
    for reference, run in _runs.get():
        if reference() is processor:
            return run
    return None


def enter_run(processor: Any, run: Run) -> Runs:
    """Make a batch the latest one of a processor."""
    others = [entry for entry in _runs.get() if (owner := entry[0]()) is not None and owner is not processor]
    kept = []
    for place, entry in enumerate(others):
        if place < _KEPT or not entry[1].is_finished:
            kept.append(entry)
        else:
            entry[1].forget_frames()
    runs = ((weakref.ref(processor), run), *kept)
    _runs.set(runs)
    return runs
