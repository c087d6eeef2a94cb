"""HTTP event handlers for AWS Lambda: routing, middleware, dependency injection and responses."""

from __future__ import annotations

from lambda_powertools.event_handler.__about__ import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.event_handler import content_types
    from lambda_powertools.event_handler.api_gateway import (
        ALBResolver,
        APIGatewayHttpResolver,
        ApiGatewayResolver,
        APIGatewayRestResolver,
        BaseRouter,
        CORSConfig,
        ProxyEventType,
        Response,
        ResponseBuilder,
    )
    from lambda_powertools.event_handler.appsync import AppSyncResolver
    from lambda_powertools.event_handler.bedrock_agent import BedrockAgentResolver, BedrockResponse
    from lambda_powertools.event_handler.bedrock_agent_function import (
        BedrockAgentFunctionResolver,
        BedrockFunctionResponse,
    )
    from lambda_powertools.event_handler.cookies import Cookie, SameSite
    from lambda_powertools.event_handler.depends import DependencyResolutionError, Depends
    from lambda_powertools.event_handler.events_appsync.appsync_events import AppSyncEventsResolver
    from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
    from lambda_powertools.event_handler.http_resolver import (
        HttpProxyEvent,
        HttpResolver,
        HttpResolverLocal,
        MockLambdaContext,
    )
    from lambda_powertools.event_handler.lambda_function_url import LambdaFunctionUrlResolver
    from lambda_powertools.event_handler.middlewares.base import BaseMiddlewareHandler, NextMiddleware
    from lambda_powertools.event_handler.request import Request
    from lambda_powertools.event_handler.router import (
        ALBRouter,
        APIGatewayHttpRouter,
        APIGatewayRouter,
        LambdaFunctionUrlRouter,
        Router,
        VPCLatticeRouter,
        VPCLatticeV2Router,
    )
    from lambda_powertools.event_handler.types import EventHandlerInstance
    from lambda_powertools.event_handler.vpc_lattice import VPCLatticeResolver, VPCLatticeV2Resolver

_MODULES = {
    "_base_router": "BaseRouter",
    "_finish": "ResponseBuilder",
    "_resolver": "ApiGatewayResolver",
    "_resolvers": "ALBResolver APIGatewayHttpResolver APIGatewayRestResolver",
    "_router": "Router",
    "_sources": "ProxyEventType",
    "appsync": "AppSyncResolver",
    "bedrock_agent": "BedrockAgentResolver BedrockResponse",
    "bedrock_agent_function": "BedrockAgentFunctionResolver BedrockFunctionResponse",
    "cookies": "Cookie SameSite",
    "cors": "CORSConfig",
    "depends": "DependencyResolutionError Depends",
    "events_appsync.appsync_events": "AppSyncEventsResolver",
    "exception_handling": "ExceptionHandlerManager",
    "http_resolver": "HttpProxyEvent HttpResolver HttpResolverLocal MockLambdaContext",
    "lambda_function_url": "LambdaFunctionUrlResolver",
    "middlewares.base": "BaseMiddlewareHandler NextMiddleware",
    "request": "Request",
    "response": "Response",
    "router": (
        "ALBRouter APIGatewayHttpRouter APIGatewayRouter LambdaFunctionUrlRouter VPCLatticeRouter VPCLatticeV2Router"
    ),
    "types": "EventHandlerInstance",
    "vpc_lattice": "VPCLatticeResolver VPCLatticeV2Resolver",
}
"""Names that are exported, by the module that has them."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "content_types":
        return import_module(f"{__name__}.content_types")
    for module, names in _MODULES.items():
        if name in names.split():
            value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ALBResolver",
    "ALBRouter",
    "APIGatewayHttpResolver",
    "APIGatewayHttpRouter",
    "APIGatewayRestResolver",
    "APIGatewayRouter",
    "ApiGatewayResolver",
    "AppSyncEventsResolver",
    "AppSyncResolver",
    "BaseMiddlewareHandler",
    "BaseRouter",
    "BedrockAgentFunctionResolver",
    "BedrockAgentResolver",
    "BedrockFunctionResponse",
    "BedrockResponse",
    "CORSConfig",
    "Cookie",
    "DependencyResolutionError",
    "Depends",
    "EventHandlerInstance",
    "ExceptionHandlerManager",
    "HttpProxyEvent",
    "HttpResolver",
    "HttpResolverLocal",
    "LambdaFunctionUrlResolver",
    "LambdaFunctionUrlRouter",
    "MockLambdaContext",
    "NextMiddleware",
    "ProxyEventType",
    "Request",
    "Response",
    "ResponseBuilder",
    "Router",
    "SameSite",
    "VPCLatticeResolver",
    "VPCLatticeRouter",
    "VPCLatticeV2Resolver",
    "VPCLatticeV2Router",
    "__version__",
    "content_types",
]
