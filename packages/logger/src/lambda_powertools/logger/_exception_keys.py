"""An exception as keys of a record."""

from __future__ import annotations

import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any


def exception_keys(exc_info: tuple[Any, Any, Any], *, stack_trace: bool, text_value: bool) -> dict[str, Any]:
    """Return the keys `exception`, `exception_name`, `exception_notes` and `stack_trace`.

    Args:
        exc_info: class, exception and traceback.
        stack_trace: whether the frames are written as data, too.
        text_value: whether the exception in the stack trace is its text already, for strict serializers.
    """
    kind, error, trace = exc_info
    keys: dict[str, Any] = {"exception": _formatted(kind, error, trace), "exception_name": kind.__name__}
    notes = getattr(error, "__notes__", None)
    if notes and isinstance(notes, (list, tuple)):
        keys["exception_notes"] = [note if isinstance(note, str) else _text(note) for note in notes]
    if stack_trace:
        keys["stack_trace"] = {
            "type": kind.__name__,
            "value": _text(error) if text_value else error,
            "module": kind.__module__,
            "frames": _frames(trace),
        }
    return keys


def _formatted(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    try:
        return "".join(traceback.format_exception(kind, error, trace)).rstrip("\n")
    except Exception:  # noqa: BLE001  # a chain too long or an exception that misbehaves: its own frames at least
        try:
            frames = "".join(traceback.format_tb(trace))
        except Exception:  # noqa: BLE001
            frames = ""
        return f"Traceback (most recent call last):\n{frames}{kind.__name__}: {_text(error)}"


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    return [
        {"file": frame.filename, "line": frame.lineno, "function": frame.name, "statement": frame.line}
        for frame in traceback.extract_tb(trace)
    ]


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001  # an exception's __str__ may raise
        return f"<unprintable {type(value).__name__}>"
