"""Where metrics go: the base class of providers, and those for CloudWatch and Datadog."""

from __future__ import annotations

from lambda_powertools.metrics.provider.base import BaseProvider

__all__ = ["BaseProvider"]
