"""The keys of a formatter, compiled to what has to be done for each record."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from collections.abc import Mapping
    from typing import Any

LEVEL, LOCATION, TIMESTAMP = "%(levelname)s", "%(funcName)s:%(lineno)d", "%(asctime)s"

_STANDARD = {"level": LEVEL, "location": LOCATION, "timestamp": TIMESTAMP}

RESERVED_LOG_ATTRS = (
    "name",
    "msg",
    "args",
    "level",
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
    "asctime",
    "location",
    "timestamp",
)
"""Keys whose persistent values are %-format strings against the attributes of the record."""

_RESERVED = frozenset(RESERVED_LOG_ATTRS)
SPECIAL = _RESERVED | {"message", "xray_trace_id"}
"""Keys whose values are no plain values."""


class Layout:
    """What a formatter does for each record.

    Attributes:
        template: the record to be: values that are the same each time, and the places of all others, in order.
        standard: whether level, location and timestamp are there and have their usual form, the fast way.
        formats: keys whose values are %-format strings.
        literals: keys that should be format strings and are not: they are written as they are.
        placeholders: keys without a value, which only keep a place.
        traced: whether the trace id is written.
    """

    __slots__ = ("formats", "literals", "placeholders", "standard", "template", "traced")

    def __init__(self, mapping: Mapping[str, Any]) -> None:
        self.template: dict[str, Any] = {}
        self.formats: list[tuple[str, str]] = []
        self.literals: list[str] = []
        self.placeholders: list[str] = []
        self.traced = True
        for key, value in mapping.items():
            self._add(key, value)
        self.standard = all(mapping.get(key) == form for key, form in _STANDARD.items())
        if self.standard:
            self.formats = [(key, form) for key, form in self.formats if key not in _STANDARD]

    def _add(self, key: str, value: Any) -> None:
        if key == "xray_trace_id":
            self.traced = value is not None
            return
        if key == "message":
            value = None  # each record has its own
        elif value is None:
            self.placeholders.append(key)
        elif key in _RESERVED:
            if isinstance(value, str) and "%" in value:
                self.formats.append((key, value))
                value = None
            elif value and not isinstance(value, str):
                self.literals.append(key)
        self.template[key] = value


class RecordAttributes(dict[str, object]):
    """The attributes of a record, for %-formats: only `%(name)s` may be written, never the whole of it."""

    __slots__ = ("_record", "_time")

    def __init__(self, record: logging.LogRecord, time: str) -> None:
        super().__init__(record.__dict__)
        self._record = record
        self._time = time

    def __missing__(self, name: str) -> Any:
        if name == "asctime":
            return self._time
        if name == "message":
            return self._record.getMessage()
        raise KeyError(name)

    def __str__(self) -> str:
        raise ValueError("a format names the attribute it wants: %(name)s")

    __repr__ = __str__
