"""The services that have a configured logger in this process, for the plugin, which acts on all of them.

Held as firmly as `logging` holds every logger it has made: to the end of the process.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.logger._service import Service

services: list[Service] = []
"""All of them, the one configured first at the front."""

special: list[Service] = []
"""Those that need something done at each invocation: they sample, or have a formatter that keeps its own keys."""
