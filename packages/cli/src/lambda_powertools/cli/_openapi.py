"""`powertools openapi`: documents of HTTP handlers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from lambda_powertools.cli.exceptions import CliError, CliUsageError


@click.group()
def openapi() -> None:
    """Write OpenAPI documents of HTTP handlers, and compare them.

    Needs lambda-powertools-event-handler[openapi] for writing; comparing needs nothing.
    """


_OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)


@openapi.command()
@click.argument("app", metavar="MODULE:APP")
@_OUTPUT
def build(app: str, output: Path | None) -> None:
    """Write the document of the app that MODULE names APP.

    The module is imported from the current folder. The same routes give the same bytes, so the document can be kept in
    the repository and compared.
    """
    from lambda_powertools.cli._openapi_build import document_of

    _write(document_of(app), output)


@openapi.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pattern", default="handler.py", show_default=True, help="Name of the files that make an app.")
@click.option("--app", "name", default="app", show_default=True, help="What the app is called in them.")
@click.option("--title", help="Title of the merged document.")
@click.option("--version", help="Version of the API.")
@_OUTPUT
def merge(  # one for each option
    folder: Path, pattern: str, name: str, title: str | None, version: str | None, output: Path | None
) -> None:
    """Write one document for all apps in FOLDER and below. Imports their modules: never use it on untrusted files."""
    from lambda_powertools.cli._openapi_build import merged_document

    head = {key: value for key, value in (("title", title), ("version", version)) if value}
    _write(merged_document(folder, pattern, name, head), output)


@openapi.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Name what in the document NEW breaks clients of the document OLD, and exit with 1 if anything does.

    Breaking is what makes requests fail that were right (something removed, newly required, or narrowed), and responses
    that clients of the old document do not know.
    """
    from lambda_powertools.cli._openapi_diff import breaking_changes

    changes = breaking_changes(_read(old), _read(new))
    if as_json:
        from lambda_powertools.cli._console import print_json

        print_json([change._asdict() for change in changes])
    else:
        for change in changes:
            click.echo(f"breaking: {change.place}: {change.text}")
        if not changes:
            click.echo("No breaking change.")
    if changes:
        sys.exit(1)


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CliUsageError(f"{path} is no JSON document: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("paths", {}), dict):
        raise CliUsageError(f"{path} is no OpenAPI document")
    return document


def _write(text: str, output: Path | None) -> None:
    text = text.rstrip("\n") + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CliError(f"cannot write {output}: {error.strerror}") from error
