"""What kind of type an annotation is: `lambda_powertools.openapi.kinds`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.kinds import *  # noqa: F403  # all of them
else:
    share(globals(), "kinds")
