"""The pages of the API reference: one for each package, with its public names where users import them from."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from docs_site.code import load, summary, syntax
from docs_site.project import packages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docs_site.project import Package

MANY = 30
"""A package with more public modules than these is listed by module, each with its own page."""


def public_modules(package: Package) -> Iterator[tuple[str, Path]]:
    """Yield name and file of the package itself and of each module below it that users may import from."""
    for path in sorted(package.source.rglob("*.py")):
        parts = path.relative_to(package.source).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        if not any(part.startswith("_") for part in parts):
            yield ".".join([package.module, *parts]), path


def exported(path: Path) -> list[str]:
    """Return the names in `__all__`, or else those that the module defines itself."""
    tree = syntax(path)
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "__all__" and isinstance(node.value, (ast.List, ast.Tuple)):
            return [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
    defined = [node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))]
    return list(dict.fromkeys(node.name for node in defined if not node.name.startswith("_")))


def contents(package: Package) -> list[tuple[str, list[str]]]:
    """Return each public module with the names that are documented in it: each thing once, in the first that has it."""
    seen: set[str] = set()
    found = []
    for module, path in public_modules(package):
        names = []
        for name in exported(path):
            item = load(module).members.get(name)
            origin = origin_of(item)
            if item is None or name.startswith("_") or origin in seen or not origin.startswith(package.module):
                continue
            seen.add(origin)
            names.append(name)
        found.append((module, names))
    return found


def origin_of(item: Any) -> str:
    """Return the dotted path where a member is defined."""
    if item is None:
        return ""
    return item.target_path if item.is_alias else item.path


def pages() -> dict[str, str]:
    """Return the Markdown of every page of the reference, by its path below `docs/`."""
    found = {}
    for package in packages():
        listing = [(module, names) for module, names in contents(package) if names]
        if len(listing) > MANY:
            found.update(_many(package, listing))
        else:
            body = [f"# `{package.module}`", "", summary(load(package.module)), ""]
            for module, names in listing:
                body += _module(module, names, level=2 if module != package.module else 0)
            found[f"reference/{package.name}.md"] = "\n".join(body)
    return found


def _many(package: Package, listing: list[tuple[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """Yield a page that lists the modules, and a page for each of them."""
    rows = [f"# `{package.module}`", "", summary(load(package.module)), "", "| module | names |", "| --- | --- |"]
    for module, names in listing:
        if module == package.module:
            continue
        file = f"{module.removeprefix(package.module + '.')}.md"
        rows.append(f"| [`{module}`]({package.name}/{file}) | {', '.join(f'`{name}`' for name in names)} |")
        yield (
            f"reference/{package.name}/{file}",
            "\n".join([f"# `{module}`", "", summary(load(module)), "", *_module(module, names, level=0)]),
        )
    own = next((names for module, names in listing if module == package.module), [])
    if own:
        rows += ["", *_module(package.module, own, level=0)]
    yield f"reference/{package.name}.md", "\n".join(rows)


def _module(module: str, names: list[str], level: int) -> list[str]:
    lines = [f"{'#' * level} `{module}`", "", summary(load(module)), ""] if level else []
    for name in names:
        lines.append(f"::: {module}.{name}")
        if has_private_bases(load(module).members[name]):
            lines += ["    options:", "      inherited_members: true"]
        lines.append("")
    return lines


def has_private_bases(item: Any) -> bool:
    """Whether a class has members from a class of a private module, which are documented nowhere else."""
    module, _, name = origin_of(item).rpartition(".")
    defined = load(module).members
    found = defined.get(name)
    if found is None or found.is_alias or not found.is_class:
        return False
    bases = [defined.get(str(base).partition("[")[0]) for base in found.bases]
    return any("._" in origin_of(base) for base in bases)


def nav() -> list[dict[str, Any]]:
    """Return the entries of the navigation."""
    known = pages()
    entries: list[dict[str, Any]] = []
    for package in packages():
        below = sorted(path for path in known if path.startswith(f"reference/{package.name}/"))
        first = f"reference/{package.name}.md"
        if below:
            modules = [{path.rpartition("/")[2].removesuffix(".md"): path} for path in below]
            entries.append({package.name: [first, *modules]})
        else:
            entries.append({package.name: first})
    return entries
