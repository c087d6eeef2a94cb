"""The packages' code, read without being run."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, Any

import griffe

from docs_site.project import DocsError, packages

if TYPE_CHECKING:
    from pathlib import Path


@cache
def load(module: str) -> griffe.Module:
    """Return a module, read from its source; what it imports is known by name only."""
    for package in packages():
        if module == package.module or module.startswith(f"{package.module}."):
            stem = package.source.joinpath(*module.removeprefix(package.module).split(".")[1:])
            for path in (stem / "__init__.py", stem.with_suffix(".py")):
                if path.is_file():
                    return griffe.visit(module, path, path.read_text(encoding="utf-8"), docstring_parser="google")
    raise DocsError(f"there is no module {module!r} under packages/")


def find(dotted: str) -> Any:
    """Return the class or function that `package.module:Name` names."""
    module, _, name = dotted.partition(":")
    members = load(module).members
    if name not in members:
        raise DocsError(f"{module} has no {name!r}")
    return members[name]


def sections_of(item: Any) -> list[Any]:
    """Return the parsed sections of a docstring, none where there is no docstring."""
    if item.docstring is None:
        return []
    # The contract tests see to it that docstrings are right; what the parser would say besides is no news to a reader.
    return item.docstring.parse("google", warnings=False)


def summary(item: Any) -> str:
    """Return the first paragraph of a docstring, in one line."""
    text = item.docstring.value if item.docstring else ""
    return " ".join(text.split("\n\n")[0].split())


@cache
def syntax(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def cell(text: str) -> str:
    """Return a text as it can stand in a cell of a table: in one line, with no bar outside of code."""
    parts = " ".join(text.split()).split("`")
    return "`".join(part if number % 2 else part.replace("|", "&#124;") for number, part in enumerate(parts))


def entries(rows: list[tuple[str, str, str]]) -> str:
    """Return a list in Markdown: of each entry its name, what it holds, and what it is for. Fits small screens too."""
    lines = ['<div class="lp-entries" markdown>', ""]
    for name, holds, meaning in rows:
        sentence = " ".join(meaning.split())
        lines += [f"`{name}` {holds}", f":   {sentence[:1].upper()}{sentence[1:]}", ""]
    return "\n".join([*lines, "</div>"])


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
