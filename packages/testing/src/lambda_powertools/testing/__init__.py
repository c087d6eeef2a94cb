"""Contexts, environment, captured output and traces for tests of Lambda functions; fixtures of the same for pytest.

Everything here works without pytest, which only `lambda_powertools.testing.pytest_plugin` imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.testing.context import make_context
    from lambda_powertools.testing.environment import lambda_environment, make_trace_header
    from lambda_powertools.testing.exceptions import PowertoolsTestingError, SegmentsMissingError
    from lambda_powertools.testing.output import Output, parse_output
    from lambda_powertools.testing.running import InvocationResult, invoke
    from lambda_powertools.testing.traces import TraceNode, build_trace
    from lambda_powertools.testing.xray import XRayDaemon

# pytest loads its plugins before any test runs: what is imported here would hide what a test's own imports load.
_LAZY = {
    "InvocationResult": "running",
    "Output": "output",
    "PowertoolsTestingError": "exceptions",
    "SegmentsMissingError": "exceptions",
    "TraceNode": "traces",
    "XRayDaemon": "xray",
    "build_trace": "traces",
    "invoke": "running",
    "lambda_environment": "environment",
    "make_context": "context",
    "make_trace_header": "environment",
    "parse_output": "output",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "InvocationResult",
    "Output",
    "PowertoolsTestingError",
    "SegmentsMissingError",
    "TraceNode",
    "XRayDaemon",
    "__version__",
    "build_trace",
    "invoke",
    "lambda_environment",
    "make_context",
    "make_trace_header",
    "parse_output",
]
