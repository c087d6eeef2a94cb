"""What ends the command with a message.

PowertoolsError
└── CliError             something is wrong with what was run or checked: exit code 1
    ├── _migrate.code.UnkeptCodeError, _migrate.requirements.UnclearRequirementError    told of beside their file
    └── CliUsageError    the command was given something it cannot work with: exit code 2
"""

from __future__ import annotations

import click

from lambda_powertools.core.exceptions import PowertoolsError


class CliError(PowertoolsError, click.ClickException):
    """Ends the command with a message and exit code 1."""

    exit_code = 1


class CliUsageError(CliError):
    """Ends the command with a message and exit code 2: what it was given cannot work."""

    exit_code = 2
