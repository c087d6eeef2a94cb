"""Every exception of the logger.

LoggerError (a PowertoolsError)
├── InvalidLoggerSamplingRateError     the sampling rate is no number between 0 and 1
├── OrphanedChildLoggerError           a child needs its parent's formatter, and there is no parent yet
└── CorrelationPathError (also ValueError)   the correlation id's expression cannot be compiled
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class LoggerError(PowertoolsError):
    """Base of every exception of this package."""


class InvalidLoggerSamplingRateError(LoggerError):
    """The sampling rate is no number between 0 and 1."""


class OrphanedChildLoggerError(LoggerError):
    """A child logger was asked for keys or its formatter before the logger of its service was created."""


class CorrelationPathError(LoggerError, ValueError):
    """The expression that finds the correlation id is not valid JMESPath."""
