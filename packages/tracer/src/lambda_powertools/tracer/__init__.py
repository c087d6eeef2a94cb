"""AWS X-Ray tracing for AWS Lambda functions: `Tracer`, and what it needs of a tracing backend in `base`."""

from __future__ import annotations

from lambda_powertools.core.spans import register_span_factory
from lambda_powertools.tracer._spans import open_span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.tracer.__about__ import __version__
    from lambda_powertools.tracer._aiohttp import aiohttp_trace_config
    from lambda_powertools.tracer.tracer import Tracer

_LAZY = {"Tracer": "tracer", "__version__": "__about__", "aiohttp_trace_config": "_aiohttp"}

register_span_factory(open_span)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = getattr(__import__(f"{__name__}.{_LAZY[name]}", fromlist=(name,)), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Tracer", "__version__", "aiohttp_trace_config"]
