"""`powertools completion`: what a shell needs to complete the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion of this command for SHELL.

    Write it to where the shell looks for completions:

    \b
      bash:  ~/.local/share/bash-completion/completions/powertools
      zsh:   _powertools in a folder of $fpath
      fish:  ~/.config/fish/completions/powertools.fish
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli.main import main

    writer = get_completion_class(shell)
    if writer is None:  # the choice above names what click knows
        raise click.UsageError(f"click knows no completion for {shell}")
    click.echo(writer(main, {}, "powertools", "_POWERTOOLS_COMPLETE").source())
