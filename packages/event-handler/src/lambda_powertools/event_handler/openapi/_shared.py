"""What validation uses of `lambda_powertools.openapi`: kinds of types, parameters and adapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.kinds import *  # noqa: F403  # all of them
    from lambda_powertools.openapi.parameters import *  # noqa: F403  # all of them
    from lambda_powertools.openapi.validating import *  # noqa: F403  # all of them
else:
    for _name in ("kinds", "parameters", "validating"):
        share(globals(), _name)
