"""What ends the way from a handler's result to an HTTP response."""

from __future__ import annotations

from lambda_powertools.cli.exceptions import CliError


class MalformedResponseError(CliError):
    """What a handler returned is no response to the front end; says what is wrong, never what it holds."""
