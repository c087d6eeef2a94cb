"""What the short names of `--with` stand for."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

UTILITIES = (
    "auth",
    "batch",
    "circuit-breaker",
    "compat",
    "core",
    "data-classes",
    "data-masking",
    "event-handler",
    "feature-flags",
    "idempotency",
    "jmespath",
    "kafka",
    "logger",
    "metrics",
    "openapi",
    "opentelemetry",
    "parameters",
    "parser",
    "streaming",
    "swagger-ui",
    "tools",
    "tracer",
    "validation",
)
"""What is deployed; the tools for development have no place in a layer."""

_NAME = re.compile(r"(?P<name>[a-z][a-z-]*)(?P<rest>(\[[a-z0-9, -]*\])?\s*([=<>!~].*)?)")
_COMMA = re.compile(r",(?![^\[]*\])")


def requirements_of(given: Iterable[str]) -> list[str]:
    """Return the requirements for values of `--with`; `logger`, `parser==0.2`, and `idempotency[redis]` are names.

    Raises:
        CliUsageError: there is no utility of a name.
    """
    items = [item.strip() for value in given for item in _COMMA.split(value)]
    return list(dict.fromkeys(_requirement(item) for item in items))


def _requirement(item: str) -> str:
    match = _NAME.fullmatch(item.lower().replace("_", "-").removeprefix("lambda-powertools-"))
    name = match["name"] if match else item
    if match is None or (name != "all" and name not in UTILITIES):
        close = get_close_matches(name, UTILITIES, 1)
        mend = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(UTILITIES)}, and all"
        raise CliUsageError(f"--with {item!r} is no utility: {mend} Other distributions are given with -r")
    if name == "all":
        return f"lambda-powertools[all]{match['rest']}"
    return f"lambda-powertools-{name}{match['rest']}"
