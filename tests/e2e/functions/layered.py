"""Says where the packages were found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import powertools
from lambda_powertools.core.discovery import find_plugins
from lambda_powertools.logger import Logger
from lambda_powertools.metrics import Metrics, MetricUnit
from lambda_powertools.tracer import Tracer

if TYPE_CHECKING:
    from lambda_powertools.core.typing import LambdaContext

logger, metrics, tracer = Logger(), Metrics(), Tracer()


@powertools
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Log, measure, and tell."""
    logger.info("from a layer")
    metrics.add_metric("Answers", MetricUnit.Count, 1)
    packages = ("core", "logger", "metrics", "tracer")
    files = {name: str(sys.modules[f"lambda_powertools.{name}"].__file__) for name in packages}
    return {
        "modules": {name: str(Path(file).parents[1]) for name, file in files.items()},
        "plugins": list(handler.application.plugins),
        "checked": all(plugin.checked for plugin in find_plugins(sys.path)),
    }
