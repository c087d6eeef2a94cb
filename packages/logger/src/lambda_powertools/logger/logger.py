"""`Logger`: structured JSON logging on top of the standard library's."""

from __future__ import annotations

import logging
import sys

from lambda_powertools.core.settings import Settings
from lambda_powertools.logger._handler import LineHandler
from lambda_powertools.logger._key_methods import KeyMethods
from lambda_powertools.logger._levels import resolve_level
from lambda_powertools.logger._service import adopt, lock, service_of
from lambda_powertools.logger._statements import Statements
from lambda_powertools.logger.formatter import (
    BasePowertoolsFormatter,
    LambdaPowertoolsFormatter,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType
    from typing import IO, Any, ParamSpec, TypeVar, overload

    from lambda_powertools.logger.buffer import LoggerBufferConfig
    from lambda_powertools.logger.redaction import Redaction

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload

_UNDEFINED = "service_undefined"


class Logger(Statements, KeyMethods):
    """Writes one JSON object per line, with the keys of the service, the invocation and the statement.

    All loggers of one service share handler, formatter and keys; the first one decides about them.

    Example:
        >>> import sys
        >>> logger = Logger(service="doctest-payment", stream=sys.stdout, timestamp=None, location=None)
        >>> logger.append_keys(order_id="o-1")
        >>> logger.info("paid", amount=42)
        {"level":"INFO","message":"paid","service":"doctest-payment","order_id":"o-1","amount":42}
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        service: str | None = None,
        level: str | int | None = None,
        child: bool = False,
        sampling_rate: float | None = None,
        stream: IO[str] | None = None,
        logger_formatter: BasePowertoolsFormatter | None = None,
        logger_handler: logging.Handler | None = None,
        log_uncaught_exceptions: bool = False,
        json_serializer: Callable[[dict[str, Any]], str | bytes] | None = None,
        json_deserializer: Callable[[str], Any] | None = None,
        json_default: Callable[[Any], Any] | None = None,
        datefmt: str | None = None,
        use_datetime_directive: bool = False,
        log_record_order: list[str] | None = None,
        utc: bool = False,
        use_rfc3339: bool = False,
        serialize_stacktrace: bool = True,
        buffer_config: LoggerBufferConfig | None = None,
        redact: Redaction | bool | Iterable[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Create a logger of a service; later ones of the same service share what the first one has set up.

        Args:
            service: name of the service, default `POWERTOOLS_SERVICE_NAME`.
            level: name or number, default `POWERTOOLS_LOG_LEVEL`, else INFO.
            child: use handler and formatter of the service's logger, under the name of the calling module.
            sampling_rate: share of the invocations that are logged at level DEBUG, 0 to 1.
            stream: where to write, default stdout.
            logger_formatter: formats instead of `LambdaPowertoolsFormatter`, whose options are ignored then.
            logger_handler: writes instead of a `StreamHandler`.
            log_uncaught_exceptions: log exceptions that end the process.
            json_serializer: writes the record, instead of compact JSON.
            json_deserializer: reads messages that are JSON texts.
            json_default: gives a JSON-ready form of values of other types, instead of `str`.
            datefmt: directives of `time.strftime`, and `%F` for milliseconds.
            use_datetime_directive: `datefmt` has the directives of `datetime.strftime`, with `%f`.
            log_record_order: keys to begin with.
            utc: write times in UTC.
            use_rfc3339: write times as RFC 3339.
            serialize_stacktrace: write the frames of exceptions as data, too.
            buffer_config: buffer statements of low levels.
            redact: True to mask passwords, tokens and the like; names of keys and compiled patterns to mask those;
                or a `Redaction`.
            kwargs: keys of every record, or %-formats of the standard ones.

        Raises:
            InvalidLoggerSamplingRateError: the sampling rate is no number between 0 and 1.
            ValueError: there is no such level, or an environment variable holds what it may not.
        """
        self.service: str = Settings.service_name.resolve(service) or _UNDEFINED
        self.child = child
        self.sampling_rate = Settings.logger_sample_rate.resolve(sampling_rate)  # type: ignore[arg-type]  # a number or the text
        self.logger_formatter = logger_formatter
        self.logger_handler = logger_handler
        self.log_uncaught_exceptions = log_uncaught_exceptions
        self._service = service_of(self.service)
        self._logger = self._service.logger
        if child:
            self._logger = logging.getLogger(f"{self.service}.{_calling_module(self)}")
            self._logger.setLevel(resolve_level(level))
        else:
            with lock:
                if not self._service.configured:
                    formatter_options = {
                        "json_serializer": json_serializer,
                        "json_deserializer": json_deserializer,
                        "json_default": json_default,
                        "datefmt": datefmt,
                        "use_datetime_directive": use_datetime_directive,
                        "log_record_order": log_record_order,
                        "utc": utc,
                        "use_rfc3339": use_rfc3339,
                        "serialize_stacktrace": serialize_stacktrace,
                        "redact": redact,
                    }
                    self._configure(level, stream, formatter_options, kwargs)
                    if buffer_config is not None:
                        self._service.use_buffer(buffer_config)
        if log_uncaught_exceptions:
            import functools

            from lambda_powertools.logger import log_uncaught_exception_hook

            sys.excepthook = functools.partial(log_uncaught_exception_hook, logger=self)

    def _configure(
        self, level: str | int | None, stream: IO[str] | None, options: dict[str, Any], keys: dict[str, Any]
    ) -> None:
        """Set up what all loggers of the service share. Nothing is changed if an option is wrong."""
        service = self._service
        base_level = resolve_level(level)
        rate = 0.0
        if self.sampling_rate is not None:
            from lambda_powertools.logger._sampling import checked_rate

            rate = checked_rate(self.sampling_rate)
        service.keys = {"service": self.service, "sampling_rate": self.sampling_rate, **keys}
        formatter = self.logger_formatter
        if formatter is None:
            formatter = LambdaPowertoolsFormatter(**options, **service.keys)
        else:
            adopt(formatter, service.keys, options["redact"])
        service.base_level, service.rate = base_level, rate
        self._logger.setLevel(base_level)
        service.install(self.logger_handler or LineHandler(stream or sys.stdout), formatter)
        if rate:
            service.needs_attention()
            service.sample()

    # ---- lambda context

    @overload
    def inject_lambda_context(
        self,
        lambda_handler: Callable[P, R],
        log_event: bool | None = None,
        correlation_id_path: str | None = None,
        clear_state: bool | None = False,
        flush_buffer_on_uncaught_error: bool = False,
        *,
        log_exceptions: bool = False,
    ) -> Callable[P, R]: ...
    @overload
    def inject_lambda_context(
        self,
        lambda_handler: None = None,
        log_event: bool | None = None,
        correlation_id_path: str | None = None,
        clear_state: bool | None = False,
        flush_buffer_on_uncaught_error: bool = False,
        *,
        log_exceptions: bool = False,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def inject_lambda_context(
        self,
        lambda_handler: Callable[..., Any] | None = None,
        log_event: bool | None = None,
        correlation_id_path: str | None = None,
        clear_state: bool | None = False,
        flush_buffer_on_uncaught_error: bool = False,
        *,
        log_exceptions: bool = False,
    ) -> Any:
        """Decorate a handler: every record has the keys of its Lambda context.

        Args:
            lambda_handler: the handler, a function or coroutine function.
            log_event: log the event, default `POWERTOOLS_LOGGER_LOG_EVENT`.
            correlation_id_path: JMESPath of the correlation id in the event; see `correlation_paths`.
            clear_state: forget keys that were added, before the handler and after it.
            flush_buffer_on_uncaught_error: write what is buffered when the handler fails.
            log_exceptions: log the exception of a handler that fails, at level ERROR.

        Raises:
            ImportError: `correlation_id_path` is more than names joined by dots, and lambda-powertools-jmespath is
                not installed.
            CorrelationPathError: `correlation_id_path` is not valid.

        Example:
            >>> from types import SimpleNamespace
            >>> logger = Logger(service="doctest-inject")
            >>> @logger.inject_lambda_context(correlation_id_path="id")
            ... def handler(event, context):
            ...     return logger.get_correlation_id()
            >>> context = SimpleNamespace(function_name="f", memory_limit_in_mb=128, invoked_function_arn="arn",
            ...                           aws_request_id="r-1")
            >>> handler({"id": "c-7"}, context)
            'c-7'
        """
        from lambda_powertools.logger._injection import InjectionOptions, inject

        correlation = None
        if correlation_id_path:
            from lambda_powertools.logger._correlation import compile_path

            correlation = compile_path(correlation_id_path)
        options = InjectionOptions(
            log_event=Settings.logger_log_event.resolve(log_event),
            correlation=correlation,
            clear_state=bool(clear_state),
            flush_on_error=flush_buffer_on_uncaught_error,
            log_exceptions=log_exceptions,
        )

        def decorate(handler: Callable[..., Any]) -> Callable[..., Any]:
            if self._service.configured:
                self._service.hide_from_root()  # from handlers that root has got since
            return inject(handler, self._service, options)

        return decorate if lambda_handler is None else decorate(lambda_handler)

    # ---- level, sampling, buffer

    def setLevel(self, level: str | int | None) -> None:  # noqa: N802  # logging's name
        """Set the level; None for that of the environment."""
        number = resolve_level(level)
        if not self.child:
            self._service.base_level = number
        self._logger.setLevel(number)

    def refresh_sample_rate_calculation(self) -> None:
        """Return to the configured level, and decide again whether this invocation is logged at level DEBUG."""
        if self._service.rate:
            self._service.sample()

    def flush_buffer(self) -> None:
        """Write what is buffered for this invocation, whatever the level."""
        self._service.flush()

    def clear_buffer(self) -> None:
        """Forget what is buffered for this invocation."""
        self._service.discard()

    # ---- the wrapped logger

    @property
    def registered_handler(self) -> logging.Handler:
        """The handler of the service.

        Raises:
            OrphanedChildLoggerError: the logger of the service has not been created yet.
        """
        return self._service.handler

    @property
    def registered_formatter(self) -> BasePowertoolsFormatter:
        """The formatter of the service.

        Raises:
            OrphanedChildLoggerError: the logger of the service has not been created yet.
        """
        return self._service.formatter

    @property
    def log_level(self) -> int:
        """The level, as logging's number."""
        return self._logger.level

    @property
    def initial_log_level(self) -> str | int:
        """The level that sampling starts from, by its name where it has one."""
        number = self._service.base_level
        name = logging.getLevelName(number)
        return number if name == f"Level {number}" else name

    @property
    def name(self) -> str:
        """Name of the wrapped logger."""
        return self._logger.name

    @property
    def handlers(self) -> list[logging.Handler]:
        """The handlers of the wrapped logger."""
        return self._logger.handlers

    def addHandler(self, handler: logging.Handler) -> None:  # noqa: N802  # logging's name
        """Add a handler; it formats as it likes."""
        self._logger.addHandler(handler)

    def addFilter(self, filter: logging.Filter | Callable[[logging.LogRecord], Any]) -> None:  # noqa: A002, N802  # logging's
        """Add a filter to the wrapped logger."""
        self._logger.addFilter(filter)

    def removeFilter(self, filter: logging.Filter | Callable[[logging.LogRecord], Any]) -> None:  # noqa: A002, N802  # logging's
        """Remove a filter from the wrapped logger."""
        self._logger.removeFilter(filter)

    def __getattr__(self, name: str) -> Any:
        """Look an unknown attribute up at the wrapped logger."""
        if name.startswith("_"):  # not there yet, or none of logging's business
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        try:
            return getattr(self._logger, name)
        except AttributeError:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}, nor has the logging.Logger it wraps"
            ) from None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._logger.name} ({logging.getLevelName(self._logger.level)})>"

    def __copy__(self) -> Logger:
        return self._twin()

    def __deepcopy__(self, memo: dict[int, Any]) -> Logger:
        return self._twin()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by name, as logging does: handlers and formatters stay in their process."""
        return _unpickle, (type(self), self.service, self._logger.name if self.child else None)

    def _twin(self) -> Logger:
        twin = type(self).__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin


def _unpickle(kind: type[Logger], service: str, child: str | None) -> Logger:
    if child is None:
        return kind(service=service)
    logger = kind(service=service, child=True)
    logger._logger = logging.getLogger(child)  # noqa: SLF001  # its own class's
    return logger


def _calling_module(logger: Logger) -> str:
    """Return the name of the module that creates the logger, past the constructors of subclasses."""
    frame = sys._getframe(2)  # noqa: SLF001  # logging does so, too
    while frame.f_back is not None and frame.f_code.co_name == "__init__" and _is_inside(logger, frame):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "__main__"))


def _is_inside(logger: Logger, frame: FrameType) -> bool:
    return any(value is logger for value in frame.f_locals.values())
