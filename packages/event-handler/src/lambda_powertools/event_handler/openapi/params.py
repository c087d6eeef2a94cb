"""Markers that say where a parameter of a route function comes from: `lambda_powertools.openapi.params`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.params import *  # noqa: F403  # all of them
else:
    share(globals(), "params")
