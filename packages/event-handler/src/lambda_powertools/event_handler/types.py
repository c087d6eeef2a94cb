"""Types for annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver

EventHandlerInstance = TypeVar("EventHandlerInstance", bound="ApiGatewayResolver")
"""A resolver of any front end, for the first parameter of a middleware."""
