"""The warning of this provider."""

from __future__ import annotations


class DatadogDataValidationWarning(Warning):
    """A tag that Datadog may not take as it is; the metric is kept."""
