"""Finding the apps of a tree, and getting their documents.

Files that make an app are found by their syntax. Their modules are imported for the document alone, and leave no trace
in this process.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
import threading
from contextlib import contextmanager
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

RESOLVERS = frozenset(
    {
        "ALBResolver",
        "APIGatewayHttpResolver",
        "APIGatewayRestResolver",
        "ApiGatewayResolver",
        "BedrockAgentResolver",
        "HttpResolver",
        "HttpResolverLocal",
        "LambdaFunctionUrlResolver",
        "VPCLatticeResolver",
        "VPCLatticeV2Resolver",
    }
)
DEFAULT_EXCLUDE = ("**/tests/**", "**/__pycache__/**", "**/.venv/**")


def find_files(root: Path, patterns: Sequence[str], exclude: Sequence[str], *, recursive: bool) -> list[Path]:
    """Return the files that match a pattern and no exclusion, sorted.

    Args:
        root: where to look.
        patterns: of names or relative paths; `**/` in front is added or taken away according to `recursive`.
        exclude: `**/name/**` excludes what has a component of the name below the root, others match the relative path
            or the name.
        recursive: whether to look in folders below the root as well.
    """
    found: set[Path] = set()
    for pattern in patterns:
        plain = pattern
        while plain.startswith("**/"):
            plain = plain.removeprefix("**/")
        found.update(root.glob(f"**/{plain}" if recursive else plain))
    return sorted(path for path in found if path.is_file() and not is_excluded(path, root, exclude))


def is_excluded(path: Path, root: Path, exclude: Iterable[str]) -> bool:
    """Return whether a file is left out."""
    relative = path.relative_to(root)
    for pattern in exclude:
        if pattern.startswith("**/") and pattern.endswith("/**"):
            component = pattern[3:-3]
            if any(fnmatch(part, component) for part in relative.parts):
                return True
        elif fnmatch(relative.as_posix(), pattern) or fnmatch(path.name, pattern):
            return True
    return False


def makes_app(path: Path, name: str) -> bool:
    """Return whether a file assigns an app to this name; a file that cannot be parsed does not."""
    tree = _parse(path)
    if tree is None:
        return False
    aliases = _aliases(tree)
    return any(_assigns_app(statement, name, aliases) for statement in _statements(tree.body))


def imports_app(path: Path, module: str, name: str, root: Path) -> bool:
    """Return whether a file imports the name from the module.

    Args:
        path: the file.
        module: dotted name of the module, relative to the root.
        name: what is imported.
        root: where absolute imports begin.
    """
    tree = _parse(path)
    if tree is None:
        return False
    package = path.relative_to(root).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name in (name, "*") for alias in node.names):
            source = node.module or ""
            if node.level:
                start = package[: len(package) - node.level + 1]
                source = ".".join([*start, source] if source else start)
            if source == module:
                return True
    return False


def module_name(path: Path, root: Path) -> str:
    """Return the dotted name of a file below the root."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def _parse(path: Path) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes(), filename=str(path))
    except (SyntaxError, ValueError, OSError):
        return None


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Return what names of resolver classes are called in the file."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what a module runs when it is imported, whatever it depends on."""
    for statement in body:
        yield statement
        for field in ("body", "orelse", "finalbody"):
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield from _statements(getattr(statement, field, ()))


def _assigns_app(statement: ast.stmt, name: str, aliases: dict[str, str]) -> bool:
    if isinstance(statement, ast.Assign):
        targets: list[ast.expr] = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return False
    if not any(isinstance(target, ast.Name) and target.id == name for target in targets):
        return False
    call = statement.value
    if not isinstance(call, ast.Call):
        return False
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in RESOLVERS
    return isinstance(call.func, ast.Name) and aliases.get(call.func.id, call.func.id) in RESOLVERS


_lock = threading.Lock()


def load_document(file: Path, root: Path, name: str, dependents: Sequence[Path]) -> dict[str, Any]:
    """Return the document of the app in a file.

    Args:
        file: the file that makes the app.
        root: where its absolute imports begin.
        name: what the app is called there.
        dependents: files that register routes on it; imported first.

    Raises:
        Exception: whatever importing raises.
        AttributeError: the module has no app of that name.
    """
    with _lock, _isolated([file.parent, root]):
        for dependent in dependents:
            importlib.import_module(_import_name(dependent, root))
        module = importlib.import_module(_import_name(file, root))
        document: dict[str, Any] = json.loads(getattr(module, name).get_openapi_json_schema())
        return document


def _import_name(file: Path, root: Path) -> str:
    """Return the name to import a file by; that of the file alone where a folder's name cannot be part of one."""
    if any("." in part for part in file.relative_to(root).parent.parts):
        return file.stem
    return module_name(file, root)


@contextmanager
def _isolated(folders: Sequence[Path]) -> Iterator[None]:
    """Let modules of these folders be imported anew, and forget them afterwards.

    Modules from elsewhere stay: many, above all those written in C, cannot be imported twice.
    """
    path_before = sys.path[:]
    modules_before = dict(sys.modules)
    places = tuple(f"{folder.resolve()}/" for folder in folders)
    shadowed = {name for folder in folders for name in _importable(folder)}
    hidden = {name for name in modules_before if name.partition(".")[0] in shadowed}
    for name in hidden:
        del sys.modules[name]
    sys.path[:0] = list(dict.fromkeys(str(folder) for folder in folders))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path_before
        for name in [name for name in sys.modules if name not in modules_before or name in hidden]:
            if name in hidden or name.partition(".")[0] in shadowed or _is_in(sys.modules[name], places):
                del sys.modules[name]
        sys.modules.update({name: modules_before[name] for name in hidden})


def _importable(folder: Path) -> set[str]:
    """Return the names of modules and packages in a folder, but none that the standard library or we have."""
    names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    return names - set(sys.stdlib_module_names) - {"lambda_powertools", "pydantic", "pydantic_core"}


def _is_in(module: ModuleType | None, places: tuple[str, ...]) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and file.startswith(places)
