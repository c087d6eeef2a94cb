"""The reference of the plugin hooks, from the docstrings of their specifications."""

from __future__ import annotations

import re
from typing import Any

from docs_site.code import load
from docs_site.project import DocsError

MODULE = "lambda_powertools.core.hookspecs"
HEADINGS = ("Called", "Order", "May change", "If it raises")
HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):$", re.MULTILINE)


def specifications() -> list[Any]:
    """Return the functions that are hooks, in the order in which they are called."""
    members = load(MODULE).members.values()
    return [
        member
        for member in members
        if not member.is_alias
        and member.is_function
        and any(str(decorator.value).partition("(")[0] == "hookspec" for decorator in member.decorators)
    ]


def hooks_reference() -> str:
    """Return a section for each hook, with what its docstring says under each heading."""
    return "\n\n".join(_section(hook) for hook in specifications())


def _section(hook: Any) -> str:
    arguments = ", ".join(parameter.name for parameter in hook.parameters)
    lines = [f"### `{hook.name}({arguments})`"]
    opening, *parts = HEADING.split(hook.docstring.value)
    lines += ["", opening.strip()]
    texts = dict.fromkeys(HEADINGS, "") | dict(
        zip(parts[::2], (" ".join(part.split()) for part in parts[1::2]), strict=True)
    )
    missing = [heading for heading, text in texts.items() if not text]
    if missing:
        raise DocsError(f"{MODULE}.{hook.name} says nothing under {missing[0]!r}")
    for heading, text in texts.items():
        lines += ["", heading, f":   {text}"]
    return "\n".join(lines)
