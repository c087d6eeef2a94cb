"""`powertools schema compile`: write validators down, so that a function compiles no schema when it starts."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from lambda_powertools.cli._files import write_whole
from lambda_powertools.cli._schema_source import read_schema
from lambda_powertools.cli.exceptions import CliError, CliUsageError


@click.group()
def schema() -> None:
    """Prepare JSON schemas for deployment."""


@schema.command("compile")
@click.argument("schemas", metavar="SCHEMA...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE.py", required=True, help="The module to write.")
@click.option(
    "--format", "formats", metavar="NAME=REGEX", multiple=True, help="A format of your own; may be given again."
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the module is missing or no longer holds.")
def compile_schemas(schemas: tuple[str, ...], output: str, formats: tuple[str, ...], check: bool) -> None:
    """Compile JSON schemas into a Python module.

    A SCHEMA is a JSON file, or module:NAME for a dictionary in a Python module. Each becomes a function in the module,
    with the name of the file or of the dictionary; name=SCHEMA gives it another.

    \b
      powertools schema compile order.json app:PAYMENT -o powertools_schemas.py

    Deploy the module beside the handler. A module called powertools_schemas is found and used by itself, in place of
    compiling, wherever a schema says the same; of another name it must be imported, or be named in the variable
    POWERTOOLS_VALIDATION_MODULE. A schema that has changed since is compiled by the function as before.

    References to other documents are not followed, and formats that are functions cannot be written down: such schemas
    are compiled by the function. If one schema cannot be used nothing is written and the exit code is 1.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    validation, codegen = _library()
    target = _target(output)
    regexes = dict(_format(text) for text in formats)
    sources = [codegen.SchemaSource(*read_schema(text), regexes) for text in schemas]
    try:
        text = codegen.write_module(sources)
    except validation.InvalidSchemaFormatError as error:
        raise CliError(f"{error}\nNothing was written.") from None
    if check:
        _compare(target, text)
        return
    _write(target, text)
    click.echo(f"{target}: {', '.join(source.name for source in sources)}")


def _library() -> tuple[Any, Any]:
    try:
        return import_module("lambda_powertools.validation"), import_module("lambda_powertools.validation.codegen")
    except ImportError as error:
        raise CliError(f"schemas need more: pip install 'lambda-powertools-cli[schema]' ({error})") from None


def _target(output: str) -> Path:
    target = Path(output)
    if target.suffix != ".py" or not target.stem.isidentifier():
        raise CliUsageError(f"-o {output}: give a file that can be imported, such as powertools_schemas.py")
    return target


def _format(text: str) -> tuple[str, str]:
    name, separator, regex = text.partition("=")
    if not (name and separator):
        raise CliUsageError(f"--format {text}: give NAME=REGEX")
    return name, regex


def _compare(target: Path, text: str) -> None:
    try:
        current = target.read_text(encoding="utf-8")
    except OSError:
        raise CliError(f"{target}: there is none; run powertools schema compile") from None
    if current != text:
        raise CliError(f"{target}: the schemas have changed; run powertools schema compile again")
    click.echo(f"{target}: matches")


def _write(target: Path, text: str) -> None:
    try:
        write_whole(target, text.encode())
    except OSError as error:
        raise CliError(f"{target} cannot be written: {error}") from None
