"""Warnings that point at the line of the user's that caused them, however deep the call below it."""

from __future__ import annotations

import sys
import warnings


def warn(message: str, category: type[Warning]) -> None:
    """Warn at the first line up the stack that is not of this project."""
    frame, level = sys._getframe(1), 2  # noqa: SLF001  # documented; inspect would cost an import
    while frame.f_back is not None and _is_passed_over(frame.f_globals.get("__name__", "")):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


def _is_passed_over(module: str) -> bool:
    return module.startswith("lambda_powertools.") or module == "contextlib"
