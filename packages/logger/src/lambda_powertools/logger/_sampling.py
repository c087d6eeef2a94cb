"""Sampling: a share of the invocations is logged at level DEBUG."""

from __future__ import annotations

import os

from lambda_powertools.logger.exceptions import InvalidLoggerSamplingRateError

_RANDOM_BYTES = 6
_RANGE = 1 << 8 * _RANDOM_BYTES


def checked_rate(rate: object) -> float:
    """Return a sampling rate as a number.

    Raises:
        InvalidLoggerSamplingRateError: it is no number between 0 and 1.
    """
    try:
        number = float(rate)  # type: ignore[arg-type]  # whatever it is, it is judged here
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise InvalidLoggerSamplingRateError(
            f"the sampling rate is {rate!r}, it has to be a number between 0 and 1: set it with "
            "Logger(sampling_rate=...) or the environment variable POWERTOOLS_LOGGER_SAMPLE_RATE"
        )
    return number


def is_sampled(rate: float) -> bool:
    """Roll the dice."""
    # Enough for this, and importing random takes longer than all else that the logger does at its start.
    return int.from_bytes(os.urandom(_RANDOM_BYTES), "big") < rate * _RANGE
