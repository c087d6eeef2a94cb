"""Structured JSON logging for AWS Lambda functions."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import Any, TextIO

    from lambda_powertools.logger import correlation_paths
    from lambda_powertools.logger.__about__ import __version__
    from lambda_powertools.logger._uncaught import log_uncaught_exception_hook
    from lambda_powertools.logger.buffer import LoggerBufferConfig
    from lambda_powertools.logger.logger import Logger
    from lambda_powertools.logger.redaction import Redaction

_LAZY = {
    "__version__": "lambda_powertools.logger.__about__",
    "Logger": "lambda_powertools.logger.logger",
    "LoggerBufferConfig": "lambda_powertools.logger.buffer",
    "Redaction": "lambda_powertools.logger.redaction",
    "log_uncaught_exception_hook": "lambda_powertools.logger._uncaught",
}


def set_package_logger(
    level: str | int | None = None, stream: TextIO | None = None, formatter: logging.Formatter | None = None
) -> None:
    """Write the debug output of all Lambda Powertools packages; calling it again does not write it twice.

    Args:
        level: lowest level to write, default DEBUG.
        stream: where to write, default stdout.
        formatter: how to write, default time, logger, level and message.
    """
    from lambda_powertools.core.package_logger import set_package_logger_handler
    from lambda_powertools.logger._levels import to_level

    set_package_logger_handler(stream, None if level is None else to_level(level), formatter)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = getattr(__import__(_LAZY[name], fromlist=(name,)), name)
        globals()[name] = value
        return value
    if name == "correlation_paths":
        return __import__("lambda_powertools.logger.correlation_paths", fromlist=(name,))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Logger",
    "LoggerBufferConfig",
    "Redaction",
    "__version__",
    "correlation_paths",
    "log_uncaught_exception_hook",
    "set_package_logger",
]
