"""Lets work that is given to a thread pool belong to the subsegment that gave it."""

from __future__ import annotations

import functools

from lambda_powertools.tracer._hooks import is_imported, when_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_MODULE = "concurrent.futures.thread"


class ThreadPools:
    """Makes `ThreadPoolExecutor.submit`, and with it `map` and `loop.run_in_executor`, hand on the tracing scope."""

    def __init__(self, get_scope: Callable[[], Any], set_scope: Callable[[Any], None]) -> None:
        self._get_scope = get_scope
        self._set_scope = set_scope
        self._undo: Callable[[], None] | None = None
        self._wanted = False

    def start(self) -> None:
        """Hand on the scope from now on. Calling it again is harmless."""
        if self._wanted:
            return
        self._wanted = True
        if is_imported(_MODULE):
            self._install()
        else:
            when_imported(_MODULE, self._install)

    def stop(self) -> None:
        """Leave thread pools as they were."""
        self._wanted = False
        if self._undo is not None:
            self._undo()
            self._undo = None

    def _install(self) -> None:
        if not self._wanted:
            return
        from concurrent.futures.thread import ThreadPoolExecutor

        original: Any = ThreadPoolExecutor.submit

        @functools.wraps(original)
        def submit(pool: Any, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            scope = self._get_scope()
            if scope is None:
                return original(pool, function, *args, **kwargs)
            return original(pool, self._run_in, scope, function, *args, **kwargs)

        def undo() -> None:
            if ThreadPoolExecutor.submit is submit:
                ThreadPoolExecutor.submit = original  # type: ignore[method-assign]  # this is what patching is

        ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]  # the same
        self._undo = undo

    def _run_in(self, scope: Any, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        outside = self._get_scope()
        self._set_scope(scope)
        try:
            return function(*args, **kwargs)
        finally:
            self._set_scope(outside)
