"""What `configure_openapi` remembers: `lambda_powertools.openapi.config`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.config import *  # noqa: F403  # all of them
else:
    share(globals(), "config")
