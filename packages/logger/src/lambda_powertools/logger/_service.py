"""What all loggers of one service share: handler, formatter, base level, sampling and the buffer."""

from __future__ import annotations

import logging
import threading
import warnings

from lambda_powertools.core.settings import Settings
from lambda_powertools.core.trace_id import trace_id
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.logger import _keys, _registry
from lambda_powertools.logger._levels import warn_if_lambda_drops
from lambda_powertools.logger._record import ASIDE, NAMES, Aside
from lambda_powertools.logger._scope import current_state, is_ambiguous
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.logger._direct import Route
    from lambda_powertools.logger.buffer import LogBuffer, LoggerBufferConfig
    from lambda_powertools.logger.exceptions import OrphanedChildLoggerError
    from lambda_powertools.logger.formatter import BasePowertoolsFormatter

_ATTRIBUTE = "_lambda_powertools_service"
_STACKLEVEL = 5  # out of this package, to about where a statement was made

lock = threading.RLock()
"""Held while a logger is configured: of two first instances only one is the first."""


class Service:
    """What all loggers of one service share. It is kept at the `logging.Logger` of that name.

    Attributes:
        logger: the logger of the service itself.
        configured: whether there has been a first `Logger`; before it, children have no formatter.
        keys: what the first instance was given as keys, for a formatter that was not made from them.
        base_level: the level that sampling starts from.
        rate: the sampling rate, 0 when nothing is sampled.
        buffer_level: the highest level that is buffered, 0 when none is.
        route: the direct way to the stream, None if it is not known or not free.
    """

    __slots__ = (
        "_formatter",
        "_handler",
        "_traced_buffer",
        "base_level",
        "buffer_config",
        "buffer_level",
        "configured",
        "keys",
        "logger",
        "rate",
        "route",
    )

    def __init__(self, logger: logging.Logger) -> None:
        self.logger = logger
        self.configured = False
        self.keys: dict[str, Any] = {}
        self.base_level = logging.INFO
        self.rate = 0.0
        self.buffer_config: LoggerBufferConfig | None = None
        self.buffer_level = 0
        self.route: Route | None = None
        self._formatter: BasePowertoolsFormatter | None = None
        self._handler: logging.Handler | None = None
        self._traced_buffer: tuple[str, LogBuffer] | None = None

    @property
    def name(self) -> str:
        """Name of the service."""
        return self.logger.name

    @property
    def handler(self) -> logging.Handler:
        """The handler of the service.

        Raises:
            OrphanedChildLoggerError: the logger of the service has not been created yet.
        """
        if self._handler is None:
            raise self._orphaned()
        return self._handler

    @property
    def formatter(self) -> BasePowertoolsFormatter:
        """The formatter of the service.

        Raises:
            OrphanedChildLoggerError: the logger of the service has not been created yet.
        """
        if self._formatter is None:
            raise self._orphaned()
        return self._formatter

    def install(self, handler: logging.Handler, formatter: BasePowertoolsFormatter) -> None:
        """Attach the handler and, to it, the formatter; from now on the service is configured."""
        self.use_formatter(formatter, handler)
        self._handler = handler
        self.logger.addHandler(handler)
        self.hide_from_root()
        self.configured = True
        _registry.services.append(self)

    def use_formatter(self, formatter: BasePowertoolsFormatter, handler: logging.Handler | None = None) -> None:
        """Write with another formatter from now on."""
        (handler or self.handler).setFormatter(formatter)
        self._formatter = formatter
        if not isinstance(formatter, LambdaPowertoolsFormatter):
            self.needs_attention()

    def needs_attention(self) -> None:
        """Have the plugin look at the service at each invocation."""
        if self not in _registry.special:
            _registry.special.append(self)

    def hide_from_root(self) -> None:
        """Keep the handlers of the root logger from printing every record a second time."""
        if Settings.log_deduplication_disabled.resolve():
            return
        from lambda_powertools.logger.filters import SuppressFilter

        for handler in logging.getLogger().handlers:
            hidden = any(getattr(filter_, "logger", None) == self.name for filter_ in handler.filters)
            if not hidden and not _is_caplog(handler):
                handler.addFilter(SuppressFilter(self.name))

    def clear_state(self) -> None:
        """Return to the keys that the first instance was constructed with."""
        formatter = self.formatter
        formatter.clear_state()
        _keys.clear_thread_safe_keys()
        if not isinstance(formatter, LambdaPowertoolsFormatter):
            formatter.append_keys(**self.keys)

    def use_sampling(self, rate: float, configured: object) -> None:
        """Sample from now on; records have the key `sampling_rate`, as it was configured."""
        self.rate = rate
        self.keys["sampling_rate"] = configured
        formatter = self.formatter
        if isinstance(formatter, LambdaPowertoolsFormatter):
            formatter.add_initial_keys({"sampling_rate": configured})
        else:
            formatter.append_keys(sampling_rate=configured)
        if rate:
            self.needs_attention()
            self.sample()

    def sample(self) -> None:
        """Decide whether all is logged from now on: with the probability of the sampling rate."""
        from lambda_powertools.logger._sampling import is_sampled

        self.logger.setLevel(logging.DEBUG if is_sampled(self.rate) else self.base_level)

    # ---- buffer

    def use_buffer(self, config: LoggerBufferConfig) -> None:
        """Buffer statements from now on."""
        self.buffer_config = config
        self.buffer_level = config.level
        warn_if_lambda_drops(config.level, _STACKLEVEL)

    def keep(self, record: logging.LogRecord, emit: Callable[[logging.LogRecord], Any]) -> bool:
        """Buffer a record; return False if nothing is buffered here and now.

        A record larger than the whole buffer is written at once, with a warning.
        """
        buffer = self._buffer(create=True)
        if buffer is None:
            return False
        from lambda_powertools.logger.buffer import frozen, size_of

        keys = {name: frozen(value) for name, value in record.__dict__.items() if name not in NAMES and name != ASIDE}
        record.__dict__.update(keys)
        record.msg = frozen(record.msg)
        record.args = tuple(map(frozen, record.args)) if isinstance(record.args, tuple) else frozen(record.args)
        aside: Aside = getattr(record, ASIDE, None) or Aside()
        if isinstance(self._formatter, LambdaPowertoolsFormatter):
            aside.keys, aside.thread_safe = self._formatter.capture()
        if aside.collided:
            keys.update(aside.collided)
        setattr(record, ASIDE, aside)
        if not buffer.add(record, emit, size_of(record, keys)):
            warnings.warn(
                "A log statement is larger than the whole log buffer: it is written at once. Raise max_bytes",
                PowertoolsUserWarning,
                stacklevel=_STACKLEVEL,
            )
            emit(record)
        return True

    def flush(self) -> None:
        """Write what is buffered for the invocation at hand."""
        buffer = self._buffer()
        if buffer is not None and self.buffer_config is not None:
            self.flush_of(buffer)

    def flush_of(self, buffer: LogBuffer) -> None:
        """Write what a buffer of this service holds."""
        if not buffer:
            return
        warn_if_lambda_drops(self.buffer_level, _STACKLEVEL)
        if buffer.flush():
            warnings.warn(
                "Some log statements are missing: they were evicted from the log buffer because it was full. "
                "Raise max_bytes of LoggerBufferConfig",
                PowertoolsUserWarning,
                stacklevel=_STACKLEVEL,
            )

    def discard(self) -> None:
        """Forget what is buffered for the invocation at hand."""
        buffer = self._buffer()
        if buffer is not None:
            buffer.clear()

    def _buffer(self, *, create: bool = False) -> LogBuffer | None:
        config = self.buffer_config
        if config is None:
            return None
        state = current_state(create=create)
        if state is not None:
            if not state.identified:
                return None
            buffer = state.buffers.get(self)
            if buffer is None and create:
                from lambda_powertools.logger.buffer import LogBuffer

                # setdefault, as another thread of the invocation may have been quicker
                buffer = state.buffers.setdefault(self, LogBuffer(config.max_bytes))
            return buffer
        trace = None if is_ambiguous() else trace_id()
        if trace is None:
            return None
        if self._traced_buffer is None or self._traced_buffer[0] != trace:
            from lambda_powertools.logger.buffer import LogBuffer

            self._traced_buffer = (trace, LogBuffer(config.max_bytes))
        return self._traced_buffer[1]

    def _orphaned(self) -> OrphanedChildLoggerError:
        from lambda_powertools.logger.exceptions import OrphanedChildLoggerError

        return OrphanedChildLoggerError(
            f"a child logger of service {self.name!r} was used before the logger of the service itself exists: "
            f"create Logger(service={self.name!r}) first, or touch the keys of the child later"
        )


def service_of(name: str) -> Service:
    """Return what the loggers of a service share; it is made at the first need, and not configured then."""
    logger = logging.getLogger(name)
    service: Service | None = getattr(logger, _ATTRIBUTE, None)
    if service is None:
        with lock:
            service = getattr(logger, _ATTRIBUTE, None) or Service(logger)
            setattr(logger, _ATTRIBUTE, service)
    return service


def adopt(formatter: BasePowertoolsFormatter, keys: dict[str, Any], redact: Any) -> None:
    """Give a formatter that the user has made the keys of a service, and what is to be masked."""
    if isinstance(formatter, LambdaPowertoolsFormatter):
        formatter.add_initial_keys(keys)
    else:
        formatter.append_keys(**keys)
    adopt_redaction(formatter, redact)


def adopt_redaction(formatter: BasePowertoolsFormatter, redact: Any) -> None:
    """Let a formatter mask what `redact` says, unless it masks something already."""
    if isinstance(formatter, LambdaPowertoolsFormatter):
        if formatter.redaction is None:
            formatter.use_redaction(redact)
    elif redact:
        warnings.warn(
            f"redact has no effect with the formatter {type(formatter).__name__}: it has to mask what it writes, or to "
            "derive from LambdaPowertoolsFormatter",
            PowertoolsUserWarning,
            stacklevel=_STACKLEVEL,
        )


def _is_caplog(handler: logging.Handler) -> bool:
    # By name: pytest is not imported where it does not run.
    kinds = ((kind.__module__, kind.__name__) for kind in type(handler).__mro__)
    return ("_pytest.logging", "LogCaptureHandler") in kinds
