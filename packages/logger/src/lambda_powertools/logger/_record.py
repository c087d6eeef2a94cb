"""Makes log records: what `logging` makes, without what costs it most of its time."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

    from lambda_powertools.logger._keys import Keys

STANDARD = tuple(logging.LogRecord("", 0, "", 0, "", (), None).__dict__)
"""The attributes that every record has, in the order in which they are set."""

NAMES = frozenset({*STANDARD, "message", "asctime"})
"""Names that a key cannot have as an attribute of a record."""

_EXPECTED = (
    "name",
    "msg",
    "args",
    "levelname",
    "levelno",
    "pathname",
    "filename",
    "module",
    "exc_info",
    "exc_text",
    "stack_info",
    "lineno",
    "funcName",
    "created",
    "msecs",
    "relativeCreated",
    "thread",
    "threadName",
    "processName",
    "process",
)

_HAS_TASK = (*_EXPECTED, "taskName") == STANDARD
CAN_BUILD = _HAS_TASK or tuple(_EXPECTED) == STANDARD
"""Whether records of this Python consist of what is known here."""

_probe = logging.LogRecord("", 0, "", 0, "", (), None)
_start = _probe.created * 1000 - _probe.relativeCreated
_files: dict[str, tuple[str, str]] = {}


class Aside:
    """What goes with a record, and is no attribute of it.

    Attributes:
        keys: keys of the formatter at the moment of the statement; None to look them up when it is written.
        thread_safe: keys of the thread or task at that moment.
        collided: keys of the statement that share their name with an attribute of every record.
    """

    __slots__ = ("collided", "keys", "thread_safe")

    def __init__(self, collided: Mapping[str, Any] | None = None) -> None:
        self.keys: Keys | None = None
        self.thread_safe: Mapping[str, Any] | None = None
        self.collided = collided


ASIDE = "_lambda_powertools_aside"
"""The attribute that holds it."""


class PowertoolsRecord(logging.LogRecord):
    """A record of a Powertools logger. The slot is not among the attributes that other formatters may list."""

    __slots__ = (ASIDE,)
    _lambda_powertools_aside: Aside | None


def make_record(  # noqa: PLR0913, PLR0917  # it takes what a statement consists of
    name: str,
    level: int,
    code: CodeType,
    lineno: int,
    msg: object,
    args: Any = (),
    exc_info: Any = None,
    stack: str | None = None,
    keys: Mapping[str, Any] | None = None,
) -> logging.LogRecord:
    """Return the record of a statement made in a line of `code`; `keys` become attributes of it where they can."""
    exc_info = _normal(exc_info) if exc_info else None
    factory = logging.getLogRecordFactory()
    record: logging.LogRecord
    if factory is logging.LogRecord and CAN_BUILD:
        record = _build(name, level, code, lineno, msg, args, exc_info, stack)
    else:
        record = factory(name, level, code.co_filename, lineno, msg, args, exc_info, code.co_name, stack)
    if keys:
        if NAMES.isdisjoint(keys):
            record.__dict__.update(keys)
        else:
            _add_keys(record, keys)
    return record


def stack_of(frame: FrameType) -> str:
    """Return the stack down to a frame, in logging's form."""
    import traceback

    return "Stack (most recent call last):\n" + "".join(traceback.format_stack(frame)).rstrip("\n")


def _build(  # the parameters of a record
    name: str,
    level: int,
    code: CodeType,
    lineno: int,
    msg: object,
    args: Any,
    exc_info: Any,
    stack: str | None,
) -> PowertoolsRecord:
    if args and len(args) == 1 and args[0] and isinstance(args[0], Mapping):
        args = args[0]  # "%(name)s" % {"name": …}, as logging has it
    pathname = code.co_filename
    file = _files.get(pathname)
    if file is None:
        base = os.path.basename(pathname)  # noqa: PTH119  # as logging does it, and cheap
        file = _files[pathname] = (base, os.path.splitext(base)[0])  # noqa: PTH122  # the same
    created = time.time()
    record: PowertoolsRecord = _new(PowertoolsRecord)
    record._lambda_powertools_aside = None  # noqa: SLF001  # its own
    record.__dict__ = attributes = {
        "name": name,
        "msg": msg,
        "args": args,
        "levelname": logging.getLevelName(level),
        "levelno": level,
        "pathname": pathname,
        "filename": file[0],
        "module": file[1],
        "exc_info": exc_info,
        "exc_text": None,
        "stack_info": stack,
        "lineno": lineno,
        "funcName": code.co_name,
        "created": created,
        "msecs": int((created - int(created)) * 1000) + 0.0,
        "relativeCreated": created * 1000 - _start,
        "thread": threading.get_ident(),
        "threadName": threading.current_thread().name,
        "processName": _process_name() if "multiprocessing" in sys.modules else "MainProcess",
        "process": _process,
    }
    if _HAS_TASK:
        attributes["taskName"] = _task_name() if "asyncio" in sys.modules else None
    return record


def _normal(exc_info: Any) -> Any:
    if isinstance(exc_info, BaseException):
        return (type(exc_info), exc_info, exc_info.__traceback__)
    return exc_info if isinstance(exc_info, tuple) else sys.exc_info()


def _add_keys(record: logging.LogRecord, keys: Mapping[str, Any]) -> None:
    collided = {key: value for key, value in keys.items() if key in NAMES and key != "message"}
    record.__dict__.update({key: value for key, value in keys.items() if key not in NAMES})
    setattr(record, ASIDE, Aside(collided))


def _process_name() -> str:
    try:
        return str(sys.modules["multiprocessing"].current_process().name)
    except Exception:  # noqa: BLE001  # half imported or replaced: logging does without the name as well
        return "MainProcess"


def _task_name() -> str | None:
    try:
        task = sys.modules["asyncio"].current_task()
    except RuntimeError:  # no loop is running
        return None
    return None if task is None else str(task.get_name())


def _note_process() -> None:
    global _process  # asking for the number at each record would be a system call each time
    _process = os.getpid()


_process = os.getpid()
_new: Any = PowertoolsRecord.__new__

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_note_process)
