"""Routers whose `current_event` is known to be that of one front end, for type checkers and editors."""

from __future__ import annotations

from lambda_powertools.event_handler._router import Router

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.data_classes.alb_event import ALBEvent
    from lambda_powertools.data_classes.api_gateway_proxy_event import APIGatewayProxyEvent, APIGatewayProxyEventV2
    from lambda_powertools.data_classes.lambda_function_url_event import LambdaFunctionUrlEvent
    from lambda_powertools.data_classes.vpc_lattice import VPCLatticeEvent, VPCLatticeEventV2

__all__ = [
    "ALBRouter",
    "APIGatewayHttpRouter",
    "APIGatewayRouter",
    "LambdaFunctionUrlRouter",
    "Router",
    "VPCLatticeRouter",
    "VPCLatticeV2Router",
]


class APIGatewayRouter(Router):
    """A router for `APIGatewayRestResolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> APIGatewayProxyEvent: ...  # noqa: D102


class APIGatewayHttpRouter(Router):
    """A router for `APIGatewayHttpResolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> APIGatewayProxyEventV2: ...  # noqa: D102


class LambdaFunctionUrlRouter(Router):
    """A router for `LambdaFunctionUrlResolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> LambdaFunctionUrlEvent: ...  # noqa: D102


class ALBRouter(Router):
    """A router for `ALBResolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> ALBEvent: ...  # noqa: D102


class VPCLatticeRouter(Router):
    """A router for `VPCLatticeResolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> VPCLatticeEvent: ...  # noqa: D102


class VPCLatticeV2Router(Router):
    """A router for `VPCLatticeV2Resolver`."""

    if TYPE_CHECKING:

        @property
        def current_event(self) -> VPCLatticeEventV2: ...  # noqa: D102
