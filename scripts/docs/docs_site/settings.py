"""Lists of environment variables, from the settings that the code declares and reads."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docs_site.code import entries, syntax
from docs_site.project import DocsError, packages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docs_site.project import Package

KINDS = {
    "text": "text",
    "boolean": "true or false",
    "seconds": "whole seconds",
    "names": "names, comma separated",
    "number": "a number",
    "_port": "port",
}
"""What a setting holds, by the parser it is declared with; of other parsers nothing is said."""


@dataclass(frozen=True)
class Variable:
    """One environment variable, as a `Setting(...)` in the code declares it."""

    name: str
    attribute: str
    default: str
    kind: str
    meaning: str
    package: str


def declared_in(package: Package) -> Iterator[tuple[Path, Variable]]:
    """Yield the settings that a package declares: name, default, parser, and the text below the declaration."""
    for path in sorted(package.source.rglob("*.py")):
        for scope in [syntax(path), *(node for node in syntax(path).body if isinstance(node, ast.ClassDef))]:
            for statement, following in zip(scope.body, [*scope.body[1:], None], strict=True):
                setting = _declaration(statement)
                if setting is not None:
                    yield path, Variable(*setting, _text_of(following), package.name)


def _declaration(statement: ast.stmt) -> tuple[str, str, str, str] | None:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        target, value = statement.targets[0].id, statement.value
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        target, value = statement.target.id, statement.value
    else:
        return None
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "Setting"):
        return None
    given = dict(zip(["variable", "default", "parse"], map(ast.unparse, value.args), strict=False))
    given.update({keyword.arg or "": ast.unparse(keyword.value) for keyword in value.keywords})
    return ast.literal_eval(given["variable"]), target, given["default"], given["parse"]


def _text_of(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return str(statement.value.value)
    return ""


@cache
def variables() -> dict[str, Variable]:
    """Return every variable of every package, by name; what the core declares comes first."""
    found: dict[str, Variable] = {}
    for package in sorted(packages(), key=lambda package: package.name != "core"):
        for _, variable in declared_in(package):
            if not variable.meaning:
                raise DocsError(f"{variable.name}: the line below its declaration has to say what it does")
            found.setdefault(variable.name, variable)
    return found


@cache
def read_by(package: Package) -> tuple[str, ...]:
    """Return the names of the variables that a package's own code asks for, in the order of their declaration."""
    shared = {variable.attribute: name for name, variable in variables().items() if variable.package == "core"}
    own = {name for name, variable in variables().items() if variable.package == package.name != "core"}
    asked = set()
    for path in package.source.rglob("*.py"):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Attribute) and node.attr in shared and _is_settings(node.value):
                asked.add(shared[node.attr])
    return tuple(name for name in variables() if name in asked | own)


def _is_settings(node: ast.expr) -> bool:
    """Whether an expression is `Settings`, `Settings()`, `settings` or `….settings`."""
    if isinstance(node, ast.Call):
        node = node.func
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name.lower().lstrip("_") == "settings"


def settings_table(names: list[str] | tuple[str, ...]) -> str:
    """Return the list of some variables."""
    rows = []
    for name in names:
        variable = variables().get(name)
        if variable is None:
            raise DocsError(f"no package declares the variable {name!r}")
        held = [KINDS.get(variable.kind, ""), _default(variable.default)]
        rows.append((name, ", ".join(filter(None, held)), variable.meaning))
    return entries(rows)


def _default(source: str) -> str:
    if source in {"None", "frozenset()"}:
        return "not set by default"
    try:
        value = ast.literal_eval(source)
    except ValueError:  # a name, or an expression
        value = source
    return f"default `{str(value).lower() if isinstance(value, bool) else value}`"
