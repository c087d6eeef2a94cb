"""The short way from a record to its line, for the records that most statements make.

Keys that are the same each time are kept as JSON, so only what is new is encoded. Whatever is out of the ordinary (an
exception, a key that replaces another, a value that JSON cannot hold) is left to the long way by returning None.
"""

from __future__ import annotations

from itertools import islice
from json import encoder as _json_encoder

from lambda_powertools.logger._context_text import ContextText
from lambda_powertools.logger._layout import SPECIAL
from lambda_powertools.logger._message import parse_json
from lambda_powertools.logger._record import ASIDE, NAMES, STANDARD
from lambda_powertools.logger._serialization import make_encoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from typing import Any

    from lambda_powertools.logger._keys import Keys
    from lambda_powertools.logger._layout import Layout

_COUNT, _LAST = len(STANDARD), STANDARD[-1]
_ORDER = ("level", "location", "message", "timestamp")
_ELSEWHERE = NAMES.union(SPECIAL, _ORDER, ("xray_trace_id", ASIDE))
"""Keys of a statement that need a second look."""

_escape: Callable[[str], str] = getattr(_json_encoder, "c_encode_basestring", None) or _json_encoder.encode_basestring

_SCALARS = frozenset({str, int, float, bool})
_NOTHING = (None,)
_NONE: AbstractSet[str] = frozenset()


class Head:
    """The beginning of every line that has the same keys, up to the keys of the statement.

    Attributes:
        form: JSON with a `%s` for level, location, message and timestamp; None if there is no short way.
        names: keys that a statement may not have for the short way.
        traced: whether the trace id is written.
        tail: the JSON of the keys that are added to those of the form, with a comma before each.
        changes: their names: `names` with them would take longer to make than to ask both.
    """

    __slots__ = ("changes", "form", "names", "tail", "traced")

    def __init__(
        self, form: str | None, names: frozenset[str], traced: bool, tail: str = "", changes: AbstractSet[str] = _NONE
    ) -> None:
        self.form = form
        self.names = names
        self.traced = traced
        self.tail = tail
        self.changes = changes


class QuickWriter:
    """Writes ordinary records.

    Args:
        default: gives a JSON-ready form of values of other types.
    """

    __slots__ = ("_context_text", "_encode", "_trace")

    def __init__(self, default: Callable[[Any], Any]) -> None:
        self._encode = make_encoder(default)
        self._context_text = ContextText().of
        self._trace = ("", "}")

    def line(
        self,
        record: logging.LogRecord,
        keys: Keys,
        time: str,
        own_keys: Mapping[str, Any],
        trace: Callable[[], str | None],
    ) -> str | None:
        """Return the line of a record, None if it needs the long way.

        Args:
            record: an ordinary record, without exception.
            keys: those that all records have.
            time: the time of the record.
            own_keys: keys of the thread or task.
            trace: returns the trace id, None if there is none.
        """
        attributes = record.__dict__
        message = record.msg
        if record.args:
            message = record.getMessage()
        elif message.__class__ is str:
            message = parse_json(message)
        if len(attributes) != _COUNT:
            rest = islice(attributes.items(), _COUNT - 1, None)
            if next(rest, _NOTHING)[0] != _LAST:
                return None
            own_keys = {**own_keys, **dict(rest)}
        location = f"{record.funcName}:{record.lineno}"
        return self.compose(keys, record.levelname, location, message, time, own_keys, trace)

    def compose(  # calling parts of it would cost a tenth of it each
        self,
        keys: Keys,
        level: str,
        location: str,
        message: Any,
        time: str,
        more_keys: Mapping[str, Any],
        trace: Callable[[], str | None],
    ) -> str | None:
        """Return the line of a statement, None if it needs the long way.

        Args:
            keys: those that all records have.
            level: name of the level.
            location: where the statement is.
            message: the message, or the data it stands for.
            time: the time as text.
            more_keys: keys of the thread or task, and of the statement.
            trace: returns the trace id, None if there is none.
        """
        head = keys.head or self._head(keys)
        if head.form is None or message is None:
            return None
        if more_keys and not (head.names.isdisjoint(more_keys) and head.changes.isdisjoint(more_keys)):
            return None
        encode = self._encode
        try:
            text = _escape(message) if message.__class__ is str else encode(message)
            line = head.form % (_escape(level), _escape(location), text, _escape(time))
            more = head.tail
            for key, value in more_keys.items():  # for a few keys as fast as encoding them at once, which is no check
                if value is None:
                    return None
                kind = value.__class__
                text = _escape(value) if kind is str else str(value) if kind is int else encode(value)
                more = f"{more},{_escape(key)}:{text}"
        except Exception:  # noqa: BLE001  # the long way finds a form for what cannot be written
            return None
        trace_id = trace() if head.traced else None
        line = f"{line}{more}{'}' if trace_id is None else self._end(trace_id)}"
        return line if line.isascii() or _is_encodable(line) else None

    def _head(self, keys: Keys) -> Head:
        """Return the head of keys: where they add some to others whose head is known, only those are encoded."""
        head = None
        if keys.basis is not None:
            below, changes = keys.basis
            head = self._extended(below.head or self._head(below), changes)
        if head is None:
            layout = keys.layout
            head = Head(self._form(layout), _ELSEWHERE.union(layout.template), layout.traced)
        keys.head = head
        return head

    def _extended(self, head: Head, changes: Mapping[str, Any]) -> Head | None:
        if head.form is None or not head.names.isdisjoint(changes):
            return None
        static = self._context_text(changes) or self._static(changes)
        if static is None:
            return None
        return Head(head.form, head.names, head.traced, f",{static}", changes.keys())

    def _form(self, layout: Layout) -> str | None:
        dynamic = tuple(key for key in layout.template if key in _ORDER)
        if not layout.standard or layout.formats or layout.literals or dynamic != _ORDER:
            return None
        parts = []
        for key, value in layout.template.items():
            if key in _ORDER:
                parts.append(f'"{key}":%s')
            elif key not in layout.placeholders:
                static = self._static({key: value})
                if static is None:
                    return None
                parts.append(static.replace("%", "%%"))
        return "{" + ",".join(parts)

    def _static(self, keys: Mapping[str, Any]) -> str | None:
        """Return the JSON of keys, None if it may change though they stay: that of a list, for instance."""
        for key, value in keys.items():
            if value.__class__ not in _SCALARS or key.__class__ is not str:
                return None
        try:
            return self._encode(keys)[1:-1]
        except (TypeError, ValueError):  # NaN, an int too long to be written
            return None

    def _end(self, trace: str) -> str:
        known, end = self._trace
        if known != trace:
            end = f',"xray_trace_id":{_escape(trace)}}}'
            self._trace = (trace, end)
        return end


class NoWriter:
    """Leaves all records to the long way: for formatters that write in a way of their own."""

    __slots__ = ()

    def line(self, *_: object) -> None:
        """Return None."""

    compose = line


def _is_encodable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate: the stream would lose the line
        return False
    return True
