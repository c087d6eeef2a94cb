"""The log statements: `debug` to `critical`, and what they have in common."""

from __future__ import annotations

import logging
import sys

from lambda_powertools.logger import _direct
from lambda_powertools.logger._record import make_record, stack_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType
    from typing import Any

    from lambda_powertools.logger._service import Service

DEBUG, INFO, WARNING, ERROR, CRITICAL = (
    logging.DEBUG,
    logging.INFO,
    logging.WARNING,
    logging.ERROR,
    logging.CRITICAL,
)
_CALLER = 2  # stacklevel of whoever calls a statement


class Statements:
    """The log statements of a `Logger`. All take the same arguments.

    Args of each:
        msg: the message: a text, a dict, or anything else that can be written.
        args: values for the %-directives of the message.
        exc_info: True for the exception being handled, or an exception, or what `sys.exc_info()` returned.
        stack_info: whether the stack is written as well.
        stacklevel: whose line is the location: 2 for the caller, 3 for its caller, and so on.
        extra: keys of this record only.
        kwargs: more keys of this record only; they win over `extra`.
    """

    _logger: logging.Logger
    _service: Service

    def debug(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level DEBUG."""
        if self._logger.isEnabledFor(DEBUG) or self._service.buffer_level:
            self._log(DEBUG, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def info(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level INFO."""
        if self._logger.isEnabledFor(INFO) or self._service.buffer_level:
            self._log(INFO, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def warning(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level WARNING."""
        if self._logger.isEnabledFor(WARNING) or self._service.buffer_level:
            self._log(WARNING, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def error(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level ERROR."""
        if self._logger.isEnabledFor(ERROR) or self._service.buffer_level:
            self._log(ERROR, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def critical(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level CRITICAL."""
        if self._logger.isEnabledFor(CRITICAL) or self._service.buffer_level:
            self._log(CRITICAL, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    fatal = critical

    def exception(
        self,
        msg: object,
        *args: object,
        exc_info: Any = True,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level ERROR, with the exception being handled."""
        if self._logger.isEnabledFor(ERROR) or self._service.buffer_level:
            self._log(ERROR, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def warn(
        self,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at level WARNING; deprecated as it is in `logging`."""
        import warnings

        warnings.warn("The 'warn' method is deprecated, use 'warning' instead", DeprecationWarning, stacklevel=2)
        if self._logger.isEnabledFor(WARNING) or self._service.buffer_level:
            self._log(WARNING, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def log(  # noqa: D417  # the rest is described by the class
        self,
        level: int,
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: bool = False,
        stacklevel: int = 2,
        extra: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        """Log at any level.

        Args:
            level: its number.
            msg: the message.
        """
        if self._logger.isEnabledFor(level) or self._service.buffer_level:
            self._log(level, msg, args, exc_info, stack_info, stacklevel, extra, kwargs)

    def _log(  # the parts of a statement
        self,
        level: int,
        msg: object,
        args: tuple[Any, ...],
        exc_info: Any,
        stack_info: bool,
        stacklevel: int,
        extra: Mapping[str, object] | None,
        keys: dict[str, object],
    ) -> None:
        """Make the record and send it on its way. Called by a statement: its caller is two frames up."""
        logger, service = self._logger, self._service
        if 0 < service.buffer_level < level < ERROR and not logger.isEnabledFor(level):
            return  # it is above what is buffered, and errors write the buffer whether they are enabled or not
        frame = sys._getframe(2) if stacklevel <= _CALLER else _frame(stacklevel)  # noqa: SLF001  # as logging does
        if extra:
            keys = {**extra, **keys}
        if not (args or exc_info or stack_info or service.buffer_level) and _direct.write(
            service, logger, level, frame, msg, keys
        ):
            return
        record = make_record(
            logger.name,
            level,
            frame.f_code,
            frame.f_lineno,
            msg,
            args,
            exc_info,
            stack_of(frame) if stack_info else None,
            keys,
        )
        if exc_info and level >= ERROR:
            from lambda_powertools.logger._uncaught import mark_logged

            mark_logged(record.exc_info)
        if service.buffer_level:
            send(service, logger, record)
        else:
            logger.handle(record)


def send(service: Service, logger: logging.Logger, record: logging.LogRecord) -> None:
    """Write a record or buffer it, as its level demands."""
    limit, level = service.buffer_level, record.levelno
    if limit:
        if level <= limit:
            if service.keep(record, logger.handle) or not logger.isEnabledFor(level):
                return
        elif level >= ERROR and service.buffer_config is not None and service.buffer_config.flush_on_error_log:
            service.flush()
            if not logger.isEnabledFor(level):
                return
    logger.handle(record)


def _frame(stacklevel: int) -> FrameType:
    """Return the frame so many levels above `_log`, the outermost if there are not as many."""
    frame = sys._getframe(1)  # noqa: SLF001  # _log
    for _ in range(stacklevel):
        if frame.f_back is None:
            break
        frame = frame.f_back
    return frame
