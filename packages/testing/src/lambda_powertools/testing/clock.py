"""A clock that stands still until a test moves it."""

from __future__ import annotations

import datetime as dt
import sys
import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo
    from types import TracebackType

# Whose waiting is real: an event loop or a test runner that saw the clock stand still would wait for ever.
_REAL = ("_pytest", "asyncio", "concurrent", "execnet", "pytest", "selectors", "socketserver", "threading", "xdist")
_NANO = 1_000_000_000


class FakeClock:
    """While it is entered, `time.time()`, `time.monotonic()` and their like stand still; `advance` moves them.

    `time.sleep` moves the clock and returns at once. Contexts of `make_context` count down on this clock, and so do
    deadlines, caches and circuits. What waits in earnest goes on with the real time: event loops, threads, the test
    runner. `datetime.now()` is moved in the modules of this project, in those that `modules` names, and in those that
    are imported meanwhile: Python offers no way to do it for all.

    Args:
        now: seconds since the epoch at which it stands, the moment of its construction by default.
        modules: packages of yours whose `datetime.now()` is to be moved, and what they imported from `time` by name.

    Example:
        >>> import time
        >>> from lambda_powertools.testing import FakeClock, make_context
        >>> with FakeClock(1_768_478_400) as clock:
        ...     context = make_context(timeout=3)
        ...     clock.advance(2)
        ...     time.time(), context.get_remaining_time_in_millis()
        (1768478402.0, 1000)
    """

    def __init__(self, now: float | None = None, *, modules: Sequence[str] = ()) -> None:
        self._modules = ("lambda_powertools", *modules)
        self._known: set[str] = set()
        self._datetime = dt.datetime
        self._fakes: dict[Any, Any] = {}
        self._real: dict[str, Callable[..., Any]] = {}
        self._wall = int((time.time() if now is None else now) * _NANO)
        self._ticks = time.monotonic_ns()

    @property
    def now(self) -> float:
        """Seconds since the epoch."""
        return self._wall / _NANO

    def advance(self, seconds: float) -> None:
        """Move the clock.

        Args:
            seconds: how far; never backwards, as a monotonic clock does not go back. `set` may.

        Raises:
            ValueError: it is negative.
        """
        if seconds < 0:
            raise ValueError(f"a clock cannot be advanced by {seconds} seconds: use set() to put back the time of day")
        moved = round(seconds * _NANO)
        self._wall += moved
        self._ticks += moved

    def set(self, now: float) -> None:
        """Set the time of day, as an adjustment of the system's clock would: the monotonic time is not touched.

        Args:
            now: seconds since the epoch.
        """
        self._wall = int(now * _NANO)

    def advance_to_deadline(self, context: Any, *, leave: float = 0) -> None:
        """Move the clock so that a context has `leave` seconds left, if it has more.

        Example:
            >>> from lambda_powertools.testing import FakeClock, make_context
            >>> with FakeClock() as clock:
            ...     context = make_context(timeout=30)
            ...     clock.advance_to_deadline(context, leave=0.5)
            ...     context.get_remaining_time_in_millis()
            500
        """
        self.advance(max(0.0, context.get_remaining_time_in_millis() / 1000 - leave))

    def __enter__(self) -> FakeClock:  # noqa: PYI034  # typing has Self from Python 3.11 on
        fakes: dict[str, Callable[..., Any]] = {
            "time": lambda: self._wall / _NANO,
            "time_ns": lambda: self._wall,
            "monotonic": lambda: self._ticks / _NANO,
            "monotonic_ns": lambda: self._ticks,
            "perf_counter": lambda: self._ticks / _NANO,
            "perf_counter_ns": lambda: self._ticks,
            "sleep": self.advance,
        }
        for name, fake in fakes.items():
            self._real[name] = getattr(time, name)
            setattr(time, name, _for_tests(self._real[name], fake))
        self._known = set(sys.modules)
        by_name = {getattr(time, name): function for name, function in self._real.items()}
        self._datetime, fake_datetime = dt.datetime, _datetime_of(self)
        self._fakes = {**by_name, fake_datetime: self._datetime}
        _exchange(self._of_interest(), {real: fake for fake, real in self._fakes.items()})
        dt.datetime = fake_datetime  # type: ignore[misc]  # until the end
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        dt.datetime = self._datetime  # type: ignore[misc]  # as it was
        while self._real:
            name, function = self._real.popitem()
            setattr(time, name, function)
        _exchange(self._of_interest(), self._fakes)

    def _of_interest(self) -> list[dict[str, Any]]:
        """Return the namespaces of the modules whose time is moved, and of those imported since it is."""
        return [
            vars(module)
            for name, module in list(sys.modules.items())
            if name not in {__name__, "time", "datetime"}
            and (name.partition(".")[0] in self._modules or name not in self._known)
            and hasattr(module, "__dict__")
        ]


def _exchange(namespaces: list[dict[str, Any]], replacements: dict[Any, Any]) -> None:
    by_id = {id(old): new for old, new in replacements.items()}
    for namespace in namespaces:
        for name, value in list(namespace.items()):
            if id(value) in by_id:
                namespace[name] = by_id[id(value)]


def _for_tests(real: Callable[..., Any], fake: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is the real one to those whose waiting is real, and the fake to everybody else."""

    def ask(*args: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001  # the only way to know who asks
        return real(*args) if caller.partition(".")[0] in _REAL else fake(*args)

    return ask


def _datetime_of(clock: FakeClock) -> type[datetime]:
    """Return a class that is `datetime` but for the time it tells."""

    class Meta(type):
        """Lets every datetime be an instance of it."""

        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

        def __subclasscheck__(cls, subclass: type) -> bool:
            return issubclass(subclass, datetime)

    class FakeDatetime(datetime, metaclass=Meta):
        """A datetime that asks the clock."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one, as everybody has
            """Return the time of the clock."""
            return datetime.fromtimestamp(clock.now, tz)

        @classmethod
        def utcnow(cls) -> datetime:  # type: ignore[override]  # the same
            """Return the time of the clock, in UTC and without saying so."""
            return datetime.fromtimestamp(clock.now, timezone.utc).replace(tzinfo=None)

    FakeDatetime.__name__ = FakeDatetime.__qualname__ = "datetime"
    return FakeDatetime
