"""The command and its subcommands."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from lambda_powertools.cli.__about__ import __version__
from lambda_powertools.cli.exceptions import CliUsageError
from lambda_powertools.core.exceptions import PowertoolsError

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Run": {
        "invoke": ("invoke:invoke", "Run a handler as Lambda would; show response, logs, metrics, trace."),
        "serve": ("serve:serve", "Serve a handler over HTTP on this machine."),
    },
    "Look inside": {
        "plugins": ("plugins:plugins", "List the installed plugins, outermost first."),
        "doctor": ("doctor:doctor", "Measure what each plugin costs; find what is wrong."),
    },
    "Begin": {
        "new": ("new:new", "Write a new plugin or function, with its tests."),
        "events": ("events:events", "Write complete events of every source."),
    },
    "Check and write": {
        "flags": ("_flags:flags", "Check and evaluate feature flags."),
        "migrate": ("_migrate.command:migrate", "Rewrite code that imports aws_lambda_powertools."),
        "openapi": ("_openapi:openapi", "Write, merge and compare OpenAPI documents."),
    },
    "Deploy": {
        "freeze": ("freeze:freeze", "Write the manifest that spares a function the search for plugins."),
        "layer": ("layer:layer", "Build Lambda layers."),
        "schema": ("_schema:schema", "Compile JSON schemas into a Python module."),
    },
    "Set up": {
        "completion": ("_completion:completion", "Print the completion of this command for a shell."),
    },
}
"""The subcommands: where each is, and what it is for in a few words. A module is imported when its command is used."""

_COMMANDS = {name: place for section in SECTIONS.values() for name, (place, _) in section.items()}


class _Commands(click.Group):
    """Imports a command when it is used, and shows an error of the core as one message, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the signature is click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"lambda_powertools.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            close = get_close_matches(name, _COMMANDS, 1)
            mend = f"did you mean {close[0]!r}?" if close else "powertools --help lists what there is"
            raise click.UsageError(f"There is no command {name!r}: {mend}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        width = max(map(len, _COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, (_, text) in commands.items()])

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

    Run a handler as Lambda would, see which plugins surround it and what they cost, and prepare it for deployment. A
    tool for development: leave it out of what you deploy. Each command explains itself with --help.

    Exit codes: 0 all is well, 1 the handler failed or something is broken, 2 the command was given something it cannot
    work with. Without a terminal the output is plain; NO_COLOR and COLUMNS are respected.
    """
