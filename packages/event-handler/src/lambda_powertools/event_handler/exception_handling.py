"""Which function answers an exception."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeVar

    Handler = Callable[[Any], Any]
    HandlerT = TypeVar("HandlerT", bound=Handler)


def _is_exception_class(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


class ExceptionHandlerManager:
    """Keeps the functions that answer exceptions, by class; the nearest class of an exception's ancestry wins.

    Example:
        >>> from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
        >>> manager = ExceptionHandlerManager()
        >>> @manager.exception_handler(LookupError)
        ... def missing(error):
        ...     return {"missing": str(error)}, 404
        >>> manager.lookup_exception_handler(KeyError) is missing
        True
    """

    def __init__(self) -> None:
        self._handlers: dict[type[BaseException], Handler] = {}

    def exception_handler(
        self, exc_class: type[BaseException] | Iterable[type[BaseException]]
    ) -> Callable[[HandlerT], HandlerT]:
        """Return a decorator that registers a function for a class or several; a later one replaces an earlier."""
        classes = (exc_class,) if isinstance(exc_class, type) else tuple(exc_class)
        for one in classes:
            if not _is_exception_class(one):
                raise TypeError(f"exception_handler takes exception classes, not {one!r:.80}")

        def register(function: HandlerT) -> HandlerT:
            for one in classes:
                self._handlers[one] = function
            return function

        return register

    def lookup_exception_handler(self, exp_type: type[BaseException]) -> Handler | None:
        """Return the function for exceptions of this class, None when there is none."""
        handlers = self._handlers
        if handlers:
            for ancestor in exp_type.__mro__:
                if ancestor in handlers:
                    return handlers[ancestor]
        return None

    def update_exception_handlers(self, handlers: Mapping[type[BaseException], Handler]) -> None:
        """Add functions, in place of those for equal classes."""
        self._handlers.update(handlers)

    def get_registered_handlers(self) -> dict[type[BaseException], Handler]:
        """Return a copy of what is registered."""
        return dict(self._handlers)

    def clear_handlers(self) -> None:
        """Forget all of them."""
        self._handlers.clear()
