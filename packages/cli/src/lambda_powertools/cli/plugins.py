"""`powertools plugins`: which plugins there are."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lambda_powertools.core import PluginInfo

STYLES = {"active": "green", "disabled": "yellow", "broken": "bold red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def plugins(as_json: bool) -> None:
    """List the installed plugins, outermost first.

    Shows name, distribution and version, place in the order, hooks, and whether a plugin is active, disabled (by
    POWERTOOLS_PLUGINS or POWERTOOLS_PLUGINS_DISABLED) or broken, and why. A broken plugin does not stop the others;
    `powertools doctor` fails on it.
    """
    from lambda_powertools.cli._console import print_json

    infos = describe_plugins()
    if as_json:
        print_json([info._asdict() for info in infos])
    else:
        _print(infos)


def describe_plugins() -> list[PluginInfo]:
    """Return what the process-wide registry says of its plugins; what they print when imported goes to stderr."""
    from lambda_powertools.core import get_registry

    with contextlib.redirect_stdout(sys.stderr):
        return get_registry().describe()


def _print(infos: list[PluginInfo]) -> None:
    from rich.text import Text

    from lambda_powertools.cli._console import make_console, make_table

    console = make_console()
    if not infos:
        console.print("No plugin is installed. Install one, e.g.: pip install lambda-powertools-logger")
        return
    headings = ("plugin", "status", "order", "hooks", "distribution", "version")
    table = make_table(*headings, right=("order",), whole=("plugin", "status", "version"))
    for info in infos:
        order = "" if info.order is None else str(info.order)
        status = Text(info.status, style=STYLES[info.status])
        table.add_row(
            info.name, status, order, ", ".join(info.hooks), info.distribution or info.value, info.version or ""
        )
    console.print(table)
    for info in infos:
        if info.reason:
            console.print(f"\n{info.name} is {info.status}: {info.reason}")
