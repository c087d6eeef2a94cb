"""The console that every subcommand writes to."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDE = 10_000


def make_console(*, stderr: bool = False) -> Console:
    """Return a console: of the terminal's width, or plain and without a width where there is no terminal.

    Lines that go into a file or another program are not wrapped, so that they can be searched; COLUMNS wraps them.
    """
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdecimal() else _WIDE
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def make_table(*headings: str, right: tuple[str, ...] = (), whole: tuple[str, ...] = ()) -> Table:
    """Return an empty table; the columns named in `right` hold numbers, those in `whole` are wrapped last."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        is_number = heading in right
        table.add_column(
            heading, justify="right" if is_number else "left", no_wrap=is_number or heading in whole, overflow="fold"
        )
    return table


def print_json(value: Any) -> None:
    """Write a value as JSON to stdout, for programs."""
    sys.stdout.write(json.dumps(value, indent=2, default=str) + "\n")
