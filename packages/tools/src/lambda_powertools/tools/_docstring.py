"""What a docstring says of a function and its parameters: sections as Google writes them, or `:param name:`."""

from __future__ import annotations

import re
from inspect import cleandoc

_SECTION = re.compile(
    r"^(args|arguments|parameters|params|returns?|yields?|raises|attributes|examples?|notes?|see also|warns|todo):\s*$",
    re.IGNORECASE,
)
_PARAMETERS = ("args", "arguments", "parameters", "params")
_ENTRY = re.compile(r"^\*{0,2}(\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)$")
_FIELD = re.compile(r"^:\w+[^:]*:")
_PARAMETER_FIELD = re.compile(r"^:(?:param|parameter|arg|argument)\s+(?:[^:]*\s)?\*{0,2}(\w+):\s*(.*)$")


def read_docstring(text: str | None) -> tuple[str, dict[str, str]]:
    r"""Return the description, and those of parameters by name.

    Example:
        >>> read_docstring("Finds it.\n\nArgs:\n    name: what it is\n        called.")
        ('Finds it.', {'name': 'what it is called.'})
    """
    lines = cleandoc(text or "").splitlines()
    end = next((index for index, line in enumerate(lines) if _SECTION.match(line) or _FIELD.match(line)), len(lines))
    parameters: dict[str, str] = {}
    index = end
    while index < len(lines):
        line = lines[index]
        index += 1
        heading, field = _SECTION.match(line), _PARAMETER_FIELD.match(line)
        if heading is not None and heading[1].lower() in _PARAMETERS:
            index = _read_entries(lines, index, parameters)
        elif field is not None:
            parameters[field[1]], index = _continued(field[2], lines, index, 0)
    return "\n".join(lines[:end]).strip(), parameters


def _read_entries(lines: list[str], index: int, parameters: dict[str, str]) -> int:
    """Read the parameters of a section; returns where it ends."""
    indent: int | None = None
    while index < len(lines):
        line = lines[index]
        depth = len(line) - len(line.lstrip())
        if line.strip() and (depth == 0 or (indent is not None and depth < indent)):
            break
        index += 1
        entry = _ENTRY.match(line.strip())
        if line.strip() and entry is not None:
            indent = depth
            parameters[entry[1]], index = _continued(entry[2], lines, index, depth)
    return index


def _continued(first: str, lines: list[str], index: int, depth: int) -> tuple[str, int]:
    """Return a text with the lines below it that are indented further, and where it ends."""
    parts = [first]
    while index < len(lines) and lines[index].strip() and len(lines[index]) - len(lines[index].lstrip()) > depth:
        parts.append(lines[index].strip())
        index += 1
    return " ".join(part for part in parts if part), index
