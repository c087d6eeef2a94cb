"""One document for the functions of a service: `lambda_powertools.openapi.merge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.merge import *  # noqa: F403  # all of them
else:
    share(globals(), "merge")
