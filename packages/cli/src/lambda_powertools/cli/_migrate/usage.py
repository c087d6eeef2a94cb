"""What code uses of these packages: the distributions that it needs, and which extras of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_powertools.cli._migrate.table import DISTRIBUTIONS, OLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMPAT = "lambda-powertools-compat"
"""The distribution that has the old paths."""

EVENT_HANDLER = "lambda-powertools-event-handler"
KAFKA = "lambda-powertools-kafka"

INHERITED: dict[str, dict[str, str]] = {
    "aws-sdk": dict.fromkeys(
        (
            "lambda-powertools-auth",
            "lambda-powertools-circuit-breaker",
            "lambda-powertools-feature-flags",
            "lambda-powertools-idempotency",
            "lambda-powertools-parameters",
            "lambda-powertools-streaming",
        ),
        "aws-sdk",
    ),
    "datadog": {"lambda-powertools-metrics": "datadog"},
    "kafka-consumer-avro": {KAFKA: "avro"},
    "kafka-consumer-protobuf": {KAFKA: "protobuf"},
    "redis": {"lambda-powertools-idempotency": "redis"},
    "valkey": {"lambda-powertools-idempotency": "valkey"},
}
"""Extra of the original -> distribution -> its extra. Those of the original that are not here are dependencies now."""

_BY_MODULE = {
    "lambda_powertools.event_handler.middlewares.openapi_validation": (EVENT_HANDLER, "openapi"),
    "lambda_powertools.event_handler.middlewares.schema_validation": (EVENT_HANDLER, "validation"),
    "lambda_powertools.event_handler.openapi": (EVENT_HANDLER, "openapi"),
}
_BY_NAME = {
    "BedrockAgentResolver": (EVENT_HANDLER, "openapi"),
    "SchemaValidationMiddleware": (EVENT_HANDLER, "validation"),
}
_BY_TEXT = {"AVRO": (KAFKA, "avro"), "PROTOBUF": (KAFKA, "protobuf")}


@dataclass
class Usage:
    """Distributions, each with the extras that the code shows a need of."""

    extras: dict[str, set[str]] = field(default_factory=dict)

    def merge(self, other: Usage) -> None:
        """Take what other code needs too."""
        for distribution, extras in other.extras.items():
            self.extras.setdefault(distribution, set()).update(extras)

    def requirements(self, inherited: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the distributions to require, each with its extras.

        Args:
            inherited: the extras that were required of the original.
        """
        asked = [INHERITED.get(extra, {}) for extra in inherited]
        needed = {
            name: extras | {of[name] for of in asked if name in of} for name, extras in sorted(self.extras.items())
        }
        return [(name, tuple(sorted(extras))) for name, extras in needed.items()]


def usage_of(code: str) -> Usage:
    """Return what a file needs; code that cannot be read needs nothing."""
    if "lambda_powertools" not in code:
        return Usage()
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return Usage()
    usage = Usage()
    shown: list[tuple[str, str]] = []
    for module in _modules(tree):
        shown += [need for path, need in _BY_MODULE.items() if module == path or module.startswith(f"{path}.")]
        distribution = _distribution(module)
        if distribution is not None:
            usage.extras.setdefault(distribution, set())
    for distribution, extra in (*shown, *_shown(tree)):
        if distribution in usage.extras:
            usage.extras[distribution].add(extra)
    return usage


def _modules(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that code imports, and the names that may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _distribution(module: str) -> str | None:
    parts = module.split(".")
    return COMPAT if parts[0] == OLD else DISTRIBUTIONS.get(".".join(parts[:2]))


def _shown(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the extras that names, arguments and texts show a need of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and node.name in _BY_NAME:
            yield _BY_NAME[node.name]
        elif isinstance(node, ast.Attribute) and node.attr in _BY_NAME:
            yield _BY_NAME[node.attr]
        elif isinstance(node, ast.keyword) and node.arg == "enable_validation":
            if not (isinstance(node.value, ast.Constant) and node.value.value is False):
                yield EVENT_HANDLER, "openapi"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in _BY_TEXT:
            yield _BY_TEXT[node.value]
