"""Where metrics go: the base class of providers, and those for CloudWatch and Datadog."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.metrics.provider.base import BaseProvider


def __getattr__(name: str) -> Any:
    if name == "BaseProvider":
        from lambda_powertools.metrics.provider.base import BaseProvider

        return BaseProvider
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["BaseProvider"]
