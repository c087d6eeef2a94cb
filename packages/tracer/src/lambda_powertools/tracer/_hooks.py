"""Calls back when a module is imported, by means of the import system's own finders.

`wrapt` has the same, but importing it reads the metadata of the whole environment's machinery: more than a cold start
should pay for the wish to be told later.
"""

from __future__ import annotations

import sys
import threading

from lambda_powertools.tracer._failures import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

_callbacks: dict[str, list[Callable[[], None]]] = {}


def when_imported(module: str, callback: Callable[[], None]) -> None:
    """Call `callback` once, right after the first import of `module`, before its importer goes on.

    A module that has been imported already is the caller's business, see `is_imported`.
    """
    _callbacks.setdefault(module, []).append(callback)
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)


def is_imported(module: str) -> bool:
    """Return whether a module is there, all of it: not while its own code is still running."""
    found = sys.modules.get(module)
    return found is not None and not getattr(getattr(found, "__spec__", None), "_initializing", False)


def forget_callbacks() -> None:
    """Drop all callbacks and leave the import system."""
    _callbacks.clear()
    if _finder in sys.meta_path:
        sys.meta_path.remove(_finder)


class _Finder:
    """Finds nothing itself: asks the other finders, and has the module's loader report back."""

    def __init__(self) -> None:
        self._asking: set[tuple[int, str]] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _callbacks:
            return None
        key = (threading.get_ident(), fullname)
        if key in self._asking:  # another finder asks all finders in turn
            return None
        self._asking.add(key)
        try:
            spec = _ask_others(fullname, path, target)
        finally:
            self._asking.discard(key)
        if spec is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]  # a loader by its methods
        return spec


def _ask_others(fullname: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
    for finder in tuple(sys.meta_path):
        find_spec = getattr(finder, "find_spec", None)
        if find_spec is None or finder is _finder:
            continue
        spec: ModuleSpec | None = find_spec(fullname, path, target)
        if spec is not None:
            return spec
    return None


class _Loader:
    """A loader that runs the callbacks once the module's code has run, and is out of sight before it does."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        # Who only asks where a module is (importlib.util.find_spec) may ask its loader for more.
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        create: Any = getattr(self._loader, "create_module", None)
        module: ModuleType | None = None if create is None else create(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:  # the import system does so only after its loader is done
            setattr(sys.modules[parent], child, module)
        for callback in _callbacks.pop(name, ()):
            _call(callback, name)


def _call(callback: Callable[[], None], module: str) -> None:
    try:
        callback()
    except Exception as failure:  # noqa: BLE001  # an import must not fail for being watched
        report(f"a callback for the import of {module} failed", failure)


_finder: Any = _Finder()
