"""What the packages say of themselves: debug output, silent unless asked for, and failures of plugins, never silent."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

from lambda_powertools.core.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import TextIO

PACKAGE = "lambda_powertools"
FAILURES = "lambda_powertools.failures"
FORMAT = "%(asctime)s %(name)s [%(levelname)s] %(message)s"

_debug_announced = False


def get_logger(name: str) -> logging.Logger:
    """Return a logger below the package logger, which is silent until `POWERTOOLS_DEBUG` or a handler is set."""
    import logging  # not at import: a function without a logger should not pay for it

    package = logging.getLogger(PACKAGE)
    if not package.handlers:
        package.addHandler(logging.NullHandler())
        package.propagate = False
    return logging.getLogger(name)


def set_package_logger_handler(
    stream: TextIO | None = None, level: int | None = None, formatter: logging.Formatter | None = None
) -> None:
    """Write the packages' debug output to `stream` (default: stdout) from now on; calling it again changes nothing.

    Args:
        stream: where to write.
        level: lowest level to write, `logging.DEBUG` by default.
        formatter: how to write, time, logger, level and message by default.
    """
    import logging

    package = get_logger(PACKAGE)
    package.setLevel(logging.DEBUG if level is None else level)
    if any(handler.name == PACKAGE for handler in package.handlers):
        return
    handler = logging.StreamHandler(sys.stdout if stream is None else stream)
    handler.name = PACKAGE  # ours, whatever others hang on the logger: test runners do
    handler.setFormatter(formatter or logging.Formatter(FORMAT))
    package.addHandler(handler)


def enable_debug_from_environment() -> None:
    """Switch debug output on if `POWERTOOLS_DEBUG` says so, and warn once that it is on."""
    global _debug_announced  # once for the process
    if _debug_announced or not Settings().debug:
        return
    _debug_announced = True
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        "POWERTOOLS_DEBUG environment variable is enabled: the packages write debug output to stdout",
        PowertoolsUserWarning,
        stacklevel=3,
    )
    set_package_logger_handler()


def report_failure(message: str, error: BaseException) -> None:
    """Write a failure that the invocation survived to stderr, with its traceback. Never raises.

    Through the logger `lambda_powertools.failures`: give it handlers of your own to send failures elsewhere.
    """
    with suppress(Exception):  # what is reported has been survived, so must the report be
        logger = get_logger(FAILURES)
        with _failures_lock:
            if not logger.handlers:
                logger.addHandler(_stderr_handler())
                logger.propagate = False
        logger.error(message, exc_info=error)


_failures_lock = threading.Lock()


def _stderr_handler() -> logging.Handler:
    import logging

    class StderrHandler(logging.StreamHandler):  # type: ignore[type-arg]  # takes no argument on Python 3.10
        """Writes to what stderr is at the time, as it may be replaced."""

        def emit(self, record: logging.LogRecord) -> None:
            self.stream = sys.stderr
            super().emit(record)

    handler = StderrHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler
