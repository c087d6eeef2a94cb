"""Who may import whom: utilities import core, never each other, and nobody another's private modules."""

from __future__ import annotations

import ast

import pytest


def imports_of(node, *, later=False):
    """Yield the dotted names that a module imports, wherever in it, and whether only later than at its own import."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, later) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from ((f"{node.module}.{alias.name}", later) for alias in node.names)
    inside = (
        later
        or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    )
    for child in ast.iter_child_nodes(node):
        yield from imports_of(child, later=inside)


def distributions(requirements):
    """Return the names of required distributions."""
    return {item.split(">")[0].split("[")[0] for item in requirements}


def test_package_imports_only_what_it_requires(package):
    """An import of another distribution of ours is declared and reaches public names; of an extra it comes later."""
    if not package.has_module:
        return
    required = distributions(package.project["dependencies"])
    extras = package.project.get("optional-dependencies", {}).values()
    optional = distributions(item for extra in extras for item in extra)
    wrong = []
    for path in package.source.rglob("*.py"):
        for name, later in imports_of(ast.parse(path.read_text(encoding="utf-8"))):
            parts = name.split(".")
            if parts[0] != "lambda_powertools" or len(parts) < 2 or f"{name}.".startswith(f"{package.import_name}."):
                continue
            owner = parts[1].replace("_", "-")
            allowed = f"lambda-powertools-{owner}" in (required | optional if later else required)
            if not allowed or any(part.startswith("_") and not part.startswith("__") for part in parts[2:]):
                wrong.append(f"{path.name}: {name}")

    assert wrong == []


@pytest.mark.parametrize("word", ["/work/", "Co-authored", "TODO", "FIXME"])
def test_source_speaks_of_the_product_alone(package, word):
    """No leftovers of how a file came to be."""
    texts = [path for path in package.folder.rglob("*") if path.suffix in {".py", ".md", ".toml"}]

    assert [path.name for path in texts if word in path.read_text(encoding="utf-8")] == []
