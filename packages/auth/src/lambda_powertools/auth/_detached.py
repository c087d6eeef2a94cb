"""Exceptions without a chain: what led to them may hold a token, a secret or the answer of a provider."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from lambda_powertools.auth.exceptions import AuthConfigError, AuthError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

P = ParamSpec("P")
T = TypeVar("T")


def detach(error: BaseException) -> None:
    """Cut an exception off from those before it: `from None` only hides them, and error trackers look there too."""
    error.__cause__ = None
    error.__context__ = None


def detached(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function so that this package's exceptions leave it without a chain."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except (AuthError, AuthConfigError) as error:
            detach(error)
            raise  # as it is: naming it would chain it to what the caller is handling

    return call


def detached_async(function: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Do the same for a coroutine function."""

    @wraps(function)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await function(*args, **kwargs)
        except (AuthError, AuthConfigError) as error:
            detach(error)
            raise

    return call
