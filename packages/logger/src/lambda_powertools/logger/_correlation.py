"""Finds the correlation id in an event."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lambda_powertools.logger.exceptions import CorrelationPathError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Extract = Callable[[Any], Any]

_STEP = re.compile(r'([A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)+")(\.|$)')


def compile_path(expression: str) -> Extract:
    """Return a function that evaluates a JMESPath expression on an event.

    Names joined by dots are evaluated here; whatever else JMESPath knows needs the distribution
    lambda-powertools-jmespath, which adds functions to decode JSON and base64. Grammar:
    https://jmespath.org/specification.html

    Raises:
        ImportError: the expression needs a distribution that is not installed.
        CorrelationPathError: the expression is not valid.

    Example:
        >>> find = compile_path('headers."x-amzn-trace-id"')
        >>> find({"headers": {"x-amzn-trace-id": "Root=1-2"}}), find("no mapping")
        ('Root=1-2', None)
    """
    steps = _plain_steps(expression)
    if steps is None:
        return _compile_jmespath(expression)

    def extract(event: Any) -> Any:
        value = getattr(event, "raw_event", event)
        for step in steps:
            if not isinstance(value, Mapping):
                return None
            value = value.get(step)
        return value

    return extract


def _plain_steps(expression: str) -> tuple[str, ...] | None:
    steps: list[str] = []
    position = 0
    while position < len(expression):
        match = _STEP.match(expression, position)
        if match is None:
            return None
        name = match.group(1)
        if name.startswith('"'):
            import json

            try:
                name = json.loads(name)
            except ValueError:
                return None
        steps.append(name)
        position = match.end()
    return tuple(steps) if steps and not expression.endswith(".") else None


def _compile_jmespath(expression: str) -> Extract:
    from importlib import import_module

    try:
        jmespath: Any = import_module("jmespath")
        functions = import_module("lambda_powertools.jmespath").PowertoolsFunctions()
    except ImportError as error:
        raise ImportError(
            f"the correlation id path {expression!r} is more than names joined by dots: "
            "it needs pip install lambda-powertools-jmespath"
        ) from error
    try:
        compiled = jmespath.compile(expression)
    except jmespath.exceptions.JMESPathError as error:
        raise CorrelationPathError(f"the correlation id path {expression!r} is not valid JMESPath: {error}") from error
    options = jmespath.Options(custom_functions=functions)

    def extract(event: Any) -> Any:
        return compiled.search(getattr(event, "raw_event", event), options=options)

    return extract
