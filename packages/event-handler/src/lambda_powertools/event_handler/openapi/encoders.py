"""Python values, models among them, as JSON-ready data: `lambda_powertools.openapi.encoders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.encoders import *  # noqa: F403  # all of them
else:
    share(globals(), "encoders")
