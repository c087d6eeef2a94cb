"""Imports the module of an app for its document, and leaves no trace of it in this process."""

from __future__ import annotations

import importlib
import json
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

from lambda_powertools.event_handler.openapi._discovery import module_name

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
