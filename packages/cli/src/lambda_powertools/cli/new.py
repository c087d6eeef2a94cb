"""`powertools new`: a plugin or a function to begin with, complete and passing its own tests."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder to write it into.  [default: the current one]",
)


@click.group()
def new() -> None:
    """Write a new plugin or function.

    \b
    Examples:
      powertools new plugin audit-trail
      powertools new function orders
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"


@new.command()
@click.argument("name")
@_FOLDER
def plugin(name: str, directory: Path) -> None:
    """Write the distribution of a plugin into a folder called NAME.

    NAME is lower-case words joined by hyphens: the name of the distribution; joined by underscores it is that of its
    package and of its plugin, which options are addressed to. What is written has its options, its hooks with their
    contracts, types, tests, the conformance kit, a workflow that checks all of it, and a README.

    \b
      powertools new plugin audit-trail
      cd audit-trail
      pip install -e .
      pytest
    """  # noqa: D301  # the same
    from lambda_powertools.cli._new import new_plugin

    _tell(new_plugin(name, directory), "pip install -e . && pytest")


@new.command()
@click.argument("name")
@_FOLDER
def function(name: str, directory: Path) -> None:
    """Write a function with logs, metrics, traces and a route into a folder called NAME.

    With it come an event, tests, and a template for AWS SAM.

    \b
      powertools new function orders
      cd orders
      powertools invoke app:handler -e events/hello.json
      pytest
    """  # noqa: D301  # the same
    from lambda_powertools.cli._new import new_function

    _tell(new_function(name, directory), "powertools invoke app:handler -e events/hello.json")


def _tell(folder: Path, command: str) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        click.echo(f"  {path.relative_to(folder.parent).as_posix()}")
    click.echo(f"Next: cd {folder} && {command}")
