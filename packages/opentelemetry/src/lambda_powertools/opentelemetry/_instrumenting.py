"""Has libraries traced by the instrumentations that are installed for them."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from lambda_powertools.core.package_logger import get_logger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from opentelemetry.trace import TracerProvider

GROUP = "opentelemetry_instrumentor"
"""Entry-point group in which instrumentations name themselves."""


def instrument(names: Iterable[str], done: set[str], provider: TracerProvider) -> None:
    """Start instrumentations by their names, `*` for all; none twice, and none that fails stops the others.

    Args:
        names: names of entry points.
        done: what has been started; is added to.
        provider: where they record to.
    """
    wanted = set(names)
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    log = get_logger("lambda_powertools.opentelemetry")
    for name in sorted(wanted - installed.keys() - {"*"}):
        log.debug("no instrumentation %r is installed", name)
    for name in sorted(installed if "*" in wanted else wanted & installed.keys()):
        if name in done:
            continue
        done.add(name)
        try:
            installed[name].load()().instrument(tracer_provider=provider)
        except Exception as error:  # the library works untraced
            log.debug("instrumentation %r could not be started", name, exc_info=error)
