"""The part of a document that holds the features."""

from __future__ import annotations

from typing import Any


class Envelope:
    """Finds the features in a document, once for each document.

    Args:
        expression: JMESPath of the features; without, the document itself is them.
        options: options of the expression.

    Raises:
        InvalidEnvelopeExpressionError: the expression cannot be parsed.
    """

    __slots__ = ("_extract", "_known")

    def __init__(self, expression: str | None, options: dict[str, Any] | None = None) -> None:
        self._extract: Any = None
        self._known: tuple[Any, Any] | None = None
        if expression:
            from lambda_powertools.jmespath import compile_expression

            self._extract = compile_expression(expression, options)

    def features(self, document: Any) -> Any:
        """Return the features; of the same document the same object."""
        if self._extract is None:
            return document
        known = self._known
        if known is None or known[0] is not document:
            known = self._known = (document, self._extract(document))
        return known[1]
