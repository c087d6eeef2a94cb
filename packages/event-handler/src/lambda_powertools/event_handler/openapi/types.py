"""Shapes of the dictionaries that routes describe their responses with: `lambda_powertools.openapi.types`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.types import *  # noqa: F403  # all of them
else:
    share(globals(), "types")
