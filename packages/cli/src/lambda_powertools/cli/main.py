"""The command and its subcommands."""

from __future__ import annotations

from typing import Any

import click

from lambda_powertools.cli.__about__ import __version__
from lambda_powertools.cli._flags import flags
from lambda_powertools.cli._migrate.command import migrate
from lambda_powertools.cli._openapi import openapi
from lambda_powertools.cli._schema import schema
from lambda_powertools.cli.doctor import doctor
from lambda_powertools.cli.exceptions import CliUsageError
from lambda_powertools.cli.freeze import freeze
from lambda_powertools.cli.invoke import invoke
from lambda_powertools.cli.plugins import plugins
from lambda_powertools.cli.serve import serve
from lambda_powertools.core.exceptions import PowertoolsError


class _Commands(click.Group):
    """Shows an error of the core as what it is: one message to the user, no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException:
            raise
        except PowertoolsError as error:
            raise CliUsageError(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="powertools")
def main() -> None:
    """Develop AWS Lambda functions with Lambda Powertools.

    Run a handler as Lambda would, serve it over HTTP, see which plugins surround it, find out what they cost, and
    prepare their discovery for deployment. A tool for development: leave it out of what you deploy.

    Exit codes: 0 all is well, 1 the handler failed or something is broken, 2 the command was given something it cannot
    work with. Without a terminal the output is plain; NO_COLOR and COLUMNS are respected.
    """


main.add_command(plugins)
main.add_command(invoke)
main.add_command(serve)
main.add_command(freeze)
main.add_command(doctor)
main.add_command(flags)
main.add_command(migrate)
main.add_command(openapi)
main.add_command(schema)
