"""The process in which `powertools doctor` measures one plugin, in the environment of a function.

Takes the plugin as JSON from its argument; writes its figures as JSON to stdout. On stderr it marks where the plugin's
work begins and ends, for `python -X importtime`, which writes there too. What Lambda's runtime and core load before any
plugin is loaded before the clock starts.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Registry, powertools
from lambda_powertools.core.hookspecs import PROJECT, hookimpl
from lambda_powertools.core.pipeline import bound_hook
from lambda_powertools.testing.context import make_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BEGIN, END = "powertools probe begins", "powertools probe ends"
HEAVY = (
    "aws_xray_sdk",
    "asyncio",
    "boto3",
    "botocore",
    "importlib.metadata",
    "jmespath",
    "pydantic",
)
ROUNDS = 100

LOADED_BY_THE_RUNTIME = (json, logging, traceback)


class _OnePlugin(Registry):
    """A registry that offers one class, without the checks that a function with a manifest does not pay for either."""

    def __init__(self, name: str, plugin_class: type[Any]) -> None:
        super().__init__()
        self._selection: list[tuple[str, type[Any], str | None]] = [(name, plugin_class, None)]

    def select(self, **_: Any) -> list[tuple[str, type[Any], str | None]]:
        return self._selection


def main() -> None:
    """Measure the plugin that the argument names."""
    name, value = json.loads(sys.argv[1])
    descriptor = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what plugins print is no answer of ours
    context = make_context(request_id="00000000-0000-0000-0000-000000000000", timeout=300)
    _mark(BEGIN)
    figures = measure(name, value, context)
    with os.fdopen(descriptor, "w", encoding="utf-8") as answer:
        json.dump(figures, answer)


def measure(name: str, value: str, context: Any) -> dict[str, Any]:
    """Return what a plugin costs: at import, in on_init, in the first invocation, and in each hook when warm."""
    before = set(sys.modules)
    start = time.perf_counter()
    module, _, attribute = value.partition(":")
    __import__(module.strip())  # not importlib, which would leave it out of what -X importtime tells
    plugin_class: Any = sys.modules[module.strip()]
    for part in attribute.partition("[")[0].strip().split("."):
        plugin_class = getattr(plugin_class, part)
    import_ms = (time.perf_counter() - start) * 1000
    figures: dict[str, Any] = {"import_ms": import_ms, "modules": len(set(sys.modules) - before)}
    heavy = dict.fromkeys(_heavy(before), "import")
    samples: dict[str, list[float]] = {}
    failures: dict[str, str] = {}
    registry = _OnePlugin(name, _timed(plugin_class, samples, failures))
    start = time.perf_counter()
    try:
        handler: Any = powertools(registry=registry)(_handler)
    except Exception as error:  # noqa: BLE001  # shown to the user
        figures["init_ms"] = (time.perf_counter() - start) * 1000
        failures["on_init"] = f"{type(error).__name__}: {error}"
        _mark(END)
        return figures | {"heavy": heavy, "hooks_us": {}, "first_ms": None, "failures": failures}
    figures["init_ms"] = (time.perf_counter() - start) * 1000
    _mark(END)
    heavy = dict.fromkeys(_heavy(before), "on_init") | heavy
    start = time.perf_counter()
    _call(handler, {}, context)
    figures["first_ms"] = (time.perf_counter() - start) * 1000
    heavy = dict.fromkeys(_heavy(before), "first invocation") | heavy
    samples.clear()
    for number in range(2 * ROUNDS):
        _call(handler, {"fail": number % 2 == 1}, context)
    hooks = {hook: round(sorted(times)[len(times) // 2] * 1e6, 1) for hook, times in samples.items()}
    return figures | {"heavy": heavy, "hooks_us": hooks, "failures": failures}


def _handler(event: Any, _context: Any) -> dict[str, Any]:
    if isinstance(event, dict) and event.get("fail"):
        raise RuntimeError("a failure on purpose, for on_error")
    return {}


def _call(handler: Callable[[Any, Any], Any], event: Any, context: Any) -> None:
    with suppress(Exception):  # raised on purpose, or noted by the hook that raised it
        handler(event, context)


def _heavy(before: set[str]) -> Iterator[str]:
    return (name for name in HEAVY if name in sys.modules and name not in before)


def _timed(plugin_class: type[Any], samples: dict[str, list[float]], failures: dict[str, str]) -> type[Any]:
    """Return a subclass whose hooks note how long they take and what they raise."""

    def run(self: Any, hook: str, *arguments: Any) -> Any:
        original: Any = bound_hook(super(timed, self), hook)
        clock = _Clock(hook, samples, failures)
        with clock:
            result = original(*arguments)
        if not hasattr(result, "__await__"):
            return result
        clock.forget()  # that was the making of the coroutine
        return _timed_rest(result, clock)

    def on_init(self: Any, application: Any) -> Any:
        return run(self, "on_init", application)

    def before_invoke(self: Any, invocation: Any) -> Any:
        return run(self, "before_invoke", invocation)

    def after_invoke(self: Any, invocation: Any) -> Any:
        return run(self, "after_invoke", invocation)

    def on_error(self: Any, invocation: Any, error: BaseException) -> Any:
        return run(self, "on_error", invocation, error)

    hooks = {
        hook.__name__: hookimpl(hook)
        for hook in (on_init, before_invoke, after_invoke, on_error)
        if hasattr(getattr(plugin_class, hook.__name__, None), f"{PROJECT}_impl")
    }
    timed: type[Any] = type(plugin_class.__name__, (plugin_class,), hooks)
    return timed


async def _timed_rest(coroutine: Any, clock: _Clock) -> None:
    with clock:
        await coroutine


class _Clock:
    """Notes how long a hook takes and what it raises, each time it is entered."""

    def __init__(self, hook: str, samples: dict[str, list[float]], failures: dict[str, str]) -> None:
        self._hook = hook
        self._samples = samples
        self._failures = failures
        self._start = 0.0

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def forget(self) -> None:
        """Drop the last note."""
        self._samples[self._hook].pop()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._samples.setdefault(self._hook, []).append(time.perf_counter() - self._start)
        if error is not None:
            self._failures[self._hook] = f"{type(error).__name__}: {error}"


def _mark(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
