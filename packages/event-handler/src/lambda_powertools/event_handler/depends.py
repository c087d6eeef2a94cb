"""Dependencies: what a function is given because its signature asks for it."""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import DependencyResolutionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["DependencyResolutionError", "Depends"]


class Depends:
    """Says where the value of a parameter comes from: `user: Annotated[User, Depends(current_user)]`.

    A dependency may have dependencies of its own, and may be a generator that yields once: what stands behind the
    `yield` runs when the function that it was made for is done, also if that failed.

    Args:
        dependency: called for the value.
        use_cache: whether one call serves all of a request.

    Raises:
        DependencyResolutionError: `dependency` cannot be called.

    Example:
        >>> from typing import Annotated
        >>> from lambda_powertools.event_handler import APIGatewayRestResolver, Depends
        >>> app = APIGatewayRestResolver()
        >>> def unit():
        ...     return "EUR"
        >>> @app.get("/price")
        ... def price(unit: Annotated[str, Depends(unit)]):
        ...     return {"price": 7, "unit": unit}
        >>> app.resolve({"path": "/price", "httpMethod": "GET"}, None)["body"]
        '{"price":7,"unit":"EUR"}'
    """

    __slots__ = ("dependency", "use_cache")

    def __init__(self, dependency: Callable[..., Any], *, use_cache: bool = True) -> None:
        if not callable(dependency):
            raise DependencyResolutionError(f"Depends takes something to call, not {type(dependency).__name__}")
        self.dependency = dependency
        self.use_cache = use_cache
