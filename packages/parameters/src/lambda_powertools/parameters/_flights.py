"""One fetch for all who ask at the same time: threads wait for it, tasks await it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future


class _Flight:
    """A fetch that is under way."""

    __slots__ = ("future", "pilot")

    def __init__(self) -> None:
        from concurrent.futures import Future

        self.future: Future[Any] = Future()
        # Running from the start: a task that is cancelled while it awaits cannot cancel it for the others.
        self.future.set_running_or_notify_cancel()
        self.pilot: int | None = None


class _AbandonedFlightError(Exception):
    """The fetch ended without a result, as its thread was interrupted: whoever waits tries for itself."""


class Flights:
    """The fetches under way, by key."""

    __slots__ = ("_flights", "_lock")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[Any, _Flight] = {}

    def run(self, key: Any, fetch: Callable[[], Any]) -> Any:
        """Return what `fetch` returns, or the fetch of the same key that is already under way."""
        while True:
            flight, is_new = self._board(key)
            if is_new:
                return self._fly(key, flight, fetch)
            if flight.pilot == threading.get_ident():
                return fetch()  # it asks for the very thing that it is fetching: waiting would be forever
            try:
                return flight.future.result()
            except _AbandonedFlightError:
                continue

    async def arun(self, key: Any, fetch: Callable[[], Any]) -> Any:
        """Await what `fetch`, run in a thread, returns, or the fetch of the same key that is already under way."""
        import asyncio
        import contextvars

        while True:
            flight, is_new = self._board(key)
            if is_new:
                run = contextvars.copy_context().run
                asyncio.get_running_loop().run_in_executor(None, run, self._fly_quietly, key, flight, fetch)
            try:
                return await asyncio.wrap_future(flight.future)
            except _AbandonedFlightError:
                continue

    def _board(self, key: Any) -> tuple[_Flight, bool]:
        with self._lock:
            flight = self._flights.get(key)
            if flight is not None:
                return flight, False
            flight = self._flights[key] = _Flight()
            return flight, True

    def _fly(self, key: Any, flight: _Flight, fetch: Callable[[], Any]) -> Any:
        flight.pilot = threading.get_ident()
        try:
            value = fetch()
        except BaseException as error:
            self._land(key)
            flight.future.set_exception(error if isinstance(error, Exception) else _AbandonedFlightError())
            raise
        self._land(key)
        flight.future.set_result(value)
        return value

    def _fly_quietly(self, key: Any, flight: _Flight, fetch: Callable[[], Any]) -> None:
        with suppress(Exception):  # the flight's future carries it to all who await it
            self._fly(key, flight, fetch)

    def _land(self, key: Any) -> None:
        with self._lock:
            self._flights.pop(key, None)
