"""The long way from a record to what is written of it: a dict of all keys, in their order."""

from __future__ import annotations

from itertools import islice

from lambda_powertools.logger._layout import RecordAttributes
from lambda_powertools.logger._record import ASIDE, STANDARD, Aside

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from lambda_powertools.logger._layout import Layout

_COUNT, _LAST = len(STANDARD), STANDARD[-1]
_STANDARD = frozenset(STANDARD)
_NEVER_KEYS = frozenset({"message", "asctime", "level", "location", "timestamp", ASIDE})
"""Attributes of a record that are no keys: what other formatters leave there, and what the configuration decides."""


class Assembler:
    """Assembles records.

    Args:
        parse: reads messages that are texts.
        stack_trace: whether the frames of an exception are written as data, too.
        text_value: whether the exception in the stack trace is its text already, for strict serializers.
    """

    __slots__ = ("_parse", "_stack_trace", "_text_value", "_warned")

    def __init__(self, parse: Callable[[str], Any], *, stack_trace: bool, text_value: bool) -> None:
        self._parse = parse
        self._stack_trace = stack_trace
        self._text_value = text_value
        self._warned: set[str] = set()

    def log(  # what a line is made of
        self,
        record: logging.LogRecord,
        layout: Layout,
        time: str,
        own_keys: Mapping[str, Any],
        trace: str | None,
        aside: Aside | None,
    ) -> dict[str, Any]:
        """Return the keys of a record; none of them is None."""
        log = layout.template.copy()
        if layout.standard:
            log["level"] = record.levelname
            log["location"] = f"{record.funcName}:{record.lineno}"
            log["timestamp"] = time
        if layout.formats or layout.literals:
            self._fill(log, layout, record, time)
        _merge(log, own_keys.items())
        _merge(log, _statement_keys(record))
        if aside is not None and aside.collided:
            _merge(log, aside.collided.items())
        log["message"] = self._message(record)
        for name in ("message", *layout.placeholders):
            if log.get(name) is None:
                log.pop(name, None)
        if record.exc_info or record.stack_info:
            self._add_exception(log, record)
        if trace is not None:
            log["xray_trace_id"] = trace
        return log

    def _message(self, record: logging.LogRecord) -> Any:
        if record.args:
            return record.getMessage()
        return self._parse(record.msg) if isinstance(record.msg, str) else record.msg

    def _fill(self, log: dict[str, Any], layout: Layout, record: logging.LogRecord, time: str) -> None:
        attributes = RecordAttributes(record, time)
        for name, form in layout.formats:
            try:
                log[name] = form % attributes
            except Exception as error:  # noqa: BLE001, PERF203  # it may have been meant as a plain text: "50% off"
                log[name] = form
                self._warn(name, f"is no %-format of a record's attributes ({error})")
        for name in layout.literals:
            self._warn(name, f"is {type(log[name]).__name__}, where a %-format of a record's attributes is expected")

    def _warn(self, key: str, problem: str) -> None:
        if key in self._warned:
            return
        self._warned.add(key)
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(f"the value of the log key {key!r} {problem}: it is written as it is", PowertoolsUserWarning, 2)

    def _add_exception(self, log: dict[str, Any], record: logging.LogRecord) -> None:
        found: dict[str, Any] = {}
        info = record.exc_info
        if info and info[0] is not None:
            from lambda_powertools.logger._exception_keys import exception_keys

            found = exception_keys(info, stack_trace=self._stack_trace, text_value=self._text_value)
        if record.stack_info:
            found["stack_info"] = record.stack_info
        for name, value in found.items():
            if log.get(name) is None:  # what the user gives wins
                log[name] = value


def _statement_keys(record: logging.LogRecord) -> Iterable[tuple[str, Any]]:
    """Return what a record has beyond the attributes of every record, as its filters have left it."""
    attributes = record.__dict__
    if len(attributes) == _COUNT:
        return ()
    rest = islice(attributes.items(), _COUNT - 1, None)
    if next(rest, (None,))[0] == _LAST:
        return [item for item in rest if item[0] not in _NEVER_KEYS]
    # A filter has removed a standard attribute, or the record was put together in another order.
    return [item for item in attributes.items() if item[0] not in _STANDARD and item[0] not in _NEVER_KEYS]


def _merge(log: dict[str, Any], keys: Iterable[tuple[str, Any]]) -> None:
    for name, value in keys:
        log[name] = value
        if value is None:
            del log[name]
