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

    from lambda_powertools.logger._layout import Layout

_COUNT, _LAST = len(STANDARD), STANDARD[-1]
_ORDER = ("level", "location", "message", "timestamp")
_ELSEWHERE = frozenset({*_ORDER, "asctime", "xray_trace_id", ASIDE})
"""Keys of a statement that need a second look."""

_escape: Callable[[str], str] = getattr(_json_encoder, "c_encode_basestring", None) or _json_encoder.encode_basestring


_SCALARS = frozenset({str, int, float, bool})
_MANY = 256


class Head:
    """The beginning of every line of a layout, up to the keys of the statement.

    Attributes:
        form: the JSON so far, with a `%s` for level, location, message and timestamp; None if there is no short way.
        names: keys that a statement may not have for the short way.
        parts: the JSON of each key, which `form` is made of.
    """

    __slots__ = ("form", "names", "parts")

    def __init__(self, names: frozenset[str], parts: dict[str, str] | None) -> None:
        self.names = names
        self.parts = parts
        self.form = None if parts is None else "{" + ",".join(parts.values())


class QuickWriter:
    """Writes ordinary records.

    Args:
        default: gives a JSON-ready form of values of other types.
    """

    __slots__ = ("_encode", "_known", "_trace")

    def __init__(self, default: Callable[[Any], Any]) -> None:
        self._encode = make_encoder(default)
        self._trace = ("", "}")
        self._known: dict[str, tuple[Any, str]] = {}

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
            head = self._head(layout)
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
                if not head.names.isdisjoint(keys):
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

    def _head(self, layout: Layout) -> Head:
        basis, layout.basis = layout.basis, None
        if basis is None:
            head = Head(_ELSEWHERE.union(layout.template), self._all_parts(layout))
        else:
            below = basis[0].head or self._head(basis[0])
            changed = None if below.parts is None else self._parts(basis[1])
            parts = None if changed is None or below.parts is None else {**below.parts, **changed}
            head = Head(below.names.union(basis[1]), parts)
        layout.head = head
        return head

    def _all_parts(self, layout: Layout) -> dict[str, str] | None:
        dynamic = tuple(key for key in layout.template if key in _ORDER)
        if not layout.standard or layout.formats or layout.literals or dynamic != _ORDER:
            return None
        hidden = {*_ORDER, *layout.placeholders}
        static = self._parts({key: value for key, value in layout.template.items() if key not in hidden})
        if static is None:
            return None
        parts = {key: f'"{key}":%s' if key in _ORDER else static.get(key) for key in layout.template}
        return {key: part for key, part in parts.items() if part is not None}

    def _parts(self, keys: Mapping[str, Any]) -> dict[str, str] | None:
        """Return the JSON of keys, None if it may change though they stay: that of a list, for instance."""
        parts = {}
        for key, value in keys.items():
            known = self._known.get(key)
            kind = type(value)
            if known is not None and type(known[0]) is kind and known[0] == value:
                parts[key] = known[1]
                continue
            if kind not in _SCALARS:
                return None
            try:
                part = f"{_escape(key)}:{self._encode(value)}".replace("%", "%%")
            except (TypeError, ValueError):  # a name that is no text, NaN, an int too long to be written
                return None
            parts[key] = part
            if len(self._known) < _MANY:
                self._known[key] = (value, part)
        return parts

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


def _is_encodable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate: the stream would lose the line
        return False
    return True
