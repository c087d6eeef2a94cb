"""Tables of exceptions, from the modules that define them."""

from __future__ import annotations

import builtins
from typing import Any

from docs_site.code import cell, load, summary, table
from docs_site.project import DocsError


def errors(module: str) -> list[tuple[int, str, list[str], str]]:
    """Return depth, name, further bases and meaning of each public exception of a module, as a tree.

    The depth is how many of its bases the module has as well; the further bases are Python's own.
    """
    names, classes = exceptions_of(module)
    bases = {name: [str(base) for base in member.bases] for name, member in classes.items()}
    found = []

    def visit(name: str, depth: int) -> None:
        others = [base for base in bases[name] if is_builtin(base)]
        found.append((depth, names[name], others, summary(classes[name])))
        for child in classes:
            if parent_of(child, bases, classes) == name:
                visit(child, depth + 1)

    for name in classes:
        if parent_of(name, bases, classes) is None:
            visit(name, 0)
    return found


def exceptions_of(module: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the public names of the exceptions of a module, and the exceptions, by the names they were defined by.

    What it takes over from a private module of its package counts as its own.
    """
    names: dict[str, str] = {}
    classes: dict[str, Any] = {}
    for name, member in load(module).members.items():
        if name.startswith("_"):
            continue
        origin, _, original = member.target_path.rpartition(".") if member.is_alias else (module, "", name)
        if origin != module and not origin.startswith(f"{module.rpartition('.')[0]}._"):
            continue
        defined = load(origin).members
        item = defined[original]
        if item.is_attribute and str(item.value) in defined and origin != module:  # a second name of a private class
            original = str(item.value)
            item = defined[original]
        if not item.is_alias and item.is_class and any(map(is_exception, [original, *item.bases])):
            names[original], classes[original] = name, item
    # In the order of their definition: a base stands before what is derived from it.
    return names, dict(sorted(classes.items(), key=lambda pair: (pair[1].parent.path, pair[1].lineno)))


def parent_of(name: str, bases: dict[str, list[str]], classes: dict[str, Any]) -> str | None:
    """Return the class of the module below which an exception stands."""
    return next((base for base in bases[name] if base in classes), None)


def is_exception(name: Any) -> bool:
    """Whether the name of a class, or of its base, is that of an exception."""
    return is_builtin(str(name)) or str(name).endswith(("Error", "Exception"))


def is_builtin(name: str) -> bool:
    """Whether a name is one of Python's own exceptions, which callers may catch instead."""
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, Exception) and found is not Exception


def errors_table(modules: list[str]) -> str:
    """Return the table of the exceptions of some modules."""
    rows = []
    for module in modules:
        for depth, name, others, meaning in errors(module):
            if not meaning:
                raise DocsError(f"{module}.{name} has no docstring")
            also = f" (also {', '.join(f'`{other}`' for other in others)})" if others else ""
            indent = "&emsp;" * depth + ("↳ " if depth else "")
            rows.append([f"{indent}`{name}`{also}", cell(meaning)])
    if not rows:
        raise DocsError(f"{', '.join(modules)} defines no exception")
    origin = ", ".join(f"`{module}`" for module in modules)
    return f"Defined in {origin}; all descend from `PowertoolsError` of the core.\n\n" + table(["error", "when"], rows)
