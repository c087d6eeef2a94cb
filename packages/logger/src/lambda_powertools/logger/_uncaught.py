"""An exception that nobody has caught, as one line of the log and never as two."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.core.trace_id import trace_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from lambda_powertools.logger._service import Service
    from lambda_powertools.logger.logger import Logger

_MARK = "_lambda_powertools_logged"
MESSAGE = "Uncaught exception"


def log_uncaught(service: Service, error: BaseException) -> None:
    """Log an exception at level ERROR where it was raised, unless this request has logged it already."""
    from lambda_powertools.logger._record import make_record
    from lambda_powertools.logger._statements import send

    if getattr(error, _MARK, False) == _request() or not service.logger.isEnabledFor(logging.ERROR):
        return
    code, lineno = _origin(error)
    record = make_record(service.name, logging.ERROR, code, lineno, MESSAGE, exc_info=error)
    mark_logged(record.exc_info)
    send(service, service.logger, record)


def log_uncaught_exception_hook(
    exc_type: type[BaseException], exc_value: BaseException, exc_traceback: TracebackType | None, logger: Logger
) -> None:
    """Log an exception that ends the process: `sys.excepthook`, for a logger."""
    from lambda_powertools.logger._record import make_record
    from lambda_powertools.logger._statements import send

    if logger.isEnabledFor(logging.ERROR):
        code, lineno = _origin(exc_value)
        info = (exc_type, exc_value, exc_traceback)
        record = make_record(logger.name, logging.ERROR, code, lineno, exc_value, exc_info=info)
        send(logger._service, logger._logger, record)  # noqa: SLF001  # the same package's


def mark_logged(exc_info: Any) -> None:
    """Remember that this request has logged an exception, for those who would log it once more on its way out."""
    error = exc_info[1] if exc_info else None
    if error is not None:
        with suppress(Exception):  # an exception without a __dict__ is logged more than once, no harm
            setattr(error, _MARK, _request())


def _request() -> str:
    """Return what tells requests apart: an exception object may be raised again in a later one."""
    invocation = current_invocation()
    return (invocation.request_id if invocation is not None else None) or trace_id() or ""


def _origin(error: BaseException) -> tuple[Any, int]:
    trace = error.__traceback__
    if trace is None:
        frame = sys._getframe(1)  # noqa: SLF001  # never raised: there is no better place
        return frame.f_code, frame.f_lineno
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code, trace.tb_lineno
