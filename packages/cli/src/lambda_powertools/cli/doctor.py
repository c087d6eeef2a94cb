"""`powertools doctor`: what the plugins cost, and what is wrong with them."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    from rich.console import Console

    from lambda_powertools.cli._diagnosis import Diagnosis, PluginFigures

_BUDGET = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*(ms|s)?")


@click.command()
@click.option("--budget", metavar="DURATION", help="Fail if import and on_init of a plugin take longer, e.g. 20ms.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def doctor(budget: str | None, as_json: bool) -> None:
    """Measure what each plugin costs a function, and find what is broken.

    For every plugin, in fresh processes and in the environment of a function: milliseconds of its import and of on_init
    (both count for the cold start) and of the first invocation, the number of modules its import loads beyond those of
    Lambda's runtime and core, microseconds of each hook in a warm invocation of a handler that does nothing, and which
    heavy modules it loads when. Also how long discovery takes and in which way it goes, and settings with values they
    may not have.

    With --budget a plugin that takes longer fails the command, and the chain of imports to blame is shown.

    Exit code 1 if a plugin is over budget or broken, or a setting is wrong.
    """
    from lambda_powertools.cli._diagnosis import diagnose
    from lambda_powertools.cli.plugins import describe_plugins

    limit = None if budget is None else parse_budget(budget)
    diagnosis = diagnose(describe_plugins(), limit)
    if as_json:
        from lambda_powertools.cli._console import print_json

        print_json(
            {
                "healthy": diagnosis.is_healthy,
                "budget_ms": limit,
                "discovery": diagnosis.discovery,
                "plugins": [plugin.as_dict() for plugin in diagnosis.plugins],
                "settings": diagnosis.settings,
                "notes": diagnosis.notes,
            }
        )
    else:
        _print(diagnosis, limit)
    if not diagnosis.is_healthy:
        sys.exit(1)


def parse_budget(text: str) -> float:
    """Return the milliseconds that a text like `20ms`, `0.5s` or `20` means.

    Raises:
        CliUsageError: it is no duration above 0.
    """
    match = _BUDGET.fullmatch(text.strip())
    value = float(match[1]) * (1000 if match[2] == "s" else 1) if match else 0.0
    if value <= 0:
        raise CliUsageError(f"--budget takes a duration such as 20ms or 0.5s, not {text!r}")
    return value


def _print(diagnosis: Diagnosis, budget: float | None) -> None:
    from lambda_powertools.cli._console import make_console

    console = make_console()
    discovery = diagnosis.discovery
    console.print(
        f"Discovery: {discovery['ms']:.2f} ms by {' and '.join(discovery['ways']) or 'scan'}, "
        f"{discovery['plugins']} plugins in {discovery['distributions']} distributions"
    )
    if diagnosis.plugins:
        console.print()
        _print_table(console, diagnosis.plugins)
    for plugin in diagnosis.plugins:
        _print_findings(console, plugin, budget)
    for text in diagnosis.settings:
        console.print(f"\nSetting: {text}", style="red", soft_wrap=True)
    for text in diagnosis.notes:
        console.print(f"\nNote: {text}", style="yellow", soft_wrap=True)
    console.print()
    console.print("All is well." if diagnosis.is_healthy else "Something is wrong, see above.", style="bold")


def _print_table(console: Console, plugins: list[PluginFigures]) -> None:
    from rich.text import Text

    from lambda_powertools.cli._console import make_table
    from lambda_powertools.cli.plugins import STYLES

    # In two lines each, to fit into 80 columns.
    numbers = ("import\nms", "init\nms", "first\nms", "modules\nloaded", "before\nus", "after\nus", "error\nus")
    table = make_table("plugin", *numbers, right=numbers)
    for plugin in plugins:
        hooks = (plugin.hooks_us.get(hook) for hook in ("before_invoke", "after_invoke", "on_error"))
        status = plugin.info.status
        table.add_row(
            Text(plugin.info.name if status == "active" else f"{plugin.info.name} ({status})", style=STYLES[status]),
            _number(plugin.import_ms, 2),
            _number(plugin.init_ms, 2),
            _number(plugin.first_ms, 2),
            _number(plugin.modules, 0),
            *(_number(value, 1) for value in hooks),
        )
    console.print(table)


def _print_findings(console: Console, plugin: PluginFigures, budget: float | None) -> None:
    name = plugin.info.name
    if plugin.info.reason:
        console.print(f"\n{name} is {plugin.info.status}: {plugin.info.reason}", soft_wrap=True)
    if plugin.heavy:
        loads = ", ".join(f"{module} ({phase})" for module, phase in plugin.heavy.items())
        console.print(f"\n{name} loads {loads}", soft_wrap=True)
    for hook, failure in plugin.failures.items():
        console.print(f"\n{name} fails in {hook} without options, with an empty event: {failure}", soft_wrap=True)
    if plugin.over_budget:
        console.print(
            f"\n{name} is over budget: {plugin.start_ms:.1f} ms to start, {budget:g} ms allowed", style="bold red"
        )
        console.print("The costliest chain of imports, measured with -X importtime:")
        for depth, node in enumerate(plugin.chain):
            console.print(f"{'  ' * (depth + 1)}{node.name}  {node.total_us / 1000:.1f} ms")


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
