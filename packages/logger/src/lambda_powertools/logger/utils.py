"""Makes the loggers of other libraries write as a Powertools logger does."""

from __future__ import annotations

import logging

from lambda_powertools.core.package_logger import PACKAGE
from lambda_powertools.logger._levels import to_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.logger._service import Service
    from lambda_powertools.logger.logger import Logger


def copy_config_to_registered_loggers(  # the documented signature
    source_logger: Logger,
    log_level: int | str | None = None,
    ignore_log_level: bool = False,
    include_buffering: bool = False,
    exclude: set[str] | None = None,
    include: set[str] | None = None,
) -> None:
    """Let registered top-level loggers write through the handlers of a Powertools logger, and nowhere else.

    Records of all of them then have the key `name`, the name of their logger.

    Args:
        source_logger: whose handlers are used.
        log_level: level of the loggers, default that of `source_logger`.
        ignore_log_level: leave their levels alone.
        include_buffering: let the buffer of `source_logger` hold their statements, too.
        exclude: names of loggers to leave alone; wins over `include`.
        include: names of the only loggers to change, default all.

    Raises:
        ValueError: there is no such level.

    Example:
        >>> import logging
        >>> from lambda_powertools.logger import Logger
        >>> library = logging.getLogger("doctest_library")
        >>> logger = Logger(service="doctest-copy")
        >>> copy_config_to_registered_loggers(logger, include={"doctest_library"})
        >>> library.handlers == logger.handlers, library.propagate
        (True, False)
    """
    service = source_logger._service  # noqa: SLF001  # the same package's
    level = source_logger.log_level if log_level is None else to_level(log_level, "log_level")
    kept_out = {source_logger.name.partition(".")[0], service.name.partition(".")[0], PACKAGE, *(exclude or ())}
    handlers: list[logging.Handler] = list(service.logger.handlers)
    if include_buffering and service.buffer_level:
        handlers = [_Relay(service)]
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if not isinstance(logger, logging.Logger) or "." in name or name in kept_out:
            continue
        if include and name not in include:
            continue
        logger.handlers = list(handlers)
        logger.propagate = False
        if not ignore_log_level:
            logger.setLevel(level)
    source_logger.append_keys(name="%(name)s")


class _Relay(logging.Handler):
    """Hands the records of another logger to the buffer of a service, or to its handlers."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service

    def emit(self, record: logging.LogRecord) -> None:
        """Buffer the record, or write it."""
        if record.levelno > self._service.buffer_level or not self._service.keep(record, self._write):
            self._write(record)

    def _write(self, record: logging.LogRecord) -> None:
        for handler in self._service.logger.handlers:
            if record.levelno >= handler.level:
                handler.handle(record)
