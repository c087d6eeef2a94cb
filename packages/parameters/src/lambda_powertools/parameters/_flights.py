"""One fetch for all who ask at the same time: threads wait for it, tasks await it.

Without `concurrent.futures`, whose import would take longer than most of what is fetched.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable


class _AbandonedFlightError(Exception):
    """The fetch ended without a result, as its thread was interrupted: whoever waits tries for itself."""


class _Flight:
    """A fetch that is under way."""

    __slots__ = ("error", "landed", "pilot", "value", "waiters")

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.waiters: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self.pilot: int | None = None
        self.value: Any = None
        self.error: Exception | None = None

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


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
            flight.landed.wait()
            try:
                return flight.result()
            except _AbandonedFlightError:
                continue

    async def arun(self, key: Any, fetch: Callable[[], Any]) -> Any:
        """Await what `fetch`, run in a thread, returns, or the fetch of the same key that is already under way."""
        import asyncio
        import contextvars

        loop = asyncio.get_running_loop()
        while True:
            flight, is_new = self._board(key)
            # A future for each task: one that is cancelled takes nothing from the others, nor from the fetch.
            arrival: asyncio.Future[None] = loop.create_future()
            with self._lock:
                has_landed = flight.landed.is_set()
                if not has_landed:
                    flight.waiters.append((loop, arrival))
            if is_new:
                run = contextvars.copy_context().run
                try:
                    loop.run_in_executor(None, run, self._fly_quietly, key, flight, fetch)
                except BaseException:  # there are no threads any more, as the loop is being closed
                    flight.error = _AbandonedFlightError()
                    self._land(key, flight)
                    raise
            if not has_landed:
                await arrival
            try:
                return flight.result()
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
            flight.value = fetch()
        except BaseException as error:
            flight.error = error if isinstance(error, Exception) else _AbandonedFlightError()
            raise
        finally:
            self._land(key, flight)
        return flight.value

    def _fly_quietly(self, key: Any, flight: _Flight, fetch: Callable[[], Any]) -> None:
        with suppress(Exception):  # the flight carries it to all who await it
            self._fly(key, flight, fetch)

    def _land(self, key: Any, flight: _Flight) -> None:
        with self._lock:
            self._flights.pop(key, None)
            flight.landed.set()
            waiters, flight.waiters = flight.waiters, []
        for loop, arrival in waiters:
            with suppress(RuntimeError):  # the loop has been closed: nobody waits there any more
                loop.call_soon_threadsafe(_wake, arrival)


def _wake(arrival: asyncio.Future[None]) -> None:
    if not arrival.done():
        arrival.set_result(None)
