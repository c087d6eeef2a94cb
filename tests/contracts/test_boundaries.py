"""Who may import whom: utilities import core, never each other, and nobody another's private modules."""

from __future__ import annotations

import ast

import pytest


def imports_of(path):
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_package_imports_only_what_it_requires(package):
    """An import of another distribution of ours is declared, if only as an extra, and reaches public names only."""
    if not package.has_module:
        return
    extras = package.project.get("optional-dependencies", {}).values()
    required = [*package.project["dependencies"], *(item for extra in extras for item in extra)]
    declared = {item.split(">")[0].split("[")[0] for item in required}
    wrong = []
    for path in package.source.rglob("*.py"):
        for name in imports_of(path):
            parts = name.split(".")
            if parts[0] != "lambda_powertools" or len(parts) < 2 or parts[1] == package.module:
                continue
            owner = parts[1].replace("_", "-")
            allowed = f"lambda-powertools-{owner}" in declared
            if not allowed or any(part.startswith("_") and not part.startswith("__") for part in parts[2:]):
                wrong.append(f"{path.name}: {name}")

    assert wrong == []


@pytest.mark.parametrize("word", ["/work/", "Co-authored", "TODO", "FIXME"])
def test_source_speaks_of_the_product_alone(package, word):
    """No leftovers of how a file came to be."""
    texts = [path for path in package.folder.rglob("*") if path.suffix in {".py", ".md", ".toml"}]

    assert [path.name for path in texts if word in path.read_text(encoding="utf-8")] == []
