"""What tracing says of itself: only to the package logger, which is silent unless asked for."""

from __future__ import annotations

LOGGER = "lambda_powertools.tracer"


def report(what: str, error: BaseException | None = None) -> None:
    """Write down at debug level that something could not be traced; the traced code does not notice."""
    from lambda_powertools.core.package_logger import get_logger

    get_logger(LOGGER).debug("%s", what, exc_info=error)
