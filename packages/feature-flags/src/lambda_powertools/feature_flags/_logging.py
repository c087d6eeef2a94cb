"""The logger of whoever brings none: silent until core's debug output is on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    LoggerLike = Any  # a logging.Logger, or the Logger of lambda-powertools-logger
else:
    LoggerLike = object

NAME = "lambda_powertools.feature_flags"


class _Quiet:
    """Stands for the package's logger: where nobody has imported logging, nobody can be listening."""

    def debug(self, message: str, *values: Any) -> None:
        if "logging" in sys.modules:
            from lambda_powertools.core.package_logger import get_logger

            get_logger(NAME).debug(message, *values)


DEFAULT: Any = _Quiet()


def logger_or_default(logger: LoggerLike | None) -> Any:
    """Return the given logger, else the package's."""
    return DEFAULT if logger is None else logger
