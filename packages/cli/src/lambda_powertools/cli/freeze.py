"""`powertools freeze`: write down which plugins there are, so that a function need not search for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_powertools.cli._manifest import PluginFolder
    from lambda_powertools.core.discovery import FoundPlugin


@click.command()
@click.option(
    "--path", "folder", metavar="DIR", help="Freeze this folder, e.g. that of a build, in place of the Python path."
)
@click.option("--check", is_flag=True, help="Write nothing; fail if a manifest is missing or no longer holds.")
def freeze(folder: str | None, check: bool) -> None:
    """Write the plugin manifest that makes discovery a single file read.

    Each folder that holds distributions with plugins gets a file lambda_powertools.manifest.json, which names the
    plugins and vouches for their hooks. With it a function neither searches its packages nor checks hooks when it
    starts. A manifest that no longer matches what is installed beside it is ignored, so a forgotten one does no harm.

    Run it as the last step of a build:

    \b
      pip install --target build -r requirements.txt
      powertools freeze --path build

    Every plugin is imported and checked first; if one is broken nothing is written and the exit code is 1.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli._manifest import plugin_folders

    if folder is not None and not Path(folder).is_dir():
        raise CliUsageError(f"--path {folder} is not a folder")
    folders = plugin_folders(sys.path if folder is None else [folder])
    if not folders:
        where = "on the Python path" if folder is None else f"in {folder}"
        click.echo(f"There is no plugin {where}: nothing to freeze.")
        return
    if check:
        _compare(folders)
    else:
        check_plugins(folders, folder)
        _write(folders)


def check_plugins(folders: Sequence[PluginFolder], first: str | None, mend: str | None = None) -> None:
    """Import all plugins and check their hooks.

    Args:
        folders: where they are.
        first: the folder that they are imported from.
        mend: what else may be done, for the message.

    Raises:
        CliError: two plugins have one name, or one is broken.
    """
    plugins = [plugin for folder in folders for plugin in folder.plugins]
    conflicts = [
        f"two plugins are called {plugin.name!r}, one from {other.origin}, one from {plugin.origin}: uninstall one"
        for number, plugin in enumerate(plugins)
        for other in plugins[:number]
        if other.name == plugin.name
    ]
    problems = conflicts or list(_ask_checker(plugins, first).values())
    if problems:
        raise CliError("\n".join([*problems, f"Nothing was written. {mend or ''}".rstrip()]))


def _ask_checker(plugins: Sequence[FoundPlugin], first: str | None) -> dict[str, str]:
    """Check the plugins in a process of their own, which imports them from the folder that is frozen."""
    own = [os.path.realpath(first)] if first is not None else []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(own + [entry for entry in sys.path if entry])}
    result = subprocess.run(  # our own checker
        [sys.executable, "-m", "lambda_powertools.cli._checker"],
        input=json.dumps([plugin.as_tuple() for plugin in plugins]),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    if result.returncode != 0:
        raise CliError(
            f"the process that imports the plugins ended with exit status {result.returncode}. Nothing was written."
        )
    problems: dict[str, str] = json.loads(result.stdout)
    return problems


def _write(folders: Sequence[PluginFolder]) -> None:
    from lambda_powertools.cli._manifest import write_manifests

    try:
        write_manifests(folders)
    except OSError as error:
        raise CliError(f"a manifest cannot be written: {error}") from None
    for folder in folders:
        click.echo(f"{folder.manifest}: {_names(folder)}")


def _compare(folders: Sequence[PluginFolder]) -> None:
    from lambda_powertools.cli._manifest import difference

    differences = {folder.manifest: difference(folder) for folder in folders}
    for manifest, text in differences.items():
        click.echo(f"{manifest}: {text or 'matches'}")
    if any(differences.values()):
        raise CliError("run powertools freeze again")


def _names(folder: PluginFolder) -> str:
    return ", ".join(plugin.name for plugin in folder.plugins) or "no plugin that is not found earlier on the path"
