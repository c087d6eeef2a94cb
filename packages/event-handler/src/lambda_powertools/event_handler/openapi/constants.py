"""What documents and responses hold when nothing else is said: `lambda_powertools.openapi.constants`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.constants import *  # noqa: F403  # all of them
else:
    share(globals(), "constants")
