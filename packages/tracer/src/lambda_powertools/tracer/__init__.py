"""AWS X-Ray tracing for AWS Lambda functions: `Tracer`, and what it needs of a tracing backend in `base`."""

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.spans import register_span_factory
from lambda_powertools.tracer.__about__ import __version__
from lambda_powertools.tracer._spans import open_span
from lambda_powertools.tracer.tracer import Tracer

if TYPE_CHECKING:
    from lambda_powertools.tracer._aiohttp import aiohttp_trace_config

register_span_factory(open_span)


def __getattr__(name: str) -> Any:
    if name == "aiohttp_trace_config":
        from lambda_powertools.tracer._aiohttp import aiohttp_trace_config

        return aiohttp_trace_config
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Tracer", "__version__", "aiohttp_trace_config"]
