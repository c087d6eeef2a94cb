"""Apps, routers and responses, under the name by which much code imports them."""

from __future__ import annotations

from lambda_powertools.event_handler._base_router import BaseRouter
from lambda_powertools.event_handler._finish import ResponseBuilder
from lambda_powertools.event_handler._resolver import ApiGatewayResolver
from lambda_powertools.event_handler._resolvers import ALBResolver, APIGatewayHttpResolver, APIGatewayRestResolver
from lambda_powertools.event_handler._route import Route
from lambda_powertools.event_handler._router import Router
from lambda_powertools.event_handler._sources import ProxyEventType
from lambda_powertools.event_handler.cors import CORSConfig
from lambda_powertools.event_handler.response import Response

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.event_handler.bedrock_agent import BedrockResponse


def __getattr__(name: str) -> Any:
    if name == "BedrockResponse":  # which few apps have a use for
        from lambda_powertools.event_handler.bedrock_agent import BedrockResponse

        return BedrockResponse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ALBResolver",
    "APIGatewayHttpResolver",
    "APIGatewayRestResolver",
    "ApiGatewayResolver",
    "BaseRouter",
    "BedrockResponse",
    "CORSConfig",
    "ProxyEventType",
    "Response",
    "ResponseBuilder",
    "Route",
    "Router",
]
