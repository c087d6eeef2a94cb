"""Failures that a call survives: of the store, or of a callback."""

from __future__ import annotations

from contextlib import suppress

LOGGER = "lambda_powertools.circuit_breaker"


def warn(message: str, error: BaseException) -> None:
    """Write a failure as a warning with its traceback, to stderr unless the logger has handlers. Never raises."""
    with suppress(Exception):  # what is reported has been survived, so must the report be
        import logging

        from lambda_powertools.core.package_logger import get_logger

        logger = get_logger(LOGGER)
        if not logger.handlers and logging.lastResort is not None:
            logger.addHandler(logging.lastResort)
        logger.warning(message, exc_info=error)
