"""JMESPath for events of AWS Lambda functions: functions that decode, and ready expressions."""

from __future__ import annotations

from lambda_powertools.jmespath.__about__ import __version__
from lambda_powertools.jmespath.expressions import compile_expression, extract_data_from_envelope, query

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.jmespath import envelopes
    from lambda_powertools.jmespath.exceptions import InvalidEnvelopeExpressionError
    from lambda_powertools.jmespath.functions import PowertoolsFunctions

_LAZY = {
    "InvalidEnvelopeExpressionError": "exceptions",
    "PowertoolsFunctions": "functions",
    "envelopes": "envelopes",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        module = import_module(f"{__name__}.{_LAZY[name]}")
        value = getattr(module, name, module)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "InvalidEnvelopeExpressionError",
    "PowertoolsFunctions",
    "__version__",
    "compile_expression",
    "envelopes",
    "extract_data_from_envelope",
    "query",
]
