"""The options that tell a function what it is, and what is made of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import click

from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    F = TypeVar("F", bound=Callable[..., Any])

_FUNCTION = (
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=30.0,
        show_default=True,
        metavar="SECONDS",
        help="Timeout of the function.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=1),
        default=128,
        show_default=True,
        metavar="MB",
        help="Memory that the function is told it has.",
    ),
    click.option("--function-name", metavar="NAME", help="Name of the function.  [default: that of the module]"),
    click.option(
        "--region",
        envvar=["AWS_REGION", "AWS_DEFAULT_REGION"],
        default="us-east-1",
        show_default=True,
        help="Region the function is told it runs in; read from AWS_REGION.",
    ),
    click.option(
        "--env",
        "variables",
        metavar="KEY=VALUE",
        multiple=True,
        help="A variable of the function's environment; may be repeated.",
    ),
)


def function_options(command: F) -> F:
    """Give a command the options of the function that it runs."""
    for option in reversed(_FUNCTION):
        command = option(command)
    return command


def read_variables(given: tuple[str, ...]) -> dict[str, str]:
    """Return the variables that were given as KEY=VALUE.

    Raises:
        CliUsageError: one is not, or the settings of the function's environment are malformed.
    """
    from lambda_powertools.cli._settings import malformed_settings

    variables = {}
    for item in given:
        name, found, value = item.partition("=")
        if not found or not name:
            raise CliUsageError(f"--env takes KEY=VALUE, not {name!r}")
        variables[name] = value
    problems = malformed_settings({**os.environ, **variables})
    if problems:
        raise CliUsageError("\n".join(problems.values()))
    return variables
