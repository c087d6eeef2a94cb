"""Levels: of the parameter, the environment, and of Lambda's Advanced Logging Controls.

Reference: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
"""

from __future__ import annotations

import logging
import os
import warnings

from lambda_powertools.core.settings import Setting, Settings, text
from lambda_powertools.core.warnings import PowertoolsUserWarning

_LEGACY: Setting[str | None] = Setting("LOG_LEVEL", None, text)
"""Level of the logs where `POWERTOOLS_LOG_LEVEL` is not set."""

_LAMBDA = {
    "TRACE": 1,  # lets everything through; 0 would hand the decision to the root logger
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARN": logging.WARNING,
    "ERROR": logging.ERROR,
    "FATAL": logging.CRITICAL,
}


def lambda_level() -> int | None:
    """Return the level set in Lambda's Advanced Logging Controls, None if there is none."""
    return _LAMBDA.get(os.environ.get("AWS_LAMBDA_LOG_LEVEL", ""))


def to_level(value: str | int, source: str = "level") -> int:
    """Return the number of a level, given its name in any case or the number itself.

    Raises:
        ValueError: there is no such level.
    """
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        for name in (value.upper(), value):
            number = logging.getLevelName(name)
            if isinstance(number, int):
                return number
    raise ValueError(
        f"Unknown level: {value!r}. {source} takes DEBUG, INFO, WARNING, ERROR, CRITICAL in any case, or a number"
    )


def resolve_level(explicit: str | int | None) -> int:
    """Return the level in force: that of Lambda, else the explicit one, else the environment's, else INFO.

    Warns:
        PowertoolsUserWarning: Lambda's level is stricter than the one asked for.

    Raises:
        ValueError: there is no such level.
    """
    asked = _asked_level(explicit)
    enforced = lambda_level()
    if enforced is None:
        return logging.INFO if asked is None else asked
    if asked is not None and asked < enforced:
        warnings.warn(
            f"Current log level ({logging.getLevelName(asked)}) does not match AWS Lambda Advanced Logging Controls "
            f"minimum log level ({logging.getLevelName(enforced)}). This can lead to data loss: adjust one of them",
            PowertoolsUserWarning,
            stacklevel=4,
        )
    return enforced


def _asked_level(explicit: str | int | None) -> int | None:
    if explicit is not None:
        return to_level(explicit)
    for setting in (Settings.log_level, _LEGACY):
        name = setting.resolve()
        if name is not None:
            return to_level(name, f"environment variable {setting.variable}")
    return None


def warn_if_lambda_drops(level: int, stacklevel: int) -> None:
    """Warn if Lambda will drop statements of a level that is buffered."""
    enforced = lambda_level()
    if enforced is not None and level < enforced:
        warnings.warn(
            f"Advanced Logging Controls ({logging.getLevelName(enforced)}) are stricter than the verbosity of the log "
            f"buffer ({logging.getLevelName(level)}): Lambda drops buffered statements when they are flushed",
            PowertoolsUserWarning,
            stacklevel=stacklevel,
        )
