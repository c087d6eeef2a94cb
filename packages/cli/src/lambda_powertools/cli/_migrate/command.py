"""`powertools migrate`: code that was written for the original library, on these packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambda_powertools.cli._console import print_json
from lambda_powertools.cli.exceptions import CliError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_powertools.cli._migrate.project import Result


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--decorators", is_flag=True, help="Turn stacks of decorators into @powertools where that is the same.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show the changes as a unified diff.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
def migrate(paths: tuple[Path, ...], decorators: bool, dry_run: bool, as_json: bool) -> None:
    """Migrate code from aws_lambda_powertools to these packages.

    A PATH is a file, or a folder with all that is below it but hidden folders, virtual environments and node_modules.

    \b
      powertools migrate src tests requirements.txt --dry-run
      powertools migrate .

    In Python files it rewrites imports, what is reached through them by dotted names, and the paths in calls such as
    patch("aws_lambda_powertools.…"), monkeypatch.setattr and importlib.import_module. Comments and layout stay. In
    requirements*.txt and pyproject.toml, aws-lambda-powertools becomes the distributions that the code beside or
    below the file needs, with their extras.

    What cannot be decided stays as it is, and is listed with its line: star imports, names that are gone, texts that
    may be paths. Names that only lambda-powertools-compat has keep their old path, and make it a requirement. Running
    the command again changes nothing.

    With --decorators, two or more of @logger.inject_lambda_context, @tracer.capture_lambda_handler and
    @metrics.log_metrics that stand together become one @powertools with the same options. A stack is left, and it is
    said why, unless the logger, tracer and metrics are made once at the top level of the same file, the metrics with a
    namespace, and the decorators have no options but plain keywords.

    A file that cannot be read or written is named and left alone, the others are migrated, and the exit code is 1.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    results = _migrated(paths, decorators=decorators)
    if not dry_run:
        for result in results:
            if result.is_changed:
                result.write()
    if as_json:
        print_json(_document(results, dry_run=dry_run))
    else:
        _show(results, dry_run=dry_run)
    if any(result.error for result in results):
        raise click.exceptions.Exit(1)


def _migrated(paths: Sequence[Path], *, decorators: bool) -> list[Result]:
    try:
        from lambda_powertools.cli._migrate.project import migrate_paths
    except ImportError as error:
        raise CliError(f"migrating needs more: pip install 'lambda-powertools-cli[migrate]' ({error})") from None
    return migrate_paths(paths, decorators=decorators)


def _show(results: Sequence[Result], *, dry_run: bool) -> None:
    for result in results:
        if dry_run:
            click.echo(result.diff(), nl=False)
        elif result.is_changed:
            click.echo(f"{result.path}: migrated")
        for line, text in result.notes:
            click.echo(f"{result.path}:{line or ''}{':' if line else ''} {text}", err=True)
        if result.error:
            click.echo(f"{result.path}: left alone, {result.error}", err=True)
    changed = sum(result.is_changed for result in results)
    notes = sum(len(result.notes) for result in results)
    counted = [f"{changed} {'file' if changed == 1 else 'files'} {'would be ' if dry_run else ''}migrated"]
    if notes:
        counted.append(f"{notes} {'place needs' if notes == 1 else 'places need'} a hand")
    click.echo(", ".join(counted), err=True)


def _document(results: Sequence[Result], *, dry_run: bool) -> dict[str, Any]:
    return {
        "written": not dry_run,
        "failed": any(result.error for result in results),
        "files": [
            {
                "path": str(result.path),
                "changed": result.is_changed,
                "error": result.error,
                "notes": [{"line": line, "text": text} for line, text in result.notes],
                "diff": result.diff(),
            }
            for result in results
        ],
    }
