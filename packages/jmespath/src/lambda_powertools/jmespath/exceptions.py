"""The exceptions of this package.

Exception (core's `PowertoolsError` where core is installed)
└── InvalidEnvelopeExpressionError   an expression, its options or the text it decodes cannot be used
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Root = Exception

else:
    # By name, as this package works without core; with it, one `except PowertoolsError` catches this too.
    try:
        from importlib import import_module

        Root = import_module("lambda_powertools.core.exceptions").PowertoolsError
    except ImportError:
        Root = Exception


class InvalidEnvelopeExpressionError(Root):
    """An expression cannot be parsed, its options are wrong, or what it decodes is not text; the cause is chained."""
