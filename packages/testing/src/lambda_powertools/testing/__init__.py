"""Events, contexts, clients, clocks and stores for tests of Lambda functions, and what their calls write and trace.

Everything here works without pytest, which only `lambda_powertools.testing.pytest_plugin` imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.testing import events, memory
    from lambda_powertools.testing.client import ClientResponse, TestClient
    from lambda_powertools.testing.clock import FakeClock
    from lambda_powertools.testing.context import make_context
    from lambda_powertools.testing.environment import lambda_environment, make_trace_header
    from lambda_powertools.testing.exceptions import (
        ExpectationError,
        MalformedResponseError,
        MissingDistributionError,
        PluginConformanceError,
        PowertoolsTestingError,
        SegmentsMissingError,
        StoreConformanceError,
    )
    from lambda_powertools.testing.expectations import Logs, Metric, Metrics, Spans
    from lambda_powertools.testing.output import Output, parse_output
    from lambda_powertools.testing.running import InvocationResult, invoke
    from lambda_powertools.testing.traces import TraceNode, build_trace
    from lambda_powertools.testing.xray import XRayDaemon

# pytest loads its plugins before any test runs: what is imported here would hide what a test's own imports load.
_LAZY = {
    "ClientResponse": "client",
    "ExpectationError": "exceptions",
    "FakeClock": "clock",
    "InvocationResult": "running",
    "Logs": "expectations",
    "MalformedResponseError": "exceptions",
    "Metric": "expectations",
    "Metrics": "expectations",
    "MissingDistributionError": "exceptions",
    "Output": "output",
    "PluginConformanceError": "exceptions",
    "PowertoolsTestingError": "exceptions",
    "SegmentsMissingError": "exceptions",
    "Spans": "expectations",
    "StoreConformanceError": "exceptions",
    "TestClient": "client",
    "TraceNode": "traces",
    "XRayDaemon": "xray",
    "build_trace": "traces",
    "invoke": "running",
    "lambda_environment": "environment",
    "make_context": "context",
    "make_trace_header": "environment",
    "parse_output": "output",
}
_MODULES = ("events", "memory")


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ClientResponse",
    "ExpectationError",
    "FakeClock",
    "InvocationResult",
    "Logs",
    "MalformedResponseError",
    "Metric",
    "Metrics",
    "MissingDistributionError",
    "Output",
    "PluginConformanceError",
    "PowertoolsTestingError",
    "SegmentsMissingError",
    "Spans",
    "StoreConformanceError",
    "TestClient",
    "TraceNode",
    "XRayDaemon",
    "__version__",
    "build_trace",
    "events",
    "invoke",
    "lambda_environment",
    "make_context",
    "make_trace_header",
    "memory",
    "parse_output",
]
