"""The table of the plugins, in the order in which they surround a handler."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import dataclass

from docs_site.code import cell, load, summary, syntax, table
from docs_site.project import DocsError, homes, packages

BASE = "lambda_powertools.core.plugin"


@dataclass(frozen=True)
class PluginFacts:
    """What a plugin's class says of itself."""

    name: str
    order: int
    on_failure: str
    meaning: str
    package: str
    options: str


def plugins() -> list[PluginFacts]:
    """Return the plugins of all packages, outermost first."""
    found = []
    for package in packages():
        path = package.source / "plugin.py"
        if package.name == "core" or not path.is_file():
            continue
        members = load(f"{package.module}.plugin").members
        known = _constants(syntax(path))
        for node in syntax(path).body:
            facts = _constants(node) if isinstance(node, ast.ClassDef) else {}
            facts = {name: known.get(value, value) for name, value in facts.items()}
            if "name" in facts:
                order, on_failure = int(facts.get("order", 600)), facts.get("on_failure", "raise")
                meaning, options = summary(members[node.name]), facts.get("Options", "")
                found.append(PluginFacts(facts["name"], order, on_failure, meaning, package.name, options))
    if not found:
        raise DocsError("no package has a plugin.py with a plugin in it")
    return sorted(found, key=lambda plugin: (plugin.order, plugin.name))


def _constants(node: ast.ClassDef | ast.Module) -> dict[str, str]:
    """Return the constants and names that the body of a class or module assigns to names."""
    found = {}
    for statement in node.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        value = getattr(statement, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, (ast.Constant, ast.Name)):
            found[target.id] = value.id if isinstance(value, ast.Name) else str(value.value)
    return found


def plugins_table(page: str) -> str:
    """Return the table of the plugins, with links to their pages."""
    here = posixpath.dirname(page) or "."
    rows = []
    for plugin in plugins():
        home = homes().get(f"packages/{plugin.package}")
        if home is None:
            raise DocsError(f"no page covers packages/{plugin.package}")
        link = f"[`{plugin.name}`]({posixpath.relpath(home, here)})"
        rows.append([str(plugin.order), link, f"`{plugin.on_failure}`", cell(plugin.meaning)])
    return table(["order", "plugin", "a failure", "what it does"], rows)
