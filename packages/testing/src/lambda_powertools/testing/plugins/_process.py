"""What of the process an invocation may not change, and what it leaves behind."""

from __future__ import annotations

import contextvars
import gc
import logging
import os
import signal
import sys
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import weakref
    from collections.abc import Callable, Iterator

# Set by the standard library at their first use in a context, and of no interest afterwards.
_OF_THE_LIBRARY = {"decimal_context"}
_SIGNALS = ("SIGTERM", "SIGINT", "SIGALRM", "SIGUSR1", "SIGUSR2")
_DEPTH = 4


def differences(act: Callable[[], Any]) -> list[str]:
    """Return what an act changes of the process and of the context that it runs in."""
    context = contextvars.copy_context()
    before, variables = _snapshot(), dict(context.items())
    context.run(act)
    after = _snapshot()
    found = [f"{name} was changed" for name in before if before[name] != after[name]]
    for variable, value in context.items():
        if variable.name not in _OF_THE_LIBRARY and variables.get(variable, _default(variable)) is not value:
            found.append(f"the context variable {variable.name!r} was left set to {value!r:.80}")
    return found


def _default(variable: contextvars.ContextVar[Any]) -> Any:
    """Return what a variable is where nobody has set it, an object of its own if that is nothing."""
    try:
        return contextvars.Context().run(variable.get)
    except LookupError:
        return object()


def _snapshot() -> dict[str, Any]:
    return {
        "os.environ": dict(os.environ),
        "sys.stdout": id(sys.stdout),
        "sys.stderr": id(sys.stderr),
        "sys.path": list(sys.path),
        "sys.excepthook": id(sys.excepthook),
        "the working directory": os.getcwd(),  # noqa: PTH109  # a str is compared
        "a signal's handler": [signal.getsignal(getattr(signal, name)) for name in _SIGNALS if hasattr(signal, name)],
        "the filters of warnings": len(warnings.filters),
        "the level or handlers of a logger": _loggers(),
    }


def _loggers() -> dict[str, tuple[int, int]]:
    loggers = {"root": logging.getLogger(), **logging.root.manager.loggerDict}
    return {
        name: (logger.level, len(logger.handlers))
        for name, logger in loggers.items()
        if isinstance(logger, logging.Logger) and (logger.handlers or logger.level)
    }


def threads_left(act: Callable[[], Any], times: int) -> int:
    """Return how many threads an act leaves running, beyond those of its first time."""
    act()
    before = set(threading.enumerate())
    for _ in range(times):
        act()
    deadline = time.monotonic() + 2
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        next(iter(left)).join(0.05)
    return len(left)


def still_alive(references: list[weakref.ref[Any]]) -> int:
    """Return how many of the objects are still there after a collection."""
    gc.collect()
    return sum(reference() is not None for reference in references)


def size_of(*roots: Any) -> dict[str, int]:
    """Return the number of items in every container that attributes of objects lead to, by its path."""
    sizes: dict[str, int] = {}
    seen: set[int] = set()
    for root in roots:
        for path, value in _containers(root, type(root).__name__, seen, 0):
            sizes[path] = sizes.get(path, 0) + len(value)
    return sizes


def _containers(value: Any, path: str, seen: set[int], depth: int) -> Iterator[tuple[str, Any]]:
    if id(value) in seen or depth > _DEPTH:
        return
    seen.add(id(value))
    if isinstance(value, (list, dict, set, tuple)) or type(value).__name__ in {"deque", "OrderedDict"}:
        yield path, value
        items = value.items() if isinstance(value, dict) else ((None, item) for item in list(value)[:50])
        for key, item in list(items)[:50]:
            place = f"{path}[{key!r:.40}]" if isinstance(key, str) else f"{path}[]"
            yield from _containers(item, place, seen, depth + 1)
        return
    attributes = getattr(value, "__dict__", None)
    if isinstance(attributes, dict) and not isinstance(value, type) and type(value).__module__ != "builtins":
        for name, item in list(attributes.items()):
            yield from _containers(item, f"{path}.{name}", seen, depth + 1)
