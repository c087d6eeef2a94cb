"""Formatters: from a log record to one line of JSON."""

from __future__ import annotations

import logging
import time
from abc import ABCMeta, abstractmethod
from contextlib import nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.secrets import redact_secrets
from lambda_powertools.core.settings import Settings
from lambda_powertools.core.trace_id import root_of, trace_header
from lambda_powertools.logger import _keys
from lambda_powertools.logger._keys import KeyStore
from lambda_powertools.logger._layout import LEVEL, LOCATION, RESERVED_LOG_ATTRS, TIMESTAMP, Layout, RecordAttributes
from lambda_powertools.logger._record import ASIDE, STANDARD, Aside
from lambda_powertools.logger._timestamps import MILLISECONDS, Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from lambda_powertools.logger._keys import Keys
    from lambda_powertools.logger._scope import InvocationState
    from lambda_powertools.logger.redaction import Redaction

__all__ = [
    "RESERVED_FORMATTER_CUSTOM_KEYS",
    "RESERVED_LOG_ATTRS",
    "BasePowertoolsFormatter",
    "JsonFormatter",
    "LambdaPowertoolsFormatter",
]

RESERVED_FORMATTER_CUSTOM_KEYS = (
    "json_serializer",
    "json_deserializer",
    "json_default",
    "datefmt",
    "use_datetime_directive",
    "log_record_order",
    "utc",
    "use_rfc3339",
    "serialize_stacktrace",
    "redact",
)
"""Names of the formatter's own options, which are never keys of the record."""

_STANDARD_COUNT, _LAST_STANDARD = len(STANDARD), STANDARD[-1]
_STANDARD = frozenset(STANDARD)
_NEVER_KEYS = frozenset({"message", "asctime", "level", "location", "timestamp", ASIDE})
"""Attributes of a record that are no keys: what other formatters leave there, and what is the configuration's to say."""


class BasePowertoolsFormatter(logging.Formatter, metaclass=ABCMeta):
    """What `Logger` needs of a formatter. Write `append_keys` and `clear_state`, and whatever else you support."""

    @abstractmethod
    def append_keys(self, **additional_keys: Any) -> None:
        """Add keys to every record from now on."""
        raise NotImplementedError

    @abstractmethod
    def clear_state(self) -> None:
        """Remove the keys that were added, back to what the formatter was made with."""
        raise NotImplementedError

    def get_current_keys(self) -> dict[str, Any]:
        """Return the keys that every record has."""
        return {}

    def remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys."""
        raise self._lacking("remove_keys")

    def append_context_keys(self, **additional_keys: Any) -> AbstractContextManager[None]:  # noqa: ARG002  # overridden
        """Return a context manager inside which every record has these keys; here one that does nothing."""
        return nullcontext()

    def thread_safe_append_keys(self, **additional_keys: Any) -> None:
        """Add keys to the records of this thread or task."""
        raise self._lacking("thread_safe_append_keys")

    def thread_safe_get_current_keys(self) -> dict[str, Any]:
        """Return the keys of this thread or task."""
        return {}

    def thread_safe_remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys of this thread or task."""
        raise self._lacking("thread_safe_remove_keys")

    def thread_safe_clear_keys(self) -> None:  # a formatter without such keys has nothing to do
        """Remove all keys of this thread or task."""

    def _lacking(self, method: str) -> NotImplementedError:
        return NotImplementedError(f"the formatter {type(self).__name__} has to implement {method}() for this")


class LambdaPowertoolsFormatter(BasePowertoolsFormatter):
    """Writes records as JSON, one line each.

    Override `serialize` to change the finished record or how it is written.

    Example:
        >>> import logging
        >>> formatter = LambdaPowertoolsFormatter(service="orders", timestamp=None, location=None)
        >>> formatter.format(logging.makeLogRecord({"levelname": "INFO", "msg": "paid", "amount": 42}))
        '{"level":"INFO","message":"paid","service":"orders","amount":42}'
    """

    default_time_format = "%Y-%m-%d %H:%M:%S,%F%z"
    custom_ms_time_directive = MILLISECONDS
    RFC3339_ISO8601_FORMAT = "%Y-%m-%dT%H:%M:%S.%F%z"

    def __init__(  # noqa: PLR0913  # the documented signature
        self,
        json_serializer: Callable[[dict[str, Any]], str | bytes] | None = None,
        json_deserializer: Callable[[str], Any] | None = None,
        json_default: Callable[[Any], Any] | None = None,
        datefmt: str | None = None,
        use_datetime_directive: bool = False,
        log_record_order: list[str] | None = None,
        utc: bool = False,
        use_rfc3339: bool = False,
        serialize_stacktrace: bool = True,
        *,
        redact: Redaction | bool | Iterable[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Configure the output.

        Args:
            json_serializer: writes the record, instead of compact JSON.
            json_deserializer: reads messages that are JSON texts.
            json_default: gives a JSON-ready form of values of other types, instead of `str`.
            datefmt: directives of `time.strftime`, and `%F` for milliseconds.
            use_datetime_directive: `datefmt` has the directives of `datetime.strftime`, with `%f`.
            log_record_order: keys to begin with; level, location, message and timestamp by default.
            utc: write times in UTC, not in the time zone of the environment (`TZ`).
            use_rfc3339: write times as RFC 3339; wins over `datefmt`.
            serialize_stacktrace: write the frames of exceptions as data, too.
            redact: what is masked, see `Redaction.of`.
            kwargs: keys of every record, or %-formats of the standard ones; None leaves a key out.
        """
        super().__init__(datefmt=datefmt)
        self.json_default: Callable[[Any], Any] = json_default or str
        self.json_deserializer = json_deserializer
        self.serialize_stacktrace = serialize_stacktrace
        self.utc = utc
        self.converter = time.gmtime if utc else time.localtime
        self.use_datetime_directive = use_datetime_directive
        self.use_rfc3339 = use_rfc3339
        self._custom_serializer = json_serializer is not None
        self._indent = None if self._custom_serializer else _dev_indent()
        if json_serializer is not None:
            self.json_serializer = json_serializer
        self._clock = self._make_clock(datefmt)
        self._store = KeyStore(_initial_keys(log_record_order, kwargs))
        self._warned: set[str] = set()
        self._trace: tuple[str | None, str | None] = (None, None)
        self.redaction: Redaction | None = None
        self.use_redaction(redact)

    def __getattr__(self, name: str) -> Any:
        """Make the default serializer when it is first needed: importing json is not the constructor's affair."""
        if name == "json_serializer":
            from lambda_powertools.logger._serialization import make_serializer

            self.json_serializer = make_serializer(self.json_default, indent=self._indent)
            return self.json_serializer
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # ---- keys

    @property
    def log_format(self) -> dict[str, Any]:
        """The keys that every record has, standard ones as format strings; a copy."""
        return dict(self._store.current().mapping)

    def append_keys(self, **additional_keys: Any) -> None:
        """Add keys to every record from now on; during an invocation, to those of the invocation."""
        self._store.append(additional_keys)

    update_formatter = append_keys

    def remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys; unknown names do no harm."""
        self._store.remove(keys)

    def get_current_keys(self) -> dict[str, Any]:
        """Return the keys that every record has, standard ones as format strings; a copy."""
        return self.log_format

    def append_context_keys(self, **additional_keys: Any) -> AbstractContextManager[None]:
        """Return a context manager inside which the records of this thread or task have these keys."""
        return self._store.block(additional_keys)

    def clear_state(self) -> None:
        """Return to the keys the formatter was made with, and forget those of this thread or task."""
        self._store.reset()
        _keys.clear_thread_safe_keys()

    def thread_safe_append_keys(self, **additional_keys: Any) -> None:
        """Add keys to the records of this thread or task."""
        _keys.append_thread_safe_keys(additional_keys)

    def thread_safe_get_current_keys(self) -> dict[str, Any]:
        """Return the keys of this thread or task; a copy."""
        return dict(_keys.thread_safe_keys())

    def thread_safe_remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys of this thread or task; unknown names do no harm."""
        _keys.remove_thread_safe_keys(keys)

    def thread_safe_clear_keys(self) -> None:
        """Remove all keys of this thread or task."""
        _keys.clear_thread_safe_keys()

    # ---- format

    def serialize(self, log: dict[str, Any]) -> str:
        """Return the finished record as text. Made to be overridden."""
        text = self.json_serializer(log)
        return text.decode() if isinstance(text, bytes) else text

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802  # logging's name
        """Return the time of the record as text."""
        clock = self._clock if datefmt is None or datefmt == self.datefmt else self._make_clock(datefmt)
        return clock.text(record.created, record.msecs, self.converter)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        aside: Aside | None = getattr(record, ASIDE, None)
        keys = self._store.current() if aside is None or aside.keys is None else aside.keys
        layout = keys.layout
        log = layout.template.copy()
        if layout.standard:
            log["level"] = record.levelname
            log["location"] = f"{record.funcName}:{record.lineno}"
            log["timestamp"] = self.formatTime(record)
        message: Any = record.msg
        if record.args:
            message = record.getMessage()
        elif isinstance(message, str):
            message = self._parse(message)
        if layout.formats or layout.literals:
            self._fill(log, layout, record)
        self._add_statement_keys(log, record, aside)
        log["message"] = message
        if message is None:
            del log["message"]
        for name in layout.placeholders:
            if log.get(name) is None:
                log.pop(name, None)
        if record.exc_info or record.stack_info:
            self._add_exception(log, record)
        if layout.traced:
            header = trace_header()
            if header is not None:
                self._add_trace_id(log, header)
        return redact_secrets(self._write(log))

    def _parse(self, message: str) -> Any:
        if self.json_deserializer is not None:
            from lambda_powertools.logger._message import parse_with

            return parse_with(self.json_deserializer, message)
        return _parse_json(message)

    def _add_statement_keys(self, log: dict[str, Any], record: logging.LogRecord, aside: Aside | None) -> None:
        own = _keys.thread_safe_keys() if aside is None or aside.thread_safe is None else aside.thread_safe
        if own:
            _merge(log, own)
        attributes = record.__dict__
        if len(attributes) != _STANDARD_COUNT:
            rest = islice(attributes.items(), _STANDARD_COUNT - 1, None)
            if next(rest, (None,))[0] != _LAST_STANDARD:  # a filter has removed a standard attribute
                rest = iter([item for item in attributes.items() if item[0] not in _STANDARD])
            for name, value in rest:
                if name not in _NEVER_KEYS:
                    log[name] = value
                    if value is None:
                        del log[name]
        if aside is not None and aside.collided:
            _merge(log, aside.collided)

    def _fill(self, log: dict[str, Any], layout: Layout, record: logging.LogRecord) -> None:
        attributes = RecordAttributes(record, self.formatTime(record))
        for name, form in layout.formats:
            try:
                log[name] = form % attributes
            except Exception as error:  # noqa: BLE001  # it may have been meant as a plain text: "50% off"
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

            found = exception_keys(info, stack_trace=self.serialize_stacktrace, text_value=self._custom_serializer)
        if record.stack_info:
            found["stack_info"] = record.stack_info
        for name, value in found.items():
            if log.get(name) is None:  # what the user gives wins
                log[name] = value

    def _add_trace_id(self, log: dict[str, Any], header: str) -> None:
        known, root = self._trace
        if header != known:
            root = root_of(header)
            self._trace = (header, root)
        if root is not None:
            log["xray_trace_id"] = root

    def _write(self, log: dict[str, Any]) -> str:
        if self.redaction is not None:
            from lambda_powertools.logger._serialization import degrade

            log = self.redaction.apply(degrade(log, self.json_default))
        try:
            text = self.serialize(log)
            if not text.isascii():
                text.encode()  # a lone surrogate would be lost on its way to the stream, with its line
        except Exception:  # noqa: BLE001  # the line is written without what cannot be
            return self._write_degraded(log)
        return text

    def _write_degraded(self, log: dict[str, Any]) -> str:
        from lambda_powertools.logger._serialization import degrade, make_serializer

        log = degrade(log, self.json_default)
        try:
            text = self.serialize(log)
            text.encode()
        except Exception:  # noqa: BLE001  # a custom serializer that raises whatever it is given
            return make_serializer(str, indent=self._indent)(log)
        return text

    def _make_clock(self, datefmt: str | None) -> Clock:
        return Clock(
            datefmt or self.default_time_format,
            utc=self.utc,
            rfc3339=self.use_rfc3339,
            use_datetime=bool(self.use_datetime_directive and datefmt),
        )

    # ---- for the rest of the package

    def add_initial_keys(self, keys: Mapping[str, Any]) -> None:
        """Add keys that `clear_state` does not remove."""
        self._store.extend(keys)

    def use_redaction(self, redact: Redaction | bool | Iterable[Any] | None) -> None:
        """Mask what `Redaction.of` makes of the value from now on."""
        if redact is None or redact is False:
            self.redaction = None
            return
        from lambda_powertools.logger.redaction import Redaction

        self.redaction = Redaction.of(redact)

    def begin_invocation(self, state: InvocationState) -> bool:
        """Give the keys to an invocation; return whether the caller has to end it."""
        return self._store.own(state)

    def end_invocation(self, state: InvocationState, *, keep: bool) -> None:
        """End what `begin_invocation` began: the invocation's keys are kept for those to come, or forgotten."""
        self._store.settle(state, keep=keep)

    def capture(self) -> tuple[Keys, Mapping[str, Any]]:
        """Return the keys that a record made here and now has: those of the formatter, and those of the thread."""
        return self._store.current(), _keys.thread_safe_keys()


JsonFormatter = LambdaPowertoolsFormatter


def _parse_json(message: str) -> Any:
    global _parse_json  # replaces itself: from here on the parser is called directly
    from lambda_powertools.logger._message import parse_json

    _parse_json = parse_json
    return parse_json(message)


def _initial_keys(order: list[str] | None, keys: dict[str, Any]) -> dict[str, Any]:
    first = ["level", "location", "message", "timestamp"] if order is None else order
    standard = {"level": LEVEL, "location": LOCATION, "message": None, "timestamp": TIMESTAMP}
    return {**dict.fromkeys(first), **standard, **keys, "message": None}


def _merge(log: dict[str, Any], keys: Mapping[str, Any]) -> None:
    for name, value in keys.items():
        log[name] = value
        if value is None:
            del log[name]


def _dev_indent() -> int | None:
    if not Settings().dev:
        return None
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        "POWERTOOLS_DEV environment variable is enabled: logs are written with indentation, over several lines",
        PowertoolsUserWarning,
        stacklevel=4,
    )
    return 4
