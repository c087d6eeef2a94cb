"""The front ends that send HTTP requests to functions: which data class, and where method and path are."""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.data_classes.common import BaseProxyEvent


class ProxyEventType(Enum):
    """What sends the requests; the value is the name of the data class."""

    APIGatewayProxyEvent = "APIGatewayProxyEvent"
    APIGatewayProxyEventV2 = "APIGatewayProxyEventV2"
    ALBEvent = "ALBEvent"
    BedrockAgentEvent = "BedrockAgentEvent"
    VPCLatticeEvent = "VPCLatticeEvent"
    VPCLatticeEventV2 = "VPCLatticeEventV2"
    LambdaFunctionUrlEvent = "LambdaFunctionUrlEvent"


class EventSource:
    """One front end.

    Attributes:
        name: name of its `ProxyEventType`.
        data_class: the class of its events.
        read: returns method and path of an event.
    """

    __slots__ = ("data_class", "name", "read")

    def __init__(self, name: str) -> None:
        module, class_name, self.read = _SOURCES[name]
        from importlib import import_module

        self.name = name
        self.data_class: type[BaseProxyEvent] = getattr(
            import_module(f"lambda_powertools.data_classes.{module}"), class_name
        )

    def base_path(self, raw: dict[str, Any]) -> str:
        """Return the part of the public path that the event's path lacks: `/<stage>`, or nothing."""
        context = raw.get("requestContext")
        if not isinstance(context, dict) or self.name not in _STAGED:
            return ""
        stage = context.get("stage")
        http = context.get("http") if self.name != "APIGatewayProxyEvent" else context
        path = http.get("path") if isinstance(http, dict) else None
        if stage and stage != "$default" and isinstance(path, str) and path.startswith(f"/{stage}"):
            return f"/{stage}"
        return ""

    def accepts(self, event: Any) -> bool:
        """Return whether an event has the shape that this front end sends."""
        raw = getattr(event, "raw_event", event)
        if not isinstance(raw, dict):
            return False
        try:
            method, path = self.read(self.data_class(raw), raw)
        except (KeyError, TypeError, AttributeError):
            return False
        texts: tuple[Any, Any] = (method, path)
        return all(isinstance(text, str) for text in texts)


def _read_proxy(_event: BaseProxyEvent, raw: dict[str, Any]) -> tuple[str, str]:
    return raw["httpMethod"], raw["path"]


def _read_http_api(event: BaseProxyEvent, raw: dict[str, Any]) -> tuple[str, str]:
    return raw["requestContext"]["http"]["method"], event.path


def _read_lattice(_event: BaseProxyEvent, raw: dict[str, Any]) -> tuple[str, str]:
    return raw["method"], raw["raw_path"].partition("?")[0]


def _read_lattice_v2(_event: BaseProxyEvent, raw: dict[str, Any]) -> tuple[str, str]:
    return raw["method"], raw["path"].partition("?")[0]


def _read_event(event: BaseProxyEvent, _raw: dict[str, Any]) -> tuple[str, str]:
    return event.http_method, event.path


_STAGED = frozenset({"APIGatewayProxyEvent", "APIGatewayProxyEventV2", "LambdaFunctionUrlEvent"})

_SOURCES: dict[str, tuple[str, str, Callable[[BaseProxyEvent, dict[str, Any]], tuple[str, str]]]] = {
    "APIGatewayProxyEvent": ("api_gateway_proxy_event", "APIGatewayProxyEvent", _read_proxy),
    "APIGatewayProxyEventV2": ("api_gateway_proxy_event", "APIGatewayProxyEventV2", _read_http_api),
    "ALBEvent": ("alb_event", "ALBEvent", _read_proxy),
    "BedrockAgentEvent": ("bedrock_agent_event", "BedrockAgentEvent", _read_event),
    "VPCLatticeEvent": ("vpc_lattice", "VPCLatticeEvent", _read_lattice),
    "VPCLatticeEventV2": ("vpc_lattice", "VPCLatticeEventV2", _read_lattice_v2),
    "LambdaFunctionUrlEvent": ("lambda_function_url_event", "LambdaFunctionUrlEvent", _read_http_api),
}
