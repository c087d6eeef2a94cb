"""The objects of an OpenAPI 3.1 document: those of `lambda_powertools.openapi.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.event_handler.openapi._requirements import share

if TYPE_CHECKING:
    from lambda_powertools.openapi.models import *  # noqa: F403  # all of them
else:
    share(globals(), "models")
