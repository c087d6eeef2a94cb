"""Formatters: from a log record to one line of JSON."""

from __future__ import annotations

import logging
import time
from abc import ABCMeta, abstractmethod
from contextlib import nullcontext

from lambda_powertools.core.secrets import redact_secrets
from lambda_powertools.core.settings import Settings
from lambda_powertools.core.trace_id import root_of, trace_header
from lambda_powertools.logger import _keys
from lambda_powertools.logger._keys import KeyStore
from lambda_powertools.logger._layout import LEVEL, LOCATION, RESERVED_LOG_ATTRS, TIMESTAMP
from lambda_powertools.logger._record import ASIDE, Aside
from lambda_powertools.logger._timestamps import MILLISECONDS, Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager
    from typing import Any

    from lambda_powertools.logger._assembly import Assembler
    from lambda_powertools.logger._keys import Keys
    from lambda_powertools.logger._quick import NoWriter, QuickWriter
    from lambda_powertools.logger._scope import InvocationState
    from lambda_powertools.logger.redaction import Redaction

    Writer = QuickWriter | NoWriter

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

    def remove_keys(self, keys: Iterable[str]) -> None:  # noqa: ARG002  # for those who implement it
        """Remove keys."""
        raise self._lacking("remove_keys")

    def append_context_keys(self, **additional_keys: Any) -> AbstractContextManager[None]:  # noqa: ARG002  # overridden
        """Return a context manager inside which every record has these keys; here one that does nothing."""
        return nullcontext()

    def thread_safe_append_keys(self, **additional_keys: Any) -> None:  # noqa: ARG002  # for those who implement it
        """Add keys to the records of this thread or task."""
        raise self._lacking("thread_safe_append_keys")

    def thread_safe_get_current_keys(self) -> dict[str, Any]:
        """Return the keys of this thread or task."""
        return {}

    def thread_safe_remove_keys(self, keys: Iterable[str]) -> None:  # noqa: ARG002  # for those who implement it
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

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
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
        self._json_serializer = json_serializer
        self._default_serializer: Callable[[dict[str, Any]], str] | None = None
        self._indent = _dev_indent() if json_serializer is None else None
        self._writer: Writer | None = None
        self._assembler: Assembler | None = None
        self._clock = self._make_clock(datefmt)
        self._store = KeyStore(_initial_keys(log_record_order, kwargs))
        self._trace: tuple[str | None, str | None] = (None, None)
        self.redaction: Redaction | None = None
        self.use_redaction(redact)

    @property
    def json_serializer(self) -> Callable[[dict[str, Any]], str | bytes]:
        """Writes the record."""
        if self._json_serializer is None:
            from lambda_powertools.logger._serialization import make_serializer

            self._default_serializer = self._default_serializer or make_serializer(
                self.json_default, indent=self._indent
            )
            return self._default_serializer
        return self._json_serializer

    @json_serializer.setter
    def json_serializer(self, value: Callable[[dict[str, Any]], str | bytes]) -> None:
        self._json_serializer = value
        self._writer = self._assembler = None

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
        if aside is None or aside.keys is None:
            keys, own_keys = self._store.current(), _keys.thread_safe_keys()
        else:  # those of the moment at which the statement was buffered
            keys, own_keys = aside.keys, aside.thread_safe or {}
        time_text = self.formatTime(record)
        if aside is None and not record.exc_info and not record.stack_info and self.redaction is None:
            writer = self._writer or self._make_writer()
            line = writer.line(record, keys, time_text, own_keys, self.trace_id)
            if line is not None:
                return redact_secrets(line)
        assembler = self._assembler or self._make_assembler()
        layout = keys.layout
        trace = self.trace_id() if layout.traced else None
        return redact_secrets(self._write(assembler.log(record, layout, time_text, own_keys, trace, aside)))

    def _make_writer(self) -> Writer:
        from lambda_powertools.logger._quick import NoWriter, QuickWriter

        ordinary = (
            self._json_serializer is None
            and self.json_deserializer is None
            and self._indent is None
            and type(self).serialize is LambdaPowertoolsFormatter.serialize
        )
        self._writer = QuickWriter(self.json_default) if ordinary else NoWriter()
        return self._writer

    def _make_assembler(self) -> Assembler:
        from functools import partial

        from lambda_powertools.logger._assembly import Assembler
        from lambda_powertools.logger._message import parse_json, parse_with

        parse = parse_json if self.json_deserializer is None else partial(parse_with, self.json_deserializer)
        self._assembler = Assembler(
            parse, stack_trace=self.serialize_stacktrace, text_value=self._json_serializer is not None
        )
        return self._assembler

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

    def mask(self, value: object) -> str:
        """Return a value as text, without what must not be readable."""
        try:
            text = str(value)
        except Exception:  # noqa: BLE001  # a value may do what it likes
            return f"<unprintable {type(value).__name__}>"
        return redact_secrets(text if self.redaction is None else self.redaction.text(text))

    def begin_invocation(self, state: InvocationState, keys: Mapping[str, Any], *, clear: bool) -> bool:
        """Give an invocation keys of its own, cleared before or not; return whether the caller has to end it."""
        if clear:
            _keys.clear_thread_safe_keys()
        return self._store.own(state, keys, clear=clear)

    def end_invocation(self, state: InvocationState, *, keep: bool) -> None:
        """End what `begin_invocation` began: the invocation's keys are kept for those to come, or forgotten."""
        self._store.settle(state, keep=keep)

    def trace_id(self) -> str | None:
        """Return the id of the trace that the caller is part of."""
        header = trace_header()
        if header is None:
            return None
        known, root = self._trace
        if header != known:
            root = root_of(header)
            self._trace = (header, root)
        return root

    def capture(self) -> tuple[Keys, Mapping[str, Any]]:
        """Return the keys that a record made here and now has: those of the formatter, and those of the thread."""
        return self._store.current(), _keys.thread_safe_keys()


JsonFormatter = LambdaPowertoolsFormatter


def _initial_keys(order: list[str] | None, keys: dict[str, Any]) -> dict[str, Any]:
    first = ["level", "location", "message", "timestamp"] if order is None else order
    standard = {"level": LEVEL, "location": LOCATION, "message": None, "timestamp": TIMESTAMP}
    return {**dict.fromkeys(first), **standard, **keys, "message": None}


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
