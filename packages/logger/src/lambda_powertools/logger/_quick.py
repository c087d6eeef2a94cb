"""The short way from a record to its line, for the records that most statements make.

Keys that are the same each time are kept as JSON, so only what is new is encoded. Whatever is out of the ordinary (an
exception, a key that replaces another, a value that JSON cannot hold) is left to the long way by returning None.
"""

from __future__ import annotations

from itertools import islice
from json import encoder as _json_encoder
from typing import TYPE_CHECKING, Any

from lambda_powertools.logger._message import parse_json
from lambda_powertools.logger._record import ASIDE, STANDARD
from lambda_powertools.logger._serialization import make_encoder

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from lambda_powertools.logger._layout import Layout

_COUNT, _LAST = len(STANDARD), STANDARD[-1]
_ORDER = ("level", "location", "message", "timestamp")
_ELSEWHERE = frozenset({*_ORDER, "asctime", "xray_trace_id", ASIDE})
"""Keys of a statement that need a second look."""

_PLAIN = frozenset({str, int, float, bool})
"""Types whose values do not change."""

_escape: Callable[[str], str] = getattr(_json_encoder, "c_encode_basestring", None) or _json_encoder.encode_basestring


class Head:
    """The beginning of every line of a layout, up to the keys of the statement.

    Attributes:
        form: the JSON so far, with a `%s` for level, location, message and timestamp; None if there is no short way.
        names: keys that a statement may not have for the short way.
        added: more of them.
    """

    __slots__ = ("added", "form", "names")

    def __init__(self, layout: Layout, encode: Callable[[Any], str]) -> None:
        self.form: str | None = None
        self.names: AbstractSet[str] = _ELSEWHERE.union(layout.template)
        self.added: AbstractSet[str] = frozenset()
        dynamic = tuple(key for key in layout.template if key in _ORDER)
        if not layout.standard or layout.formats or layout.literals or dynamic != _ORDER:
            return
        parts = []
        for key, value in layout.template.items():
            if key in _ORDER:
                parts.append(f"{_escaped(key)}:%s")
            elif key not in layout.placeholders:
                if type(value) not in _PLAIN:  # a list may change, and its JSON with it
                    return
                try:
                    text = f"{_escaped(key)}:{encode(value)}"
                except ValueError:  # NaN, or an int too long to be written
                    return
                parts.append(text.replace("%", "%%"))
        self.form = "{" + ",".join(parts)


def _head_of(layout: Layout, encode: Callable[[Any], str]) -> Head:
    """Return the head of a layout; that of one which adds keys to another is made of the other's."""
    if layout.grown is None:
        return Head(layout, encode)
    before, keys = layout.grown
    layout.grown = None
    if before.head is None:
        before.head = Head(before, encode)
    if before.head.form is None or not _PLAIN.issuperset(map(type, keys.values())):
        return Head(layout, encode)
    head: Head = Head.__new__(Head)
    try:
        head.form = f"{before.head.form},{encode(keys)[1:-1].replace('%', '%%')}"
    except ValueError:  # NaN, or an int too long to be written
        return Head(layout, encode)
    head.names, head.added = before.head.names, before.head.added | keys.keys() if before.head.added else keys.keys()
    return head


class QuickWriter:
    """Writes ordinary records.

    Args:
        default: gives a JSON-ready form of values of other types.
    """

    __slots__ = ("_encode", "_trace")

    def __init__(self, default: Callable[[Any], Any]) -> None:
        self._encode = make_encoder(default)
        self._trace = ("", "}")

    def line(  # noqa: C901, PLR0911  # one function, because calling parts of it would cost a tenth of it each
        self,
        record: logging.LogRecord,
        layout: Layout,
        time: str,
        own_keys: Mapping[str, Any],
        trace: str | None,
    ) -> str | None:
        """Return the line of a record, None if it needs the long way.

        Args:
            record: an ordinary record, without exception.
            layout: of the keys that all records have.
            time: the time of the record.
            own_keys: keys of the thread or task.
            trace: the trace id, None if there is none to be written.
        """
        head = layout.head
        if head is None:
            head = layout.head = _head_of(layout, self._encode)
        if head.form is None:
            return None
        attributes = record.__dict__
        message = record.msg
        if record.args:
            message = record.getMessage()
        elif message.__class__ is str:
            message = parse_json(message)
        encode = self._encode
        try:
            text = _escape(message) if message.__class__ is str else encode(message)
            line = head.form % (
                _escape(record.levelname),
                _escape(f"{record.funcName}:{record.lineno}"),
                text,
                _escape(time),
            )
            if own_keys or len(attributes) != _COUNT:
                rest = islice(attributes.items(), _COUNT - 1, None)
                if next(rest)[0] != _LAST:
                    return None
                keys = {**own_keys, **dict(rest)} if own_keys else dict(rest)
                if not (head.names.isdisjoint(keys) and head.added.isdisjoint(keys)):
                    return None
                for value in keys.values():
                    if value is None:
                        return None
                line = f"{line},{encode(keys)[1:-1]}"
        except Exception:  # noqa: BLE001  # the long way finds a form for what cannot be written
            return None
        if message is None or not (line.isascii() or _is_encodable(line)):
            return None
        return line + (self._end(trace) if trace is not None else "}")

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


def _escaped(key: Any) -> str:
    return _escape(key if isinstance(key, str) else str(key))


def _is_encodable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate: the stream would lose the line
        return False
    return True
